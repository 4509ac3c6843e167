"""Counting where it happens, summing up the tree: totals that never ask the leaves.

Three levels (docs/architecture.md, "Counting"): a leaf row; the counter of (unit, document), changed in the
transaction that writes the leaf; the total of (ancestor, document), to which ``fold`` adds what has changed
since the last time. No row is written by everybody, a total says when it was true, and ``rebuild`` makes the
totals anew from the counters.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import connection, models, transaction
from django.db.models import F

from thongsuot.core.clock import now
from thongsuot.core.placement import Placement
from thongsuot.organizations.models.reorganization import ReorganizationChange
from thongsuot.organizations.models.units import SEGMENT

DEEPEST = 8


class UnitCounter(models.Model):
    """Numbers of one document in one unit. For each measure ``m`` the model has ``m`` and ``folded_m``."""

    placement = Placement.LEAF
    MEASURES: ClassVar[tuple[str, ...]] = ()

    pk = models.CompositePrimaryKey("unit_id", "document_id")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+", db_index=False)
    changed = models.BooleanField(default=True)
    batch = models.UUIDField(null=True)

    class Meta:
        abstract = True

    @staticmethod
    def indexes(name: str) -> list[models.Index]:
        return [
            models.Index(fields=["document"], name=f"{name}_document"),
            models.Index(fields=["changed"], condition=models.Q(changed=True), name=f"{name}_changed"),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name=f"{name}_batch"),
        ]


class SubtreeTotal(models.Model):
    """The sums of a counter over a unit and everything below it, true at ``as_of``."""

    placement = Placement.LEAF

    pk = models.CompositePrimaryKey("unit_id", "document_id")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+", db_index=False)
    as_of = models.DateTimeField(default=now)

    class Meta:
        abstract = True

    @staticmethod
    def indexes(name: str) -> list[models.Index]:
        return [models.Index(fields=["document"], name=f"{name}_document")]


def bump(counter: type[UnitCounter], *, unit_ids: list[int], document_id: int, **by: int) -> None:
    """Add to the counters of these units, making those that are not there yet. Call inside the leaf's transaction."""
    rows = counter._default_manager
    added: dict[str, Any] = {name: F(name) + number for name, number in by.items()}
    mine = rows.filter(unit_id__in=unit_ids, document_id=document_id)
    if len(unit_ids) == 1 and mine.update(changed=True, **added):
        return  # nearly always: one person confirms, and the counter came with the receipts
    missing = [counter(unit_id=unit_id, document_id=document_id) for unit_id in unit_ids]
    rows.bulk_create(missing, ignore_conflicts=True, batch_size=1000)
    mine.update(changed=True, **added)


def fold(counter: type[UnitCounter], total: type[SubtreeTotal]) -> int:
    """Add everything counted since the last fold to the totals of all ancestors; how many counters moved.

    Counters are first claimed by a batch mark, which on PostgreSQL also locks them until the end: what is
    counted meanwhile waits and sets ``changed`` again, so nothing is added twice or lost. Safe to run at once
    in two processes.
    """
    batch = uuid.uuid4()
    measures = counter.MEASURES
    with transaction.atomic():
        # Rows somebody is counting at this moment are left for the next fold: waiting for them in another order
        # than theirs would be a deadlock.
        free = counter._default_manager.filter(changed=True).select_for_update(skip_locked=True)
        claimed = counter._default_manager.filter(pk__in=free.values("pk"))
        moved = claimed.update(changed=False, batch=batch)
        if not moved:
            return 0
        _add_to_ancestors(counter, total, batch)
        folded: dict[str, Any] = {f"folded_{name}": F(name) for name in measures}
        counter._default_manager.filter(batch=batch).update(batch=None, **folded)
    return moved


def rebuild(counter: type[UnitCounter], total: type[SubtreeTotal]) -> int:
    """Throw the totals away and sum the counters again."""
    with transaction.atomic():
        total._default_manager.all().delete()
        nothing: dict[str, Any] = {f"folded_{name}": 0 for name in counter.MEASURES}
        counter._default_manager.update(changed=True, **nothing)
        return fold(counter, total)


def sum_up(counter: type[UnitCounter], total: type[SubtreeTotal], document_ids: Iterable[int]) -> None:
    """Make the totals of these documents anew: their units hang elsewhere in the tree. A document at a time."""
    nothing: dict[str, Any] = {f"folded_{name}": 0 for name in counter.MEASURES}
    for document in document_ids:
        with transaction.atomic():
            # In this order a fold at the same moment waits for the counters, and then finds the totals gone.
            counter._default_manager.filter(document_id=document).update(changed=True, batch=None, **nothing)
            total._default_manager.filter(document_id=document).delete()
            fold(counter, total)


def touched_by(counter: type[UnitCounter], reorganization_id: int) -> list[int]:
    """The documents that are counted in units which a reorganisation hung elsewhere."""
    moved = ReorganizationChange.objects.filter(
        reorganization=reorganization_id, table="unit", before__has_key="path"
    )
    rows = counter._default_manager.filter(unit__in=moved.values("row"))
    return sorted(rows.values_list("document_id", flat=True).distinct())


def _add_to_ancestors(counter: type[UnitCounter], total: type[SubtreeTotal], batch: uuid.UUID) -> None:
    """One statement: the differences of the batch, summed per ancestor and document, added to the totals."""
    names = counter.MEASURES
    columns = ", ".join(names)
    sums = ", ".join(f"SUM(c.{name} - c.folded_{name})" for name in names)
    added = ", ".join(f"{name} = {total._meta.db_table}.{name} + excluded.{name}" for name in names)
    # A path is the chain of its ancestors' paths: equality on each prefix uses the unique index of paths.
    prefixes = ", ".join(f"SUBSTR(u.path, 1, {SEGMENT * level})" for level in range(1, DEEPEST + 1))
    sql = (
        f"INSERT INTO {total._meta.db_table} (unit_id, document_id, as_of, {columns}) "  # noqa: S608  # our own names
        f"SELECT a.id, c.document_id, %s, {sums} "
        f"FROM {counter._meta.db_table} c "
        f"JOIN organizations_unit u ON u.id = c.unit_id "
        f"JOIN organizations_unit a ON a.path IN ({prefixes}) "
        f"WHERE c.batch = %s "
        f"GROUP BY a.id, c.document_id "
        f"ON CONFLICT (unit_id, document_id) DO UPDATE SET as_of = excluded.as_of, {added}"
    )
    as_of = total._meta.get_field("as_of").get_db_prep_value(now(), connection)
    mark = counter._meta.get_field("batch").get_db_prep_value(batch, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [as_of, mark])
