"""Two clerks confirm the same paper at the same moment, each on a connection of their own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from tests.cast import Cast, gather
from tests.documents.test_intake import taken
from tests.documents.test_review import accept_all
from thongsuot.core.refusals import Refused
from thongsuot.documents import services
from thongsuot.documents.models import Document, Intake, ReadingItem, RegisterEntry
from thongsuot.documents.models.intake import ItemKind

CLERKS, IN_TIME = 3, 30
Act = Callable[[], object]


@contextmanager
def simultaneous(folder: Path) -> Iterator[Callable[[list[Act]], list[object]]]:
    """Run acts in threads that start together; each answer is what it returned or how it was refused.

    SQLite's tests live in memory, where connections lock each other out instead of waiting: the threads get a
    copy in a file.
    """
    memory = connections.settings["default"]
    if connection.vendor == "sqlite":
        file = folder / "shared.sqlite3"
        copy = sqlite3.connect(file)
        connection.connection.backup(copy)
        copy.close()
        connections.settings["default"] = {**memory, "NAME": str(file)}

    def run(acts: list[Act]) -> list[object]:
        start = threading.Barrier(len(acts))

        def one(act: Act) -> object:
            try:
                start.wait(IN_TIME)
                return act()
            except Refused as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts, timeout=IN_TIME))

    try:
        yield run
    finally:
        connections.settings["default"] = memory


@pytest.fixture
def place(transactional_db: None) -> Cast:
    return gather()


def test_one_clerk_succeeds_and_the_others_are_told(place: Cast, tmp_path: Path) -> None:
    intake = taken(place)
    accept_all(place, intake)

    def confirm() -> object:
        mine = Intake.objects.select_related("unit", "file").get(pk=intake.pk)
        return services.register_intake(by=place.city_clerk, intake=mine)

    with simultaneous(tmp_path) as run:
        answers = run([confirm] * CLERKS)
        entries = run([RegisterEntry.objects.count])
    winners = [answer for answer in answers if isinstance(answer, Document)]
    losers = [answer for answer in answers if isinstance(answer, services.AlreadyRegistered)]
    assert (len(winners), len(losers)) == (1, CLERKS - 1), answers
    assert {loser.document for loser in losers} == set(winners)
    assert all(str(place.city_clerk) in loser.sentence for loser in losers)
    assert entries == [1]


def test_without_the_guard_the_paper_would_be_registered_twice(place: Cast, tmp_path: Path) -> None:
    """The control: a state that is read first and trusted later lets several clerks through."""
    intake = taken(place, direction="outgoing")
    accept_all(place, intake)
    all_have_read = threading.Barrier(CLERKS)

    def confirm_naively() -> object:
        mine = Intake.objects.select_related("unit", "file").get(pk=intake.pk)
        all_have_read.wait(IN_TIME)
        with transaction.atomic():
            # What the guard forbids: the state as it was read is taken for the state as it is.
            Intake.objects.filter(pk=mine.pk).update(state=mine.state)
            return services.register_intake(by=place.city_clerk, intake=mine)

    with simultaneous(tmp_path) as run:
        run([confirm_naively] * CLERKS)
        assert run([RegisterEntry.objects.count]) == [CLERKS]


def test_a_decision_does_not_slip_in_behind_the_registration(place: Cast, tmp_path: Path) -> None:
    intake = taken(place)
    accept_all(place, intake)
    signer = intake.items.get(name="signer")

    def confirm() -> object:
        mine = Intake.objects.select_related("unit", "file").get(pk=intake.pk)
        return services.register_intake(by=place.city_clerk, intake=mine)

    def edit() -> object:
        item = ReadingItem.objects.select_related("intake__unit").get(pk=signer.pk)
        return services.decide(
            by=place.city_clerk, item=item, decision="edited", value={"value": "Lê Văn Tư"}
        )

    with simultaneous(tmp_path) as run:
        document, answer = run([confirm, edit])
        (kept,) = run([lambda: ReadingItem.objects.get(pk=signer.pk)])
    assert isinstance(document, Document)
    assert isinstance(kept, ReadingItem)
    value = kept.decided or kept.proposed or {}
    assert document.signer == value["value"], answer


def test_a_task_is_cut_once_however_many_ask_for_it(place: Cast, tmp_path: Path) -> None:
    intake = taken(place)
    task = intake.items.filter(kind=ItemKind.TASK).order_by("ordinal")[0]

    def cut() -> object:
        item = ReadingItem.objects.select_related("intake__unit").get(pk=task.pk)
        return services.split_item(
            by=place.city_clerk, item=item, parts=["Xây dựng kế hoạch", "Hoàn thành"], seen=""
        )

    with simultaneous(tmp_path) as run:
        answers = run([cut] * CLERKS)
        parts = run([ReadingItem.objects.filter(split_from=task.pk).count])
    assert all(isinstance(answer, list) for answer in answers), answers
    assert parts == [1]


def test_two_ways_to_merge_the_same_task_leave_it_in_one_of_them(place: Cast, tmp_path: Path) -> None:
    intake = taken(place)
    first, middle, last = (row.pk for row in intake.items.filter(kind=ItemKind.TASK).order_by("ordinal")[:3])

    def merge(into: int, gone: int) -> Act:
        def act() -> object:
            rows = ReadingItem.objects.select_related("intake__unit").in_bulk([into, gone])
            return services.merge_items(by=place.city_clerk, item=rows[into], other=rows[gone], seen="")

        return act

    with simultaneous(tmp_path) as run:
        answers = run([merge(first, middle), merge(last, middle)])
        (kept,) = run(
            [lambda: list(ReadingItem.objects.filter(pk__in=[first, middle, last]).order_by("ordinal"))]
        )
    assert isinstance(kept, list)
    assert sum(isinstance(answer, Refused) for answer in answers) == 1, answers
    assert [row.decision for row in kept].count("rejected") == 1
    assert [row.decision for row in kept].count("edited") == 1
