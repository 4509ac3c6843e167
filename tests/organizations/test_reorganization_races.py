"""Two at once, and a process killed in the middle: done once, or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from tests.cast import Cast, gather
from tests.documents.test_review_race import simultaneous
from tests.organizations.reorganizing import draft, on, paths_agree, rows_of_units
from thongsuot.core import clock
from thongsuot.organizations.models import Reorganization, UnitSuccession
from thongsuot.organizations.reorganization import StepData, carry_out, schedule
from thongsuot.organizations.reorganization.jobs import carry_out_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROOT = Path(__file__).parents[2]
# Says when it is in the middle of the transaction, and waits there to be killed.
IN_THE_MIDDLE = """
import datetime as dt, sys
import django
django.setup()
from thongsuot.core import clock
from thongsuot.organizations.hooks import units_succeeded
from thongsuot.organizations.reorganization import carry_out

def wait(handover):
    print("in the middle", flush=True)
    sys.stdin.read()

units_succeeded.add(wait)
with clock.at(dt.datetime.fromisoformat(sys.argv[2])):
    carry_out(int(sys.argv[1]))
"""


@pytest.fixture
def place(transactional_db: None) -> Cast:
    return gather()


@pytest.fixture
def scheduled(place: Cast) -> Reorganization:
    made = draft(place, StepData("merge", target=place.other_ward, sources=[place.ward]))
    return schedule(by=place.city_clerk, reorganization=made)


def done_on_the_day(made: Reorganization) -> str:
    with on(made.effective_on):
        return str(carry_out(made.pk).state)


def test_two_workers_carry_it_out_once(scheduled: Reorganization, tmp_path: Path) -> None:
    with simultaneous(tmp_path) as run:
        answers = run([lambda: done_on_the_day(scheduled)] * 2)
        written = run([UnitSuccession.objects.count])
    assert answers == ["done", "done"]
    assert written == [1]


def test_of_two_that_touch_one_unit_the_second_finds_the_tree_changed(place: Cast) -> None:
    first = draft(place, StepData("merge", target=place.other_ward, sources=[place.ward]))
    second = draft(place, StepData("merge", target=place.commune, sources=[place.ward]))
    schedule(by=place.city_clerk, reorganization=first)
    # As when both were scheduled at one moment: neither saw the other.
    Reorganization.objects.filter(pk=first.pk).update(state="draft")
    schedule(by=place.city_clerk, reorganization=second)
    Reorganization.objects.filter(pk=first.pk).update(state="scheduled")
    Reorganization.objects.filter(pk=second.pk).update(state="draft")
    with on(first.effective_on):
        assert carry_out(first.pk).state == "done"
        Reorganization.objects.filter(pk=second.pk).update(state="scheduled")
        failed = carry_out(second.pk)
    assert failed.state == "failed"
    assert place.ward.name in failed.failure
    assert UnitSuccession.objects.count() == 1


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The surroundings of another process on the same data: SQLite's tests live in memory, so on a copy in a file."""
    settings: dict[str, Any] = connections.settings["default"]
    environment = {**os.environ, "THONGSUOT_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    if connection.vendor == "sqlite":
        file = tmp_path / "shared.sqlite3"
        copy = sqlite3.connect(file)
        connection.connection.backup(copy)
        copy.close()
        environment["DATABASE_URL"] = f"sqlite:///{file}"
        connection.close()
        connections.settings["default"] = {**settings, "NAME": str(file)}
        del connections["default"]
    else:
        host = settings["HOST"] or os.environ.get("PGHOST", "")
        name, user = connection.settings_dict["NAME"], settings["USER"] or "postgres"
        environment["DATABASE_URL"] = f"postgresql://{user}@/{name}?host={host}"
    try:
        yield environment
    finally:
        if connection.vendor == "sqlite":
            connection.close()
            connections.settings["default"] = settings
            del connections["default"]


def test_a_process_killed_in_the_middle_leaves_nothing_and_the_next_does_it_once(
    scheduled: Reorganization, elsewhere: dict[str, str]
) -> None:
    before = rows_of_units()
    command = [sys.executable, "-c", IN_THE_MIDDLE, str(scheduled.pk)]
    moment = clock.moment(scheduled.effective_on, 0, 1).isoformat()
    with subprocess.Popen(
        [*command, moment], cwd=ROOT, env=elsewhere, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        assert rows_of_units() == before, "nobody else sees a half"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert rows_of_units() == before
    with on(scheduled.effective_on):
        carry_out_due()
        carry_out_due()
    scheduled.refresh_from_db()
    assert scheduled.state == "done"
    assert UnitSuccession.objects.count() == 1
    assert paths_agree()
