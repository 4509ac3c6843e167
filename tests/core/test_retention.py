"""What is kept for a while goes in batches; a hold keeps it, from the next batch on; nothing is lost from the count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from thongsuot.core import clock, retention
from thongsuot.core.retention import DataClass, Due, Rows, Spared, Terms


class Office:
    """A policy that tests turn."""

    def __init__(self) -> None:
        self.days: dict[str, int] = {}
        self.kept = Spared()

    def __call__(self) -> Terms:
        return Terms(self.days, {"test.rows": self.kept})


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    policy = Office()
    monkeypatch.setattr(retention, "_policy", [policy])
    monkeypatch.setattr(retention, "_classes", dict(retention._classes))

    def old(before: dt.datetime) -> Any:
        return Session.objects.filter(expire_date__lt=before)

    def forget(keys: Any) -> int:
        return Session.objects.filter(pk__in=keys).delete()[0]

    store = Rows(old, forget, since="expire_date", unit="session_data")
    retention.register(DataClass("test.rows", "Rows", "Rows of a test.", "They go.", lambda: 10, store))
    return policy


def told_of(name: str, **more: Any) -> Due:
    return retention.due(retention._classes[name], **more)


def rows(*days: int, unit: str = "1") -> None:
    for number, ago in enumerate(days):
        moment = clock.now() - dt.timedelta(days=ago)
        Session.objects.create(session_key=f"{unit}-{number}", session_data=unit, expire_date=moment)


@pytest.mark.django_db
def test_only_what_is_old_enough_goes_and_each_batch_is_noted(office: Office) -> None:
    rows(9, 11, 12, 13, 14, 15)
    told = told_of("test.rows")
    assert (told.count, told.held) == (5, 0)
    assert told.oldest is not None
    assert (clock.now() - told.oldest).days == 15
    assert told_of("test.rows", on=clock.now() + dt.timedelta(days=2)).count == 6
    noted: list[int] = []
    assert retention.remove_expired("test.rows", note=noted.append, limit=2) == 5
    assert noted == [2, 2, 1]
    assert retention.remove_expired("test.rows", note=noted.append) == 0
    assert Session.objects.count() == 1
    office.days = {"test.rows": 3}
    assert retention.period_of("test.rows") == 3
    assert retention.remove_expired("test.rows") == 1


@pytest.mark.django_db
def test_a_hold_keeps_a_class_or_what_belongs_to_a_unit(office: Office) -> None:
    rows(11, 12)
    rows(13, 14, unit="2")
    office.kept = Spared(everything=True)
    assert told_of("test.rows") == Due(held=4)
    assert retention.remove_expired("test.rows") == 0
    office.kept = Spared(units=["2"])
    told = told_of("test.rows")
    assert (told.count, told.held) == (2, 2)
    assert told.oldest is not None
    assert (clock.now() - told.oldest).days == 12
    assert retention.remove_expired("test.rows") == 2
    assert {row.session_data for row in Session.objects.all()} == {"2"}


@pytest.mark.django_db
def test_a_hold_placed_while_a_run_works_keeps_the_rest(office: Office) -> None:
    rows(11, 12, 13, 14)

    def hold(count: int) -> None:
        office.kept = Spared(everything=True)

    assert retention.remove_expired("test.rows", note=hold, limit=2) == 2
    assert Session.objects.count() == 2


@pytest.mark.django_db
def test_what_cannot_be_noted_is_not_removed(office: Office) -> None:
    rows(11, 12)

    def fail(count: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        retention.remove_expired("test.rows", note=fail)
    assert Session.objects.count() == 2


@pytest.mark.django_db
def test_entries_the_cache_has_forgotten_leave_its_table() -> None:
    cache.set("fresh", 1, timeout=3600)
    cache.set("stale", 1, timeout=-3 * 24 * 3600)
    told = told_of("core.tries")
    assert told.count >= 1
    assert told.oldest is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache_entry")
        (held,) = cursor.fetchone()
        assert retention.remove_expired("core.tries") == told.count
        cursor.execute("SELECT COUNT(*) FROM cache_entry")
        assert cursor.fetchone() == (held - told.count,)
    assert cache.get("fresh") == 1
