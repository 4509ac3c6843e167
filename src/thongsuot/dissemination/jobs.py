"""What runs later."""

from django.db.models import F, Q

from thongsuot.dissemination.answers.suppression import FEWEST_PEOPLE
from thongsuot.dissemination.models import (
    CoverageCounter,
    CoverageDay,
    CoverageDayTotal,
    CoverageTotal,
    QuestionCounter,
    QuestionTotal,
    ResponseCounter,
    ResponseTotal,
)
from thongsuot.documents.counting import (
    SubtreeTotal,
    UnitCounter,
    fold,
    keep_still,
    rebuild,
    sum_up,
    touched_by,
)

Counted = tuple[tuple[type[UnitCounter], type[SubtreeTotal]], ...]
COUNTED: Counted = (
    (CoverageCounter, CoverageTotal),
    (CoverageDay, CoverageDayTotal),
)
# What people made of a document; folded by itself, because not everybody who reads takes a check.
RESPONSES: Counted = (
    (ResponseCounter, ResponseTotal),
    (QuestionCounter, QuestionTotal),
)


def fold_coverage() -> None:
    """Add what was counted since the last time to the totals of all units above."""
    for counter, total in COUNTED:
        fold(counter, total)


def fold_responses() -> None:
    """Add what was checked and handed in to the totals above, and let pages see it where enough people did."""
    for counter, total in RESPONSES:
        fold(counter, total)
    show_totals()


def show_totals() -> None:
    """Figures of a check move on by at least five people at a time: two looks at a page tell nobody's result."""
    for total, people, those in (
        (ResponseTotal, "checked", "understood"),
        (QuestionTotal, "answered", "correct"),
    ):
        # Fewer, too: units hang elsewhere in the tree.
        more = Q(**{f"{people}__gte": F(f"shown_{people}") + FEWEST_PEOPLE})
        fewer = Q(**{f"{people}__lte": F(f"shown_{people}") - FEWEST_PEOPLE})
        shown = {f"shown_{people}": F(people), f"shown_{those}": F(those)}
        total._default_manager.filter(more | fewer).update(**shown)


def rebuild_coverage() -> None:
    """Sum the counters anew."""
    for counter, total in COUNTED:
        rebuild(counter, total)


def keep_coverage_still(_act: None) -> None:
    keep_still(*(counter for counter, _total in (*COUNTED, *RESPONSES)))


def sum_up_after(reorganization_id: int) -> None:
    """Make the totals anew of the documents counted in cells that a reorganisation hung elsewhere."""
    for counter, total in (*COUNTED, *RESPONSES):
        sum_up(counter, total, touched_by(counter, reorganization_id))
