"""Who seals when: late commits, two sealers, a sealer that dies, and the job and commands around them."""

from __future__ import annotations

import io
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django_q.models import Schedule

from tests.cast import Cast, gather
from thongsuot.audit import anchors, keys
from thongsuot.audit.apps import prepare
from thongsuot.audit.digests import content_of
from thongsuot.audit.models import Act, Seal
from thongsuot.audit.proofs import faults_of_record
from thongsuot.audit.services import record, seal_acts

IN_TIME = 60
CONTENT = "thongsuot.audit.services.sealing.content_of"


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.AUDIT_ANCHOR = str(tmp_path / "audit-anchor")
    keys.make_first_key()


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
    def run(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(run, work) for work in works]:
            done.result(IN_TIME)


def write(cast: Cast, number: int) -> None:
    with transaction.atomic():
        record("test.done", by=cast.city_clerk, on=cast.ward, number=number)


def write_all(cast: Cast, most: int) -> None:
    for number in range(most):
        write(cast, number)


def test_an_act_dated_earlier_than_what_is_sealed_goes_into_the_next_seal(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction that committed late, or a clock that went back: its key lies before those of the chain."""
    write(cast, 1)
    assert seal_acts() == 1
    field = Act._meta.get_field("id")
    monkeypatch.setattr(field, "_get_default", lambda: uuid.UUID(int=7))
    write(cast, 2)
    assert Act.objects.order_by("id").values_list("id", flat=True)[0] == uuid.UUID(int=7)
    assert seal_acts() == 1
    assert list(Act.objects.order_by("seal").values_list("detail__number", flat=True)) == [1, 2]
    assert list(faults_of_record()) == []


def test_two_sealers_who_saw_the_same_acts_make_one_chain(
    shared_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both stand before their seal with the same acts in hand; SQLite lets only one come so far."""
    cast, found = shared_cast, []
    at_once(lambda: write_all(cast, 5))
    two_at_once = connection.vendor == "postgresql"
    both = threading.Barrier(2 if two_at_once else 1)
    met: set[int] = set()

    def meet(acts: Any) -> str:
        if threading.get_ident() not in met:
            met.add(threading.get_ident())
            both.wait(IN_TIME)
        return content_of(acts)

    monkeypatch.setattr(CONTENT, meet)
    at_once(seal_acts, seal_acts)

    def look() -> None:
        found.extend([Seal.objects.count(), Act.objects.filter(seal=1).count(), list(faults_of_record())])

    at_once(look)
    assert found == [1, 5, []]


def test_acts_that_went_into_another_seal_meanwhile_are_not_sealed_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast, 1)

    def too_late(acts: Any) -> str:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_act SET seal = 77")  # as the other sealer has done
        return content_of(acts)

    monkeypatch.setattr(CONTENT, too_late)
    assert seal_acts() == 0
    assert not Seal.objects.exists()


def test_a_sealer_that_dies_leaves_nothing_half_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_given: Any) -> None:
        raise Killed

    write(cast, 1)
    with monkeypatch.context() as patch:
        patch.setattr(Seal, "save", die)
        with pytest.raises(Killed):
            seal_acts()
    assert (Seal.objects.count(), Act.objects.filter(seal=None).count()) == (0, 1)
    with monkeypatch.context() as patch:
        patch.setattr("thongsuot.audit.anchors.os.replace", die)  # sealed, and dead before the end was noted
        with pytest.raises(Killed):
            seal_acts()
    assert anchors.noted() is None
    assert list(faults_of_record()) == []
    seal_acts()
    assert anchors.noted() == anchors.Anchor(1, Seal.objects.get().digest)


def test_after_a_migration_the_worker_seals_every_minute(cast: Cast) -> None:
    prepare()
    times = {row.name: row.minutes for row in Schedule.objects.filter(name__startswith="audit.")}
    assert times == {"audit.services.sealing.seal_acts": 1}


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("audit_record", *arguments, stdout=out)
    return out.getvalue()


def test_the_commands_around_the_record(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    write(cast, 1)
    assert said("seal").strip() == str(anchors.noted())
    name = keys.keys().current
    told = said("new-key")
    assert keys.keys().current != name
    assert keys.keys().current in told
    assert Act.objects.get(verb="audit.key_added").before == {"key": name}
    anchors.note(anchors.Anchor(9, "0" * 64))
    assert len(list(faults_of_record())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        said("accept-end", "--reason", "Khôi phục")
    assert list(faults_of_record()) == []
    assert anchors.noted() == anchors.parse(said("seal"))
