"""Members of mass organisations: who joins a branch, and who leaves it. Of several organisations at a time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.organizations.hooks import people_changed
from thongsuot.organizations.models import MASS_KINDS, Affiliation, Person, Unit
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.people import MOST_DAYS_AHEAD, refuse_erased

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def join_organisation(*, by: User, person: Person, unit: Unit, since: dt.date) -> Affiliation:
    """From a day on a member of this organisation, beside whatever else the person is a member of."""
    require(can(by, Permission.PEOPLE_MANAGE, unit))
    # Two clerks at once: the second waits here and then sees what the first has written.
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_erased(person)
    if unit.kind not in MASS_KINDS:
        raise Refused(_("This unit is no mass organisation."), code="no_organisation")
    if since > today() + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(_("A membership begins at most a year ahead."), code="too_far_ahead")
    if unit.valid_from > since or unit.valid_to is not None:
        raise Refused(
            _("On that day the organisation is not there, or it is about to end."), code="not_there"
        )
    lasting = Q(valid_to=None) | Q(valid_to__gt=since)
    if Affiliation.objects.filter(lasting, person=person, unit=unit).exists():
        raise Refused(_("This person is already a member of this organisation."), code="member_already")
    made = Affiliation.objects.create(unit=unit, person=person, valid_from=since)
    record("affiliation.joined", by=by, on=person, unit_id=unit.pk, day=str(since))
    people_changed([person.pk])
    return made


@transaction.atomic
def leave_organisation(*, by: User, affiliation: Affiliation, on: dt.date) -> Affiliation:
    """No longer a member from a day on. Of two clerks at once, the first one wins."""
    require(can(by, Permission.PEOPLE_MANAGE, affiliation.unit))
    if on <= affiliation.valid_from:
        raise Refused(_("The end lies before the beginning."), code="ends_before")
    if on > today() + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(_("A membership is ended at most a year ahead."), code="too_far_ahead")
    if not Affiliation.objects.filter(pk=affiliation.pk, valid_to=None).update(valid_to=on):
        raise Refused(_("This membership has ended already."), code="ended_already")
    record("affiliation.left", by=by, on=affiliation.person, unit_id=affiliation.unit_id, day=str(on))
    people_changed([affiliation.person_id])
    affiliation.refresh_from_db()
    return affiliation
