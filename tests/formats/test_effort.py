"""Which files announce themselves as long."""

from __future__ import annotations

import io
import time

import docx
import pytest
from PIL import Image
from pypdf import PdfWriter

from tests.documents import sheets
from tests.formats.extract.paper import Sheet, lines, pdf
from thongsuot.formats.reading import effort
from thongsuot.formats.reading.effort import LONG_BYTES, LONG_PAGES, Effort, effort_of
from thongsuot.formats.reading.extract import confined
from thongsuot.formats.reading.extract.pdf import LOOKED_AT


def pages(number: int, *, pictures: bool = False) -> bytes:
    out = io.BytesIO()
    if pictures:
        scans = [Image.new("L", (60, 84), 128) for _number in range(number)]
        scans[0].save(out, "PDF", save_all=True, append_images=scans[1:])
    else:
        writer = PdfWriter()
        for _number in range(number):
            writer.add_blank_page(595, 842)
        writer.write(out)
    return out.getvalue()


def scan_behind(number: int) -> bytes:
    """A scanned page after so many pages of text."""
    words = pdf(*[Sheet(lines(["Một câu ngắn của văn bản."]))] * number)
    out = io.BytesIO()
    writer = PdfWriter()
    for part in (words, pages(1, pictures=True)):
        writer.append(io.BytesIO(part))
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "long"),
    [
        (sheets.plain(), False),
        (sheets.word(), False),
        (sheets.pdf(), False),
        (pages(LONG_PAGES), False),
        (pages(LONG_PAGES + 1), True),
        (pages(1, pictures=True), True),
        (sheets.long_paper(), True),
        (b"\xff\xd8\xff\xe0" + bytes(100), True),
        (b"II*\x00" + bytes(100), True),
        (b"a" * (LONG_BYTES + 1), True),
        (scan_behind(20), True),
        (b"<table>" + b"<tr><td>a" * 60_000, True),
        (b"{\\rtf1 " + b"{a}" * 450_000 + b"}", True),
    ],
    ids=[
        *("text", "word", "pdf", "60", "61", "scan", "long word", "jpeg", "tiff", "long text"),
        *("scan behind text", "tags", "groups"),
    ],
)
def test_a_file_says_by_itself_whether_it_takes_long(content: bytes, *, long: bool) -> None:
    assert effort_of(content).is_long is long


@pytest.mark.parametrize(
    "content",
    [
        b"",
        sheets.broken(),
        sheets.locked(),
        sheets.bomb(),
        b"%PDF-1.7\n" + bytes(range(256)) * 50,
        b"%PDF-1.4\ntrailer << /Root 1 0 R >>\n1 0 obj << /Pages 1 0 R /Count (a) >> endobj",
        b"PK\x03\x04" + bytes(1000),
        b"a" * (26 * 1024 * 1024),
    ],
    ids=["empty", "cut", "locked", "bomb", "noise", "circle", "no zip", "over the limit"],
)
def test_what_cannot_be_judged_counts_as_short_and_is_judged_quickly(content: bytes) -> None:
    start = time.process_time()
    assert not effort_of(content).is_long
    assert time.process_time() - start < 2


def test_the_pages_of_a_scan_are_counted() -> None:
    assert effort_of(pages(7, pictures=True)) == Effort(pages=7, pictures=True)


def test_pages_that_are_not_looked_at_are_long_by_their_number() -> None:
    assert LOOKED_AT >= LONG_PAGES


def test_a_pdf_that_does_not_say_in_time_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(effort, "PATIENCE", 0.3)
    assert effort_of(pages(1)).is_long


def test_letters_that_must_be_recognised_because_nobody_can_read_them_take_long() -> None:
    garbage = "QJKLӋS 4X\\ӃW ÿӏQK Sӕ ӎ xӁ Kӝi ÿӗng nhkn dkn"
    assert effort_of(pdf(Sheet(lines([garbage] * 20)))).is_long


def word(*pictures: Image.Image, text: str = sheets.DIRECTIVE) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    for picture in pictures:
        stream = io.BytesIO()
        picture.save(stream, "BMP")
        document.add_picture(stream)
    document.save(out)
    return out.getvalue()


LOGO, PHOTO = Image.new("RGB", (100, 80)), Image.new("RGB", (400, 300))


@pytest.mark.parametrize(
    ("content", "felt", "long"),
    [
        (word(LOGO), False, False),
        (word(PHOTO), True, False),
        (word(*(LOGO.resize((80 + i, 60)) for i in range(3))), True, False),
        (word(PHOTO, text="Trang 1"), True, True),
        (b"{\\rtf1 " + b"{\\pict 00}" * 3 + b"}", True, False),
        (b"{\\rtf1 {\\pict " + b"0" * 400_000 + b"}}", True, False),
        (b"{\\rtf1 {\\pict 00}}", False, False),
        (pdf(Sheet(lines(["Nhiệm vụ trọng tâm của xã trong năm tới."] * 5), picture=LOGO)), True, False),
        (pages(1, pictures=True), True, True),
    ],
    ids=[
        "logo",
        "photo",
        "logos",
        "scan in Word",
        "RTF",
        "large RTF",
        "RTF logo",
        "scan with letters",
        "scan",
    ],
)
def test_pictures_to_look_at_are_felt_and_only_a_scan_takes_long(
    content: bytes, *, felt: bool, long: bool
) -> None:
    effort = effort_of(content)
    assert (effort.is_felt, effort.is_long) == (felt, long)
