"""A real server process and many phones at once: double taps, replayed and forged codes, wrong clocks, a merger and a
recall in the middle. Nothing is counted twice, nothing is lost, and whoever is refused reads why.

The server runs by the real clock, on a database of its own that all tests of this module share: each has its own
document, and the cells it changes are its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import itertools
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, gather
from tests.dissemination.factories import TEXT, make_document
from tests.dissemination.test_races import at_once
from tests.organizations.reorganizing import draft
from thongsuot.accounts.models import User
from thongsuot.config.processes import Child, stop, wait_until_answering
from thongsuot.core import clock
from thongsuot.core.crypto.keyring import make_first_key
from thongsuot.dissemination.audience.whom import Wanted
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import (
    Attendance,
    CoverageTotal,
    Form,
    Posts,
    ReachEvent,
    Receipt,
    Session,
    SessionUnit,
)
from thongsuot.dissemination.reading_page.tokens import SALT, Given, token_of
from thongsuot.dissemination.services import Terms, call_session, require_dissemination
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import Document
from thongsuot.documents.services import ask_back, dispatch_document
from thongsuot.home.proofs import PROOFS
from thongsuot.organizations.models import Position, Unit, UnitKind
from thongsuot.organizations.reorganization import StepData, carry_out, schedule
from thongsuot.organizations.services import enrol_people

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="processes of POSIX")]
ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CSRF = "a" * 32
HOUR = dt.timedelta(hours=1)
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
TAPS = 4
_numbers = itertools.count(501)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@dataclass
class Phone:
    """One person's browser: it keeps cookies and follows nothing."""

    port: int
    user: User | None = None
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": CSRF})

    def __post_init__(self) -> None:
        if self.user is not None:
            client = Client()
            client.force_login(self.user)
            self.cookies["sessionid"] = client.cookies["sessionid"].value

    def ask(self, address: str, **form: str) -> Answer:
        """POST when there is a form, else GET."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if form:
                headers |= {"X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST" if form else "GET", address, urlencode(form) or None, headers)
            response = line.getresponse()
            text = response.read().decode()
            if response.headers.get_content_type() == "application/json":
                text = json.loads(text)["sentence"]
            for said in response.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(said).items():
                    self.cookies[name] = morsel.value
            return Answer(response.status, text)
        finally:
            line.close()


@dataclass(frozen=True)
class Served:
    """The running server and who is there."""

    port: int
    cast: Cast

    def phone(self, user: User | None = None) -> Phone:
        return Phone(self.port, user)


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    """Not here: the server knows the real time only."""


@contextmanager
def _own_database(folder: Path) -> Iterator[str]:
    """A copy of the database of the tests that other processes can open; this process uses it too."""
    settings: dict[str, Any] = connections.settings["default"]
    usual = connections[
        "default"
    ]  # at the end the database of all tests is torn down by this very connection
    if connection.vendor == "sqlite":
        name = str(folder / "served.sqlite3")
        connection.ensure_connection()
        with sqlite3.connect(name) as copy:
            connection.connection.backup(copy)
        copy.close()
        address = f"sqlite:///{name}"
    else:
        before = connection.settings_dict["NAME"]
        name = f"{before}_served"
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{before}"')
        host = settings["HOST"] or os.environ.get("PGHOST", "")
        address = f"postgresql://{settings['USER'] or 'postgres'}@/{name}?host={host}"
    connection.close()
    connections.settings["default"] = {**settings, "NAME": name}
    del connections["default"]
    try:
        yield address
    finally:
        connection.close()
        connections.settings["default"] = settings
        connections["default"] = usual
        if connection.vendor != "sqlite":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "thongsuot.config.cli", "serve", "--host", HOST, "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    child = Child("Máy chủ", "The server", process)
    try:
        wait_until_answering(HOST, port, child)
        yield port
    finally:
        stop([child])


@pytest.fixture(scope="module")
def db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Instead of a transaction around each test: the surroundings of processes on a database of their own."""
    make_first_key()
    with django_db_blocker.unblock(), _own_database(tmp_path_factory.mktemp("served")) as address:
        yield os.environ | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.served",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }


@pytest.fixture(scope="module")
def served(db: dict[str, str]) -> Iterator[Served]:
    """One server for all tests here; at the end the product's own command proves every count."""
    place = gather()
    with _server(db) as port:
        yield Served(port, place)
    fold_flow()
    fold_coverage()
    check = [sys.executable, "-m", "thongsuot.config.cli", "check", "--totals"]
    done = subprocess.run(check, cwd=ROOT, env=db, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _required(place: Cast, *units: Unit, terms: Terms | None = None) -> Document:
    """A document of today's campaign, asked of the members of these units."""
    today = clock.today()
    document = make_document(
        place.city_clerk,
        place.city,
        circulating=units,
        number=next(_numbers),
        issued_on=today - dt.timedelta(days=20),
    )
    require_dissemination(
        by=place.city_clerk,
        document=document,
        unit=place.city,
        units=list(units),
        due=today + dt.timedelta(days=7),
        terms=terms,
    )
    return document


def _proven(document: Document) -> CoverageTotal:
    """The total of the city, after proving that every number that is kept equals its rows."""
    fold_flow()
    fold_coverage()
    assert not [fault for proof in PROOFS if proof.counts for fault in proof.faults()]
    return CoverageTotal.objects.get(document=document, unit__parent=None)


def _times_reached(document: Document, user: User) -> int:
    person = {"document": document, "person__user": user}
    return ReachEvent.objects.filter(**person).count()


def _gather(found: list[Answer], ask: Callable[[], Answer]) -> Callable[[], None]:
    return lambda: found.append(ask())


def test_a_confirmation_tapped_and_sent_many_times_counts_once(served: Served) -> None:
    place = served.cast
    document = _required(place, place.ward)
    read, later = reverse("dissemination:read", args=[document.pk]), reverse("dissemination:confirm_later")
    phone = served.phone(place.member)
    page = phone.ask(read).text
    [token] = re.findall(r'name="token" value="([^"]+)"', page)
    said = str(int((clock.now() + HOUR).timestamp() * 1000))  # this telephone is an hour fast
    answers: list[Answer] = []
    taps = [_gather(answers, lambda: phone.ask(read, text=HASH)) for _tap in range(TAPS)]
    kept = [_gather(answers, lambda: phone.ask(later, token=token, said=said)) for _tap in range(TAPS)]
    at_once(*taps, *kept, fold_coverage)
    assert sorted(answer.status for answer in answers) == [200] * TAPS + [302] * TAPS
    assert _times_reached(document, place.member) == 1
    receipt = Receipt.objects.get(document=document, person__user=place.member)
    assert receipt.reached_at is not None
    assert receipt.reached_at <= clock.now()
    assert "Đồng chí đã xác nhận" in phone.ask(read).text
    assert _proven(document).reached == 1


def test_the_clock_of_a_telephone_and_a_forged_confirmation_gain_nothing(served: Served) -> None:
    place = served.cast
    document = _required(place, place.ward)
    later, given = reverse("dissemination:confirm_later"), clock.now() - 2 * dt.timedelta(days=1)

    def send(user: User, token: str, said: dt.datetime | str) -> Answer:
        told = said if isinstance(said, str) else str(int(said.timestamp() * 1000))
        return served.phone(user).ask(later, token=token, said=told)

    def token(user: User) -> str:
        return token_of(Given(user.pk, document.pk, HASH, given))

    forger = signing.Signer(key="khác", salt=SALT)
    told = [place.member.pk, document.pk, HASH, int(given.timestamp())]
    for forged in (token(place.member)[:-1] + "_", forger.sign_object(told), "", "x" * 100_000):
        answer = send(place.member, forged, given)
        assert (answer.status, "Không đọc được xác nhận" in answer.text) == (409, True), answer.text
    assert "của người khác" in send(place.second_member, token(place.member), given).text
    assert not ReachEvent.objects.filter(document=document).exists()
    for user, said in (
        (place.member, given - HOUR),  # an hour slow: not before the page was handed out
        (place.second_member, given + HOUR),  # two days without a connection
        (place.cell_head, "9" * 18),  # no time at all
    ):
        at_once(*[partial(send, user, token(user), said)] * 2)
    begun = clock.now() - dt.timedelta(minutes=2)
    reached = Receipt.objects.filter(document=document, reached_at__isnull=False)
    moments = {row.person.user_id: row.reached_at or begun for row in reached.select_related("person")}
    assert int((moments[place.member.pk] - given).total_seconds()) == 0
    assert int((moments[place.second_member.pk] - given - HOUR).total_seconds()) == 0
    assert moments[place.cell_head.pk] > begun
    assert _proven(document).reached == 3


def _session(place: Cast, cells: list[Unit], document: Document) -> Session:
    """It began five minutes ago."""
    return call_session(
        by=place.city_leader,
        unit=place.city,
        cells=cells,
        documents=[document],
        title="Quán triệt",
        form=Form.CONFERENCE,
        starts_at=clock.now() - dt.timedelta(minutes=5),
        place="Hội trường",
    )


def _screen(session: Session, ago: dt.timedelta = dt.timedelta()) -> str:
    with clock.at(clock.now() - ago):
        return reverse("dissemination:attend", args=[screens.picture_of(session.pk)])


def test_codes_tapped_twice_replayed_and_forged(served: Served) -> None:
    place = served.cast
    document = _required(place, place.ward)
    session = _session(place, [place.cell], document)
    other = _session(place, [place.other_cell], document)
    long_ago = _screen(session, dt.timedelta(minutes=3))
    phone = served.phone(place.member)
    forged = _screen(other).replace(f"/{other.pk}-", f"/{session.pk}-")
    for address, status, sentence in (
        (forged, 404, "không phải mã điểm danh của buổi nào"),
        (long_ago, 410, "Mã này không còn hiện trên màn hình"),
        (_screen(other), 409, "không có trong danh sách"),
    ):
        for answer in (phone.ask(address), phone.ask(address, tap="1")):
            assert (answer.status, sentence in answer.text) == (status, True), answer.text
    # The ticket of the other session opens nothing here, and none that somebody made up does.
    seen = screens.Seen(session.pk, screens.MAIN_ROOM, clock.now())
    for ticket in (
        screens.ticket_of(screens.Seen(other.pk, 0, clock.now())),
        screens.ticket_of(seen)[:-1] + "_",
    ):
        phone.cookies["co_mat"] = ticket
        assert phone.ask(long_ago, tap="1").status == 410
    assert not Attendance.objects.filter(session=session, state="present").exists()

    # Photographed before signing in, which takes longer than the code is shown.
    stranger = served.phone()
    assert stranger.ask(_screen(session)).status == 302
    ticket = stranger.cookies["co_mat"]
    phone.cookies["co_mat"] = ticket
    answers: list[Answer] = []
    old = [_gather(answers, lambda: phone.ask(long_ago, tap="1")) for _tap in range(TAPS)]
    fresh = [_gather(answers, lambda: phone.ask(_screen(session), tap="1")) for _tap in range(TAPS)]
    at_once(*old, *fresh, fold_coverage)
    assert {answer.status for answer in answers} <= {200, 302}
    phone.cookies["co_mat"] = ticket
    assert phone.ask(long_ago, tap="1").status in (200, 302)
    assert SessionUnit.objects.get(session=session).present == 1
    assert _times_reached(document, place.member) == 1
    assert _proven(document).reached == 1


def test_whoever_is_in_three_cells_counts_once(served: Served) -> None:
    """A member of one cell who has a post in two others, called to a session of all three and confirming as well."""
    place = served.cast
    person = place.person(place.second_member)
    Position.objects.bulk_create(
        Position(unit=unit, person=person, title="Ủy viên", valid_from=dt.date(2020, 1, 1))
        for unit in (place.second_cell, place.commune)
    )
    everybody = Terms(wanted=Wanted(posts=Posts.EVERYBODY))
    document = _required(place, place.ward, place.commune, terms=everybody)
    cells = [place.cell, place.second_cell, *Unit.objects.filter(parent=place.commune, kind=UnitKind.CELL)]
    session = _session(place, cells, document)
    phone = served.phone(place.second_member)
    read = reverse("dissemination:read", args=[document.pk])
    phone.ask(_screen(session))
    at_once(
        *[lambda: phone.ask(_screen(session), tap="1")] * 2,
        *[lambda: phone.ask(read, text=HASH)] * 2,
        fold_coverage,
    )
    assert Receipt.objects.filter(document=document, person=person).count() == 1
    assert Attendance.objects.filter(session=session, person=person, state="present").count() == 1
    assert ReachEvent.objects.filter(document=document, person=person, verb="reached").count() == 1
    assert _proven(document).reached == 1


def test_a_unit_that_merges_in_the_middle_of_a_campaign(served: Served) -> None:
    place = served.cast
    cells = Unit.objects.filter(parent=place.other_ward, kind=UnitKind.CELL)
    heir = cells.exclude(pk=place.other_cell.pk).earliest("pk")
    document = _required(place, place.other_ward)
    read = reverse("dissemination:read", args=[document.pk])
    phones = [served.phone(user) for user in (place.other_member, place.other_cell_head)]
    assert phones[0].ask(read, text=HASH).status == 302
    asked = _proven(document).required
    with clock.at(clock.now() - dt.timedelta(days=1)):
        made = draft(place, StepData("merge", target=heir, sources=[place.other_cell]))
        schedule(by=place.city_clerk, reorganization=made)
    answers: list[Answer] = []
    taps = [_gather(answers, partial(phone.ask, read, text=HASH)) for phone in phones * 2]
    at_once(*taps, lambda: carry_out(made.pk), fold_coverage)
    answers += [phone.ask(read, text=HASH) for phone in phones]
    assert {answer.status for answer in answers} == {302}
    assert all(_times_reached(document, user) == 1 for user in (place.other_member, place.other_cell_head))
    total = _proven(document)
    assert (total.required, total.reached) == (asked, 2)
    assert CoverageTotal.objects.get(document=document, unit=heir).reached == 2


def test_a_recall_with_half_of_the_receipts_in(served: Served) -> None:
    place = served.cast
    today = clock.today()
    document = make_document(
        place.city_clerk, place.city, number=next(_numbers), issued_on=today - dt.timedelta(days=20)
    )
    dispatch_document(
        by=place.city_clerk,
        unit=place.city,
        document=document,
        units=[place.ward],
        disseminate_by=today + dt.timedelta(days=7),
    )
    asked = Receipt.objects.filter(document=document).count()
    read = reverse("dissemination:read", args=[document.pk])
    before, during, after = (served.phone(u) for u in (place.member, place.second_member, place.cell_head))
    assert before.ask(read, text=HASH).status == 302
    token = token_of(Given(place.cell_head.pk, document.pk, HASH, clock.now() - HOUR))
    answers: list[Answer] = []
    at_once(
        *[_gather(answers, lambda: during.ask(read, text=HASH))] * 2,
        *[_gather(answers, lambda: before.ask(read, text=HASH))] * 2,
        lambda: ask_back(by=place.city_clerk, document=document, unit=place.city, reason="Sai căn cứ"),
        fold_coverage,
    )
    assert {answer.status for answer in answers} <= {302, 404, 409}
    # Who was in time stays counted, who was not is not asked any more, and a telephone that comes back reads why.
    late = after.ask(reverse("dissemination:confirm_later"), token=token, said="")
    assert (late.status, "không còn cần đồng chí xác nhận" in late.text) == (409, True), late.text
    assert before.ask(read).status == 200
    total = _proven(document)
    in_time = 1 + _times_reached(document, place.second_member)
    assert (total.required, total.reached, total.released) == (in_time, in_time, asked - in_time)


def test_a_server_without_room_says_so_and_writes_nothing(served: Served, db: dict[str, str]) -> None:
    """A second server on the same database, whose disk is full; afterwards the first one does what was asked."""
    if connection.vendor != "sqlite":
        pytest.skip(
            "PostgreSQL cannot be told to be full; test_races lets it say so in the middle of an act."
        )
    place = served.cast
    cell = Unit.objects.filter(parent=place.commune, kind=UnitKind.CELL).latest("pk")
    document = make_document(
        place.city_clerk,
        place.city,
        circulating=(place.commune,),
        number=next(_numbers),
        issued_on=clock.today() - dt.timedelta(days=20),
    )
    enrol_people([(f"Đảng viên {n}", cell) for n in range(400)], since=dt.date(2020, 1, 1))
    address = reverse("dissemination:require", args=[document.pk])
    given = {"units": str(place.commune.pk), "due": f"{clock.today() + dt.timedelta(days=7):%Y-%m-%d}"}
    with connection.cursor() as cursor:
        # Pages that others have left free would be room.
        cursor.execute("VACUUM")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
    phone = served.phone(place.city_leader)
    full = db | {"DJANGO_SETTINGS_MODULE": "tests.served_full", "MOST_PAGES": str(pages)}
    with _server(full) as port:
        answer = Phone(port, cookies=phone.cookies).ask(address, **given)
        assert answer.status == 507, answer.text
        assert "chưa được lưu, không lưu phần nào" in answer.text
        assert "ổ đĩa đã đầy" in answer.text
        assert Phone(port, cookies=phone.cookies).ask(reverse("dissemination:list")).status == 200
    assert not Receipt.objects.filter(document=document).exists()
    assert not CoverageTotal.objects.filter(document=document).exists()
    assert phone.ask(address, **given).status == 302
    assert _proven(document).required == Receipt.objects.filter(document=document).count() >= 400
