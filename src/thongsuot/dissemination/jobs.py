"""What runs later."""

from thongsuot.dissemination.models import CoverageCounter, CoverageDay, CoverageDayTotal, CoverageTotal
from thongsuot.documents.counting import SubtreeTotal, UnitCounter, fold, rebuild, sum_up, touched_by

COUNTED: tuple[tuple[type[UnitCounter], type[SubtreeTotal]], ...] = (
    (CoverageCounter, CoverageTotal),
    (CoverageDay, CoverageDayTotal),
)


def fold_coverage() -> None:
    """Add what was counted since the last time to the totals of all units above."""
    for counter, total in COUNTED:
        fold(counter, total)


def rebuild_coverage() -> None:
    """Sum the counters anew."""
    for counter, total in COUNTED:
        rebuild(counter, total)


def sum_up_after(reorganization_id: int) -> None:
    """Make the totals anew of the documents counted in cells that a reorganisation hung elsewhere."""
    for counter, total in COUNTED:
        sum_up(counter, total, touched_by(counter, reorganization_id))
