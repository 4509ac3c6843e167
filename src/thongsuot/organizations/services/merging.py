"""Two entries that are one person: joined with a trace, and separated again.

What was done under either key stays where it was noted: receipts, attendance and tasks are facts about a key, and
are read through ``Person.objects.same_as``. Posts and memberships pass to the entry that is kept, unless it has the
same at the same time; then the duplicate's ends today. Every changed row is noted, so that all of it can be taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import fold
from thongsuot.organizations.hooks import people_changed
from thongsuot.organizations.models import Affiliation, Membership, Person, PersonMerge, Position
from thongsuot.organizations.queries.people import units_of
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.people import can_keep, refuse_erased, require_leading_letters

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

Row = TypeVar("Row", Position, Membership, Affiliation)
FILLED = ("code", "email", "phone")


@transaction.atomic
def merge_people(*, by: User, kept: Person, duplicate: Person) -> PersonMerge:
    """Say that two entries are one person; from now on the duplicate's name leads to the one that is kept."""
    if kept.pk == duplicate.pk:
        raise Refused(_("Choose two different entries."), code="same_entry")
    # Both rows are held in the order of their keys: two people joining the same two do not wait for each other.
    held = {
        row.pk: row
        for row in Person.objects.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, duplicate.pk])
        .select_related("user")
        .order_by("pk")
    }
    kept, duplicate = held[kept.pk], held[duplicate.pk]
    require(can_keep(by, kept) and can_keep(by, duplicate))
    refuse_erased(kept, duplicate)
    if kept.merged_into_id or duplicate.merged_into_id:
        raise Refused(_("One of them has been joined with another entry already."), code="merged_already")
    for one, other in ((kept, duplicate), (duplicate, kept)):
        # Afterwards the account's letters may go to the address that stands in the other entry.
        require_leading_letters(by, one, one.email != other.email)
    belongs = [*units_of(kept), *units_of(duplicate)]
    if not all(can(by, Permission.PEOPLE_MANAGE, unit) for unit in belongs):
        raise Refused(
            _("One of them also belongs to a unit whose people you do not look after."), code="beyond"
        )
    unit_id = units_of(kept)[0].pk
    changes: dict[str, Any] = {
        "positions": _pass_on(list(duplicate.positions.all()), list(kept.positions.all()), kept, _same_post),
        "memberships": _pass_on(
            list(duplicate.memberships.all()), list(kept.memberships.all()), kept, lambda one, other: True
        ),
        "affiliations": _pass_on(
            list(duplicate.affiliations.all()), list(kept.affiliations.all()), kept, _same_unit
        ),
        "users": _pass_account_on(kept, duplicate),
        "filled": _fill(kept, duplicate),
        "restricted": duplicate.restricted_at is not None and kept.restricted_at is None,
        "earlier": list(Person.objects.filter(merged_into=duplicate).values_list("pk", flat=True)),
    }
    if changes["restricted"]:  # what somebody asked for one entry holds for what passes to the other
        Person.objects.filter(pk=kept.pk).update(restricted_at=duplicate.restricted_at)
    Person.objects.filter(pk__in=changes["earlier"]).update(merged_into=kept)
    Person.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    merge = PersonMerge.objects.create(kept=kept, duplicate=duplicate, by=by, changes=changes)
    record("people.merged", by=by, on=kept, unit_id=unit_id, duplicate=duplicate.pk)
    people_changed([kept.pk, duplicate.pk])
    return merge


def _same_post(one: Position, other: Position) -> bool:
    return one.unit_id == other.unit_id and fold(one.title) == fold(other.title)


def _same_unit(one: Affiliation, other: Affiliation) -> bool:
    return one.unit_id == other.unit_id


def _overlap(one: Row, other: Row) -> bool:
    begins, ends = (
        max(one.valid_from, other.valid_from),
        [row.valid_to for row in (one, other) if row.valid_to],
    )
    return not ends or begins < min(ends)


def _pass_on(
    rows: Sequence[Row], kept_rows: list[Row], kept: Person, collide: Callable[[Row, Row], bool]
) -> dict[str, Any]:
    """Give the rows to the kept entry; what it has itself at that time stays behind and ends today."""
    moved, closed = [], []
    for row in rows:
        if not any(collide(row, other) and _overlap(row, other) for other in kept_rows):
            moved.append(row)
            continue
        if row.valid_to and row.valid_to <= today():
            continue
        if row.valid_from >= today():
            raise Refused(
                _("A post or membership of the duplicate begins today or later. Wait until the day after."),
                code="begins_later",
            )
        closed.append([row.pk, str(row.valid_to) if row.valid_to else None])
        row.valid_to = today()
        row.save(update_fields=["valid_to"])
    for row in moved:
        row.person = kept
        row.save(update_fields=["person"])
    return {"moved": [row.pk for row in moved], "closed": closed, "day": str(today())}


