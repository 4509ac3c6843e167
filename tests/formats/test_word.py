"""Official documents as Word files: laid out by the rules, opened again by two readers, unharmed by any text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.formats import reading
from thongsuot.formats.word import (
    Heading,
    OfficialDocument,
    Table,
    Text,
    without_control_characters,
    write,
)

NOTICE = OfficialDocument(
    regime="party",
    parent_body="Đảng bộ tỉnh Sông Sậy",
    body="Thành ủy Vàm Cỏ",
    number="05-TB/ThU",
    place="Vàm Cỏ",
    date=dt.date(2026, 2, 2),
    kind="thông báo",
    subject="kết luận kiểm tra việc thực hiện Chỉ thị số 12-CT/ThU",
    blocks=(
        Text("Ban Thường vụ Thành ủy kết luận như sau:"),
        Heading("1. Ưu điểm"),
        Text("- Kịp thời ban hành kế hoạch."),
        Table(("TT", "Nhiệm vụ", "Số"), (("1", "Dọn kênh", "12"), ("2", "Dọn rạch", "3")), (1, 6, 1), (2,)),
        Text("Thông báo này được gửi đến đơn vị được kiểm tra."),
    ),
    authority="T/M Ban Thường vụ",
    position="Bí thư",
    signer="Nguyễn Văn An",
    recipients=("Đảng ủy phường Cầu Ván", "Ủy ban Kiểm tra Thành ủy;"),
    archive="Văn phòng Thành ủy",
)
STATE = dataclasses.replace(
    NOTICE,
    regime="state",
    body="Ủy ban nhân dân thành phố Vàm Cỏ",
    number="15/TB-UBND",
    authority="TM. Ủy ban nhân dân",
    position="Chủ tịch",
)


def opened(document: OfficialDocument) -> Document:
    return docx.Document(io.BytesIO(write(document)))


def letterhead(file: Document) -> list[str]:
    return [p.text for cell in file.tables[0].rows[0].cells for p in cell.paragraphs if p.text]


def test_the_letterhead_of_the_party() -> None:
    assert letterhead(opened(NOTICE)) == [
        "ĐẢNG BỘ TỈNH SÔNG SẬY",
        "THÀNH ỦY VÀM CỎ",
        "*",
        "Số 05-TB/ThU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Vàm Cỏ, ngày 02 tháng 02 năm 2026",
    ]


def test_the_letterhead_of_the_state() -> None:
    assert letterhead(opened(STATE)) == [
        "ĐẢNG BỘ TỈNH SÔNG SẬY",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ VÀM CỎ",
        "Số: 15/TB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Vàm Cỏ, ngày 02 tháng 02 năm 2026",
    ]


def test_a4_margins_typeface_and_page_number() -> None:
    file = opened(NOTICE)
    section = file.sections[0]
    lengths = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    lengths += [section.left_margin, section.right_margin, section.header_distance]
    assert [round(length.mm) for length in lengths if length] == [210, 297, 20, 20, 30, 15, 10]
    assert file.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_body_is_justified_and_drawn_in() -> None:
    paragraph = next(p for p in opened(NOTICE).paragraphs if p.text.startswith("Ban Thường vụ"))
    form = paragraph.paragraph_format
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert form.first_line_indent is not None
    assert round(form.first_line_indent.mm) == 10
    assert form.line_spacing is not None
    assert 18 <= form.line_spacing.pt <= 22
    assert paragraph.runs[0].font.size is not None
    assert paragraph.runs[0].font.size.pt == 14


def test_end_marks_signature_and_recipients_follow_the_regime() -> None:
    party, state = opened(NOTICE), opened(STATE)
    for file, end, label in ((party, "kiểm tra.", "u"), (state, "kiểm tra./.", "bi")):
        text = [p for p in file.paragraphs if "được gửi đến" in p.text]
        assert text[0].text.endswith(end)
        left, right = file.tables[-1].rows[0].cells
        assert left.paragraphs[0].text == "Nơi nhận:"
        run = left.paragraphs[0].runs[0]
        assert ("u" if run.underline else "") + ("b" if run.bold else "") + (
            "i" if run.italic else ""
        ) == label
        assert right.paragraphs[-1].text == "Nguyễn Văn An"
        assert right.paragraphs[1].runs[0].bold == (file is state)
    assert [p.text for p in party.tables[-1].rows[0].cells[0].paragraphs[1:]] == [
        "- Đảng ủy phường Cầu Ván;",
        "- Ủy ban Kiểm tra Thành ủy;",
        "- Lưu Văn phòng Thành ủy.",
    ]
    assert state.tables[-1].rows[0].cells[0].paragraphs[-1].text == "- Lưu: VT."


def test_a_table_keeps_its_rows_and_repeats_its_header() -> None:
    table = opened(NOTICE).tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Nhiệm vụ", "Số"],
        ["1", "Dọn kênh", "12"],
        ["2", "Dọn rạch", "3"],
    ]
    assert table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is not None
    assert table.rows[1].cells[2].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_a_draft_leaves_room_for_number_and_day() -> None:
    draft = dataclasses.replace(NOTICE, number="-BC/ĐU", date=None, year=2026)
    lines = letterhead(opened(draft))
    assert "Số       -BC/ĐU" in lines
    assert "Vàm Cỏ, ngày      tháng      năm 2026" in lines


@pytest.mark.parametrize(("month", "printed"), [(1, "01"), (2, "02"), (3, "3"), (12, "12")])
def test_months_one_and_two_have_two_figures(month: int, printed: str) -> None:
    document = dataclasses.replace(NOTICE, date=dt.date(2026, month, 9))
    assert letterhead(opened(document))[-1] == f"Vàm Cỏ, ngày 09 tháng {printed} năm 2026"


def test_an_illustration_says_so_on_every_page() -> None:
    section = opened(dataclasses.replace(NOTICE, is_illustration=True)).sections[0]
    for footer in (section.first_page_footer, section.footer):
        assert "minh họa" in footer.paragraphs[0].text
    assert not opened(NOTICE).sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize("document", [NOTICE, STATE], ids=["party", "state"])
def test_the_reader_reads_it_back(document: OfficialDocument) -> None:
    read = reading.read(write(document), "thong-bao.docx")
    found = read.metadata

    def value(item: Any) -> str | None:
        return item.value if item else None

    assert value(found.number) == document.number
    assert value(found.doc_type) == "thong_bao"
    assert value(found.date) == "2026-02-02"
    assert value(found.place) == "Vàm Cỏ"
    assert value(found.subject) == document.subject
    assert value(found.signer) == document.signer
    assert value(found.signer_title) == document.position
    assert value(found.regime) == document.regime
    assert "Kịp thời ban hành kế hoạch." in read.text


HOSTILE = "a\x00b\x0b\x1fc\ud800d\ufffee\u202ef</w:t><w:p/>&amp;<!--"


def test_no_text_reaches_the_xml_as_anything_but_text() -> None:
    hostile = dataclasses.replace(
        NOTICE,
        parent_body=HOSTILE,
        body=HOSTILE,
        place=HOSTILE,
        kind=HOSTILE,
        subject=HOSTILE,
        authority=HOSTILE,
        position=HOSTILE,
        signer=HOSTILE,
        number=HOSTILE,
        archive=HOSTILE,
        recipients=(HOSTILE,),
        blocks=(Heading(HOSTILE), Text(HOSTILE), Table((HOSTILE,), ((HOSTILE,),))),
    )
    file = opened(hostile)
    assert any(p.text == "abcdef</w:t><w:p/>&amp;<!--" for p in file.paragraphs)
    assert len(file.element.body.findall(qn("w:tbl"))) == 3


@given(st.text())
def test_cleaning_twice_changes_nothing_and_xml_accepts_it(text: str) -> None:
    cleaned = without_control_characters(text)
    assert without_control_characters(cleaned) == cleaned
    docx.Document().add_paragraph(cleaned)


def test_minutes_are_signed_by_two_and_name_their_recipients_below() -> None:
    minutes = dataclasses.replace(
        STATE, authority="", position="Chủ tọa", countersign=("Thư ký", "Lê Thị Bình")
    )
    signed, sent = opened(minutes).tables[-2:]
    sides = [[p.text.strip() for p in cell.paragraphs if p.text.strip()] for cell in signed.rows[0].cells]
    assert sides == [["THƯ KÝ", "Lê Thị Bình"], ["CHỦ TỌA", "Nguyễn Văn An"]]
    assert sent.rows[0].cells[0].text.startswith("Nơi nhận:")
