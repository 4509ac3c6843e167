"""Tables as people send them: any separator, any encoding, any workbook, and what a hostile one may not do."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from thongsuot.formats.reading import errors
from thongsuot.formats.tables import MOST_ROWS, read_table
from thongsuot.formats.tables import separated as csv_reader

ROWS = [
    ["Mã", "Họ và tên", "Chi bộ"],
    ["1", "Nguyễn Văn An", "Chi bộ khu phố 1"],
    ["2", "Trần Thị Bình", "Tổ, 2"],
]


def lines(separator: str) -> str:
    def quoted(cell: str) -> str:
        return f'"{cell}"' if separator in cell else cell

    return "\r\n".join(separator.join(map(quoted, row)) for row in ROWS)


def workbook(fill: Callable[[Any], None]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book)
    book.close()
    return file.getvalue()


def in_windows_1258(text: str) -> bytes:
    """Vowel with its quality first, then the tone as a letter of its own, as Windows wrote it."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", letter))
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            rest = "".join(mark for mark in marks if mark != tone)
            out += (unicodedata.normalize("NFC", base + rest) + tone).encode("cp1258")
    return out


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_separator_in_any_encoding(separator: str, encoding: str) -> None:
    table = read_table(lines(separator).encode(encoding))
    assert table.rows == ROWS
    assert not table.converted


def test_windows_1258_is_known_even_when_the_table_is_short() -> None:
    table = read_table(in_windows_1258(lines(";")))
    assert table.rows == ROWS
    assert table.converted


def test_an_exported_cell_comes_back_as_it_was() -> None:
    assert read_table("Mã;Tên\n'=1+1;'quoted'\n".encode()).rows[1] == ["=1+1", "'quoted'"]


def test_a_workbook_keeps_the_numbers_of_its_rows_and_says_values_as_people_write_them() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("rỗng")
        sheet = book.add_worksheet("Người")
        sheet.write(2, 1, "Họ và tên")
        sheet.write(3, 1, "Lê Văn Ba")
        sheet.write(3, 2, 12)
        sheet.write(3, 3, 1.5)
        sheet.write(3, 4, True)
        sheet.write_datetime(3, 5, dt.datetime(2026, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
        sheet.write_formula(4, 1, '="a"&"b"', None, "ab")
        book.add_worksheet("khác").write(0, 0, "x")

    table = read_table(workbook(fill))
    assert table.rows == [
        [],
        [],
        ["Họ và tên"],
        ["Lê Văn Ba", "12", "1.5", "TRUE", "02/01/2026"],
        ["ab"],
    ]
    assert (table.name, table.formulas, table.left_out) == ("Người", 1, ("khác",))


def test_one_column_and_one_row_is_a_table() -> None:
    assert read_table(workbook(lambda book: book.add_worksheet().write(0, 0, "Tên"))).rows == [["Tên"]]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", errors.EmptyFile),
        (b" \r\n\r\n", errors.EmptyFile),
        (b"%PDF-1.7 something", errors.WrongType),
        (b"PK\x03\x04 torn off", errors.Broken),
        (b"x" * (25 * 1024 * 1024 + 1), errors.TooLarge),
        (b'a;b\n"never closed;' + b"z" * 200_000, errors.Broken),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_table(content)


def test_a_workbook_without_content_is_empty() -> None:
    with pytest.raises(errors.EmptyFile):
        read_table(workbook(lambda book: book.add_worksheet()))


def test_a_document_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(errors.Broken):
        read_table(file.getvalue())


def test_a_sheet_that_reaches_into_the_last_corner_ends_the_other_process_only() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")

    with pytest.raises(errors.TooLarge):
        read_table(workbook(fill))


def test_a_bomb_is_not_unpacked() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(610):
            stream.write(b"\0" * 1024 * 1024)
    assert len(file.getvalue()) < 2 * 1024 * 1024
    with pytest.raises(errors.ArchiveBomb):
        read_table(file.getvalue())


def test_more_rows_than_are_read_are_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ROWS >= 150_000
    monkeypatch.setattr(csv_reader, "MOST_ROWS", 2)
    with pytest.raises(errors.TooLarge):
        read_table(lines(";").encode())
