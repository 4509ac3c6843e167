"""Making totals anew from what the counters have added to them, slice by slice while everybody goes on.

A total is the sum of the folded numbers of the counters below: what was counted and not yet folded is no part of
it. So no counter is touched or held; only the fold waits, as long as one slice takes.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from thongsuot.documents.counting.folding import fold
from thongsuot.documents.counting.models import SubtreeTotal, UnitCounter
from thongsuot.documents.counting.progress import Progress, Tell, nobody
from thongsuot.documents.counting.slices import plan
from thongsuot.documents.counting.summing import Summing
from thongsuot.organizations.models.reorganization import ReorganizationChange

MOST = 50_000


def rebuild(
    counter: type[UnitCounter], total: type[SubtreeTotal], *, resume: bool = False, tell: Tell = nobody
) -> None:
    """Make all totals anew. With ``resume`` it goes on where a run that was ended before its time stood."""
    progress = Progress(f"rebuild {total._meta.label_lower}")
    progress.walk(plan(counter, total, most=MOST), Summing(counter, total).work, resume=resume, tell=tell)
    fold(counter, total)


def sum_up(counter: type[UnitCounter], total: type[SubtreeTotal], document_ids: Iterable[int]) -> None:
    """Make the totals anew of these documents: their units hang elsewhere in the tree."""
    work = Summing(counter, total).work
    for document in document_ids:
        for one in plan(counter, total, most=MOST, document_ids=[document]):
            with transaction.atomic():
                work(one)
    fold(counter, total)


def touched_by(counter: type[UnitCounter], reorganization_id: int) -> list[int]:
    """The documents that are counted in units which a reorganisation hung elsewhere."""
    moved = ReorganizationChange.objects.filter(
        reorganization=reorganization_id, table="unit", before__has_key="path"
    )
    rows = counter._default_manager.filter(unit__in=moved.values("row"))
    return sorted(rows.values_list("document_id", flat=True).distinct())
