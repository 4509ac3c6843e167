"""How what was accepted becomes a document in the register, and how a paper is put aside instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.documents import items
from thongsuot.documents.items import Value, accepted_value
from thongsuot.documents.models import Document, Intake, ReadingItem
from thongsuot.documents.models.intake import ON_THE_DESK, IntakeState, ItemKind
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData
from thongsuot.documents.services.register import register_document
from thongsuot.documents.services.review.held import too_late
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def discard_intake(*, by: User, intake: Intake) -> Intake:
    """Put a paper aside that does not belong into the register. Its file and text are cleared some days later."""
    require(can(by, Permission.DOCUMENT_REGISTER, intake.unit))
    waiting = Intake.objects.filter(pk=intake.pk, state__in=ON_THE_DESK)
    moved = waiting.update(state=IntakeState.DISCARDED, put_aside_at=now())
    if not moved:
        raise too_late(intake)
    record("intake.discarded", by=by, on=intake)
    intake.refresh_from_db(fields=["state"])
    return intake


@transaction.atomic
def register_intake(*, by: User, intake: Intake) -> Document:
    """Enter the paper into the unit's book with everything that was accepted. Nothing goes in unseen.

    Of two clerks who confirm at once one succeeds; the other is told who was first.
    """
    require(can(by, Permission.DOCUMENT_REGISTER, intake.unit))
    # The state is the lock: only one transaction can take the intake from ready to registered.
    mine = Intake.objects.filter(pk=intake.pk, state=IntakeState.READY).update(state=IntakeState.REGISTERED)
    if not mine:
        raise too_late(intake)
    rows = items.in_order(intake.items.all())
    unseen = items.waiting(rows)
    if unseen:
        numbers = ", ".join(str(row.ordinal) for row in unseen[:10])
        sentence = _(
            "Some items have not been looked at yet: %(numbers)s. Accept, edit or reject each of them."
        )
        raise Refused(sentence % {"numbers": numbers}, "unseen")
    document = register_document(
        by=by,
        unit=intake.unit,
        direction=intake.direction,
        fields=_fields_of(rows),
        file=intake.file,
        text=intake.text,
        provisions=[_provision_of(row, value) for row, value in _accepted(rows, _DEMANDS)],
        relations=[_relation_of(row, value) for row, value in _accepted(rows, (ItemKind.REFERENCE,))],
    )
    Intake.objects.filter(pk=intake.pk).update(document=document)
    record("intake.registered", by=by, on=intake, document=document.pk)
    return document


_DEMANDS = (ItemKind.TASK, ItemKind.TARGET)


def _accepted(rows: Iterable[ReadingItem], kinds: tuple[ItemKind, ...]) -> list[tuple[ReadingItem, Value]]:
    found = [(row, accepted_value(row)) for row in rows if row.kind in kinds]
    return [(row, value) for row, value in found if value is not None]


def _fields_of(rows: Iterable[ReadingItem]) -> DocumentFields:
    values: dict[str, Any] = {row.name: value["value"] for row, value in _accepted(rows, (ItemKind.FIELD,))}
    for name in items.REQUIRED:
        if not values.get(name):
            sentence = _("The register needs this: %(field)s. Please fill it in.")
            raise Refused(sentence % {"field": items.label_of(name)}, "missing_field")
    issued_on = items.date_of(values.pop("issued_on"))
    if issued_on is None:
        raise Refused(_("The date of the document is not a date. Please fill it in again."), "missing_field")
    summary = "\n".join(values.pop("summary", ()))
    return DocumentFields(issued_on=issued_on, summary=summary, **values)


def _relation_of(row: ReadingItem, value: Value) -> RelationData:
    return RelationData(
        relation=value["relation"],
        kind=value["kind"],
        symbol=value["symbol"],
        issued_on=items.date_of(value["issued_on"]),
        issuing_body=value["issuing_body"],
        title=value["title"],
        span=items.span_of(row),
        target_id=value.get("document"),
    )


def _provision_of(row: ReadingItem, value: Value) -> ProvisionData:
    given = {
        key: content
        for key, content in value.items()
        if key not in ("due", "lead_units", "coordinator_units", "span", "note")
    }
    return ProvisionData(
        kind=row.kind,
        section=row.section,
        due=items.date_of(value.get("due")),
        lead_units=tuple(value.get("lead_units") or ()),
        coordinator_units=tuple(value.get("coordinator_units") or ()),
        span=items.span_of(row),
        **given,
    )
