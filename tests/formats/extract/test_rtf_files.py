"""RTF as Word, LibreOffice and old programs write it."""

import pytest

from thongsuot.formats.reading import Extracted, ReadingError, extract, mark_of
from thongsuot.formats.reading.extract.rtf import reader

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Times New Roman;}{\f1\fnil\fcharset163 Times New Roman;}"
    r"{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset0 .VnTimeH;}{\f4\fnil\fcharset204 Arial Cyr;}"
    r"{\f5\fnil\fcharset0 .VnTime;}}"
)


def read(body: str, head: str = FONTS) -> Extracted:
    return extract(rf"{{\rtf1\ansi\ansicpg1252\deff0{head}{body}}}".encode("latin-1"), "a.rtf")


def lines(body: str) -> list[str]:
    return [line for line in read(body).text.splitlines() if line.strip()]


def row(*cells: str, properties: str = "") -> str:
    edges = "".join(rf"\cellx{2000 * (i + 1)}" for i in range(len(cells)))
    words = "".join(rf"\pard\intbl {cell}\cell" for cell in cells)
    return rf"\trowd{properties or edges} {words}\row "


def test_letters_by_number_by_code_page_and_by_symbol_font() -> None:
    assert lines(r"S\u7889?: 15\uc2\u272\'3f\'3f\uc1  x\uc0\u227 !\par") == ["Số: 15Đ xã!"]
    assert lines(r"{\f1 C\'f4\'f2ng ho\'cca xa\'de h\'f4\'f2i}\par") == ["Cộng hòa xã hội"]
    assert lines(r"{\f4 \'cc\'e8\'f0} {\f2 \'b7} \u-10179?\u-8704?\par") == ["Мир • 😀"]


def test_old_fonts_by_their_name() -> None:
    found = read(r"{\f3 u\'fb ban nh\'a9n d\'a9n} {\f5 x\'b7 An B\'d7nh}\par")
    assert found.text.strip() == "UỶ BAN NHÂN DÂN xã An Bình"
    assert [notice.code for notice in found.warnings] == ["converted_encoding"]


def test_what_is_not_printed_is_left_out() -> None:
    body = (
        r"{\info{\title T}{\upr{\subject S}{\*\ud{\subject S}}}}{\*\generator G;}{\stylesheet{\s1 Heading;}}"
        r"{\pict\pngblip 89504e47}{\object{\*\objdata 0105}{\result Bảng}}{\*\unknown bí ẩn}"
        r"Thấy{\v ẩn}{\deleted xóa} {\field{\*\fldinst DATE}{\fldrslt hôm nay}}{\xe chỉ mục}\par"
    )
    escaped = "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in body)
    assert lines(escaped) == ["BảngThấy hôm nay"]


def test_paragraphs_join_where_the_mark_between_them_was_deleted() -> None:
    assert lines(r"Giao {\deleted\par}Cong an.\par Sau.") == ["Giao Cong an.", "Sau."]


def test_numbers_of_lists_are_those_the_file_prints() -> None:
    body = (
        r"{\listtext\pard\plain I.\tab}\ls1 Mot\par {\listtext\f2 \'b7\tab}Hai\par"
        r"{\pntext\f0 a)\tab}{\*\pn\pnlvlbody}Ba\par"
    )
    assert lines(body) == ["I. Mot", "- Hai", "a) Ba"]


def test_tables_merged_cells_and_the_paragraph_behind() -> None:
    merged = r"\clvmgf\cellx2000\cellx4000\cellx6000", r"\clvmrg\cellx2000\cellx4000\cellx6000"
    wide = r"\cellx2000\cellx6000"
    body = (
        row("TT", "Viec", "Chu tri", properties=r"\cellx2000\cellx4010\cellx6000")
        + row("I", "Chung", properties=wide)
        + row("1", "Mot\\par hai", "A", properties=merged[0])
        + row("", "Ba", "B", properties=merged[1])
        + r"\pard Sau\par"
    )
    assert lines(body) == ["TT | Viec | Chu tri", "I | Chung |", "1 | Mot hai | A", "1 | Ba | B", "Sau"]


def test_notes_headers_footers_and_boxes() -> None:
    body = (
        r"{\header HOA TOC\par}{\footer M\u7852?T\par}Mot{\footnote\pard {\chftn} Chu thich}\par"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt So: 15\par}}{\shprslt{\*\do\dptxbx{\dptxbxtext So: 15\par}}}}"
        r"Hai\page Ba\par"
    )
    found = read(body)
    assert [line for line in found.text.splitlines() if line] == [
        "HOA TOC",
        "Mot[1]",
        "So: 15",
        "HaiBa",
        "[1] Chu thich",
    ]
    assert mark_of(found) == "mat"
    assert len(found.pages) == 2


def test_a_decorated_word_is_seen_and_not_read() -> None:
    art = r"{\sp{\sn shapeType}{\sv 136}}{\sp{\sn gtextUNICODE}{\sv T\u7888?I M\u7852?T}}"
    found = read(rf"{{\shp{{\*\shpinst{art}}}}}Mot\par")
    assert found.text.strip() == "Mot"
    assert mark_of(found) == "toi_mat"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"{\\rtf1 " + b"{" * 5_000, "broken"),
        (b"{\\rtf1 " + b"{\\footnote a" * 5_000, "broken"),
        (b"{\\rtf1\\par\\par}", "empty"),
        (b"{\\rtf1 " + b"\\b" * 1_001 + b"a}", "too_large"),
    ],
    ids=["deep", "notes in notes", "nothing", "control words"],
)
def test_files_made_to_hurt(monkeypatch: pytest.MonkeyPatch, source: bytes, code: str) -> None:
    if code == "too_large":
        monkeypatch.setattr(reader, "MOST_TOKENS", 1_000)
    with pytest.raises(ReadingError) as caught:
        extract(source, "a.rtf")
    assert caught.value.code == code


def test_a_truncated_file_gives_what_is_there() -> None:
    assert lines(r"Mot\par {\b Hai \u78") == ["Mot", "Hai N"]
    assert lines(r"Mot\bin99999999 Hai}") == ["Mot"]
