"""What runs later."""

from thongsuot.dissemination.models import CoverageCounter, CoverageTotal
from thongsuot.documents.counting import fold, rebuild


def fold_coverage() -> None:
    """Add what was counted since the last time to the totals of all units above."""
    fold(CoverageCounter, CoverageTotal)


def rebuild_coverage() -> None:
    """Sum the counters anew."""
    rebuild(CoverageCounter, CoverageTotal)
