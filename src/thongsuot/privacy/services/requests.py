"""Asking about one's own data, and answering: each step an act and a row that is never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.erasing import erase, objections
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.queries.people import units_of
from thongsuot.organizations.reach import can, in_own_name
from thongsuot.organizations.services import can_keep, correct_person
from thongsuot.organizations.services.rights import an_administrator_stays
from thongsuot.privacy.models import (
    DataRequest,
    Kind,
    RequestState,
    RequestStep,
    StepVerb,
    answer_day,
    days_for,
)
from thongsuot.privacy.permissions import can_answer, can_erase, is_about
from thongsuot.privacy.queries.own import entry_kept, subjects_from

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

CORRECTED = ("name", "email", "phone")


@transaction.atomic
def ask(
    *, by: User, person: Person, kind: str, words: str, proposed: Mapping[str, str] | None = None
) -> DataRequest:
    """Ask for oneself, or enter what somebody asked on paper. The clock starts today; one open request of a kind."""
    unit = unit_answering_for(person)
    if is_about(by, person):
        in_own_name(by)
    else:
        require(can(by, Permission.PRIVACY_MANAGE, unit))
    person = Person.objects.select_for_update().get(pk=person.merged_into_id or person.pk)
    if person.erased_at:
        raise Refused(_("The data of this person has been erased."), code="erased")
    request = DataRequest(
        kind=Kind(kind),
        person=person,
        unit=unit,
        asked_by=by,
        words=nfc(words).strip(),
        proposed=_changes(person, proposed or {}) if kind == Kind.CORRECTION else {},
        answer_by=answer_day(kind, today()),
    )
    _check(request)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:  # two forms at once: the first one wins
        raise Refused(_("You have asked for this already; it waits for an answer."), code="again") from error
    _note(request, by, StepVerb.ASKED)
    return request


def unit_answering_for(person: Person) -> Unit:
    """Whose officers answer: the highest unit of the person, else the top of the tree."""
    units = units_of(person) or list(Unit.objects.filter(parent=None, valid_to=None).order_by("pk")[:1])
    return min(units, key=lambda unit: (unit.depth, unit.pk))


def _changes(person: Person, proposed: Mapping[str, str]) -> dict[str, str]:
    wanted = {name: nfc(value).strip() for name, value in proposed.items() if name in CORRECTED}
    return {name: value for name, value in wanted.items() if value != getattr(person, name)}


def _check(request: DataRequest) -> None:
    if not request.words and not request.proposed:
        raise Refused(_("Say what you ask for, and why."), code="words")
    try:
        request.full_clean(exclude=["person", "unit", "asked_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="again") from error


@transaction.atomic
def withdraw(*, by: User, request: DataRequest) -> DataRequest:
    require(is_about(by, request.person))
    in_own_name(by)
    return _end(request, by, RequestState.WITHDRAWN, StepVerb.WITHDRAWN, "")


@transaction.atomic
def prolong(*, by: User, request: DataRequest, reason: str) -> DataRequest:
    """Once, for as many days again, with the reason the person is told."""
    require(can_answer(by, request))
    request = _open(request)
    _require_words(reason)
    if request.steps.filter(verb=StepVerb.PROLONGED).exists():
        raise Refused(_("The day of the answer has been moved once already."), code="prolonged")
    request.answer_by += dt.timedelta(days=days_for(request.kind))
    request.save(update_fields=["answer_by"])
    _note(request, by, StepVerb.PROLONGED, reason)
    return request


@transaction.atomic
def refuse(*, by: User, request: DataRequest, reason: str) -> DataRequest:
    _require_deciding(by, request)
    _require_words(reason)
    return _end(request, by, RequestState.REFUSED, StepVerb.REFUSED, reason)


@transaction.atomic
def uphold(*, by: User, request: DataRequest, reason: str = "") -> DataRequest:
    """Do what is asked, in the same transaction: correct, restrict, erase; an objection is answered in words."""
    _require_deciding(by, request)
    request = _open(request)
    if request.kind == Kind.OBJECTION:
        _require_words(reason)
    _DOES[Kind(request.kind)](by, request)
    return _end(request, by, RequestState.UPHELD, StepVerb.UPHELD, reason)


@transaction.atomic
def lift_restriction(*, by: User, request: DataRequest, reason: str) -> None:
    """The data may be used again, because the reason for the restriction is gone."""
    _require_deciding(by, request)
    _require_words(reason)
    lifted = Person.objects.filter(
        pk__in=Person.objects.same_as(request.person), restricted_at__isnull=False
    ).update(restricted_at=None)
    if not lifted:
        raise Refused(_("This person's data is not restricted."), code="not_restricted")
    _note(request, by, StepVerb.LIFTED, reason)


def _require_deciding(by: User, request: DataRequest) -> None:
    # The entry may have been joined with another one since it was asked.
    request.person = entry_kept(request.person)
    if is_about(by, request.person):
        raise Refused(_("Nobody decides a request of their own. Another officer has to."), code="own")
    require(can_answer(by, request))


def _require_words(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason: the person is told."), code="reason")


def _open(request: DataRequest) -> DataRequest:
    """Held until the end of the transaction: of two officers at once, the second is told."""
    held = (
        DataRequest.objects.select_for_update(of=("self",))
        .select_related("person", "unit")
        .get(pk=request.pk)
    )
    if not held.is_open:
        raise Refused(_("Somebody has just answered this request."), code="answered")
    held.person = entry_kept(held.person)
    return held


def _end(request: DataRequest, by: User, state: RequestState, verb: StepVerb, words: str) -> DataRequest:
    if not DataRequest.objects.open().filter(pk=request.pk).update(state=state):
        raise Refused(_("Somebody has just answered this request."), code="answered")
    request.state = state
    _note(request, by, verb, words)
    return request


def _note(request: DataRequest, by: User, verb: StepVerb, words: str = "") -> None:
    RequestStep.objects.create(
        request=request, by=by, verb=verb, words=nfc(words).strip(), answer_by=request.answer_by
    )
    record(f"privacy.request_{verb}", by=by, on=request, unit_id=request.unit_id, person=request.person_id)


def _correct(by: User, request: DataRequest) -> None:
    """Through the service of whoever keeps people; an officer who does not has them correct it first."""
    still = _changes(request.person, request.proposed)
    if not still:
        return
    if not can_keep(by, request.person):
        raise Refused(
            _("Whoever looks after people here has to correct the entry first; then grant the request."),
            code="not_corrected",
        )
    correct_person(by=by, person=request.person, **still)


def _restrict(by: User, request: DataRequest) -> None:
    everything = Person.objects.filter(pk__in=Person.objects.same_as(request.person), restricted_at=None)
    everything.update(restricted_at=now())


def _erase(by: User, request: DataRequest) -> None:
    """Refused while a duty holds. What somebody wrote in their requests goes with the rest."""
    require(can_erase(by, request.person))
    if request.asked_by_id == by.pk:
        raise Refused(
            _("You entered this request yourself. An erasure is granted by another officer."), code="entered"
        )
    subjects = subjects_from(request.person)
    against = list(dict.fromkeys(sentence for one in subjects for sentence in objections(one)))
    if against:
        raise Refused(" ".join(against), code="duty")
    with an_administrator_stays():
        for subject in subjects:
            erase(subject)


def _object(by: User, request: DataRequest) -> None:
    """What follows from an objection is said in words: no flag of the program knows it."""


_DOES = {
    Kind.CORRECTION: _correct,
    Kind.RESTRICTION: _restrict,
    Kind.ERASURE: _erase,
    Kind.OBJECTION: _object,
}
