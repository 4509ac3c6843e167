"""A breach is noted once, its clock runs, its steps are appended; two at once double nothing."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Word
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.pages import assert_whole
from tests.privacy.test_retention import officer_of
from thongsuot.audit.append_only import AppendOnlyError
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Unit
from thongsuot.privacy.breaches import services
from thongsuot.privacy.breaches.clock import clock_of
from thongsuot.privacy.breaches.proofs import faults_of_breaches
from thongsuot.privacy.breaches.services import Facts
from thongsuot.privacy.models import Breach, BreachStep, StepKind

ADDRESS = "/du-lieu-ca-nhan/su-co/"
HOUR = dt.timedelta(hours=1)


def facts(**changes: Any) -> Facts:
    told: dict[str, Any] = {
        "title": "Mất máy tính",
        "noticed_at": clock.now() - HOUR,
        "data_kinds": ["names"],
        "people": None,
    }
    return Facts(**(told | changes))


def noted(cast: Cast, unit: Unit | None = None, **changes: Any) -> Breach:
    told: dict[str, Any] = {"by": cast.administrator, "text": "Máy để trên xe", "token": uuid.uuid4()} | {
        name: changes.pop(name) for name in ("by", "token") if name in changes
    }
    return services.note_breach(unit=unit or cast.ward, facts=facts(**changes), **told)


def step(cast: Cast, breach: Breach, kind: StepKind = StepKind.MEASURE, **changes: Any) -> BreachStep:
    told: dict[str, Any] = {"by": cast.administrator, "text": "Đã khoá máy", "token": uuid.uuid4()} | changes
    return services.add_step(breach=breach, kind=kind, **told)


def entered(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("hours", "state"),
    [(1, "run"), (47.5, "run"), (48.5, "soon"), (71.5, "soon"), (72.5, "late"), (90, "late")],
)
def test_the_clock_counts_the_hours(hours: float, state: str) -> None:
    breach = Breach(noticed_at=clock.now() - hours * HOUR)
    told = clock_of(breach)
    assert told.state == state
    if hours == 72.5:
        assert told.text.startswith("quá hạn 1 giờ")
    breach.notified_at = breach.noticed_at + 71 * HOUR
    assert clock_of(breach).state == "done"
    breach.notified_at = breach.noticed_at + 73 * HOUR
    assert clock_of(breach).state == "back"
    breach.notified_at, breach.closed_at = None, clock.now()
    assert clock_of(breach).state == "quiet"


def test_a_breach_is_told_step_by_step(cast: Cast, settings: Any) -> None:
    breach = noted(cast)
    step(cast, breach)
    services.correct_breach(
        by=cast.administrator,
        breach=breach,
        facts=facts(people=40, noticed_at=clock.now() - 2 * HOUR),
        text="Đã đếm lại",
        token=uuid.uuid4(),
        seen=1,
    )
    told_at = clock.now() - HOUR
    step(cast, breach, StepKind.AUTHORITY, happened_at=told_at)
    step(cast, breach, StepKind.AUTHORITY)  # completes it; the first counts
    services.close_breach(by=cast.administrator, breach=breach, reason="Đã thu hồi", token=uuid.uuid4())
    breach.refresh_from_db()
    assert (breach.people, breach.notified_at) == (40, told_at)
    assert breach.closed_at is not None
    kinds = [row.kind for row in breach.steps.order_by("at", "id")]
    assert kinds == ["noted", "measure", "corrected", "authority", "authority", "closed"]
    assert breach.steps.get(kind="noted").facts["people"] is None  # as it was written then
    assert list(
        Act.objects.filter(object_type="privacy.breach").order_by("at", "id").values_list("verb", flat=True)
    ) == [f"breach.{kind}" for kind in kinds]
    with pytest.raises(AppendOnlyError):
        breach.steps.get(kind="noted").save()
    with pytest.raises(Refused):
        step(cast, breach)
    noted(cast)
    assert list(faults_of_breaches()) == []
    Breach.objects.filter(pk=breach.pk).update(people=4)
    assert list(faults_of_breaches()) == [f"breach {breach.pk}"]


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    breach = noted(cast)
    for wrong in (
        {"happened_at": clock.now() + HOUR},
        {"happened_at": clock.now() - 5 * HOUR},
        {"text": " "},
    ):
        with pytest.raises(Refused):
            step(cast, breach, StepKind.AUTHORITY, **wrong)
    with pytest.raises(Refused):
        noted(cast, noticed_at=clock.now() + HOUR)
    with pytest.raises(PermissionDenied):
        noted(cast, by=cast.ward_clerk)
    elsewhere = officer_of(cast.other_ward, cast.other_ward_leader)
    with pytest.raises(PermissionDenied):
        step(cast, breach, by=elsewhere)
    assert entered(elsewhere).get(breach.get_absolute_url()).status_code == 404
    assert breach.title not in entered(elsewhere).get(ADDRESS).content.decode()


def test_sent_twice_it_is_one(cast: Cast) -> None:
    token = uuid.uuid4()
    breach = noted(cast, token=token)
    assert noted(cast, token=token) == breach
    once = uuid.uuid4()
    assert step(cast, breach, token=once) == step(cast, breach, token=once)
    services.close_breach(
        by=cast.administrator, breach=breach, reason="Xong", token=token
    )  # the noting's own token
    breach.refresh_from_db()
    assert breach.closed_at is None
    services.close_breach(by=cast.administrator, breach=breach, reason="Xong", token=uuid.uuid4())
    with pytest.raises(Refused):
        services.close_breach(by=cast.administrator, breach=breach, reason="Xong", token=uuid.uuid4())
    assert breach.steps.count() == 3
    with pytest.raises(Refused):  # of two who correct at once, the second is told
        services.correct_breach(
            by=cast.administrator, breach=breach, facts=facts(), text="x", token=uuid.uuid4(), seen=0
        )


def test_the_way_through_the_pages(cast: Cast) -> None:
    client = entered(cast.administrator)
    assert "Chưa" in assert_whole(client.get(ADDRESS))
    form = assert_whole(client.get(f"{ADDRESS}moi/"))
    token = form.split('name="token" value="')[1].split('"')[0]
    moment = clock.moment(clock.today() - dt.timedelta(days=4), 8)
    data = {
        "unit": cast.ward.pk,
        "title": "Gửi nhầm danh sách",
        "noticed_at": moment.strftime("%Y-%m-%dT08:00"),
        "data_kinds": ["names", "contacts"],
        "people": "",
        "text": "Gửi nhầm địa chỉ",
        "token": token,
    }
    assert_whole(client.post(f"{ADDRESS}moi/", data | {"data_kinds": ["x"]}), 422)
    first, second = (client.post(f"{ADDRESS}moi/", data) for _time in range(2))
    breach = Breach.objects.get()
    assert first["Location"] == second["Location"] == breach.get_absolute_url()
    assert breach.noticed_at == moment
    for address in ("/du-lieu-ca-nhan/", ADDRESS, breach.get_absolute_url()):
        html = assert_whole(client.get(address))
        assert "quá hạn" in html, address
        assert "is-late" in html or 'class="state late"' in html
    told = {"happened_at": moment.strftime("%Y-%m-%dT09:30"), "text": "Đã báo", "token": uuid.uuid4()}
    assert client.post(f"{breach.get_absolute_url()}bao-co-quan/", told).status_code == 302
    assert "đúng hạn" in assert_whole(client.get(breach.get_absolute_url()))
    assert "is-late" not in assert_whole(client.get("/du-lieu-ca-nhan/")).split("Sự cố")[1][:400]
    for name in ("bien-phap", "bao-nguoi", "dinh-chinh", "dong"):
        assert_whole(client.get(f"{breach.get_absolute_url()}{name}/"))
        assert_whole(client.post(f"{breach.get_absolute_url()}{name}/", {}), 422)
    assert client.get(f"{breach.get_absolute_url()}khac/").status_code == 404


def test_the_notification_is_drafted_and_the_register_exported(cast: Cast) -> None:
    breach = noted(cast, people=40)
    step(cast, breach)
    client = entered(cast.administrator)
    html = assert_whole(client.get(f"{breach.get_absolute_url()}thong-bao/"))
    answer = client.get(f"{breach.get_absolute_url()}thong-bao/tep/")
    words = "\n".join(paragraph.text for paragraph in Word(io.BytesIO(answer.content)).paragraphs)
    for said in ("Mất máy tính", "khoảng 40 người", "Đã khoá máy", "họ tên, chức vụ", "[Cơ quan bổ sung.]"):
        assert said in words
        assert said in html
    noted(cast, cast.cell, title="=1+1")
    file = io.BytesIO(client.get(f"{ADDRESS}xuat/").getvalue())
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    assert {row[2] for row in rows[1:]} == {"Mất máy tính", "=1+1"}  # text, as every cell


def test_the_pages_ask_as_much_for_many_as_for_few(cast: Cast) -> None:
    client = entered(cast.administrator)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(address)
            assert answer.status_code == 200
            if answer.streaming:
                answer.getvalue()  # a file stays open until it is read
        return len(counted)

    one = noted(cast)
    noted(cast, cast.cell)
    pages = [ADDRESS, "/du-lieu-ca-nhan/", one.get_absolute_url(), f"{ADDRESS}xuat/"]
    few = [asked(page) for page in pages]
    for number in range(18):
        noted(cast, cast.commune, title=f"Việc {number}")
        step(cast, one)
    assert [asked(page) for page in pages] == few
