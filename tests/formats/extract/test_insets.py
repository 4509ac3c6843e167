"""Pictures inside files of word processors: stamps of secrecy on them are seen, scans among them are read."""

import base64
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Inches
from PIL import Image, ImageDraw, ImageFont

from tests.formats.extract.office import converted
from tests.formats.extract.test_ocr import BODY, page, stamped
from tests.formats.fonts import vietnamese_font
from tests.formats.samples import STATE_PLAN
from tests.formats.stamps import BLACK, RED, one_stamp
from thongsuot.formats.reading import Extracted, ReadingError, extract, mark_of
from thongsuot.formats.reading.extract.docx.package import Package
from thongsuot.formats.reading.extract.docx.pictured import insets_of as of_word
from thongsuot.formats.reading.extract.html.pictured import insets_of as of_web
from thongsuot.formats.reading.extract.insets import looking
from thongsuot.formats.reading.extract.insets.gathered import MOST, Insets
from thongsuot.formats.reading.extract.rtf.pictured import insets_of as of_rtf

needs_tesseract = pytest.mark.usefixtures("_tesseract", "_nearby")


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def word(
    picture: bytes = b"", *, margin: bool = False, wide: float | None = None, text: str = STATE_PLAN
) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines() or [""]:
        document.add_paragraph(line)
    place = document.sections[0].header.paragraphs[0] if margin else document.paragraphs[0]
    if picture:
        place.add_run().add_picture(io.BytesIO(picture), width=Inches(wide) if wide else None)
    document.save(out)
    return out.getvalue()


def rtf(picture: bytes, text: str = STATE_PLAN) -> bytes:
    lines = "\\par ".join(
        "".join(c if c < "\x7f" else f"\\u{ord(c)}?" for c in line) for line in text.splitlines()
    )
    held = f"{{\\pict{{\\*\\blipuid 00ff}}\\pngblip\\picwgoal1440\\pichgoal480 {picture.hex()}}}"
    return f"{{\\rtf1\\ansi {held}\\par {lines}}}".encode()


def web(picture: bytes) -> bytes:
    held = f'<img width="120" src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
    return f"<html><body>{held}<pre>{STATE_PLAN}</pre></body></html>".encode()


def codes(found: Extracted) -> list[str]:
    return [notice.code for notice in found.warnings]


FORMS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "Word": ("a.docx", word),
    "Word, page header": ("a.docx", lambda picture: word(picture, margin=True)),
    "RTF": ("a.rtf", rtf),
    "web page": ("a.html", web),
    "web page in UTF-16": ("a.html", lambda picture: web(picture).decode().encode("utf-16")),
}


@needs_tesseract
@pytest.mark.parametrize("form", FORMS)
def test_a_stamp_that_is_a_picture_in_a_file_is_seen_and_another_is_none(form: str) -> None:
    name, made = FORMS[form]
    secret, harmless = (extract(made(saved(one_stamp(words, 9))), name) for words in ("TỐI MẬT", "SAO Y"))
    assert mark_of(secret) == "toi_mat"
    assert mark_of(harmless) is None
    assert codes(secret) == codes(harmless) == []


@needs_tesseract
@pytest.mark.parametrize("kind", ["odt", "rtf", "doc"])
def test_a_stamp_is_seen_in_the_files_of_an_office(kind: str) -> None:
    both = docx.Document(io.BytesIO(word(saved(one_stamp("SAO Y")))))
    both.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(saved(one_stamp("MẬT", 9))))
    out = io.BytesIO()
    both.save(out)
    found = extract(converted(out.getvalue(), kind), f"a.{kind}")
    assert mark_of(found) == "mat"
    assert codes(found) == []


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_every_kind_of_picture_is_looked_at_and_black_ink_too(kind: str) -> None:
    data = rtf(saved(one_stamp("TUYỆT MẬT", -12, BLACK), kind))
    assert mark_of(extract(data, "a.rtf")) == "tuyet_mat"


@needs_tesseract
@pytest.mark.parametrize("wide", [0.4, 1.2, 6.0])
def test_a_stamp_is_seen_however_large_it_is_shown(wide: float) -> None:
    assert mark_of(extract(word(saved(one_stamp("MẬT", 6)), wide=wide), "a.docx")) == "mat"


@needs_tesseract
@pytest.mark.parametrize(
    ("words", "degrees", "ink", "level"),
    [("MẬT", 0, RED, "mat"), ("TỐI MẬT", 8, BLACK, "toi_mat"), ("HỎA TỐC", 8, RED, None)],
)
def test_a_stamp_on_a_picture_of_the_letterhead_is_seen(
    words: str, degrees: float, ink: tuple[int, int, int], level: str | None
) -> None:
    head = stamped(words, degrees, ink, at=(300, 225)).crop((0, 60, 1240, 340))
    assert mark_of(extract(word(saved(head), wide=6.3), "a.docx")) == level


