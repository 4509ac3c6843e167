"""A person's name, address and telephone leave no trace where nobody looks after them.

Somebody with marks is invited, signs in, errs, is searched for and looked at; then logs, answers that refuse, headers,
addresses, letters, the queue, results of jobs, the cache and the record of acts are searched for the marks.
"""

from __future__ import annotations

import base64
import io
import json
import pickle
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test import Client
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act
from thongsuot.core import jobs
from thongsuot.core.search import searchable
from thongsuot.core.text import fold
from thongsuot.organizations.models import Person

NAME, MAIL, PHONE, ADDRESS = "Nguyễn Thị Dấu Vết", "dau.vet@vidu.example", "0987650321", "203.0.113.77"
USERNAME = "dauvet77"
MARKS = [
    *(NAME, "Dấu Vết", fold(NAME), NAME.encode("unicode_escape").decode(), quote(NAME)),
    *(MAIL, quote(MAIL), PHONE, USERNAME, ADDRESS),
]
PATHS = re.compile(r'(?:href|action|src|hx-get|hx-post)="(?!mailto:|tel:)([^"?#]*)')


def found_in(text: str) -> list[str]:
    both = (text, unquote(text))
    return [mark for mark in MARKS if any(mark.lower() in one.lower() for one in both)]


@pytest.fixture
def marked(cast: Cast) -> User:
    """A member of the cast under a name that nothing else is called."""
    person = cast.person(cast.member)
    words = searchable(NAME)
    Person.objects.filter(pk=person.pk).update(name=NAME, email=MAIL, phone=PHONE, search_text=words)
    User.objects.filter(pk=cast.member.pk).update(display_name=NAME, username=USERNAME)
    return User.objects.get(pk=cast.member.pk)


def _client(user: User | None = None) -> Client:
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    if user is not None:
        client.force_login(user)
    return client


def _answers(cast: Cast, marked: User) -> Iterator[Any]:
    """What people do around the marked person in a day."""
    person = cast.person(marked)
    outside, office, self = _client(), _client(cast.administrator), _client(marked)
    for login in (USERNAME, MAIL, NAME):
        yield outside.post("/tai-khoan/dang-nhap/", {"login": login, "password": "khong-phai-mat-khau"})
        yield outside.post("/tai-khoan/quen-mat-khau/", {"username": login})
    yield outside.get(f"/tai-khoan/loi-moi/{quote(NAME)}/")
    account = f"/don-vi/tai-khoan/{person.pk}/"
    for page in (
        account,
        f"/nguoi/{person.pk}/",
        f"/nguoi/{person.pk}/sua/",
        f"/nguoi/{person.pk}/ho-so-dang/",
    ):
        yield office.get(page)
        yield _client(cast.second_member).get(page)
    yield office.post("/don-vi/tai-khoan/moi/", {"people": person.pk, "way": "mail"})
    yield office.post(f"{account}khoa/", {"reason": NAME})
    yield office.post(f"{account}mo/")
    yield office.post(f"/nguoi/{person.pk}/sua/", {"name": NAME, "email": MAIL, "phone": f"{PHONE} x" * 9})
    yield office.get("/tim-kiem/", {"q": NAME})
    yield office.get(f"/{quote(NAME)}/")
    for user in (cast.cell_head, cast.ward_leader):
        yield _client(user).get(f"/don-vi/{cast.cell.pk}/")
        yield _client(user).get(f"/nguoi/{person.pk}/")
    for page in ("/viec-cua-toi/", "/tai-khoan/", "/du-lieu-ca-nhan/cua-toi/"):
        yield self.get(page)
    yield self.post("/tai-khoan/mat-khau/", {"oldpassword": "x", "password1": NAME, "password2": NAME})
    yield self.post("/du-lieu-ca-nhan/cua-toi/tep/")
    yield self.post("/tai-khoan/dang-xuat/")


def _in_answers(answers: list[Any]) -> list[tuple[str, list[str]]]:
    leaks = []
    for answer in answers:
        where = f"{answer.request['REQUEST_METHOD']} {answer.status_code} {answer.request['PATH_INFO']}"
        said = "\n".join(f"{name}: {value}" for name, value in answer.items())
        said += "\n".join(cookie.OutputString() for cookie in answer.cookies.values())
        body = "" if answer.streaming else answer.content.decode(errors="ignore")
        # A page shows people to whoever may see them; where it leads to names nobody, and neither does a refusal.
        said += (
            body
            if answer.status_code >= 400 and answer.status_code != 422
            else "\n".join(PATHS.findall(body))
        )
        leaks.append((where, found_in(said)))
    return [leak for leak in leaks if leak[1]]


def _cache() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache_entry")
        rows = cursor.fetchall()
    assert rows, "the shared cache was used"
    return "\n".join(f"{key} {pickle.loads(base64.b64decode(value))!r}" for key, value in rows)


def _fails(key: int) -> None:
    raise ValueError(f"Failing row contains ({NAME}, {MAIL}, {PHONE}) {key}")


def test_a_day_around_somebody_leaves_no_trace_of_them(
    cast: Cast, marked: User, log: io.StringIO, mailoutbox: list[Any], settings: Any
) -> None:
    answers = list(_answers(cast, marked))
    assert {200, 302, 403, 404} <= {answer.status_code for answer in answers}
    assert _in_answers(answers) == []
    assert log.getvalue()
    assert found_in(log.getvalue()) == []
    assert mailoutbox, "somebody was written to"
    assert found_in("\n".join(str(letter.subject) for letter in mailoutbox)) == []
    assert found_in(_cache()) == []
    told = [json.dumps([act.detail, act.before, act.after], ensure_ascii=False) for act in Act.objects.all()]
    assert found_in("\n".join(told)) == []


def test_a_job_that_fails_keeps_keys_only(cast: Cast, marked: User, settings: Any, log: io.StringIO) -> None:
    settings.JOBS_INLINE = False
    jobs.enqueue(_fails, cast.person(marked).pk)
    (waiting,) = OrmQ.objects.all()
    task = SignedPackage.loads(waiting.payload)
    assert found_in(repr(task)) == []
    with pytest.raises(jobs.JobFailedError) as failed:
        jobs.run(*task["args"], **task["kwargs"])
    assert "ValueError" in str(failed.value)
    assert found_in(str(failed.value)) == []
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    assert found_in(log.getvalue()) == []
