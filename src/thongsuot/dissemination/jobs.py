"""What runs later."""

from thongsuot.dissemination.models import CoverageCounter, CoverageTotal
from thongsuot.documents.counting import fold, rebuild, sum_up, touched_by


def fold_coverage() -> None:
    """Add what was counted since the last time to the totals of all units above."""
    fold(CoverageCounter, CoverageTotal)


def rebuild_coverage() -> None:
    """Sum the counters anew."""
    rebuild(CoverageCounter, CoverageTotal)


def sum_up_after(reorganization_id: int) -> None:
    """Make the totals anew of the documents counted in cells that a reorganisation hung elsewhere."""
    sum_up(CoverageCounter, CoverageTotal, touched_by(CoverageCounter, reorganization_id))
