"""Everybody at once: two openings of a document, confirmations and attendance, while totals are folded."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, gather
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import make_document, make_session
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import (
    Attendance,
    BridgePoint,
    CoverageCounter,
    CoverageTotal,
    Form,
    ReachEvent,
    Receipt,
    Requirement,
    Session,
    SessionUnit,
)
from thongsuot.dissemination.services import (
    confirm_reading,
    mark_attendance,
    require_dissemination,
)
from thongsuot.dissemination.services.attending import attend
from thongsuot.dissemination.services.bridging import add_points
from thongsuot.documents.counting import rebuild, recount
from thongsuot.documents.models import Document
from thongsuot.organizations.services import enrol_people

IN_TIME = 60


@pytest.fixture
def shared_cast(transactional_db: None, tmp_path: Path) -> Iterator[Cast]:
    """The cast in a database that several connections write at once (SQLite's tests live in memory otherwise)."""
    gather()
    if connection.vendor == "postgresql":
        yield gather()
        return
    file = tmp_path / "shared.sqlite3"
    copy = sqlite3.connect(file)
    connection.connection.backup(copy)
    copy.close()
    memory = connections.settings["default"]
    connections.settings["default"] = {**memory, "NAME": str(file)}
    yield gather()
    connections.settings["default"] = memory


def at_once(*works: Callable[[], object]) -> None:
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(IN_TIME)
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(run, work) for work in works]:
            done.result(IN_TIME)


def _check() -> None:
    """In a thread of its own, because only those see the shared database."""
    at_once(assert_counts_equal_the_rows)


def _document(cast: Cast) -> Document:
    issued = clock.today() - dt.timedelta(days=20)
    return make_document(cast.city_clerk, cast.city, circulating=(cast.ward,), issued_on=issued)


def test_two_openings_of_a_document_at_once_stay_exact(shared_cast: Cast) -> None:
    cast = shared_cast
    made: list[Document] = []
    at_once(lambda: made.append(_document(cast)))

    def open_for(*units: object) -> Callable[[], object]:
        return lambda: require_dissemination(
            by=cast.city_clerk,
            document=made[0],
            unit=cast.city,
            units=list(units),  # type: ignore[arg-type]  # units of the cast
            due=clock.today() + dt.timedelta(days=7),
        )

    at_once(open_for(cast.city), open_for(cast.ward, cast.commune), open_for(cast.cell), open_for(cast.city))
    seen: list[int] = []
    at_once(lambda: seen.append(Receipt.objects.count()))
    assert seen == [30]
    _check()


def test_confirming_and_marking_while_totals_are_folded(shared_cast: Cast) -> None:
    cast = shared_cast
    people: list[int] = []
    numbers: list[int] = []
    things: dict[str, object] = {}

    def prepare() -> None:
        document = _document(cast)
        due = clock.today() + dt.timedelta(days=7)
        require_dissemination(
            by=cast.city_clerk, document=document, unit=cast.city, units=[cast.city], due=due
        )
        things["document"] = document
        things["session"] = make_session(
            cast.ward_leader, cast.ward, [cast.cell], [document], day=clock.today(), hour=0
        )
        people.extend(Attendance.objects.values_list("person_id", flat=True))

    at_once(prepare)

    def mark(present: set[int]) -> Callable[[], object]:
        return lambda: mark_attendance(
            by=cast.cell_head,
            session=things["session"],  # type: ignore[arg-type]  # made above
            unit=cast.cell,
            present=present,
            excused=set(),
        )

    def confirm(user: object) -> Callable[[], object]:
        return lambda: confirm_reading(by=user, document=things["document"])  # type: ignore[arg-type]

    at_once(
        mark(set(people)),
        mark(set(people[:2])),
        confirm(cast.member),
        confirm(cast.member),
        confirm(cast.other_member),
        fold_coverage,
        lambda: rebuild(CoverageCounter, CoverageTotal),
        lambda: recount(CoverageCounter, CoverageTotal),
    )
    at_once(lambda: numbers.append(CoverageCounter.objects.get(unit=cast.other_cell).reached))
    at_once(lambda: numbers.append(ReachEvent.objects.filter(unit=cast.other_cell).count()))
    assert numbers == [1, 1]
    _check()


@contextmanager
def _no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite may not grow any more; PostgreSQL, which has no such switch, says so in the middle of the act."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Pages that earlier tests have left free would be room.
            (free,) = cursor.execute("PRAGMA freelist_count").fetchone()
            (size,) = cursor.execute("PRAGMA page_size").fetchone()
            cursor.execute("CREATE TABLE filling (bytes BLOB)")
            cursor.execute("INSERT INTO filling VALUES (zeroblob(%s))", [(free + 1) * size])
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filling")
        return
    import psycopg

    def full(requirement: object) -> None:
        raise OperationalError from psycopg.errors.DiskFull("could not extend file")

    with monkeypatch.context() as patch:
        patch.setattr(sets, "count_required", full)
        yield


def test_without_room_on_the_disk_nothing_is_half_written(
    shared_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = shared_cast
    statuses: list[int] = []
    counts: list[int] = []

    def count() -> None:
        counts.append(
            sum(model._default_manager.count() for model in (Requirement, Receipt, CoverageCounter))
        )

    def require() -> None:
        document = _document(cast)
        enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(400)], since=dt.date(2020, 1, 1))
        client = Client(raise_request_exception=False)
        client.force_login(cast.city_leader)
        address = reverse("dissemination:require", args=[document.pk])
        given = {"units": [cast.ward.pk], "due": f"{clock.today() + dt.timedelta(days=7):%Y-%m-%d}"}
        with _no_room(monkeypatch):
            statuses.append(client.post(address, given).status_code)
            count()
        statuses.append(client.post(address, given).status_code)
        count()

    at_once(require)
    assert statuses == [507, 302]
    assert counts == [0, 1 + 410 + 2]
    _check()


def test_taps_at_once_count_each_person_once(shared_cast: Cast) -> None:
    cast, begins = shared_cast, clock.now()
    made: list[BridgePoint] = []

    def call() -> None:
        document = make_document(cast.city_clerk, cast.city, circulating=(cast.ward,))
        with clock.at(begins):
            session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], hour=12)
            Session.objects.filter(pk=session.pk).update(form=Form.ONLINE)
            made.extend(add_points(by=cast.ward_leader, session=session, units=[cast.cell]))

    at_once(call)
    (point,) = made

    def tap(user: User) -> Callable[[], object]:
        def once() -> None:
            with clock.at(begins):
                session = Session.objects.get(pk=point.session_id)
                seen = screens.Seen(session.pk, point.pk, begins)
                attend(by=User.objects.get(pk=user.pk), session=session, seen=seen)

        return once

    at_once(tap(cast.member), tap(cast.member), tap(cast.cell_head), tap(cast.cell_head))

    def look() -> None:
        point.refresh_from_db()
        assert point.present == SessionUnit.objects.get().present == 2
        assert ReachEvent.objects.filter(verb="reached").count() == 2
        assert_counts_equal_the_rows()

    at_once(look)
