"""Queries put together once: they say what the queryset says, for every value, and keep nothing that may change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django_q.models import Schedule

from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.prepared import Compound, NotPreparableError, Prepared

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)


def _named(name: str, keys: tuple[int, ...], day: dt.date) -> QuerySet[User]:
    own = Schedule.objects.filter(name=OuterRef("username"))
    people = User.objects.filter(Q(username=name) | Q(pk__in=keys)).annotate(
        scheduled=Exists(own), day=F("pk")
    )
    return people.filter(created_at__date__lte=day).defer("password").order_by("username")


@pytest.fixture
def people() -> list[User]:
    return [User.objects.create_user(name, display_name=name.title()) for name in ("an", "ba", "chi")]


def test_it_says_what_the_queryset_says_for_every_value(people: list[User]) -> None:
    prepared = Prepared[User](_named)
    an, _ba, chi = people
    day = clock.today()
    for name, keys in (("an", (chi.pk,)), ("ba", (an.pk,)), ("ba", (an.pk, chi.pk)), ("nobody", ())):
        expected = list(_named(name, keys, day))
        found = prepared(name=name, keys=keys, day=day)
        assert found == expected
        seen = [
            (p.username, p.display_name, p.created_at, vars(p).get("scheduled"), p._state.db) for p in found
        ]
        assert seen == [
            (p.username, p.display_name, p.created_at, vars(p)["scheduled"], p._state.db) for p in expected
        ]
        assert all(p.get_deferred_fields() == {"password"} for p in found)
    assert prepared(name="an", keys=(), day=day - dt.timedelta(days=900)) == []
    assert prepared.first(name="an", keys=(), day=day) == an
    assert prepared.first(name="nobody", keys=(), day=day) is None


def test_keys_among_none_cost_no_query_and_rows_may_be_tuples(people: list[User]) -> None:
    names = Prepared[tuple[str, int]](
        lambda keys: User.objects.filter(pk__in=keys).order_by("-pk").values_list("username", "pk")
    )
    an, ba, _chi = people
    assert names(keys=(an.pk, ba.pk)) == [("ba", ba.pk), ("an", an.pk)]
    with CaptureQueriesContext(connection) as queries:
        assert names(keys=()) == []
    assert not queries.captured_queries


def _since_yesterday(name: str) -> QuerySet[User]:
    return User.objects.filter(username=name, created_at__gte=clock.now() - dt.timedelta(days=1))


def _without_the_name(name: str) -> QuerySet[User]:
    return User.objects.filter(username=name.upper())


@pytest.mark.parametrize(
    ("build", "values", "why"),
    [
        (_since_yesterday, {"name": "an"}, "asks the clock"),
        (_without_the_name, {"name": "an"}, "name"),
        (lambda name, other: User.objects.filter(username=name), {"name": "an", "other": 3}, "other"),
        (lambda at: User.objects.filter(created_at=at), {"at": dt.datetime.now(tz=dt.UTC)}, "a number"),
    ],
)
def test_a_query_that_would_not_follow_its_values_is_refused(
    build: Any, values: dict[str, Any], why: str
) -> None:
    with pytest.raises(NotPreparableError, match=why):
        Prepared[User](build)(**values)


def test_what_was_read_is_not_kept(people: list[User]) -> None:
    prepared = Prepared[User](lambda key: User.objects.filter(pk=key))
    assert prepared(key=people[0].pk)[0].is_active
    User.objects.filter(pk=people[0].pk).update(is_active=False)
    assert not prepared(key=people[0].pk)[0].is_active


class _Pair(Compound):
    """Two names; the query may use one of them, and the beginning of either."""

    shape = "pair"

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    def made_of(self, parts: Any) -> Any:
        return parts

    def in_sql(self, parts: Any) -> Any:
        return (*parts, *(f"{part}~" for part in parts))


def test_a_compound_value_stands_at_places_of_its_own(people: list[User]) -> None:
    after = Prepared[User](
        lambda pair: User.objects.filter(username__gte=pair[1], username__lt=pair[1] + "~").order_by("pk")
    )
    assert [user.username for user in after(pair=_Pair("an", "ba"))] == ["ba"]
    assert [user.username for user in after(pair=_Pair("ba", "an"))] == ["an"]


def test_a_piece_of_a_compound_value_is_refused(people: list[User]) -> None:
    with pytest.raises(NotPreparableError, match="something else"):
        Prepared[User](lambda pair: User.objects.filter(username=pair[0][:-2]))(pair=_Pair("an", "ba"))


def test_without_a_shape_the_query_is_put_together_each_time(people: list[User]) -> None:
    pair = _Pair("an", "ba")
    pair.shape = None  # type: ignore[assignment]
    prepared = Prepared[User](lambda pair: User.objects.filter(username=pair[0][:-1] + "n"))
    assert [user.username for user in prepared(pair=pair)] == ["an"]
