"""What a person makes of the reader's proposals, and how the accepted ones become a document in the register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.core.ui import words
from thongsuot.documents import items
from thongsuot.documents.items import Value, accepted_value
from thongsuot.documents.models import Document, Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, IntakeState, ItemKind
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData
from thongsuot.documents.services.register import register_document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class AlreadyRegistered(Refused):
    """Another clerk was first; ``document`` is what they registered."""

    def __init__(self, sentence: str, document: Document | None = None) -> None:
        super().__init__(sentence, "already_registered")
        self.document = document


@transaction.atomic
def decide(*, by: User, item: ReadingItem, decision: str, value: Value | None = None) -> ReadingItem:
    """Accept, edit or reject one item, or make it pending again. The reader's own value always stays beside it."""
    intake = _opened(by, item.intake)
    decision = Decision(decision)
    if decision == Decision.EDITED:
        return _keep(
            by, item, decision, _own_units_only(intake, items.checked(item.kind, item.name, value or {}))
        )
    required = item.kind == ItemKind.FIELD and item.name in items.REQUIRED
    if required and (
        decision == Decision.REJECTED or (decision == Decision.ACCEPTED and item.proposed is None)
    ):
        sentence = _("The register needs this: %(field)s. Please fill it in.")
        raise Refused(sentence % {"field": items.label_of(item.name)}, "value")
    if items.is_by_hand(item):
        # What a person added has no other value: it is kept whatever is decided about it.
        by_hand = Decision.EDITED if decision == Decision.ACCEPTED else decision
        return _keep(by, item, by_hand, item.decided)
    return _keep(by, item, decision, None)


def _keep(by: User, item: ReadingItem, decision: Decision, value: Value | None) -> ReadingItem:
    if decision == Decision.EDITED and value == item.proposed and value is not None:
        decision, value = Decision.ACCEPTED, None
    item.decision, item.decided = decision, value
    looked_at = decision != Decision.PENDING
    item.decided_by, item.decided_at = (by, now()) if looked_at else (None, None)
    item.save(update_fields=["decision", "decided", "decided_by", "decided_at"])
    return item


@transaction.atomic
def accept_certain(*, by: User, intake: Intake) -> int:
    """Accept all pending items whose form was unmistakable; how many there were."""
    intake = _opened(by, intake)
    certain = intake.items.filter(decision=Decision.PENDING, proposed__isnull=False)
    return certain.filter(confidence__gte=items.CERTAIN).update(
        decision=Decision.ACCEPTED, decided_by=by, decided_at=now()
    )


@transaction.atomic
def add_item(*, by: User, intake: Intake, kind: str, value: Value) -> ReadingItem:
    """Add what the reader has not seen: a cited document, a task or a target."""
    intake = _opened(by, intake)
    kind = ItemKind(kind)
    if kind == ItemKind.FIELD:
        raise Refused(_("A document has each of these fields once."), "value")
    kept = _own_units_only(intake, items.checked(kind, "", value))
    last = intake.items.aggregate(last=Max("ordinal"))["last"] or 0
    return ReadingItem.objects.create(
        intake=intake,
        ordinal=last + 1,
        kind=kind,
        decided=kept,
        confidence=1,
        decision=Decision.EDITED,
        decided_by=by,
        decided_at=now(),
    )


@transaction.atomic
def discard_intake(*, by: User, intake: Intake) -> Intake:
    """Put a paper aside that does not belong into the register. What was decided so far stays readable."""
    require(can(by, Permission.DOCUMENT_REGISTER, intake.unit))
    waiting = (IntakeState.READING, IntakeState.READY)
    moved = Intake.objects.filter(pk=intake.pk, state__in=waiting).update(state=IntakeState.DISCARDED)
    if not moved:
        raise _too_late(intake)
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
        raise _too_late(intake)
    rows = list(intake.items.order_by("ordinal"))
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


def _opened(by: User, intake: Intake) -> Intake:
    """The intake, held until the end of the transaction so that nobody registers it meanwhile."""
    held = Intake.objects.select_for_update(of=("self",)).select_related("unit").get(pk=intake.pk)
    require(can(by, Permission.DOCUMENT_REGISTER, held.unit))
    if held.state != IntakeState.READY:
        raise _too_late(held)
    return held


def _too_late(intake: Intake) -> Refused:
    """Why nothing can be decided any more, with the name of the one who was first."""
    current = Intake.objects.select_related("document__registered_by").get(pk=intake.pk)
    if current.document is not None:
        entry = current.document.entries.filter(unit_id=current.unit_id).first()
        sentence = _("%(who)s has already registered this paper, number %(number)s, at %(at)s.")
        said = {
            "who": current.document.registered_by,
            "number": entry.number if entry else current.document.symbol,
            "at": words.moment(current.document.registered_at),
        }
        return AlreadyRegistered(sentence % said, current.document)
    if current.state == IntakeState.READING:
        return Refused(_("The paper is still being read. Wait a moment, then reload the page."), "state")
    if current.state == IntakeState.DISCARDED:
        return Refused(_("This paper has been put aside. Choose the file again to register it."), "state")
    return AlreadyRegistered(_("Somebody is registering this paper at this moment. Reload the page."))


def _own_units_only(intake: Intake, value: Value) -> Value:
    """Units named as lead or coordinator lie under the unit that registers and exist today."""
    named = {*value.get("lead_units", ()), *value.get("coordinator_units", ())}
    if named:
        known = Unit.objects.under(intake.unit).valid_on().filter(pk__in=named).count()
        if known != len(named):
            raise Refused(_("One of the chosen units is not under your unit today. Choose again."), "value")
    return value


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
    return DocumentFields(issued_on=issued_on, **values)


def _relation_of(row: ReadingItem, value: Value) -> RelationData:
    return RelationData(
        relation=value["relation"],
        kind=value["kind"],
        symbol=value["symbol"],
        issued_on=items.date_of(value["issued_on"]),
        issuing_body=value["issuing_body"],
        title=value["title"],
        span=items.span_of(row),
    )


def _provision_of(row: ReadingItem, value: Value) -> ProvisionData:
    given = {
        key: content
        for key, content in value.items()
        if key not in ("due", "lead_units", "coordinator_units")
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
