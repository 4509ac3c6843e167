"""A morning's confirmations against a real server: eight people at once open the reading page and confirm.

The product's own server, on a free port of this machine, with the bare view beside the product's: what both cost is
measured in turns by the same clients over kept connections, so that the machine's moods hit both.
"""

from __future__ import annotations

import http.client
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse

from scripts.bench.large import LargePlace
from scripts.bench.table import Line, show
from thongsuot.accounts.models import User
from thongsuot.config import processes
from thongsuot.dissemination.models import Receipt
from thongsuot.documents.models import Document

CLIENTS, ROUNDS = 8, 4
LEAST_RATIO = 0.6
TOKEN = "a" * 32


class Browser:
    """One kept connection, as a phone has it; whose session it is changes with each person."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, session: str, expected: int) -> None:
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Accept-Encoding": "gzip"}
        if method == "POST":
            headers |= {"X-CSRFToken": TOKEN, "Content-Length": "0"}
        self._connection.request(method, path, headers=headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}, not {expected}.")


def run(place: LargePlace, document: Document, *, people: int) -> None:
    """Each person opens and confirms once; in between as many requests to the bare view."""
    sessions = signed_in(document, people)
    reached = Receipt.objects.filter(document=document, reached_at__isnull=False)
    before = reached.count()
    path = reverse("dissemination:read", args=[document.pk])
    with server_of_product() as (port, server):

        def confirm(browser: Browser, session: str) -> None:
            browser.ask("GET", path, session, 200)
            browser.ask("POST", path, session, 302)

        def bare(browser: Browser, session: str) -> None:
            browser.ask("POST", "/bench/insert/", session, 200)
            browser.ask("POST", "/bench/insert/", session, 200)

        # Templates are read once in the life of a server: not on the time of those who are measured.
        at_once(port, sessions[:CLIENTS], bare)
        at_once(port, sessions[:CLIENTS], confirm)
        sessions = sessions[CLIENTS:]
        each = len(sessions) // ROUNDS
        ours: list[float] = []
        theirs: list[float] = []
        spent_by_us: list[float] = []
        spent_by_bare: list[float] = []
        for turn in range(ROUNDS):
            mine = sessions[turn * each : (turn + 1) * each]
            for way, taken, spent in ((bare, theirs, spent_by_bare), (confirm, ours, spent_by_us)):
                begin = processor_of(server)
                taken.append(at_once(port, mine, way))
                spent.append(processor_of(server) - begin)
    confirmed = reached.count() - before
    if confirmed != each * ROUNDS + CLIENTS:
        raise RuntimeError(f"{confirmed} of {each * ROUNDS + CLIENTS} confirmations are there.")
    requests = 2 * each
    ratio = sum(theirs) / sum(ours)
    show(
        f"Confirming ({place.title}): {CLIENTS} clients, {confirmed:,} people open the page and confirm",
        ("value", "limit"),
        [
            Line("open and confirm, requests/s", (f"{requests * ROUNDS / sum(ours):.0f}", "")),
            Line("confirmations/s", (f"{each * ROUNDS / sum(ours):.0f}", "")),
            Line("bare view, requests/s", (f"{requests * ROUNDS / sum(theirs):.0f}", "")),
            Line(
                "rate / bare rate, by the clock", (f"{ratio:.2f}", f"≥ {LEAST_RATIO}"), ratio >= LEAST_RATIO
            ),
            Line(
                "the same in seconds of the server's processor",
                (f"{sum(spent_by_bare) / sum(spent_by_us):.2f}", ""),
            ),
            Line(
                "a request, bare and ours",
                (
                    f"{1000 * sum(spent_by_bare) / requests / ROUNDS:.1f}, "
                    f"{1000 * sum(spent_by_us) / requests / ROUNDS:.1f} ms",
                    "",
                ),
            ),
        ],
    )


def signed_in(document: Document, people: int) -> list[str]:
    """Sessions of members with an account who have not confirmed yet."""
    waiting = Receipt.objects.filter(document=document, reached_at=None, person__user__isnull=False)
    users = User.objects.filter(person__in=waiting.values("person_id")).order_by("pk")[:people]
    store = SessionStore()
    rows = []
    for number, user in enumerate(users):
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        rows.append(
            store.model(
                session_key=f"bench{number:027}",
                session_data=store.encode(data),
                expire_date=store.get_expiry_date(),
            )
        )
    store.model.objects.bulk_create(rows, batch_size=200)
    return [row.session_key for row in rows]


@contextmanager
def server_of_product() -> Iterator[tuple[int, psutil.Process]]:
    """The product's server as an office runs it, with the bench's settings; stopped at the end whatever happens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "scripts.bench.bare_settings"
    connection.close()
    try:
        child = processes.start("Máy chủ", "The server", processes.web_command("127.0.0.1", port))
    finally:
        os.environ["DJANGO_SETTINGS_MODULE"] = "thongsuot.config.settings"
    try:
        processes.wait_until_answering("127.0.0.1", port, child)
        yield port, psutil.Process(child.process.pid)
    finally:
        processes.stop([child])


def processor_of(server: psutil.Process) -> float:
    """Seconds of the processor that the server and its workers have taken."""
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return float(sum(time.user + time.system for time in times))


def at_once(port: int, sessions: list[str], act: Callable[[Browser, str], None]) -> float:
    """Seconds until eight clients have taken everybody's turn."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for session in sessions:
        waiting.put(session)
    failures: list[BaseException] = []

    def work() -> None:
        browser = Browser(port)
        try:
            while not failures:
                act(browser, waiting.get_nowait())
        except queue.Empty:
            return
        except BaseException as failure:  # told by the thread that started this one
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - begin
