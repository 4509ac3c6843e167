"""Keeping the record of a Party member and entering evaluations.

The record of acts says that, when and by whom, and which parts; never what was written: that would lie in clear there.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.organizations.models import Evaluation, PartyRecord, Person
from thongsuot.organizations.queries.party import (
    can_keep_party_record,
    cells_answering_for,
    evaluations_of,
    record_kept,
)

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

FIRST_YEAR = 1930  # the Party was founded on 3 February 1930


@transaction.atomic
def keep_party_record(
    *, by: User, person: Person, admitted_on: dt.date | None, official_on: dt.date | None, note: str
) -> list[str]:
    """Write down since when somebody is a member; which parts changed is the answer and in the record of acts."""
    person = _held(by, person)
    if (admitted_on and admitted_on > today()) or (official_on and official_on > today()):
        raise Refused(_("This day has not come yet."), code="too_late")
    if official_on and admitted_on and official_on < admitted_on:
        raise Refused(_("Nobody is an official member before being admitted."), code="official_before")
    kept = record_kept(person)
    before = (kept.admitted_on, kept.official_on, kept.note) if kept else (None, None, "")
    wanted = {"admitted_on": admitted_on, "official_on": official_on, "note": nfc(note).strip()}
    changed = [name for (name, value), old in zip(wanted.items(), before, strict=True) if value != old]
    if not changed:
        return []
    kept = kept or PartyRecord(person=person)
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.changed_at = now()
    kept.save()
    unit_id = cells_answering_for(person)[0].pk
    record("party_record.changed", by=by, on=person, unit_id=unit_id, fields=changed)
    return changed


@transaction.atomic
def enter_evaluation(
    *, by: User, person: Person, year: int, grade: str, note: str, decided_on: dt.date, decided_by: str
) -> Evaluation:
    """Enter how a member was evaluated for a year; once a year, afterwards it is corrected."""
    person = _held(by, person)
    if not FIRST_YEAR <= year <= today().year:
        raise Refused(_("A year that has begun is evaluated, not one to come."), code="no_year")
    if evaluations_of(person).filter(year=year).exists():
        raise Refused(
            _("This year has been evaluated already: correct that evaluation."), code="evaluated_already"
        )
    evaluation = Evaluation(
        person=person,
        unit=cells_answering_for(person)[0],
        year=year,
        grade=grade,
        note=nfc(note).strip(),
        decided_on=decided_on,
        decided_by=nfc(decided_by).strip(),
        entered_by=by,
    )
    _add(evaluation)
    record("evaluation.entered", by=by, on=person, unit_id=evaluation.unit_id, year=year)
    return evaluation


@transaction.atomic
def correct_evaluation(
    *, by: User, evaluation: Evaluation, grade: str, note: str, decided_on: dt.date, decided_by: str
) -> Evaluation:
    """Say by a new row what is wrong in an evaluation; the older one stays, marked as corrected."""
    # A joined entry is kept under the other key; its rows stay under their own.
    evaluation = Evaluation.objects.select_related("person__merged_into").get(pk=evaluation.pk)
    person = _held(by, evaluation.person.merged_into or evaluation.person)
    if Evaluation.objects.filter(supersedes=evaluation.pk).exists():
        raise Refused(_("Somebody has corrected this evaluation already."), code="corrected_already")
    corrected = Evaluation(
        person_id=evaluation.person_id,
        unit_id=evaluation.unit_id,
        year=evaluation.year,
        grade=grade,
        note=nfc(note).strip(),
        decided_on=decided_on,
        decided_by=nfc(decided_by).strip(),
        supersedes=evaluation,
        entered_by=by,
    )
    _add(corrected)
    record("evaluation.corrected", by=by, on=person, unit_id=evaluation.unit_id, year=evaluation.year)
    return corrected


def _held(by: User, person: Person) -> Person:
    """The person for whoever may keep the record; two at once come one after the other."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    require(held.merged_into_id is None and can_keep_party_record(by, held))
    if held.restricted_at:
        raise Refused(
            _("This person asked to have their data restricted: nothing is entered until that is lifted."),
            code="restricted",
        )
    return held


def _add(evaluation: Evaluation) -> None:
    try:
        evaluation.full_clean(exclude=["person", "unit", "entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="not_valid") from error
    if evaluation.decided_on > today():
        raise Refused(_("This day has not come yet."), code="too_late")
    evaluation.save()
