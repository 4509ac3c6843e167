"""Small files that say a cell again and again: refused long before the memory or the patience is gone."""

import io
import time
import zipfile

import pytest

from thongsuot.formats.reading import ReadingError, extract
from thongsuot.formats.reading.extract.measure import MOST_LETTERS

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_TABLE, _ROW = "<table:table>{}</table:table>", "<table:table-row>{}</table:table-row>"


def odt(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_NAMES}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def cell(words: str, times: int, inside: str = "") -> str:
    repeated = f'table:number-columns-repeated="{times}"'
    return f"<table:table-cell {repeated}><text:p>{words}</text:p>{inside}</table:table-cell>"


def nested(depth: int) -> str:
    inside = ""
    for _ in range(depth):
        inside = _TABLE.format(_ROW.format(cell("Nội dung", 64, inside)))
    return inside


def html(rows: str) -> bytes:
    return f"<html><body><p>Nội dung</p><table>{rows}</table></body></html>".encode()


def rtf(body: str) -> bytes:
    return f"{{\\rtf1 {body}}}".encode()


def moving_edges(rows: int) -> str:
    row = "\\trowd\\cellx{}\\cellx{}\\intbl a\\cell b\\cell\\row"
    return "".join(row.format(i * 50, i * 50 + 9_999_999) for i in range(rows))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (odt(nested(5)), "a.odt"),
        (odt(_TABLE.format(_ROW.format(cell("Nội dung dài " * 6, 64) * 4) * 20_000)), "a.odt"),
        (odt(_TABLE.format(_ROW.format(cell("", 64) * 7) * 20_000)), "a.odt"),
        (odt(_TABLE.format(_ROW.format(cell("a", 64) * 9))), "a.odt"),
        (odt("<text:p>a" + '<text:s text:c="200"/>' * 100_000 + "</text:p>"), "a.odt"),
        (html(("<tr>" + "<td colspan=9999 rowspan=9999>a" * 30) * 100), "a.html"),
        (html("<tr>" + "<td colspan=64 rowspan=9999>a" * 7 + "<tr><td>a" * 30_000), "a.html"),
        (rtf(moving_edges(2_000)), "a.rtf"),
    ],
    ids=[
        *("tables in tables", "repeated words", "repeated nothing", "a wide row", "spaces"),
        *("merged cells", "rows beside merged cells", "ever new edges"),
    ],
)
def test_a_small_file_that_says_everything_again_is_refused_soon(data: bytes, name: str) -> None:
    begin = time.process_time()
    with pytest.raises(ReadingError) as caught:
        extract(data, name)
    assert caught.value.code == "too_large"
    assert time.process_time() - begin < 8


def test_no_format_gives_more_text_than_a_document_holds() -> None:
    with pytest.raises(ReadingError) as caught:
        extract("Một câu ngắn.\n".encode() * (MOST_LETTERS // 13), "a.txt")
    assert caught.value.code == "too_large"


def test_tables_as_people_make_them_are_read() -> None:
    wide = _ROW.format(cell("Mục", 64)) * 20
    assert extract(odt(_TABLE.format(wide)), "a.odt").text.count("Mục") == 64 * 20
    row = "<tr><td colspan=1000>Tiêu đề<tr><td rowspan=9>Sở Nội vụ<td>Việc một<tr><td>Việc hai"
    assert "Sở Nội vụ | Việc hai" in extract(html(row), "a.html").text
    frame = _TABLE.format(_ROW.format(cell("Khung", 1, _TABLE.format(_ROW.format(cell("Ô", 2)) * 2))))
    assert "Ô | Ô" in extract(odt(frame), "a.odt").text
