"""Rosters of presenters, who speaks at a session, its agenda and its materials."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.factories import make_document, make_session
from tests.documents import sheets
from tests.pages import assert_whole
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.dissemination.meetings.agenda import Line, lines_of, text_of
from thongsuot.dissemination.models import Material, MaterialCheck, Presenter, Session
from thongsuot.dissemination.services import add_document, add_presenter, set_programme
from thongsuot.documents.models import Document
from thongsuot.documents.reading import SECRET, sentence_of
from thongsuot.files.models import StoredFile


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("08:00 | Khai mạc | Ban tổ chức", Line("Khai mạc", "Ban tổ chức", dt.time(8))),
        ("8h30|Quán triệt  Chỉ thị", Line("Quán triệt Chỉ thị", "", dt.time(8, 30))),
        ("14 giờ 15 | Thảo luận | Tổ 1 | Tổ 2", Line("Thảo luận", "Tổ 1, Tổ 2", dt.time(14, 15))),
        ("9g | Giải lao", Line("Giải lao", "", dt.time(9))),
        ("Kết luận | Bí thư", Line("Kết luận", "Bí thư")),
        (" | Bế mạc | ", Line("Bế mạc")),
        ("25:00 | Sai giờ", Line("25:00", "Sai giờ")),
        ("8h61 | Sai phút", Line("8h61", "Sai phút")),
        ("08:00", Line("08:00")),
    ],
)
def test_a_line_of_the_agenda_as_people_write_it(text: str, line: Line) -> None:
    assert lines_of(f"\n{text}\n | \n") == [line]
    assert lines_of(text_of([line])) == [line]


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    return make_session(cast.ward_leader, cast.ward, [cast.cell], [document])


def test_a_programme_names_presenters_of_ones_own_roster_and_those_above(
    client: Client, cast: Cast, session: Session
) -> None:
    above = add_presenter(by=cast.city_leader, unit=cast.city, name="Lê Thị Sông", title="Trường Chính trị")
    beside = add_presenter(by=cast.other_ward_leader, unit=cast.other_ward, name="Trần Văn Gò")
    client.force_login(cast.ward_leader)
    roster = reverse("dissemination:presenters")
    refused = client.post(roster, {"name": "", "person": ""})
    assert refused.status_code == 422
    person = cast.person(cast.ward_clerk)
    assert client.post(roster, {"person": person.pk, "topics": "Xây dựng Đảng"}).status_code == 302
    twice = client.post(roster, {"person": person.pk})
    assert twice.status_code == 422
    assert "đã có trong danh sách báo cáo viên" in twice.content.decode()
    page = client.get(roster)
    assert_whole(page)
    assert "Lê Thị Sông" in page.content.decode()
    assert "Trần Văn Gò" not in page.content.decode()
    own = Presenter.objects.get(person=person)
    address = reverse("dissemination:programme", args=[session.pk])
    offered = client.get(address).content.decode()
    assert f'name="p{own.pk}"' in offered
    assert f'name="p{beside.pk}"' not in offered
    posted = {
        f"p{above.pk}": "on",
        f"s{above.pk}": "Năm điểm mới",
        f"s{own.pk}": "không chọn",
        "lines": "08:00 | Chào cờ | Ban tổ chức\n08:15 | Quán triệt Chỉ thị",
    }
    sequence = session.sequence
    assert client.post(address, posted).status_code == 302
    session.refresh_from_db()
    assert session.sequence > sequence
    assert [(row.presenter_id, row.speaks_on) for row in session.speakers.all()] == [
        (above.pk, "Năm điểm mới")
    ]
    client.force_login(cast.member)
    shown = client.get(session.get_absolute_url())
    assert_whole(shown)
    for words in ("Lê Thị Sông", "Trường Chính trị", "Năm điểm mới", "08:15", "Ban tổ chức"):
        assert words in shown.content.decode()
    calendar = client.get(reverse("dissemination:calendar", args=[session.pk])).content.decode()
    unfolded = calendar.replace("\r\n ", "")
    assert "08:00 Chào cờ" in unfolded
    assert "Lê Thị Sông" not in unfolded
    # Taken off the roster, the presenter stays named where they have spoken.
    client.force_login(cast.city_leader)
    assert client.post(reverse("dissemination:end_presenter", args=[above.pk])).status_code == 302
    set_programme(by=cast.ward_leader, session=session, speakers=[(above, "Năm điểm mới")], lines=[])
    assert session.speakers.get().presenter_id == above.pk


def test_materials_are_read_before_they_are_kept(client: Client, cast: Cast, session: Session) -> None:
    client.force_login(cast.ward_leader)
    address = reverse("dissemination:materials", args=[session.pk])

    def send(text: str) -> int:
        file = SimpleUploadedFile("de-cuong.txt", text.encode())
        return client.post(address, {"file": file, "title": "Đề cương tuyên truyền"}).status_code

    assert send("TỐI MẬT\n\nKế hoạch bảo vệ hội nghị.") == 422
    assert send("") == 422
    assert not Material.objects.exists()
    assert not StoredFile.objects.exists()
    assert send("Đề cương tuyên truyền Chỉ thị về giữ sạch đường phố, kênh, rạch.") == 302
    material = Material.objects.get()
    hidden = make_document(cast.ward_leader, cast.ward, number=77)
    add_document(by=cast.ward_leader, session=session, document=hidden)
    assert_whole(client.get(address))
    client.force_login(cast.member)
    page = client.get(session.get_absolute_url()).content.decode()
    assert "Đề cương tuyên truyền" in page
    assert "77-CT/ThU" not in page
    file = client.get(reverse("dissemination:material", args=[session.pk, material.pk]))
    assert b"".join(file.streaming_content).decode().startswith("Đề cương")  # type: ignore[attr-defined]
    client.force_login(cast.ward_leader)
    client.post(reverse("dissemination:remove_material", args=[session.pk, material.pk]))
    assert not StoredFile.objects.exists()


def test_a_long_material_is_checked_beside_the_answer(client: Client, cast: Cast, session: Session) -> None:
    """Harmless, it joins the materials; of a secret, or a check that was stopped, the page says so until the next."""
    client.force_login(cast.ward_leader)
    address = reverse("dissemination:materials", args=[session.pk])

    def send(text: str) -> str:
        file = SimpleUploadedFile("de-cuong.docx", sheets.long_paper(text))
        return assert_whole(client.post(address, {"file": file, "title": "Đề cương"}, follow=True))

    assert str(SECRET) in send(f"MẬT\n{sheets.DIRECTIVE}")
    row = MaterialCheck._default_manager.get()
    assert (row.state, row.refusal) == ("stopped", "secret")
    assert not StoredFile.objects.exists()
    assert Act.objects.filter(verb="intake.secret_refused", unit_id=cast.ward.pk).count() == 1
    assert "Đề cương" in send(sheets.DIRECTIVE)
    assert not MaterialCheck._default_manager.exists(), "the next file takes the word about the last one away"
    assert Material.objects.get().title == "Đề cương"
    going_on = MaterialCheck._default_manager.create(
        session=session, received_by=cast.ward_leader, pages_done=2, pages_all=9
    )
    page = assert_whole(client.get(address))
    assert 'value="2" max="9"' in page
    bar = reverse("dissemination:material_progress", args=[session.pk, going_on.pk])
    assert f'hx-get="{bar}"' in page
    assert "<progress" in client.get(bar, headers={"HX-Request": "true"}).content.decode()
    with clock.at(clock.now() + dt.timedelta(minutes=5)):
        assert sentence_of("interrupted") in assert_whole(client.get(address))
        assert client.get(bar, headers={"HX-Request": "true"})["HX-Redirect"] == address
