"""Nothing that people wrote or are called gets into a log or an error page, whatever raises."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError
from django.test import Client

from tests.cast import Cast
from thongsuot.core.text import fold
from thongsuot.organizations.models import Person, Unit

NAME = "Nguyễn Thị Minh Khai"
PHONE = "0912345678"
FORMS = [NAME, NAME.split(" ")[-2], fold(NAME), quote(NAME), NAME.encode("unicode_escape").decode(), PHONE]


def quoting(*_given: Any, **_more: Any) -> None:
    """As a database would: the refused row in the message, and an error on top of it."""
    try:
        raise IntegrityError(f"Key (name)=({NAME}) already exists. Failing row contains ({NAME}, {PHONE}).")
    except IntegrityError as cause:
        raise DataError(f"could not save {NAME} {PHONE}") from cause


def suspicious(*_given: Any, **_more: Any) -> None:
    raise SuspiciousOperation(f"{NAME} {PHONE} is not allowed here")


def _paper() -> dict[str, Any]:
    file = SimpleUploadedFile(f"{NAME}.txt", f"{NAME} {PHONE}".encode())
    return {"direction": "incoming", "unit": Unit.objects.get(parent=None).pk, "file": file}


def _with_cookie(client: Client) -> Client:
    client.cookies["x"] = quote(NAME)
    return client


def _strict() -> Client:
    return Client(enforce_csrf_checks=True)


Drive = Callable[[Client], Any]
LOGIN = "/tai-khoan/dang-nhap/"
DRIVES: dict[str, tuple[str, Callable[..., None], int, Drive]] = {
    "a question in the address": (
        "thongsuot.home.queries.search",
        quoting,
        500,
        lambda client: client.get("/tim-kiem/", {"q": f"{NAME} {PHONE}"}),
    ),
    "a form": (
        "thongsuot.tasks.views.lists.TaskFilters",
        quoting,
        500,
        lambda client: client.post(f"/nhiem-vu/don-doc/?q={quote(NAME)}", {"task": NAME, "note": PHONE}),
    ),
    "a file and its name": (
        "thongsuot.documents.views.intake.take_in_service",
        quoting,
        500,
        lambda client: client.post("/van-ban/nhan/", _paper()),
    ),
    "a suspicion": (
        "thongsuot.home.queries.search",
        suspicious,
        400,
        lambda client: client.get("/tim-kiem/", {"q": NAME}),
    ),
    "an address that is not ours": (
        "",
        quoting,
        404,
        lambda client: client.get(f"/van-ban/{quote(NAME)}/{PHONE}/"),
    ),
    "an address with what somebody chose": (
        "thongsuot.home.queries.retry_job",
        quoting,
        500,
        lambda client: client.post(f"/quan-tri/cong-viec/{fold(NAME).replace(' ', '-')}/chay-lai/"),
    ),
    "the name of the machine": (
        "",
        quoting,
        400,
        lambda client: client.get("/", headers={"Host": f"{PHONE}.vn"}),
    ),
    "a referrer and a cookie": (
        "thongsuot.home.queries.search",
        quoting,
        500,
        lambda client: _with_cookie(client).get(
            "/tim-kiem/", headers={"Referer": f"http://testserver/?q={quote(NAME)}"}
        ),
    ),
    "a body that is no form": (
        "",
        quoting,
        400,
        lambda client: client.post(
            LOGIN,
            f"--x\r\nContent-Length: {PHONE}x\r\n{NAME}".encode(),
            content_type="multipart/form-data; boundary=",
        ),
    ),
    "a form from elsewhere": (
        "",
        quoting,
        403,
        lambda client: _strict().post(LOGIN, {"login": NAME}, headers={"Origin": f"http://{PHONE}.vn"}),
    ),
}


@pytest.mark.parametrize("drive", DRIVES)
def test_neither_log_nor_answer_says_what_people_wrote(
    cast: Cast, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, drive: str
) -> None:
    target, raises, status, act = DRIVES[drive]
    if target:
        monkeypatch.setattr(target, raises)
    client = Client(raise_request_exception=False)
    client.force_login(cast.city_clerk if "retry" not in target else cast.administrator)
    answer = act(client)
    assert answer.status_code == status
    said = log.getvalue()
    assert said.strip(), "the log was on"
    if status == 500:
        assert "IntegrityError" in said
        assert "DataError" in said
        assert "test_discretion.py" in said
    shown = answer.content.decode()
    assert not [form for form in FORMS if form in said]
    assert not [form for form in FORMS if form in shown]


def test_a_formatter_before_ours_does_not_give_the_message_away(log: io.StringIO) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), None)
    try:
        quoting()
    except DataError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    talkative = logging.Formatter().format(record)
    assert NAME in talkative
    logging.getLogger("x").handle(record)
    assert "DataError" in log.getvalue()
    assert not [form for form in FORMS if form in log.getvalue()]


def test_an_address_of_ours_is_told_with_its_keys(cast: Cast, log: io.StringIO) -> None:
    client = Client()
    client.force_login(cast.city_clerk)
    client.get("/van-ban/999999/")
    assert "Not Found: /van-ban/999999/" in log.getvalue()


def test_a_day_of_work_leaves_no_name_in_the_log(cast: Cast, log: io.StringIO) -> None:
    """Ordinary pages of people in charge, at the most talkative level, with statements left to developers."""
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    for user in (cast.city_clerk, cast.ward_leader, cast.cell_head, cast.administrator):
        client = Client()
        client.force_login(user)
        for page in ("/", "/viec-cua-toi/", "/van-ban/", "/nhiem-vu/", "/pho-bien/", "/don-vi/", "/nhat-ky/"):
            client.get(page, {"q": NAME}, follow=True)
    names = {*Person.objects.values_list("name", flat=True), NAME}
    assert log.getvalue()
    assert not [name for name in names if name in log.getvalue()]
