"""Sheets to sign: printed, handed back, confirmed by a person; counted like any other way, marked as paper."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, TODAY, make_session
from tests.formats.signed.drawing import page_of, sign
from tests.pages import assert_whole
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.beside import place_beside
from thongsuot.core.crypto.values import Sealed
from thongsuot.core.refusals import Refused
from thongsuot.core.retention import remove_expired
from thongsuot.dissemination.models import (
    Attendance,
    Channel,
    PageState,
    PaperCutOuts,
    PaperHandIn,
    PaperPage,
    PaperSheet,
    ReachEvent,
    Receipt,
    Session,
    Way,
)
from thongsuot.dissemination.paper import handing_in
from thongsuot.dissemination.paper.confirming import Counted, confirm
from thongsuot.dissemination.paper.printing import print_for_document, print_for_session
from thongsuot.dissemination.services import cancel_session, confirm_reading, require_dissemination
from thongsuot.documents.models import Document
from thongsuot.formats.signed import Picture, codes
from thongsuot.organizations.models import Membership, Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    return make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])


@pytest.fixture
def sheet(cast: Cast, session: Session) -> PaperSheet:
    (sheet,) = print_for_session(by=cast.cell_head, session=session, units=[cast.cell])
    return sheet


@pytest.fixture
def listed(cast: Cast, document: Document) -> PaperSheet:
    """The list of the cell for one document."""
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return print_for_document(by=cast.cell_head, document=document, unit=cast.cell)


def states(session: Session) -> dict[int, tuple[str, str]]:
    rows = Attendance._default_manager.filter(session=session)
    return {row.person_id: (row.state, row.way) for row in rows}


def scan(sheet: PaperSheet, lines: list[int], number: int = 1, version: int = 1) -> SimpleUploadedFile:
    """The page as a printer and a scanner make it, these lines (from 1) signed."""
    page = sign(page_of(sheet.code, number, version), [line - 1 for line in lines], random.Random(5))
    made = io.BytesIO()
    page.save(made, "PNG")
    return SimpleUploadedFile("trang.png", made.getvalue(), "image/png")


def together(*sheets: tuple[PaperSheet, int]) -> SimpleUploadedFile:
    """Pages of sheets as a scanner with a feeder makes them: one PDF."""
    drawn = [sign(page_of(sheet.code, number), [0], random.Random(5)) for sheet, number in sheets]
    made = io.BytesIO()
    drawn[0].save(made, "PDF", save_all=True, append_images=drawn[1:])
    return SimpleUploadedFile("phieu.pdf", made.getvalue(), "application/pdf")


def hand_in(client: Client, *files: SimpleUploadedFile) -> Any:
    return client.post("/pho-bien/phieu/", {"pictures": files}, follow=True)


def test_a_page_goes_round_and_counts_only_what_a_person_confirms(
    client: Client, cast: Cast, session: Session, sheet: PaperSheet
) -> None:
    """Printed, signed by one and by somebody on a blank row, scanned upside down, looked at, confirmed."""
    late = Person.objects.create(name="Lê Thị Đến Sau", search_text="le thi den sau", sort_key="le")
    Membership.objects.create(person=late, unit=cast.cell, valid_from=TODAY)
    Attendance._default_manager.create(unit=cast.cell, session=session, person=late)
    blank = len(sheet.rows) + 1
    client.force_login(cast.cell_head)
    picture = scan(sheet, [1, blank])
    page = hand_in(client, picture)
    assert page.redirect_chain == [(f"/pho-bien/phieu/{sheet.code}/?trang=1", 302)]
    text = page.content.decode()
    assert re.findall(r'name="row" value="(\d+)"( checked)?', text) == [
        (str(line), " checked" if line == 1 else "") for line in range(1, blank)
    ]
    assert f'name="blank{blank}"' in text
    assert "Lê Thị Đến Sau" in text
    assert set(states(session).values()) == {("expected", "")}, "seen is not marked"
    strip = client.get(f"/pho-bien/phieu/{sheet.code}/trang/1.jpg")
    assert {"private", "no-store"} <= set(strip["Cache-Control"].split(", "))
    assert Image.open(io.BytesIO(strip.content)).size == (724, 840)
    kept = PaperPage.objects.get()
    assert isinstance(PaperCutOuts.objects.values_list("strip", flat=True)[0], Sealed), (
        "encrypted where it lies"
    )
    answer = client.post(
        f"/pho-bien/phieu/{sheet.code}/?trang=1",
        {"row": ["1"], f"blank{blank}": late.pk, "rest_absent": "on"},
    )
    assert answer.status_code == 302
    after = states(session)
    assert after[sheet.rows[0]] == after[late.pk] == ("present", Way.PAPER)
    assert {after[key] for key in sheet.rows[1:]} == {("absent", Way.PAPER)}
    kept.refresh_from_db()
    assert (kept.state, kept.ink, kept.decided_by, kept.counted) == ("confirmed", [], cast.cell_head, 2)
    assert not PaperCutOuts.objects.exists()
    assert_counts_equal_the_rows()
    # Once more: told that it was confirmed, everybody shown as counted, nobody counted twice.
    picture.seek(0)
    again = hand_in(client, picture).content.decode()
    assert "checked" in again
    assert confirm(by=cast.cell_head, sheet=sheet, rows=[1], page=1) == Counted(before=1)
    assert states(session) == after
    said = set(Act.objects.values_list("verb", flat=True))
    assert {"session.sheet_printed", "paper.page_received", "paper.confirmed"} <= said


def test_a_sheet_reads_as_it_was_printed(cast: Cast, session: Session, sheet: PaperSheet) -> None:
    """Rows do not move for whoever comes and goes; an unchanged sheet is the same one, a changed one is new."""
    assert print_for_session(by=cast.cell_head, session=session, units=[cast.cell]) == [sheet]
    gone = sheet.rows[0]
    Attendance._default_manager.filter(session=session, person=gone).delete()
    (newer,) = print_for_session(by=cast.cell_head, session=session, units=[cast.cell])
    assert newer.code != sheet.code
    assert newer.rows == sheet.rows[1:]
    counted = confirm(by=cast.cell_head, sheet=sheet, rows=[1, 2])
    assert counted == Counted(new=1, not_asked=1)
    assert states(session)[sheet.rows[1]] == ("present", Way.PAPER)
    with pytest.raises(Refused):
        confirm(by=cast.cell_head, sheet=sheet, rows=[len(sheet.rows) + 1])


def test_codes_typed_by_hand(client: Client, cast: Cast, session: Session, sheet: PaperSheet) -> None:
    client.force_login(cast.cell_head)
    address = f"/pho-bien/phieu/{sheet.code}/"
    first, second = (codes.row_code(sheet.code, row) for row in (1, 2))
    blank = codes.row_code(sheet.code, len(sheet.rows) + 1)
    for wrong in (f"{first} 2-00", f"{first} {blank}"):
        answer = client.post(address, {"codes": wrong}, follow=True)
        assert "Chưa tính người nào" in answer.content.decode()
    assert set(states(session).values()) == {("expected", "")}
    client.post(address, {"codes": f"{first}, {second}"})
    assert [states(session)[key] for key in sheet.rows[:2]] == [("present", Way.PAPER)] * 2
    assert sheet.shown_code in client.get(f"/pho-bien/buoi/{session.pk}/ky-ten/").content.decode()
    found = client.get("/pho-bien/phieu/", {"ma": sheet.shown_code})
    assert found["Location"] == address
    assert client.get("/pho-bien/phieu/", {"ma": "1234 5678 9012"}).status_code == 422


def test_of_a_cancelled_session_nobody_is_counted(
    client: Client, cast: Cast, session: Session, sheet: PaperSheet
) -> None:
    cancel_session(by=cast.ward_leader, session=session, reason="Trùng lịch")
    client.force_login(cast.cell_head)
    page = client.post(f"/pho-bien/phieu/{sheet.code}/", {"row": ["1"]}, follow=True).content.decode()
    assert "bị hủy" in page
    assert set(states(session).values()) == {("expected", "")}
    with pytest.raises(Refused):
        print_for_session(by=cast.cell_head, session=session, units=[cast.cell])


def test_a_list_counts_for_the_text_that_was_printed(
    cast: Cast, document: Document, listed: PaperSheet
) -> None:
    """Signed once, read once before, and one who is asked for a later text."""
    head, member, second = (
        cast.person(user).pk for user in (cast.cell_head, cast.member, cast.second_member)
    )
    rows = {person: line for line, person in enumerate(listed.rows, start=1)}
    confirm_reading(by=cast.member, document=document)
    Receipt.objects.filter(person=head, document=document).update(version=2)
    chosen = [line for person, line in rows.items() if person in (head, member)]
    other = next(line for person, line in rows.items() if person not in (head, member, second))
    counted = confirm(by=cast.cell_head, sheet=listed, rows=[*chosen, other])
    assert counted == Counted(new=1, before=1, older=1)
    receipt = Receipt.objects.get(person=listed.rows[other - 1], document=document)
    assert receipt.channel == Channel.PAPER
    fact = ReachEvent._default_manager.get(channel=Channel.PAPER)
    assert (fact.by, fact.text_sha256) == (cast.cell_head, document.text_sha256)
    assert listed.shown_code in fact.reason
    assert_counts_equal_the_rows()


def test_another_cells_sheet_keeps_nothing(client: Client, cast: Cast, sheet: PaperSheet) -> None:
    client.force_login(cast.other_cell_head)
    page = hand_in(client, scan(sheet, [1])).content.decode()
    assert "không phụ trách" in page
    assert not PaperPage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", b"nothing", "Tệp này không phải ảnh chụp"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0", "HEIC"),
        ("a.png", b"", "Tệp trống"),
    ],
)
def test_what_cannot_be_read_is_said(
    client: Client, cast: Cast, name: str, content: bytes, said: str
) -> None:
    client.force_login(cast.cell_head)
    answer = hand_in(client, SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_many_pages_are_read_beside_the_answer_and_go_on_where_they_stopped(
    client: Client, cast: Cast, session: Session, sheet: PaperSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends after the first of two pages; handed in again, the second one alone is read."""
    (other,) = print_for_session(by=cast.ward_leader, session=session, units=[cast.second_cell])
    scanned, keep, kept = together((sheet, 1), (other, 1)), handing_in._Reading._keep, list[int]()

    def dies_after_the_first(self: Any, place: int, before: int, picture: Picture) -> None:
        if kept:
            raise SystemError
        kept.append(picture.number)
        keep(self, place, before, picture)

    client.force_login(cast.ward_leader)
    monkeypatch.setattr(handing_in._Reading, "_keep", dies_after_the_first)
    page = hand_in(client, scanned)
    row = PaperHandIn.objects.get()
    assert page.redirect_chain == [(row.get_absolute_url(), 302)]
    assert "đã đọc được 1 trang" in assert_whole(page)
    assert "đã dừng giữa chừng" in assert_whole(client.get("/pho-bien/phieu/"))
    assert client.get(f"{row.get_absolute_url()}dang-doc/", headers=HTMX)["HX-Redirect"]
    assert PaperPage.objects.get().sheet == sheet.code, "what was read waits already"

    monkeypatch.setattr(handing_in._Reading, "_keep", keep)
    scanned.seek(0)
    page = hand_in(client, scanned, scan(sheet, [1]))
    assert PaperHandIn.objects.count() == 2, "with another file it is another hand-in"
    scanned.seek(0)
    text = assert_whole(hand_in(client, scanned))
    row.refresh_from_db()
    assert (row.state, row.read, row.pages_done) == ("done", [2], 2)
    assert [found[:3] for found in row.arrived] == [[1, "waiting", sheet.code], [2, "replaced", other.code]]
    assert f"/phieu/{other.code}/?trang=1" in text
    with clock.at(clock.now() + dt.timedelta(days=15)):
        assert remove_expired("dissemination.paper_hand_ins") == 2


