"""What somebody lends is part of the other's authority: limited, for a while, and in the same one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.core import clock
from thongsuot.organizations.models import Delegation, RoleGrant, Unit
from thongsuot.organizations.reach import can, grants_of, person_of

ASSIGN, READ = Permission.TASK_ASSIGN, Permission.TASK_READ


def lend(cast: Cast, **fields: object) -> Delegation:
    """The leader of the ward is away for a week and lends the officer the giving of tasks."""
    today = clock.today()
    given = {
        "principal": cast.ward_leader,
        "delegate": cast.ward_officer,
        "unit": cast.ward,
        "permissions": [ASSIGN, READ],
        "valid_from": today,
        "valid_to": today + dt.timedelta(days=7),
        "made_by": cast.ward_leader,
    }
    return Delegation.objects.create(**given | fields)


def fresh(user: User) -> User:
    """The same account as the next request reads it."""
    return User.objects.get(pk=user.pk)


def test_what_is_lent_counts_like_what_is_ones_own_in_the_same_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    assert not can(cast.ward_officer, ASSIGN, cast.cell)
    lend(cast)
    officer = fresh(cast.ward_officer)
    with django_assert_num_queries(1):
        assert can(officer, ASSIGN, cast.cell)
        assert not can(officer, Permission.SESSION_CALL, cast.cell)
        assert not can(officer, ASSIGN, cast.other_ward)
        assert person_of(officer) is not None
    lent = [grant for grant in grants_of(officer) if grant.lent_by]
    assert [(grant.lent_by, grant.unit, grant.reaches_subtree) for grant in lent] == [
        (cast.ward_leader, cast.ward, True)
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {
            "permissions": [Permission.DOCUMENT_REGISTER, Permission.INSPECTION_CONDUCT]
        },  # the leader's no more
        {"permissions": [Permission.AUTHORITY_LEND, Permission.RIGHTS_GIVE]},  # never lent
        {"valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2026, 1, 8)},
        {"revoked_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_nothing_comes_of_what_the_principal_has_not_or_what_is_over(
    cast: Cast, fields: dict[str, object]
) -> None:
    own = [(grant.unit, grant.permissions) for grant in grants_of(cast.ward_officer)]
    lend(cast, **fields)
    now = [
        (grant.unit, grant.permissions) for grant in grants_of(fresh(cast.ward_officer)) if grant.permissions
    ]
    assert now == own


def test_what_the_principal_loses_the_delegate_loses(cast: Cast) -> None:
    lend(cast)
    assert can(fresh(cast.ward_officer), ASSIGN, cast.ward)
    RoleGrant.objects.filter(user=cast.ward_leader).update(valid_to=clock.today())
    assert not can(fresh(cast.ward_officer), ASSIGN, cast.ward)


def test_authority_of_a_closed_account_is_not_lent(cast: Cast) -> None:
    lend(cast)
    User.objects.filter(pk=cast.ward_leader.pk).update(is_active=False)
    assert not can(fresh(cast.ward_officer), ASSIGN, cast.ward)


def test_what_is_borrowed_is_not_lent_on(cast: Cast) -> None:
    lend(cast)
    lend(cast, principal=cast.ward_officer, delegate=cast.ward_clerk)
    assert not can(fresh(cast.ward_clerk), ASSIGN, cast.ward)


@pytest.mark.parametrize(
    ("unit", "below", "reached"),
    [
        ("city", True, {"ward", "cell", "second_cell"}),  # more than the leader has: what the leader has
        ("city", False, set()),
        ("ward", True, {"ward", "cell", "second_cell"}),
        ("ward", False, {"ward"}),
        ("cell", True, {"cell"}),
        ("cell", False, {"cell"}),
        ("other_ward", True, set()),
    ],
)
def test_a_loan_reaches_what_both_reach(cast: Cast, unit: str, below: bool, reached: set[str]) -> None:
    lend(cast, unit=getattr(cast, unit), reaches_subtree=below, delegate=cast.other_ward_clerk)
    borrower = fresh(cast.other_ward_clerk)
    places: dict[str, Unit] = {
        name: place
        for name, place in vars(cast).items()
        if isinstance(place, Unit) and place != cast.other_ward
    }
    assert {name for name, place in places.items() if can(borrower, ASSIGN, place)} == reached


def test_the_database_refuses_loans_without_end_or_to_oneself(cast: Cast) -> None:
    for fields in ({"valid_to": None}, {"delegate": cast.ward_leader}):
        with pytest.raises(IntegrityError), transaction.atomic():
            lend(cast, **fields)
