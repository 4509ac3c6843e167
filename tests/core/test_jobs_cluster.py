"""The queue as it runs: a real worker on a real database, killed in the middle of its work.

On the database of the run: a SQLite file of its own, or a new database beside the one in ``DATABASE_URL``.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TIMEOUT, RETRY, TRIES = 2, 3, 3
LONGEST = 90
PROGRAM = """
import django, json, sys
django.setup()
from django.db import transaction
from django_q.models import OrmQ, Task
from tests.core import job_samples as jobs
from thongsuot.core.jobs import enqueue, enqueue_once
answer = None
{code}
print(json.dumps(answer))
"""


@dataclass
class Installation:
    """Settings of the product itself, its database and at most one running worker."""

    folder: Path
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def ask(self, code: str) -> Any:
        """What ``answer`` is after this code, run in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(code=code)],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "thongsuot.config.cli", "manage", *arguments]
        done = subprocess.run(command, env=self.environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def start_worker(self) -> None:
        command = [sys.executable, "-m", "thongsuot.config.cli", "worker"]
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)

    def stop_worker(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        self.workers.clear()

    def file(self, name: str) -> str:
        return str(self.folder / name)

    def lines(self, name: str) -> list[str]:
        path = Path(self.file(name))
        return path.read_text().splitlines() if path.exists() else []

    def wait_for_empty_queue(self) -> None:
        end = time.monotonic() + LONGEST
        while self.waiting():
            assert time.monotonic() < end, (self.folder / "worker.log").read_text()[-3000:]
            time.sleep(0.2)

    def waiting(self) -> int:
        """How many jobs are in the queue, asked without Django: a process of its own takes a second to start."""
        url = self.environment["DATABASE_URL"]
        if url.startswith("sqlite://"):
            connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        else:
            connection = import_module("psycopg").connect(url)
        with closing(connection):
            return int(connection.execute("SELECT count(*) FROM django_q_ormq").fetchone()[0])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of the kind this run is about."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('jobs') / 'jobs.sqlite3'}"
        return
    import psycopg
    from psycopg import sql

    name = f"jobs_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    address, _, query = url.partition("?")
    yield f"{address.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def migrated(database: str, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("installation")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "thongsuot.config.settings",
        "DATABASE_URL": database,
        "THONGSUOT_HOME": str(folder),
        "THONGSUOT_JOB_TIMEOUT": str(TIMEOUT),
        "THONGSUOT_JOB_RETRY": str(RETRY),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    made = Installation(folder, environment)
    made.manage("migrate", "--verbosity=0")
    made.manage("createcachetable")
    return made


@pytest.fixture
def installation(migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    migrated.folder = tmp_path
    yield migrated
    migrated.stop_worker()
    migrated.ask("OrmQ.objects.all().delete(); Task.objects.all().delete()")


def test_a_rolled_back_act_leaves_no_job_and_a_committed_one_does(installation: Installation) -> None:
    code = """
for rolled_back in (True, False):
    with transaction.atomic():
        enqueue(jobs.note, {file!r}, "once")
        enqueue_once(jobs.note, {file!r}, "for all")
        transaction.set_rollback(rolled_back)
    answer = [*(answer or []), OrmQ.objects.count()]
"""
    assert installation.ask(code.format(file=installation.file("notes"))) == [0, 2]


def test_the_same_waiting_work_is_queued_once(installation: Installation) -> None:
    file = installation.file("notes")
    ask = f"for _ in range(3): enqueue_once(jobs.note, {file!r}, 'all')"
    assert installation.ask(f"{ask}\nanswer = OrmQ.objects.count()") == 1
    installation.start_worker()
    installation.wait_for_empty_queue()
    installation.ask(ask)
    installation.wait_for_empty_queue()
    assert installation.lines("notes") == ["all", "all"]


def test_a_job_whose_worker_was_killed_runs_again_and_has_its_effect_once(installation: Installation) -> None:
    installation.ask(f"enqueue(jobs.die_the_first_time, {installation.file('work')!r})")
    installation.start_worker()
    installation.wait_for_empty_queue()
    assert Path(installation.file("work.begun")).exists()
    assert installation.lines("work") == ["done"]
    assert installation.ask("answer = list(Task.objects.values_list('success', flat=True))") == [True]


def test_jobs_left_by_a_dead_cluster_run_in_the_next_one(installation: Installation) -> None:
    file = installation.file("work")
    installation.ask(f"enqueue(jobs.never_end, {file!r}); enqueue(jobs.note, {file!r}, 'behind it')")
    installation.start_worker()
    end = time.monotonic() + LONGEST
    while not installation.lines("work"):
        assert time.monotonic() < end
        time.sleep(0.05)
    installation.stop_worker()
    installation.ask("OrmQ.objects.order_by('id').first().delete()")
    installation.start_worker()
    installation.wait_for_empty_queue()
    assert installation.lines("work") == ["begun", "behind it"]


@pytest.mark.parametrize(
    ("job", "line", "reason"),
    [
        ("always_fail", "tried", "OSError, job_samples.py line"),
        ("never_end", "begun", "Task exceeded maximum timeout value"),
        ("always_die", "begun", "was begun 3 times and never ended"),
    ],
)
def test_a_job_that_cannot_succeed_is_given_up_and_shown(
    installation: Installation, job: str, line: str, reason: str
) -> None:
    installation.ask(f"enqueue(jobs.{job}, {installation.file('work')!r})")
    installation.start_worker()
    installation.wait_for_empty_queue()
    assert installation.lines("work") == [line] * TRIES
    [(name, success, result)] = installation.ask(
        "answer = list(Task.objects.values_list('name', 'success', 'result'))"
    )
    assert (name, success) == (f"tests.core.job_samples.{job}", False)
    assert reason in result
