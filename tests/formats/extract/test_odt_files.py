"""OpenDocument texts in forms LibreOffice was not asked for: lists by style, spaces, notes, frames, bad files."""

import pytest

from tests.formats.samples import zip_file
from thongsuot.formats.reading import Extracted, ReadingError, extract, mark_of

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)
MIME = b"application/vnd.oasis.opendocument.text"


def odt(body: str, styles: str = "", margins: str = "", more: dict[str, bytes] | None = None) -> bytes:
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    master = (
        f"<office:document-styles {_SPACES}><office:master-styles>{margins}</office:master-styles>"
        "</office:document-styles>"
    )
    members = {"mimetype": MIME, "content.xml": content.encode(), "styles.xml": master.encode()}
    return zip_file(members | (more or {}))


def lines(body: str, styles: str = "") -> list[str]:
    return [line for line in extract(odt(body, styles), "a.odt").text.splitlines() if line.strip()]


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_spaces_tabs_breaks_and_hidden_words() -> None:
    styles = (
        '<style:style style:name="An" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Hoa" style:family="text">'
        '<style:text-properties fo:text-transform="uppercase"/></style:style>'
    )
    body = p(
        'Số:<text:s text:c="3"/>15<text:tab/>\n  <text:span text:style-name="An">ẩn</text:span>'
        '<text:span text:style-name="Hoa">kế hoạch</text:span><text:line-break/>hai'
    )
    assert extract(odt(body, styles), "a.odt").text == "Số:   15\t KẾ HOẠCH\nhai"


LIST = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
)


def test_lists_count_by_level_and_go_on_when_told() -> None:
    inner = f"<text:list><text:list-item>{p('b')}{p('vẫn b')}</text:list-item><text:list-item>{p('c')}</text:list-item>"
    deep = f"<text:list><text:list-item><text:list><text:list-item>{p('d')}</text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L"><text:list-item>{p("a")}{inner}</text:list></text:list-item></text:list>'
        + p("giữa")
        + f'<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>{p("e")}'
        + f"{deep}</text:list-item></text:list></text:list-item></text:list>"
        + f'<text:list text:style-name="L"><text:list-header>{p("không số")}</text:list-header>'
        + f'<text:list-item text:start-value="5">{p("f")}</text:list-item></text:list>'
    )
    assert lines(body, LIST) == [
        *("I. a", "I.1. b", "vẫn b", "I.2. c", "giữa", "II. e", "- d", "không số", "V. f"),
    ]


def test_revisions_notes_frames_contents_and_remarks() -> None:
    body = (
        f"<text:tracked-changes><text:deletion>{p('đã xóa')}</text:deletion></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{p('Mục lục 1')}</text:index-body></text:table-of-content>"
        + p(
            "Một<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            f"{p('Chú thích')}</text:note-body></text:note>"
            f"<office:annotation>{p('nhận xét')}</office:annotation>"
            f"<draw:frame><draw:text-box>{p('Số: 15')}</draw:text-box></draw:frame>"
            "<text:change-start/> hai<text:change-end/>"
        )
    )
    assert lines(body) == ["Số: 15", "Một[1] hai", "[1] Chú thích"]


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(words)}</table:table-cell>"


def test_tables_with_merged_and_repeated_cells() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    body = (
        "<table:table><table:table-header-rows>"
        + row(cell("TT"), cell("Việc"), cell("Chủ trì"))
        + "</table:table-header-rows>"
        + row(cell("I"), cell("Chung", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
        + row(cell("1"), cell("Một"), cell("A", 'table:number-rows-spanned="2"'))
        + row(cell("2"), cell("Hai"), "<table:covered-table-cell/>")
        + row(cell("-", 'table:number-columns-repeated="3"'))
        + "</table:table>"
    )
    assert lines(body) == ["TT | Việc | Chủ trì", "I | Chung |", "1 | Một | A", "2 | Hai | A", "- | - | -"]


def test_the_margin_of_a_page() -> None:
    margins = (
        f"<style:master-page><style:header>{p('HỎA TỐC')}</style:header>"
        f"<style:footer>{p('M<text:span>Ậ</text:span>T')}</style:footer></style:master-page>"
    )
    found: Extracted = extract(odt(p("Nội dung"), margins=margins), "a.odt")
    assert found.text.split("\n") == ["HỎA TỐC", "Nội dung"]
    assert mark_of(found) == "mat"


def code_of(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, "a.odt")
    return caught.value.code


def test_files_that_are_refused() -> None:
    locked = b"<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"
    assert code_of(odt(p("a"), more={"META-INF/manifest.xml": locked})) == "encrypted"
    assert code_of(zip_file({"mimetype": MIME, "content.xml": b"<a>"})) == "broken"
    assert code_of(zip_file({"mimetype": MIME, "content.xml": b"<a/>"})) == "broken"
    assert code_of(zip_file({"mimetype": MIME, "content.xml": b"<!DOCTYPE a><a/>"})) == "broken"
    sheet = b"application/vnd.oasis.opendocument.spreadsheet"
    assert code_of(zip_file({"mimetype": sheet, "content.xml": b"<a/>"})) == "not_supported"


def test_counts_no_document_has_are_cut() -> None:
    wide = cell("x", 'table:number-columns-repeated="999999" table:number-columns-spanned="99999"')
    body = f"<table:table><table:table-row>{wide}{cell('y')}</table:table-row></table:table>"
    assert len("".join(lines(body + p('<text:s text:c="99999"/>a')))) < 20_000
