"""Of a paper with a mark of State secrecy not a byte is left: every way in, then a look at everything that is kept.

Law 117/2025/QH15, article 5. Each paper holds a word found nowhere else; the same paper without its mark is taken in
as the control, and the same search finds the word there.
"""

from __future__ import annotations

import base64
import io
import logging
import os
import shutil
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.shared import Mm
from PIL import Image, ImageDraw, ImageFont

from tests.cast import Cast, gather
from tests.documents import sheets
from tests.documents.test_checking import until
from tests.documents.test_review_race import simultaneous
from tests.formats.extract.office import converted
from tests.formats.extract.paper import Sheet, lines, pdf
from tests.formats.extract.test_insets import rtf
from tests.formats.fonts import vietnamese_font
from tests.formats.stamps import one_stamp
from thongsuot.core.refusals import Refused
from thongsuot.documents import services
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState

WORD = "Xuqivolaz"
NAME = "ke-hoach-Ybormatig"
FONT = vietnamese_font()
FORMS = ("utf-8", "utf-16-le", "utf-16-be")
Made = Callable[[str], bytes]
Change = Callable[[WordDocument, str], object]
TEXT = f"{sheets.DIRECTIVE}\n5. Giữ kín kho {WORD}.\n"


def in_the_text(mark: str) -> str:
    return f"{mark}\n{TEXT}" if mark else TEXT


def word(change: Change) -> Made:
    def made(mark: str) -> bytes:
        document = docx.Document()
        for line in TEXT.splitlines():
            document.add_paragraph(line)
        change(document, mark)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return made


def in_the_header(document: WordDocument, mark: str) -> None:
    document.sections[0].header.paragraphs[0].text = mark


def in_a_cell(document: WordDocument, mark: str) -> None:
    table = document.add_table(1, 2)
    table.cell(0, 0).text = mark
    document.element.body.insert(0, table._tbl)


def in_a_text_box(document: WordDocument, mark: str) -> None:
    box = (
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.paragraphs[0]._p.append(parse_xml(box))


def stamped(mark: str, degrees: float) -> bytes:
    """A picture of a stamp, of another one where the paper bears no mark."""
    out = io.BytesIO()
    one_stamp(mark or "SAO Y", degrees).save(out, "PNG")
    return out.getvalue()


def in_a_picture(document: WordDocument, mark: str) -> None:
    document.paragraphs[0].add_run().add_picture(io.BytesIO(stamped(mark, 0)))


def in_a_picture_askew_in_the_header(document: WordDocument, mark: str) -> None:
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(stamped(mark, 11)))


def web_page_with_picture(mark: str) -> bytes:
    held = base64.b64encode(stamped(mark, -7)).decode()
    return f'<html><body><img src="data:image/png;base64,{held}"><pre>{TEXT}</pre></body></html>'.encode()


def scan_in_word(mark: str) -> bytes:
    document, page, out = docx.Document(), io.BytesIO(), io.BytesIO()
    drawn(mark).save(page, "PNG")
    document.add_picture(page, width=Mm(150))
    document.save(out)
    return out.getvalue()


@cache
def by_office(kind: str, mark: str, change: Change = in_the_header) -> bytes:
    """As a writing program of its kind saves it."""
    return converted(word(change)(mark), kind)


def drawn(mark: str) -> Image.Image:
    """The head of a paper as a scanner sees it, at 200 dots per inch."""
    page = Image.new("L", (1654, 2339), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FONT, 36)
    shown = [*([mark, ""] if mark else []), *sheets.DIRECTIVE.splitlines()[:9], f"Kho {WORD} giữ kín."]
    for number, line in enumerate(shown):
        pen.text((180, 160 + number * 70), line, fill=0, font=face)
    return page


def scanned(mark: str) -> bytes:
    return pdf(Sheet(picture=drawn(mark)))


def photographed(mark: str) -> bytes:
    out = io.BytesIO()
    drawn(mark).save(out, "PNG")
    return out.getvalue()


WAYS: dict[str, tuple[str, Made]] = {
    "text": (".txt", lambda mark: in_the_text(mark).encode()),
    "text in UTF-16": (".txt", lambda mark: in_the_text(mark).encode("utf-16")),
    "web page": (".html", lambda mark: f"<html><body><pre>{in_the_text(mark)}</pre></body></html>".encode()),
    "web page as .doc": (
        ".doc",
        lambda mark: (
            f"<html><body><table><tr><td>{mark}</td></tr></table><pre>{TEXT}</pre></body></html>".encode()
        ),
    ),
    "Word": (".docx", lambda mark: sheets.word(in_the_text(mark))),
    "Word, header": (".docx", word(in_the_header)),
    "Word, cell": (".docx", word(in_a_cell)),
    "Word, text box": (".docx", word(in_a_text_box)),
    "Word, long": (".docx", lambda mark: sheets.long_paper(in_the_text(mark))),
    "ODT": (".odt", partial(by_office, "odt")),
    "RTF": (".rtf", partial(by_office, "rtf")),
    "Word 97": (".doc", partial(by_office, "doc")),
    "PDF": (".pdf", lambda mark: pdf(Sheet(texts=lines(in_the_text(mark).splitlines(), top=60)))),
    "PDF, comment": (
        ".pdf",
        lambda mark: pdf(Sheet(texts=lines(TEXT.splitlines(), top=60), comments=[mark] if mark else [])),
    ),
}
PICTURED: dict[str, tuple[str, Made]] = {
    "Word, picture": (".docx", word(in_a_picture)),
    "Word, picture askew in the header": (".docx", word(in_a_picture_askew_in_the_header)),
    "ODT, picture": (".odt", partial(by_office, "odt", change=in_a_picture_askew_in_the_header)),
    "RTF, picture": (".rtf", lambda mark: rtf(stamped(mark, 5), TEXT)),
    "web page, picture": (".html", web_page_with_picture),
}
SCANS: dict[str, tuple[str, Made]] = {
    "scan": (".pdf", scanned),
    "photo": (".png", photographed),
    "Word, scan": (".docx", scan_in_word),
}
CAN_RECOGNISE = bool(shutil.which("tesseract") and FONT) or os.environ.get("CI") == "true"


