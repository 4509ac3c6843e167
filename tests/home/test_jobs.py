from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django_q.models import Failure, OrmQ
from django_q.signing import SignedPackage

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.documents import counting
from thongsuot.home import views
from thongsuot.home.queries import retry_job

JOBS = "/quan-tri/cong-viec/"


def a_failure(key: str = "a" * 32, args: tuple[Any, ...] = ("tests.home.test_jobs", "remember", "12")) -> str:
    Failure.objects.create(
        id=key,
        name="documents.jobs.read_intake",
        func="thongsuot.core.jobs.run",
        args=args,
        result="Traceback …\nValueError: the paper is empty",
        started=now(),
        stopped=now(),
        success=False,
        attempt_count=3,
    )
    return key


def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_the_administrator_sees_what_failed_and_what_waits(cast: Cast) -> None:
    a_failure()
    for lock in (None, now() + dt.timedelta(minutes=5)):
        OrmQ.objects.create(
            key="thongsuot", payload=SignedPackage.dumps({"name": "documents.jobs.fold_flow"}), lock=lock
        )
    html = assert_whole(administrator(cast).get(JOBS))
    assert "1 việc lỗi, 2 việc đang chờ" in html
    assert "documents.jobs.read_intake" in html
    assert "ValueError: the paper is empty" in html
    assert "Traceback" not in html
    assert html.count("documents.jobs.fold_flow") == 2
    assert html.count("đang chạy") == 1


def test_nothing_failed_says_so(cast: Cast) -> None:
    assert "Không có việc nào bị lỗi" in assert_whole(administrator(cast).get(JOBS))


def test_a_failed_job_is_tried_again_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(counting, "again", lambda *keys: calls.append(keys), raising=False)
    key = a_failure(args=("thongsuot.documents.counting", "again", 12, "x"))
    answer = administrator(cast).post(f"{JOBS}{key}/chay-lai/", follow=True)
    assert "đang chờ chạy lại" in assert_whole(answer)
    assert calls == [(12, "x")]
    assert not Failure.objects.exists()
    assert administrator(cast).post(f"{JOBS}{key}/chay-lai/").status_code == 409


@pytest.mark.parametrize(
    "args", [("os", "getcwd"), ("thongsuot.nowhere", "x"), ("thongsuot.core.jobs", "no_such_job"), ()]
)
def test_only_jobs_of_ours_are_tried_again(cast: Cast, args: tuple[Any, ...]) -> None:
    key = a_failure(args=args)
    with pytest.raises(Refused):
        retry_job(key)
    assert Failure.objects.filter(pk=key).exists()


def test_the_sign_of_life(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-cache" in answer["Cache-Control"]

    class Gone:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr(views, "connection", Gone())
    assert client.get("/healthz").status_code == 503
