"""People: correcting them, giving and ending posts, moving a member from one cell to another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.core.text import fold, nfc, person_sort_key
from thongsuot.core.ui.words import day as in_words
from thongsuot.organizations.hooks import people_changed
from thongsuot.organizations.letting_in.rights import may_lead_letters_of
from thongsuot.organizations.models import Membership, Person, Position, Unit, UnitKind
from thongsuot.organizations.queries.people import units_of
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_DAYS_AHEAD = 366  # what is decided today may begin later, but not in another term
KNOWN = ("name", "code", "email", "phone")


@dataclass(frozen=True)
class Post:
    """A post to give: where, what it is called, from when, by which document."""

    unit: Unit
    title: str
    since: dt.date
    until: dt.date | None = None
    is_head: bool = False
    appointed_by: str = ""


def can_keep(user: User, person: Person) -> bool:
    """Whether somebody looks after people in a unit this person belongs to."""
    return any(can(user, Permission.PEOPLE_MANAGE, unit) for unit in units_of(person))


@transaction.atomic
def correct_person(*, by: User, person: Person, **known: str) -> list[str]:
    """Correct the name or contacts; which of them is the answer and in the record, never what they were."""
    require(can_keep(by, person))
    person = Person.objects.select_for_update().get(pk=person.pk)
    wanted = {name: nfc(value).strip() for name, value in known.items() if name in KNOWN}
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    if not changed:
        return []
    refuse_erased(person)
    require_leading_letters(by, person, "email" in changed)
    for name in changed:
        setattr(person, name, wanted[name])
    write_person(person)
    record("person.corrected", by=by, on=person, unit_id=units_of(person)[0].pk, fields=changed)
    return changed


def refuse_erased(*people: Person) -> None:
    """Nothing is written about somebody again whose name was taken away: a number is nobody who could hold a post."""
    if any(person.erased_at for person in people):
        raise Refused(_("The data of this person has been erased."), code="erased")


def require_leading_letters(by: User, person: Person, changes_address: bool) -> None:
    """A forgotten password is answered by a letter: who turns letters elsewhere could get into the account."""
    if changes_address and not may_lead_letters_of(by, person):
        raise Refused(
            _(
                "A new password would be mailed to this address. "
                "Only whoever may let this person in can change it."
            ),
            code="email",
        )


def write_person(person: Person) -> None:
    person.search_text, person.sort_key = searchable(person.name), person_sort_key(person.name)
    try:
        person.full_clean(exclude=["user", "merged_into"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="not_valid") from error
    person.save()


@transaction.atomic
def give_position(*, by: User, person: Person, post: Post) -> Position:
    """Give somebody a post from a day on. One head at a time; the same post not twice over."""
    require(can(by, Permission.PEOPLE_MANAGE, post.unit))
    refuse_erased(person)
    # Two clerks at once: the unit is held while its heads are counted.
    unit = Unit.objects.select_for_update().get(pk=post.unit.pk)
    _check_days(post, unit)
    rows = Position.objects.filter(_overlaps(post.since, post.until), unit=unit).select_related("person")
    beside = list(rows)
    if any(row.person_id == person.pk and fold(row.title) == fold(post.title) for row in beside):
        raise Refused(_("This person already holds this post at that time."), code="already_held")
    head = next((row for row in beside if row.is_head), None)
    if post.is_head and head:
        sentence = _("%(name)s heads the unit at that time. End that post first.")
        raise Refused(sentence % {"name": head.person.name}, code="has_a_head")
    position = Position(
        unit=unit,
        person=person,
        title=nfc(post.title).strip(),
        is_head=post.is_head,
        appointed_by=nfc(post.appointed_by).strip(),
        valid_from=post.since,
        valid_to=post.until,
    )
    position.full_clean()
    position.save()
    record("position.given", by=by, on=person, unit_id=unit.pk, position=position.pk, since=str(post.since))
    people_changed([person.pk])
    return position


def _check_days(post: Post, unit: Unit) -> None:
    if post.until and post.until <= post.since:
        raise Refused(_("The end lies before the beginning."), code="ends_before")
    if post.since > today() + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(_("A post is given at most a year ahead."), code="too_far_ahead")
    if post.since < unit.valid_from:
        sentence = _("The unit was founded on %(day)s only.") % {"day": in_words(unit.valid_from)}
        raise Refused(sentence, code="before_the_unit")
    if unit.valid_to and (post.until is None or post.until > unit.valid_to):
        sentence = _("The unit ends on %(day)s; the post has to end by then.")
        raise Refused(sentence % {"day": in_words(unit.valid_to)}, code="after_the_unit")


def _overlaps(since: dt.date, until: dt.date | None) -> models.Q:
    rows = models.Q(valid_to=None) | models.Q(valid_to__gt=since)
    return rows & models.Q(valid_from__lt=until) if until else rows


@transaction.atomic
def end_position(*, by: User, position: Position, until: dt.date, ended_by: str = "") -> Position:
    """End a post on a day, the first on which it is no longer held. Of two clerks at once, the first one wins."""
    require(can(by, Permission.PEOPLE_MANAGE, position.unit))
    if until <= position.valid_from:
        raise Refused(_("The end lies before the beginning."), code="ends_before")
    if until > today() + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(_("A post is ended at most a year ahead."), code="too_far_ahead")
    if position.valid_to and position.valid_to <= today():
        raise Refused(_("This post has ended already."), code="ended_already")
    ended = Position.objects.filter(pk=position.pk, valid_to=position.valid_to).update(
        valid_to=until, ended_by=nfc(ended_by).strip()[:120]
    )
    if not ended:
        raise Refused(_("Somebody has just ended this post."), code="ended_already")
    record(
        "position.ended",
        by=by,
        on=position.person,
        unit_id=position.unit_id,
        position=position.pk,
        until=str(until),
    )
    people_changed([position.person_id])
    position.refresh_from_db()
    return position


@transaction.atomic
def move_member(*, by: User, person: Person, cell: Unit | None, on: dt.date) -> Membership | None:
    """From a day on a member of this cell and no longer of another; without a cell, of none. One act, one record."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_erased(person)
    rows = list(person.memberships.select_related("unit").order_by("valid_from"))
    current = next((row for row in rows if row.valid_to is None or row.valid_to > on), None)
    if cell:
        require(can(by, Permission.PEOPLE_MANAGE, cell))
    if current:
        require(can(by, Permission.PEOPLE_MANAGE, current.unit))
    _check_move(rows, current, cell, on)
    if current and current.valid_to is None:
        Membership.objects.filter(pk=current.pk).update(valid_to=on)
    made = Membership.objects.create(unit=cell, person=person, valid_from=on) if cell else None
    verb = "member.moved" if cell and current else "member.joined" if cell else "member.left"
    record(
        verb,
        by=by,
        on=person,
        unit_id=(cell or current.unit).pk,  # type: ignore[union-attr]  # one of them, as was checked
        before={"unit": current.unit_id} if current else {},
        after={"unit": cell.pk} if cell else {},
        day=str(on),
    )
    people_changed([person.pk])
    return made


def _check_move(rows: list[Membership], current: Membership | None, cell: Unit | None, on: dt.date) -> None:
    if on > today() + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(_("A member moves at most a year ahead."), code="too_far_ahead")
    if not cell and not current:
        raise Refused(_("On that day this person is a member of no cell."), code="no_member")
    if current and (current.valid_from >= on or current.valid_to):
        sentence = _("Another change is already noted for %(day)s. Choose a later day.")
        noted = current.valid_to or current.valid_from
        raise Refused(sentence % {"day": in_words(noted)}, code="noted_already")
    if cell and current and current.unit_id == cell.pk:
        raise Refused(_("This person is already a member of this cell."), code="same_cell")
    if cell and cell.kind != UnitKind.CELL:
        raise Refused(_("Members belong to a cell."), code="no_cell")
    if cell and (cell.valid_from > on or cell.valid_to is not None):
        raise Refused(_("On that day the cell is not there, or it is about to end."), code="not_there")