def _pass_account_on(kept: Person, duplicate: Person) -> list[int | None]:
    """The account that may sign in belongs to the kept entry afterwards; two of them are for a person to settle."""
    before = [kept.user_id, duplicate.user_id]
    if duplicate.user is None or not duplicate.user.is_active:
        return before
    if kept.user is not None and kept.user.is_active:
        raise Refused(
            _("Both entries have an account. Close one of the accounts first."), code="two_accounts"
        )
    _set_accounts(kept, duplicate, duplicate.user_id, kept.user_id)
    return before


def _set_accounts(kept: Person, duplicate: Person, first: int | None, second: int | None) -> None:
    # An account belongs to one entry: both let go before either takes.
    Person.objects.filter(pk__in=[kept.pk, duplicate.pk]).update(user=None)
    Person.objects.filter(pk=kept.pk).update(user=first)
    Person.objects.filter(pk=duplicate.pk).update(user=second)


def _fill(kept: Person, duplicate: Person) -> list[str]:
    """What the kept entry lacks and the duplicate knows; the code moves, because it finds one entry only."""
    filled = [name for name in FILLED if getattr(duplicate, name) and not getattr(kept, name)]
    values = {name: getattr(duplicate, name) for name in filled}
    if "code" in filled:
        Person.objects.filter(pk=duplicate.pk).update(code="")
    if values:
        Person.objects.filter(pk=kept.pk).update(**values)
    return filled


@transaction.atomic
def undo_merge(*, by: User, merge: PersonMerge) -> None:
    """Separate two entries again, exactly as they were; refused when what was joined has been changed since."""
    merge = (
        PersonMerge.objects.select_for_update(of=("self",))
        .select_related("kept", "duplicate")
        .get(pk=merge.pk)
    )
    kept, duplicate = merge.kept, merge.duplicate
    require(can_keep(by, kept))
    refuse_erased(kept, duplicate)
    if merge.undone_at:
        raise Refused(_("This has been taken back already."), code="undone_already")
    if kept.merged_into_id:
        raise Refused(
            _("The entry was joined with another one later. Take that back first."), code="later_one"
        )
    unit_id = units_of(kept)[0].pk
    _take_back(Position, kept, duplicate, merge.changes["positions"])
    _take_back(Membership, kept, duplicate, merge.changes["memberships"])
    if "affiliations" in merge.changes:  # joined before there were any
        _take_back(Affiliation, kept, duplicate, merge.changes["affiliations"])
    _take_account_back(kept, duplicate, merge.changes["users"])
    _take_knowledge_back(kept, duplicate, merge.changes["filled"])
    if merge.changes.get("restricted"):
        Person.objects.filter(pk=kept.pk, restricted_at=duplicate.restricted_at).update(restricted_at=None)
    Person.objects.filter(pk__in=merge.changes["earlier"]).update(merged_into=duplicate)
    Person.objects.filter(pk=duplicate.pk).update(merged_into=None)
    merge.undone_at, merge.undone_by = now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    record("people.separated", by=by, on=kept, unit_id=unit_id, duplicate=duplicate.pk)
    people_changed([kept.pk, duplicate.pk])


def _take_back(
    model: type[Position] | type[Membership] | type[Affiliation],
    kept: Person,
    duplicate: Person,
    noted: dict[str, Any],
) -> None:
    back = model._default_manager.filter(pk__in=noted["moved"], person=kept).update(person=duplicate)
    day = dt.date.fromisoformat(noted["day"])
    opened = 0
    for key, valid_to in noted["closed"]:
        rows = model._default_manager.filter(pk=key, person=duplicate, valid_to=day)
        opened += rows.update(valid_to=dt.date.fromisoformat(valid_to) if valid_to else None)
    if (back, opened) != (len(noted["moved"]), len(noted["closed"])):
        raise Refused(
            _("A post or membership has been changed since. Set it right by hand."), code="changed_since"
        )


def _take_knowledge_back(kept: Person, duplicate: Person, filled: list[str]) -> None:
    """What was filled in goes again, unless it was corrected since; the code returns to whom it was given."""
    same = [name for name in filled if name == "code" or getattr(kept, name) == getattr(duplicate, name)]
    Person.objects.filter(pk=kept.pk).update(**dict.fromkeys(same, ""))
    if "code" in filled:
        Person.objects.filter(pk=duplicate.pk).update(code=kept.code)


def _take_account_back(kept: Person, duplicate: Person, before: list[int | None]) -> None:
    now_held = [kept.user_id, duplicate.user_id]
    if now_held == before:
        return
    if now_held != before[::-1]:
        raise Refused(_("The account has been changed since. Set it right by hand."), code="changed_since")
    _set_accounts(kept, duplicate, *before)