@needs_tesseract
@pytest.mark.parametrize(("stamp", "level"), [("MẬT", "mat"), ("", None)])
def test_the_picture_of_a_page_beside_text_is_looked_at_as_a_scan_is(stamp: str, level: str | None) -> None:
    for look in (page(stamp), page(stamp).convert("L")):
        found = extract(word(saved(look), wide=6.0), "a.docx")
        assert mark_of(found) == level
        assert BODY[0] not in found.text
        assert codes(found) == []


@needs_tesseract
@pytest.mark.parametrize(("stamp", "level"), [("TỐI MẬT", "toi_mat"), ("", None)])
def test_a_scan_put_into_a_word_file_is_read_as_a_scan(stamp: str, level: str | None) -> None:
    found = extract(word(saved(page(stamp)), wide=6.0, text="Trang 1"), "a.docx")
    assert mark_of(found) == level
    assert found.text.startswith("Trang 1")
    assert BODY[0] in found.text
    assert codes(found) == ["recognised"]


def harmless_pictures() -> dict[str, Image.Image]:
    noise = Image.effect_noise((80, 60), 120).resize((1280, 960), Image.Resampling.BICUBIC)
    photo = Image.merge("RGB", (noise, noise.transpose(Image.Transpose.ROTATE_180), noise))
    emblem = Image.new("RGB", (300, 300), "white")
    draw = ImageDraw.Draw(emblem)
    draw.ellipse((5, 5, 295, 295), fill=RED)
    draw.regular_polygon((150, 150, 90), 5, fill=(250, 220, 0))
    honey = Image.new("RGB", (500, 240), (250, 210, 90))
    for line, words in enumerate(("MẬT ONG", "RỪNG U MINH")):
        face = ImageFont.truetype(vietnamese_font(), 60)
        ImageDraw.Draw(honey).text((40, 30 + 80 * line), words, fill=BLACK, font=face)
    program = Image.new("RGB", (900, 500), "white")
    for line, words in enumerate(
        ("Độ mật | Thường", "Mật", "Mật khẩu", "BẢO MẬT", "Mật độ dân số", "MẶT TRẬN")
    ):
        face = ImageFont.truetype(vietnamese_font(), 28)
        ImageDraw.Draw(program).text((40, 30 + 70 * line), words, fill=BLACK, font=face)
    return {"photo": photo, "emblem": emblem, "honey": honey, "program": program}


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "wide"), [("photo", 6.0), ("emblem", 1.0), ("honey", 1.0), ("honey", 6.0), ("program", 6.0)]
)
def test_what_is_no_stamp_is_none(name: str, wide: float) -> None:
    found = extract(word(saved(harmless_pictures()[name]), wide=wide), "a.docx")
    assert mark_of(found) is None
    assert codes(found) == []


@needs_tesseract
def test_pictures_for_which_no_time_is_left_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(saved(one_stamp("SAO Y")))
    assert codes(extract(data, "a.docx")) == []
    monkeypatch.setattr(looking, "SECONDS", -1.0)
    assert codes(extract(data, "a.docx")) == ["pictures_not_looked_at"]


@needs_tesseract
def test_a_damaged_picture_is_told_and_the_others_are_looked_at() -> None:
    whole = saved(one_stamp("MẬT"))
    assert codes(extract(rtf(whole[:200]), "a.rtf")) == ["pictures_not_looked_at"]
    both = rtf(whole[:200]).replace(b"{\\pict", b"{\\pict\\pngblip %s}{\\pict" % whole.hex().encode(), 1)
    assert mark_of(extract(both, "a.rtf")) == "mat"


@pytest.mark.usefixtures("_tesseract")
def test_the_process_apart_looks_at_them_too() -> None:
    found = extract(word(saved(one_stamp("TUYỆT MẬT"))), "a.docx")
    assert mark_of(found) == "tuyet_mat"


@pytest.mark.usefixtures("_nearby")
def test_without_tesseract_pictures_are_told_and_a_scan_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    picture = saved(Image.new("L", (800, 1100), 200))
    assert codes(extract(word(picture, wide=6.0), "a.docx")) == ["pictures_not_looked_at"]
    with pytest.raises(ReadingError, match="install tesseract-ocr and tesseract-ocr-vie") as caught:
        extract(word(picture, wide=6.0, text=""), "a.docx")
    assert caught.value.code == "no_ocr"


EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(100)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(100)
PNG = saved(Image.effect_noise((40, 20), 60))
TINY = saved(Image.new("L", (1, 1)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rtf", rtf(EMF)),
        ("a.rtf", rtf(WMF)),
        ("a.html", b"<html><body><p>ke hoach nam nay</p><v:imagedata src='x.png'></body></html>"),
        ("a.html", b"<html><body><p>ke hoach nam nay</p><img src='data:image/svg+xml,<svg/>'></body></html>"),
    ],
)
def test_drawings_and_pictures_elsewhere_are_told(name: str, data: bytes) -> None:
    assert codes(extract(data, name)) == ["pictures_not_looked_at"]


def test_pictures_that_are_not_in_the_file_or_hold_a_place_are_not_told() -> None:
    away = b"<html><body><p>ke hoach nam nay</p><img src='https://example.vn/a.png'></body></html>"
    assert codes(extract(away, "a.html")) == []
    assert codes(extract(web(TINY), "a.html")) == []


def test_a_drawing_that_only_repeats_a_picture_for_old_programs_is_passed_over() -> None:
    old = b"{\\nonshppict{\\pict\\wmetafile8 %s}}{\\shprslt{\\par\\pict\\wmetafile8 %s}}" % (
        WMF.hex().encode(),
        EMF.hex().encode(),
    )
    found = of_rtf(rtf(PNG).replace(b"}\\par", b"}" + old + b"\\par", 1))
    assert [inset.content for inset in found.pictures] == [PNG]
    assert not found.unseen


def other(number: int) -> bytes:
    return saved(Image.effect_noise((40, 20), 60 + number))


def test_pictures_of_page_headers_come_first_and_with_their_size() -> None:
    first, second, third = other(1), other(2), other(3)
    held = b"{\\pict\\pngblip\\picwgoal1440\\pichgoal720\\picscalex50\\picscaley50 %s}"
    texts = [held % picture.hex().encode() for picture in (first, second, third)]
    data = (
        b"{\\rtf1 %s{\\header text {\\b %s}}{\\pict\\bin%d " % (texts[0], texts[1], len(third))
        + third
        + b"}}"
    )
    insets = of_rtf(data).pictures
    assert [inset.content for inset in insets] == [second, first, third]
    assert insets[0].inches == (0.5, 0.25)

    document, out = docx.Document(), io.BytesIO()
    document.add_picture(io.BytesIO(first), width=Inches(2))
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(second), width=Inches(1))
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/embeddings/hidden.bin", third)
        archive.writestr("docProps/thumbnail.png", other(4))
    insets = of_word(Package(out.getvalue())).pictures
    assert [inset.content for inset in insets] == [second, first, third]
    assert [inset.inches for inset in insets] == [(1.0, 0.5), (2.0, 1.0), (0.0, 0.0)]


def test_the_size_of_a_picture_of_a_page_is_told_by_its_element() -> None:
    data = "data:image/png;base64," + base64.b64encode(PNG).decode()
    shown = [
        f"<img width=96 height='48' src='{data}'>",
        f'<img src="{data}" style="width:2.54cm;height:36pt">',
    ]
    for element in shown:
        assert of_web(element.encode()).pictures[0].inches == pytest.approx((1.0, 0.5))
    escaped = f"<img src='{data[:22]}{data[22:].replace('+', '%2B').replace('/', '%2f')}'>"
    assert of_web(escaped.encode()).pictures[0].content == PNG


def test_a_picture_is_taken_once_and_no_more_than_can_be_looked_at() -> None:
    insets = Insets()
    for number in range(MOST + 1):
        assert not insets.unseen
        insets.add(PNG + str(number).encode())
        insets.add(PNG + b"0")
    assert len(insets.pictures) == MOST
    assert insets.unseen


@pytest.mark.parametrize(
    "hostile",
    [
        b"{\\rtf1" + b"{\\header" * 300_000,
        b"{\\rtf1" + b"{\\pict" * 300_000,
        b"{\\rtf1" + b"{\\pict \\bin999999999 }" * 100_000,
        b"{\\rtf1" + b"{\\pict 89504e47" + b"{" * 300_000,
        b"<img src=data:image/png;base64," * 60_000,
        b"<v:imagedata " * 100_000,
        b"<img src='data:image/png" + b";a=b" * 300_000,
    ],
    ids=["headers", "pictures", "lengths", "groups", "web", "imagedata", "words"],
)
def test_hostile_pictures_take_no_time(hostile: bytes) -> None:
    start = time.process_time()
    of_rtf(hostile)
    of_web(hostile)
    assert time.process_time() - start < 5
