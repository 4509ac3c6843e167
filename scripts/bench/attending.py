"""A full hall before one screen: 500 people photograph the code, meet the sign-in page and are in.

Eight clients against the product's own server, as for confirmations. The promise is five minutes on one small server.
"""

from __future__ import annotations

import time

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.urls import reverse

from scripts.bench import large
from scripts.bench.counted.confirming import (
    CLIENTS,
    Browser,
    at_once,
    processor_of,
    server_of_product,
    signed_in,
)
from scripts.bench.table import Line, show
from thongsuot.core import clock
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import Attendance, AttendanceState, Form, Session
from thongsuot.dissemination.services import call_session
from thongsuot.documents.models import Circulation
from thongsuot.organizations.models import Unit, UnitKind

PEOPLE, MOST_SECONDS = 500, 300
HALL = large.Size((1, 1, 30), PEOPLE + CLIENTS, PEOPLE + CLIENTS)


def run() -> None:
    session = _called()
    document = session.agenda.get().document
    people = signed_in(document, PEOPLE + CLIENTS)
    sign_in = reverse("account_login")

    def arrive(browser: Browser, person: str) -> None:
        path = reverse("dissemination:attend", args=[screens.picture_of(session.pk)])
        browser.ask("GET", path, "", 302)
        browser.ask("GET", f"{sign_in}?next={path}", "", 200)
        browser.ask("GET", path, person, 200)
        browser.ask("POST", path, person, 302)

    def bare(browser: Browser, person: str) -> None:
        for _request in range(2):
            browser.ask("POST", "/bench/insert/", person, 200)

    with server_of_product() as (port, server):
        at_once(port, people[:CLIENTS], bare)
        at_once(port, people[:CLIENTS], arrive)
        people = people[CLIENTS:]
        before = processor_of(server)
        theirs = at_once(port, people, bare)
        between = processor_of(server)
        ours = at_once(port, people, arrive)
        after = processor_of(server)
    there = Attendance.objects.filter(session=session, state=AttendanceState.PRESENT).count()
    if there != len(people) + CLIENTS:
        raise RuntimeError(f"{there} of {len(people) + CLIENTS} people are noted.")
    show(
        f"Attending ({connection.vendor}): {CLIENTS} clients, {len(people)} people before one screen",
        ("value", "limit"),
        [
            Line("seconds until everybody is in", (f"{ours:.0f}", f"{MOST_SECONDS}"), ours <= MOST_SECONDS),
            Line("people/s, with the sign-in page", (f"{len(people) / ours:.1f}", "")),
            Line("bare view, requests/s", (f"{2 * len(people) / theirs:.0f}", "")),
            Line(
                "a person, seconds of the server's processor", (f"{(after - between) / len(people):.3f}", "")
            ),
            Line("a bare request, the same", (f"{(between - before) / 2 / len(people):.3f}", "")),
            Line(
                "a password looked at, which each phone asks for once, the same", (f"{_password():.3f}", "")
            ),
        ],
    )


def _called() -> Session:
    """Everybody of a ward of thirty cells, now."""
    from scripts.bench.large.papers import document_of

    place = large.found(HALL)
    document = document_of(place, 1)
    Circulation.objects.create(unit=place.root, document=document)
    return call_session(
        by=place.leader,
        unit=place.root,
        cells=list(Unit.objects.filter(kind=UnitKind.CELL).order_by("pk")),
        documents=[document],
        title="Hội nghị",
        form=Form.CONFERENCE,
        starts_at=clock.now(),
        place="Hội trường",
    )


def _password() -> float:
    kept = make_password("mot mat khau dai")
    begin = time.process_time()
    check_password("mot mat khau dai", kept)
    return time.process_time() - begin
