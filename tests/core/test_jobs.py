"""What the seam to the queue promises, without a worker; a real one is in test_jobs_cluster.py."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from thongsuot.core import jobs

pytestmark = pytest.mark.django_db
Committing = Callable[..., AbstractContextManager[list[Any]]]
ran: list[str] = []


def note(word: str) -> None:
    ran.append(word)


def fail(word: str) -> None:
    raise OSError(word)


@pytest.fixture(autouse=True)
def queued(settings: Any) -> None:
    settings.JOBS_INLINE = False
    ran.clear()


def work_off() -> None:
    """What a worker does with everything that waits."""
    for row in OrmQ.objects.order_by("id"):
        task = SignedPackage.loads(row.payload)
        jobs.run(*task["args"], **task["kwargs"])
        row.delete()


def test_a_job_waits_in_the_queue_with_keys_only_and_runs_there() -> None:
    jobs.enqueue(note, "một")
    assert ran == []
    task = SignedPackage.loads(OrmQ.objects.get().payload)
    assert task["args"] == (__name__, "note", "một")
    assert task["name"] == f"{__name__}.note"
    work_off()
    assert ran == ["một"]


def test_in_line_it_runs_at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True
    jobs.enqueue(note, "một")
    jobs.enqueue_once(note, "hai")
    assert ran == ["một", "hai"]
    assert not OrmQ.objects.exists()


def test_the_same_work_is_asked_for_once_while_it_waits(
    django_capture_on_commit_callbacks: Committing,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for word in ("một", "một", "hai"):
            jobs.enqueue_once(note, word)
        assert not OrmQ.objects.exists()
    assert OrmQ.objects.count() == 2
    work_off()
    assert ran == ["một", "hai"]


def test_work_asked_for_before_but_committed_after_a_run_is_run_again(
    django_capture_on_commit_callbacks: Committing,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue_once(note, "tất cả")
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue_once(note, "tất cả")
        work_off()  # it cannot see what is not committed yet
    assert OrmQ.objects.count() == 1
    work_off()
    assert ran == ["tất cả", "tất cả"]


def test_work_that_never_ends_is_given_up_and_finished_work_is_forgotten(settings: Any) -> None:
    tries = settings.JOB_TRIES
    for _ in range(tries):
        with pytest.raises(jobs.JobFailedError, match="OSError"):
            jobs.run(__name__, "fail", "đầy", token="a")
    with pytest.raises(jobs.GivenUpError):
        jobs.run(__name__, "fail", "đầy", token="a")
    for _ in range(tries + 1):
        jobs.run(__name__, "note", "x", token="b")
        jobs.run(__name__, "note", "x")
    assert len(ran) == 2 * (tries + 1)


def _note_and_fail() -> None:
    jobs.enqueue(note, "ba")
    fail("đầy")


def test_held_jobs_run_once_at_the_end_and_not_at_all_after_an_error() -> None:
    with jobs.held():
        for word in ("một", "hai", "một"):
            jobs.enqueue(note, word)
            jobs.enqueue_once(note, word)
        assert ran == []
    assert ran == ["một", "hai"]
    with pytest.raises(OSError, match="đầy"), jobs.held():
        _note_and_fail()
    assert ran == ["một", "hai"]
    assert not OrmQ.objects.exists()


def test_a_worker_is_stopped_before_its_job_is_given_to_another(settings: Any) -> None:
    assert settings.Q_CLUSTER["retry"] > settings.Q_CLUSTER["timeout"]
    assert settings.Q_CLUSTER["ack_failures"] is False


def failing_with_a_name() -> None:
    raise ValueError("Failing row contains (Nguyễn Văn An)")


def test_a_failure_says_where_but_not_what_the_error_said() -> None:
    with pytest.raises(jobs.JobFailedError) as told:
        jobs.run(__name__, "failing_with_a_name")
    assert "ValueError, test_jobs.py line" in str(told.value)
    shown = "".join(traceback.format_exception(told.value))
    assert "Nguyễn" not in shown
