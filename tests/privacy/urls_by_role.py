"""Who may open the pages about personal data: whoever looks after it, within reach."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from tests.cast import Cast
from tests.permissions import Row
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.retention import period_of
from thongsuot.privacy.breaches.services import Facts, note_breach
from thongsuot.privacy.retention.services import place_hold
from thongsuot.privacy.services.requests import ask


def _period(cast: Cast) -> dict[str, Any]:
    return {"days": 400, "was": period_of("audit.readings"), "reason": "Quyết định 12"}


def _hold(cast: Cast) -> dict[str, Any]:
    return {"data_class": "audit.readings", "unit": "", "until": "", "reason": "Thanh tra"}


def _held(cast: Cast) -> list[Any]:
    hold = place_hold(by=cast.administrator, unit=None, data_class="", reason="Thanh tra", until=None)
    return [hold.pk]


def _breach(cast: Cast) -> list[Any]:
    facts = Facts("Mất máy tính", clock.now(), ["names"])
    told = note_breach(
        by=cast.administrator, unit=cast.ward, facts=facts, text="Máy để trên xe", token=uuid.uuid4()
    )
    return [told.pk]


def _breach_data(cast: Cast) -> dict[str, Any]:
    noticed = clock.moment(clock.today() - dt.timedelta(days=1)).strftime("%Y-%m-%dT09:00")
    told = {"title": "Mất máy tính", "noticed_at": noticed, "data_kinds": ["names"], "text": "Máy để trên xe"}
    return told | {"unit": cast.ward.pk, "token": uuid.uuid4()}


def _closing(cast: Cast) -> dict[str, Any]:
    return {"text": "Đã thu hồi", "token": uuid.uuid4()}


def _asked(cast: Cast) -> list[Any]:
    me = again(cast.member)
    return [ask(by=me, person=cast.person(me), kind="objection", words="Không đồng ý").pk]


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


OFFICERS = {"*": 403, "administrator": 200}
EVERYBODY = {"*": 200}  # what is held about themselves
DONE = {"*": 403, "administrator": 302}
ROWS = [
    Row("privacy:start", OFFICERS),
    Row("privacy:mine", EVERYBODY),
    Row("privacy:my_readers", EVERYBODY),
    Row("privacy:my_file", EVERYBODY, method="post"),
    Row("privacy:my_requests", EVERYBODY),
    Row(
        "privacy:my_requests",
        {"*": 302},
        method="post",
        data=lambda cast: {"kind": "objection", "words": "x"},
    ),
    Row("privacy:withdraw", {"*": 404, "member": 302}, _asked, "post"),
    Row("privacy:requests", OFFICERS),
    Row("privacy:request", {"*": 404, "member": 200, "administrator": 200}, _asked),
    Row(
        "privacy:answer",
        {"*": 404, "member": 403, "administrator": 302},
        _asked,
        "post",
        lambda cast: {"viec": "refuse", "words": "Cần để mời họp"},
    ),
    Row("privacy:whose", OFFICERS),
    Row("privacy:ask_for", OFFICERS, lambda cast: [cast.person(cast.member).pk]),
    Row("privacy:register", OFFICERS),
    Row("privacy:register_file", OFFICERS),
    Row("privacy:retention", OFFICERS),
    Row("privacy:retention_runs", OFFICERS),
    Row("privacy:retention_period", OFFICERS, lambda cast: ["audit.readings"]),
    Row("privacy:retention_period", DONE, lambda cast: ["audit.readings"], "post", _period),
    Row("privacy:hold", OFFICERS),
    Row("privacy:hold", DONE, method="post", data=_hold),
    Row("privacy:lift_hold", OFFICERS, _held),
    Row("privacy:lift_hold", DONE, _held, "post", lambda cast: {"reason": "Đã xong"}),
    Row("privacy:breaches", OFFICERS),
    Row("privacy:breaches_file", OFFICERS),
    Row("privacy:note_breach", OFFICERS),
    Row("privacy:note_breach", DONE, method="post", data=_breach_data),
    Row("privacy:breach", OFFICERS, _breach),
    Row("privacy:breach_notice", OFFICERS, _breach),
    Row("privacy:breach_notice_file", OFFICERS, _breach),
    Row("privacy:breach_step", OFFICERS, lambda cast: [*_breach(cast), "dong"]),
    Row("privacy:breach_step", DONE, lambda cast: [*_breach(cast), "dong"], "post", _closing),
]
