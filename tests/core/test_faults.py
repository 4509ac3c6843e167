"""When there is no room left: a sentence, the right number, and nothing of what went wrong."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.config import urls


class DiskFullError(Exception):
    """As the driver of PostgreSQL says it."""

    sqlstate = "53100"


def _of_sqlite() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full: Nguyễn Văn An")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


CAUSES: dict[str, Exception] = {
    "sqlite": _of_sqlite(),
    "postgresql": DiskFullError("could not extend file: Nguyễn Văn An"),
    "file": OSError(errno.ENOSPC, "No space left on device"),
    "other": ValueError("Nguyễn Văn An"),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise OperationalError("Nguyễn Văn An") from CAUSES[how]


urlpatterns = [path("hong/<str:how>/", fail), *urls.urlpatterns]
handler500 = urls.handler500


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", CAUSES)
def test_no_room_is_told_from_other_faults(cast: Cast, how: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.member)
    html = assert_whole(client.post(f"/hong/{how}/"), 500 if how == "other" else 507)
    assert ("hết chỗ lưu" in html) == (how != "other")
    assert "Nguyễn Văn An" not in html
