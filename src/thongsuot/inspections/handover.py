"""When units end: open inspections pass to who takes over, on either side, and come back when that is undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.clock import now
from thongsuot.inspections.models import Inspection, InspectionHandover, InspectionState, Side
from thongsuot.organizations.hooks import Handover, Impact, Touched

_COLUMN = {Side.CONDUCTS: "unit", Side.ANSWERS: "inspected"}


def pass_on_inspections(handover: Handover) -> None:
    """Nobody inspects itself: where both sides come together, the inspection stays with the units it was between."""
    heirs = handover.main_of
    open_ones = Inspection.objects.exclude(state=InspectionState.CLOSED)
    theirs = open_ones.filter(Q(unit__in=heirs) | Q(inspected__in=heirs)).order_by("pk")
    rows: list[InspectionHandover] = []
    for inspection in theirs.select_for_update(of=("self",)):
        before = {Side.CONDUCTS: inspection.unit_id, Side.ANSWERS: inspection.inspected_id}
        after = {side: heirs.get(unit, unit) for side, unit in before.items()}
        if after[Side.CONDUCTS] == after[Side.ANSWERS]:
            continue
        Inspection.objects.filter(pk=inspection.pk).update(
            unit=after[Side.CONDUCTS], inspected=after[Side.ANSWERS]
        )
        rows += [
            InspectionHandover(
                inspection=inspection,
                side=side,
                from_unit_id=before[side],
                to_unit_id=after[side],
                reorganization_id=handover.reorganization_id,
                at=handover.at,
            )
            for side in Side
            if before[side] != after[side]
        ]
    InspectionHandover.objects.bulk_create(rows, batch_size=500)


def take_back_inspections(handover: Handover) -> None:
    rows = InspectionHandover.objects.filter(reorganization=handover.reorganization_id, undone_at=None)
    for row in rows.order_by("pk"):
        column = _COLUMN[Side(row.side)]
        Inspection.objects.filter(pk=row.inspection_id).update(**{f"{column}_id": row.from_unit_id})
    rows.filter(to_unit__in=handover.founded_ids).delete()
    rows.update(undone_at=now())


def objections(handover: Handover) -> Iterator[str]:
    """Inspections that passed on and were concluded or closed since."""
    rows = InspectionHandover.objects.filter(reorganization=handover.reorganization_id, undone_at=None)
    moved = Q(inspection__concluded_at__gt=F("at")) | Q(inspection__closed_at__gt=F("at"))
    count = rows.filter(moved).values("inspection").distinct().count()
    if count:
        sentence = ngettext(
            "%(count)s inspection that passed on has been concluded since.",
            "%(count)s inspections that passed on have been concluded since.",
            count,
        )
        yield sentence % {"count": count}


def impacts(touched: Touched) -> Iterable[Impact]:
    open_ones = Inspection.objects.exclude(state=InspectionState.CLOSED)
    theirs = open_ones.filter(Q(unit__in=touched.ending) | Q(inspected__in=touched.ending))
    yield Impact(_("Open inspections"), theirs.count(), _("pass to the successor"))
