"""Numbers without gaps or doubles under simultaneous writers, with the race shown where nothing guards it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from tests.cast import gather
from thongsuot.documents.models import Book
from thongsuot.documents.services import next_number

WRITERS, EACH = 4, 25
IN_TIME = 30


class Undone(Exception):
    """A registration that fails after it has taken its number."""


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[int]:
    """A database that several connections write at once, as in service; gives the key of a unit.

    SQLite's tests live in memory, where connections lock each other out instead of waiting: the threads get a
    copy in a file.
    """
    unit = gather().city.pk
    if connection.vendor == "postgresql":
        yield unit
        return
    file = tmp_path / "shared.sqlite3"
    copy = sqlite3.connect(file)
    connection.connection.backup(copy)
    copy.close()
    memory = connections.settings["default"]
    connections.settings["default"] = {**memory, "NAME": str(file)}
    yield unit
    connections.settings["default"] = memory


def at_once(work: Callable[[int], list[int]], writers: int = WRITERS) -> list[int]:
    """Everybody starts at the same moment, each with a connection of their own."""
    start = threading.Barrier(writers)

    def run(writer: int) -> list[int]:
        try:
            start.wait(IN_TIME)
            return work(writer)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return [number for numbers in pool.map(run, range(writers), timeout=IN_TIME) for number in numbers]


def test_simultaneous_writers_leave_no_gap_and_no_double(shared_database: int) -> None:
    def work(writer: int) -> list[int]:
        numbers = []
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    number = next_number(shared_database, "incoming", "2026")
                    if turn % 5 == writer:
                        raise Undone
                    numbers.append(number)
            except Undone:
                continue
        return numbers

    numbers = at_once(work)
    kept = WRITERS * EACH - WRITERS * len(range(0, EACH, 5))
    assert sorted(numbers) == list(range(1, kept + 1))


def test_without_the_guard_the_race_gives_doubles(shared_database: int) -> None:
    """The same writers reading the last number before writing the next: all read before any of them writes."""
    all_have_read = threading.Barrier(WRITERS)

    def naive(writer: int) -> list[int]:
        mine = Book.objects.filter(unit_id=shared_database, register="incoming", period="2026")
        last = mine.values_list("last_number", flat=True).first() or 0
        all_have_read.wait(IN_TIME)
        with transaction.atomic():
            Book.objects.bulk_create(
                [Book(unit_id=shared_database, register="incoming", period="2026")], ignore_conflicts=True
            )
            mine.update(last_number=last + 1)
        return [last + 1]

    assert at_once(naive) == [1] * WRITERS


def test_a_second_writer_waits_for_the_first_to_finish(shared_database: int) -> None:
    """The row is held until the commit: nobody sees a number that may still be given back."""
    first_has_number = threading.Event()
    order: list[str] = []

    def first() -> None:
        try:
            with transaction.atomic():
                next_number(shared_database, "incoming", "2026")
                first_has_number.set()
                # Long enough for the second to have asked, whatever it is doing.
                second_started.wait(IN_TIME)
                order.append("first ends")
        finally:
            connection.close()

    def second() -> int:
        try:
            first_has_number.wait(IN_TIME)
            second_started.set()
            with transaction.atomic():
                number = next_number(shared_database, "incoming", "2026")
                order.append("second has it")
            return number
        finally:
            connection.close()

    second_started = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(first), pool.submit(second)
        one.result(IN_TIME)
        assert two.result(IN_TIME) == 2
    assert order == ["first ends", "second has it"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_no_number() -> None:
    with pytest.raises(RuntimeError):
        next_number(gather().city.pk, "incoming", "2026")
    assert not Book.objects.exists()


@pytest.mark.django_db
def test_each_book_counts_for_itself() -> None:
    cast = gather()
    asked = [
        (cast.city.pk, "incoming", "2026"),
        (cast.city.pk, "incoming", "2026"),
        (cast.city.pk, "incoming", "2027"),
        (cast.city.pk, "outgoing:chi_thi", "2026"),
        (cast.ward.pk, "incoming", "2026"),
    ]
    assert [next_number(*book) for book in asked] == [1, 2, 1, 1, 1]


def test_the_file_is_really_shared(shared_database: int) -> None:
    """The race tests would prove nothing if each thread had a database of its own."""

    def work(writer: int) -> list[int]:
        with transaction.atomic():
            next_number(shared_database, "outgoing:chi_thi", "2026")
        return []

    at_once(work)
    seen = at_once(lambda writer: [Book.objects.get().last_number], writers=1)
    assert seen == [WRITERS]