def test_whoever_waits_sees_how_far_it_is(client: Client, cast: Cast) -> None:
    row = PaperHandIn.objects.create(
        received_by=cast.cell_head, sha256="0" * 64, read=[3, 0], pages_done=3, pages_all=12
    )
    client.force_login(cast.cell_head)
    page = assert_whole(client.get(row.get_absolute_url()))
    assert 'value="3" max="12"' in page
    assert f'hx-get="{row.get_absolute_url()}dang-doc/"' in page
    assert 'http-equiv="refresh"' in page
    bar = client.get(f"{row.get_absolute_url()}dang-doc/", headers=HTMX).content.decode()
    assert "<progress" in bar
    PaperHandIn.objects.update(state="done", refused=[[2, "heic"], [3, "encrypted"]])
    page = assert_whole(client.get(row.get_absolute_url()))
    assert "Tệp 2: " in page
    assert "HEIC" in page
    assert "http-equiv" not in page
    asked = re.search(r'accept="([^"]+)"', client.get("/pho-bien/phieu/").content.decode())
    assert asked
    assert "heic" not in asked[1], "a phone that is asked for JPEG hands over JPEG"
    assert "image/*" not in asked[1]


def test_as_many_readings_at_once_as_the_process_bears(client: Client, cast: Cast, sheet: PaperSheet) -> None:
    client.force_login(cast.cell_head)
    with place_beside(), place_beside():
        answer = hand_in(client, together((sheet, 1)))
    assert answer.status_code == 422
    assert "hai tệp dài" in answer.content.decode()
    assert not PaperHandIn.objects.exists()


