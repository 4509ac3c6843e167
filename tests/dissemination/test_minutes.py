"""The minutes: drafted from what is known, written by one at a time, closed when signed, numbered by the book."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.factories import TODAY, make_session
from tests.pages import assert_whole
from thongsuot.core.clock import moment
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.meetings.agenda import lines_of
from thongsuot.dissemination.models import Attendance, Minutes, Session
from thongsuot.dissemination.services import (
    add_presenter,
    hold_session,
    mark_attendance,
    register_minutes,
    set_programme,
    sign_minutes,
    write_minutes,
)
from thongsuot.documents.models import Document
from thongsuot.organizations.models import UnitKind


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    made = make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])
    Session.objects.filter(pk=made.pk).update(ends_at=moment(TODAY, 10, 30))
    made.refresh_from_db()
    presenter = add_presenter(
        by=cast.ward_leader, unit=cast.ward, name="Lê Thị Sông", title="Trường Chính trị"
    )
    set_programme(
        by=cast.ward_leader,
        session=made,
        speakers=[(presenter, "Năm điểm mới")],
        lines=lines_of("08:00 | Chào cờ | Ban tổ chức"),
    )
    people = list(Attendance.objects.filter(unit=cast.cell).values_list("person_id", flat=True))
    mark_attendance(
        by=cast.ward_clerk, session=made, unit=cast.cell, present=set(people[:3]), excused={people[3]}
    )
    made.refresh_from_db()
    return made


def test_the_draft_says_what_is_known_and_the_file_has_the_official_form(
    client: Client, cast: Cast, session: Session
) -> None:
    client.force_login(cast.ward_clerk)
    address = reverse("dissemination:minutes", args=[session.pk])
    page = client.get(address)
    assert_whole(page)
    text = page.context["form"].initial["text"]
    for words in (
        "Hồi 08 giờ 00, ngày 23/11/2026, tại Nhà văn hóa khu phố, Đảng ủy phường Cầu Ván",
        "triệu tập 10 đảng viên của 2 chi bộ; có mặt 3/10; vắng có lý do 1; vắng không có lý do 1; chưa điểm danh 5.",
        "Lê Thị Sông (Trường Chính trị): Năm điểm mới",
        "- Chỉ thị số 12-CT/ThU, ngày 02/11/2026",
        "- 08:00: Chào cờ (Ban tổ chức);",
        "kết thúc hồi 10 giờ 30 cùng ngày",
    ):
        assert words in text
    posted = {"chair": "Nguyễn Văn Chủ", "secretary": "Trần Thị Thư", "text": text, "seen": ""}
    assert client.post(address, posted | {"secretary": " "}).status_code == 422
    assert client.post(address, posted).status_code == 302
    assert_whole(client.get(address))
    file = client.get(reverse("dissemination:minutes_file", args=[session.pk]))
    paper = docx.Document(io.BytesIO(file.content))
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY PHƯỜNG CẦU VÁN", "THƯ KÝ", "Trần Thị Thư", "CHỦ TRÌ"):
        assert words in cells
    body = [paragraph.text for paragraph in paper.paragraphs]
    assert "BIÊN BẢN" in body
    assert "III. KẾT LUẬN" in body
    unit = type(session.unit).objects.filter(pk=session.unit_id)
    # Who has a form of their own: the State, organisations that follow Decree 30, the Youth Union by its own guideline.
    for kind, name, title in (
        (UnitKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân phường", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (UnitKind.MASS_ORGANISATION, "Hội Nông dân phường", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (UnitKind.MASS_ORGANISATION, "Đoàn Thanh niên phường", "ĐOÀN TNCS HỒ CHÍ MINH"),
    ):
        unit.update(kind=kind, name=name)
        file = client.get(reverse("dissemination:minutes_file", args=[session.pk]))
        head = docx.Document(io.BytesIO(file.content)).tables[0].rows[0].cells[1].text
        assert title in head
        assert "ĐẢNG" not in head


def test_who_writes_on_an_older_text_is_told_and_signed_minutes_stay(cast: Cast, session: Session) -> None:
    def write(text: str, seen: dt.datetime | None = None) -> Minutes:
        return write_minutes(
            by=cast.ward_leader, session=session, chair="A", secretary="B", text=text, seen=seen
        )

    def refusal_of(text: str, seen: dt.datetime | None = None) -> str:
        with pytest.raises(Refused) as refusal:
            write(text, seen)
        return refusal.value.code

    first = write("Một")
    assert refusal_of("Hai") == "changed"
    assert refusal_of("Hai", first.written_at - dt.timedelta(seconds=1)) == "changed"
    assert write("Hai", first.written_at).text == "Hai"
    with pytest.raises(Refused) as early:
        register_minutes(by=cast.ward_clerk, session=session)
    assert early.value.code == "not_signed"
    signed = sign_minutes(by=cast.ward_leader, session=session)
    assert refusal_of("Ba", signed.written_at) == "signed"
    with pytest.raises(Refused):
        sign_minutes(by=cast.ward_leader, session=session)
    with pytest.raises(Refused):
        set_programme(by=cast.ward_leader, session=session, speakers=[], lines=[])
    with pytest.raises(PermissionDenied):
        write_minutes(by=cast.cell_head, session=session, chair="A", secretary="B", text="C")


def test_signed_minutes_get_a_number_from_the_book_once(
    client: Client, cast: Cast, session: Session, document: Document
) -> None:
    write_minutes(by=cast.ward_clerk, session=session, chair="A", secretary="B", text="I. THÀNH PHẦN\nĐủ.")
    sign_minutes(by=cast.ward_clerk, session=session)
    with pytest.raises(PermissionDenied):
        register_minutes(by=cast.ward_leader, session=session)
    client.force_login(cast.ward_clerk)
    for _ in range(2):
        client.post(reverse("dissemination:register_minutes", args=[session.pk]))
    made = Minutes.objects.get().document
    assert made is not None
    assert Document.objects.filter(kind="bien_ban").count() == 1
    assert (made.symbol, made.issued_on, made.unit_id) == ("01-BB/ĐU", TODAY, cast.ward.pk)
    assert made.file is not None
    assert made.relations.get().target_id == document.pk
    page = client.get(reverse("dissemination:minutes", args=[session.pk]))
    assert_whole(page)
    assert "01-BB/ĐU" in page.content.decode()


def test_minutes_are_of_a_session_that_was_held(cast: Cast, document: Document) -> None:
    planned = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    with pytest.raises(Refused) as refusal:
        write_minutes(by=cast.ward_leader, session=planned, chair="A", secretary="B", text="C")
    assert refusal.value.code == "not_held"
    hold_session(by=cast.ward_leader, session=planned)
    assert write_minutes(by=cast.ward_leader, session=planned, chair="A", secretary="B", text="C").pk
