"""Attendance from the list of a meeting system: columns, times, whom a row means, what is noted in the end."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import make_session
from tests.pages import assert_whole
from thongsuot.dissemination.meetings.online.columns import guess_columns, header_and_rows
from thongsuot.dissemination.meetings.online.matching import Called, match
from thongsuot.dissemination.meetings.online.times import minutes_of, moment_of, together
from thongsuot.dissemination.models import Attendance, AttendanceCorrection, AttendanceList, Session
from thongsuot.dissemination.services import mark_attendance
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("65", 65),
        ("65,5", 65.5),
        ("1:05:30", 65.5),
        ("0:45", 45),
        ("1h 5m", 65),
        ("1 hr 5 min", 65),
        ("2 giờ 10 phút", 130),
        ("90 phút", 90),
        ("30 giây", 0.5),
        ("45m 30s", 45.5),
        ("99999999999999", 7 * 24 * 60),
        ("", None),
        ("cả buổi", None),
        ("65 lần", None),
        ("-5", None),
    ],
)
def test_how_long_in_minutes(text: str, minutes: float | None) -> None:
    assert minutes_of(text) == minutes


def test_two_devices_at_once_count_once_and_midnight_is_passed() -> None:
    assert moment_of("23/11/2026 08:05:30") == 485.5
    assert moment_of("11/23/26, 1:05 PM") == 13 * 60 + 5
    assert moment_of("12:10 SA") == 10
    assert moment_of("99:10") is None
    assert moment_of("chiều") is None
    assert together([(480, 540), (500, 560), (600, 610)]) == 90
    assert together([(23 * 60, 30)]) == 90
    assert together([]) == 0


def test_the_columns_and_sections_of_known_systems() -> None:
    zoom = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]
    assert guess_columns(zoom) == {"name": 0, "email": 1, "joined": 2, "left": 3, "minutes": 4}
    meet = ["First name", "Last name", "Email", "Duration", "Time joined", "Time exited"]
    assert guess_columns(meet) == {"name": 0, "surname": 1, "email": 2, "minutes": 3, "joined": 4, "left": 5}
    assert guess_columns(["STT", "Họ và tên", "Số điện thoại", "Thời lượng (phút)"]) == {
        "name": 1,
        "phone": 2,
        "minutes": 3,
    }
    header, rows = header_and_rows(
        [
            ["1. Summary"],
            ["Meeting title", "Quán triệt"],
            [],
            ["2. Participants"],
            ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email"],
            ["Nguyễn Văn A", "8:00", "9:00", "1h", "a@x.vn"],
            [],
            ["3. In-Meeting Activities"],
            ["Name", "Join Time", "Leave Time", "Duration", "Email"],
            ["Nguyễn Văn A", "8:00", "9:00", "1h", "a@x.vn"],
        ]
    )
    assert header[0] == "Name"
    assert len(rows) == 1
    assert header_and_rows([]) == ([], [])


CALLED = [
    Called(1, 10, "Nguyễn Văn An", "KP1", "expected", code="MS-01", email="an@x.vn", phone="0901 234 567"),
    Called(2, 10, "Trần Thị Bình", "KP1", "expected"),
    Called(3, 11, "Trần Thị Bình", "KP2", "expected", email="binh2@x.vn"),
    Called(4, 11, "Lê Văn Cường", "KP2", "expected"),
]


@pytest.mark.parametrize(
    ("row", "person"),
    [
        ({"name": "ai đó", "code": "ms-01"}, 1),
        ({"name": "ai đó", "email": "AN@x.vn"}, 1),
        ({"name": "ai đó", "phone": "+84 901-234-567"}, 1),
        ({"name": "nguyen van an"}, 1),
        ({"name": "An", "surname": "Nguyễn Văn"}, 1),
        ({"name": "Nguyễn Văn", "surname": "An"}, 1),
        ({"name": "Trần Thị Bình", "email": "binh2@x.vn"}, 3),
        ({"name": "Lê Văn Cường", "email": "an@x.vn"}, 1),
    ],
)
def test_whom_a_row_means(row: dict[str, str], person: int) -> None:
    columns = {name: at for at, name in enumerate(row)}
    matched = match([list(row.values())], columns, CALLED)
    assert list(matched.found) == [person]
    assert (matched.asked, matched.strangers) == ([], [])


def test_what_is_not_certain_is_asked_and_rows_of_one_person_are_summed() -> None:
    rows = [
        ["Trần Thị Bình", "20"],
        ["tran thi binh", "30"],
        ["KP2 - Lê Văn Cường", "50"],
        ["Khách mời", "50"],
        ["", ""],
        ["Nguyễn Văn An", "10"],
        ["Nguyễn Văn An", "15 phút"],
        ["Nguyễn Văn An", "?"],
    ]
    matched = match(rows, {"name": 0, "minutes": 1}, CALLED)
    assert {key: stay.minutes for key, stay in matched.found.items()} == {1: 25}
    assert [
        (ask.stay.minutes, [one.person_id for one in ask.candidates], ask.preset) for ask in matched.asked
    ] == [
        (50, [4], 4),
        (50, [2, 3], None),
    ]
    assert [stay.shown for stay in matched.strangers] == ["Khách mời"]
    without_times = match([["Nguyễn Văn An"]], {"name": 0}, CALLED).found[1]
    assert without_times.minutes is None
    assert without_times.is_enough(60)


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    return make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])


def _send(client: Client, session: Session, content: str) -> AttendanceList | None:
    address = reverse("dissemination:take_in_list", args=[session.pk])
    file = SimpleUploadedFile("participants.csv", content.encode())
    client.post(address, {"file": file})
    return AttendanceList.objects.filter(session=session).first()


def test_a_list_is_read_shown_and_taken_over_once(client: Client, cast: Cast, session: Session) -> None:
    names = dict(Attendance.objects.filter(unit=cast.cell).values_list("person_id", "person__name"))
    long, short, excused = sorted(names)[:3]
    Person.objects.filter(pk=long).update(email="dai@vamco.vn")
    mark_attendance(
        by=cast.cell_head, session=session, unit=cast.cell, present=set(), excused={excused}, among={excused}
    )
    content = (
        "Tên,Email,Giờ vào,Giờ ra\n"
        "Máy tính 1,dai@vamco.vn,08:00,08:40\nĐiện thoại,dai@vamco.vn,08:20,09:10\n"
        f"{names[short]},,08:00,08:20\n{names[excused]},,08:00,10:00\nNgười lạ,,08:00,10:00\n"
    )
    client.force_login(cast.cell_head)
    for _ in range(2):
        batch = _send(client, session, content)
        assert batch is not None
        address = reverse("dissemination:attendance_list", args=[session.pk, batch.pk])
        page = client.get(address)
        assert_whole(page)
        assert "Người lạ" in page.content.decode()
        columns = {f"c_{name}": at for name, at in batch.columns.items()}
        assert client.post(address, columns | {"least_share": 50, "minutes": 0}).status_code == 422
        twice = columns | {"c_email": 0, "least_share": 50, "minutes": 120}
        assert client.post(address, twice).status_code == 422
        assert client.post(address, columns | {"least_share": 50, "minutes": 120}).status_code == 302
        client.post(reverse("dissemination:take_over_list", args=[session.pk, batch.pk]), {"absent_too": "1"})
        states = dict(Attendance.objects.filter(unit=cast.cell).values_list("person_id", "state"))
        assert (states.pop(long), states.pop(excused)) == ("present", "present")
        assert set(states.values()) == {"absent"}
        assert not AttendanceList.objects.exists()
    assert Attendance.objects.get(person=long).way == "import"
    # The cell next door is not in the hands of the head of this one.
    assert set(Attendance.objects.filter(unit=cast.second_cell).values_list("state", flat=True)) == {
        "expected"
    }
    assert AttendanceCorrection.objects.get().person_id == excused
    assert_counts_equal_the_rows()


def test_what_is_refused_leaves_nothing_and_a_list_is_its_senders_own(
    client: Client, cast: Cast, session: Session
) -> None:
    client.force_login(cast.cell_head)
    for content in ("", "%PDF-1.7 x", "Tên,Email\n", "Tên\n" + "a\n" * 20_001, "x" * (5 * 1024 * 1024 + 1)):
        assert _send(client, session, content) is None
    batch = _send(client, session, "Cột 1;Cột 2\nAi đó;08:00\n")
    assert batch is not None
    address = reverse("dissemination:attendance_list", args=[session.pk, batch.pk])
    assert client.post(address, {"least_share": 50, "minutes": 120}).status_code == 422
    client.force_login(cast.ward_leader)
    assert client.get(address).status_code == 404
    client.force_login(cast.cell_head)
    client.post(reverse("dissemination:give_up_list", args=[session.pk, batch.pk]))
    assert not AttendanceList.objects.exists()
    assert set(Attendance.objects.values_list("state", flat=True)) == {"expected"}
