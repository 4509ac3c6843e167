"""What every decision stands on: the intake held open for one person, and why it no longer can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.core.ui import words
from thongsuot.documents.items import Value
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class AlreadyRegistered(Refused):
    """Another clerk was first; ``document`` is what they registered."""

    def __init__(self, sentence: str, document: Document | None = None) -> None:
        super().__init__(sentence, "already_registered")
        self.document = document


def opened(by: User, intake: Intake) -> Intake:
    """The intake, held until the end of the transaction so that nobody registers it meanwhile."""
    held = Intake.objects.select_for_update(of=("self",)).select_related("unit").get(pk=intake.pk)
    require(can(by, Permission.DOCUMENT_REGISTER, held.unit))
    if held.state != IntakeState.READY:
        raise too_late(held)
    return held


def too_late(intake: Intake) -> Refused:
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


def own_units_only(intake: Intake, value: Value) -> Value:
    """Units named as lead or coordinator lie under the unit that registers and exist today."""
    named = {*value.get("lead_units", ()), *value.get("coordinator_units", ())}
    if named:
        known = Unit.objects.under(intake.unit).valid_on().filter(pk__in=named).count()
        if known != len(named):
            raise Refused(_("One of the chosen units is not under your unit today. Choose again."), "value")
    return value