def test_cut_outs_nobody_confirmed_go(client: Client, cast: Cast, sheet: PaperSheet) -> None:
    client.force_login(cast.cell_head)
    hand_in(client, scan(sheet, [1]), scan(sheet, [2]))
    # The later picture of the same page took the place of the first.
    assert list(PaperPage.objects.order_by("received_at", "pk").values_list("state", flat=True)) == [
        PageState.PUT_ASIDE,
        PageState.WAITING,
    ]
    assert PaperCutOuts.objects.count() == 1
    assert remove_expired("dissemination.paper_pages") == 0
    with clock.at(clock.now() + dt.timedelta(days=15)):
        assert remove_expired("dissemination.paper_pages") == 1
    assert not PaperCutOuts.objects.exists()
    assert not PaperPage.objects.exclude(ink=[]).exists()


def test_pages_cost_the_same_for_few_and_many(client: Client, cast: Cast, sheet: PaperSheet) -> None:
    client.force_login(cast.cell_head)
    addresses = [
        f"/pho-bien/phieu/{sheet.code}/",
        f"/pho-bien/phieu/in/?phieu={sheet.code}",
        "/pho-bien/phieu/",
    ]
    PaperPage.objects.create(unit=cast.cell, sheet=sheet.code, number=20, received_by=cast.cell_head)
    few = [_queries(client, address) for address in addresses]
    sheet.rows = sheet.rows * 6
    PaperSheet.objects.filter(code=sheet.code).update(rows=sheet.rows)
    for number in range(1, 20):
        PaperPage.objects.create(unit=cast.cell, sheet=sheet.code, number=number, received_by=cast.cell_head)
    many = [_queries(client, address) for address in addresses]
    assert many == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