@pytest.fixture
def place(transactional_db: None, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Cast:
    settings.JOBS_INLINE = False
    # What another test kept must not be found here; what this one keeps is looked through with the folder.
    settings.MEDIA_ROOT = tmp_path / "kept"
    caplog.set_level(logging.DEBUG)
    return gather()


def by_service(place: Cast, name: str, content: bytes) -> bytes:
    """Through the service; gives what was said."""
    try:
        intake = services.take_in(
            by=place.city_clerk, unit=place.city, direction="incoming", name=name, content=content
        )
    except Refused as refusal:
        return f"{refusal.code} {refusal.sentence}".encode()
    return str(intake.pk).encode()


def by_hand(place: Cast, name: str, content: bytes) -> bytes:
    """Through the page for taking in; gives the page that comes of it and the whole session."""
    client = Client()
    client.force_login(place.city_clerk)
    posted = {"file": SimpleUploadedFile(name, content), "direction": "incoming", "unit": place.city.pk}
    page = client.post("/van-ban/nhan/", posted)
    settle()
    shown = client.get(page["Location"] if page.status_code == 302 else "/van-ban/nhan/")
    kept = repr(list(client.session.items())) + repr(client.cookies)
    return page.content + shown.content + kept.encode()


def settle() -> None:
    """Wait until no file is being checked any more."""
    assert until(lambda: not Intake.objects.filter(state=IntakeState.CHECKING).exists())


def everything(place: Cast, folder: Path) -> bytes:
    """Every file of the program, and every row of every table: acts, jobs, sessions, the search index."""
    files = [folder, Path(os.environ["THONGSUOT_HOME"])]
    kept = [file.read_bytes() for home in files for file in home.rglob("*") if file.is_file()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept.append(repr(cursor.fetchall()).encode())
    assert any(place.city_clerk.username.encode() in part for part in kept)
    return b"\n".join(kept)


def traces(haystack: bytes) -> list[str]:
    """Which of the words stand there, in any of the usual forms; the search index holds them in small letters."""
    small = haystack.lower()
    needles = [(needle.lower(), form) for needle in (WORD, NAME) for form in FORMS]
    return [f"{needle} {form}" for needle, form in needles if needle.encode(form) in small]


def look_for(place: Cast, tmp_path: Path, act: Callable[[], bytes]) -> tuple[bytes, list[str], int]:
    """What an upload said, what can be found of it afterwards, and how many rows it left on the desk."""

    def upload_and_look() -> tuple[bytes, list[str], int]:
        said = act()
        settle()
        time.sleep(0.05)
        return said, traces(everything(place, tmp_path)), Intake.objects.count()

    with simultaneous(tmp_path) as run:
        (answer,) = run([upload_and_look])
    assert isinstance(answer, tuple), answer
    return answer


ALL = WAYS | PICTURED | SCANS
NEEDS_TESSERACT = pytest.mark.skipif(
    not CAN_RECOGNISE, reason="Scans need tesseract-ocr, tesseract-ocr-vie and a font to draw them with."
)
PARAMS = [pytest.param(way, marks=[] if way in WAYS else [NEEDS_TESSERACT], id=way) for way in ALL]


@pytest.mark.parametrize("act", [by_service, by_hand], ids=["service", "page"])
@pytest.mark.parametrize("way", PARAMS)
def test_of_a_marked_paper_nothing_is_left(
    place: Cast,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    way: str,
    act: Callable[[Cast, str, bytes], bytes],
) -> None:
    ending, made = ALL[way]
    content = made("TUYỆT MẬT")
    said, found, rows = look_for(place, tmp_path, lambda: act(place, f"{NAME}{ending}", content))
    assert found == []
    assert rows == 0
    logged = caplog.text + "".join(capfd.readouterr())
    assert traces(said + logged.encode()) == []


@pytest.mark.parametrize("way", [param for param in PARAMS if param.id not in SCANS])
def test_the_same_paper_without_its_mark_is_found(place: Cast, tmp_path: Path, way: str) -> None:
    """The control: a search that finds nothing because it cannot find would prove nothing."""
    ending, made = ALL[way]
    content = made("")
    said, found, rows = look_for(place, tmp_path, lambda: by_service(place, f"{NAME}{ending}", content))
    assert rows == 1, said
    assert f"{WORD.lower()} utf-8" in found
    assert f"{NAME.lower()} utf-8" in found
