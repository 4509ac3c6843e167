"""Scans: pictures of pages through Tesseract, by pipes. What needs it fails on the build server when it is missing."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.formats.extract.paper import Sheet, lines, pdf
from tests.formats.fonts import vietnamese_font
from tests.formats.stamps import BLACK, PALE, RED, VIOLET, one_stamp
from thongsuot.formats.reading import Extracted, ReadingError, extract, mark_of
from thongsuot.formats.reading.extract.misreadings import as_stamp, corrected
from thongsuot.formats.reading.extract.page.words import Word

needs_tesseract = pytest.mark.usefixtures("_tesseract", "_nearby")
DOTS = 150
PAPER = (1240, 1754)  # A4
HEAD = [
    (90, 100, "ỦY BAN NHÂN DÂN"),
    (620, 100, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (90, 140, "TỈNH HÒA LẠC"),
    (700, 140, "Độc lập - Tự do - Hạnh phúc"),
    (90, 190, "Số: 15/KH-UBND"),
    (640, 190, "Hòa Lạc, ngày 05 tháng 3 năm 2026"),
]
BODY = [
    "Ủy ban nhân dân tỉnh yêu cầu các đơn vị thực hiện nghiêm kế hoạch này,",
    "báo cáo kết quả trước ngày 30 tháng 6 năm 2026 để tổng hợp chung.",
]


def picture(texts: Sequence[tuple[float, float, str]], stamp: str = "", *, size: int = 24) -> Image.Image:
    """A scanned page: black words, and a red stamp in the corner."""
    paper = Image.new("RGB", PAPER, "white")
    draw = ImageDraw.Draw(paper)
    font = ImageFont.truetype(vietnamese_font(), size)
    for x, y, words in texts:
        draw.text((x, y), words, font=font, fill="black")
    if stamp:
        box = draw.textbbox((500, 260), stamp, font=ImageFont.truetype(vietnamese_font(), 40))
        draw.rectangle((box[0] - 12, box[1] - 12, box[2] + 12, box[3] + 12), outline=(205, 30, 35), width=5)
        draw.text((500, 260), stamp, font=ImageFont.truetype(vietnamese_font(), 40), fill=(205, 30, 35))
    return paper


def page(stamp: str = "") -> Image.Image:
    return picture([*HEAD, *((150, 400 + i * 40, line) for i, line in enumerate(BODY))], stamp)


def saved(first: Image.Image, kind: str, *others: Image.Image, **how: object) -> bytes:
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": list(others)} if others else {}
    first.save(stream, kind, dpi=(DOTS, DOTS), **more, **how)
    return stream.getvalue()


def lines_of(found: Extracted) -> list[str]:
    return [line for line in found.text.splitlines() if line.strip()]


@needs_tesseract
@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif")])
def test_a_picture_of_a_page_is_read_by_columns(kind: str, name: str) -> None:
    found = extract(saved(page(), kind), name)
    assert lines_of(found) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÒA LẠC",
        "Số: 15/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hòa Lạc, ngày 05 tháng 3 năm 2026",
        *BODY,
    ]
    assert [notice.code for notice in found.warnings] == ["recognised"]


@needs_tesseract
def test_every_page_of_a_picture_with_many_is_read_and_progress_told() -> None:
    told: list[tuple[int, int]] = []
    second = picture([(150, 300 + i * 40, line) for i, line in enumerate(BODY)])
    data = saved(page(), "TIFF", second)
    found = extract(data, "a.tiff", progress=lambda done, pages: told.append((done, pages)))
    assert [p.number for p in found.pages] == [1, 2]
    assert BODY[0] in found.text[found.pages[1].start :]
    assert told == [(1, 2), (2, 2)]


@needs_tesseract
def test_only_the_pages_without_text_are_recognised() -> None:
    scan = page()
    text = ["Trang có chữ do máy soạn, không phải nhận dạng, giữ nguyên từng chữ một."]
    found = extract(pdf(Sheet(lines(text)), Sheet(picture=scan), Sheet(lines(text))), "a.pdf")
    assert [notice.code for notice in found.warnings] == ["recognised"]
    assert found.text[: found.pages[0].end].strip() == text[0]
    assert BODY[0] in found.text[found.pages[1].start : found.pages[1].end]


@needs_tesseract
def test_a_page_whose_font_lies_about_its_letters_is_recognised() -> None:
    garbage = lines(["7KӵF KLӋQ 4X\\ӃW ÿӏQK Vӕ 4Ĉ6&7 ngày FӫD Giám ÿӕF 6ӣ Công 7KѭѫQJ WӍQK"] * 12)
    found = extract(pdf(Sheet(garbage, picture=page())), "a.pdf")  # the picture covers what the font shows
    assert BODY[0] in found.text
    assert "KLӋQ" not in found.text
    assert [notice.code for notice in found.warnings] == ["recognised"]


@needs_tesseract
@pytest.mark.parametrize("askew", [0, 0.4])
def test_a_ruled_table_of_a_scan_is_read_by_rows(askew: float) -> None:
    columns, rows = (120, 200, 760, 1100), (300, 360, 460, 560)
    cells = [
        *((140, 312, "TT"), (220, 312, "Nhiệm vụ"), (780, 312, "Chủ trì")),
        *(
            (140, 372, "1"),
            (220, 372, "Rà soát hộ nghèo và"),
            (220, 412, "hộ cận nghèo"),
            (780, 372, "Công an xã"),
        ),
        *((140, 472, "2"), (220, 472, "Tuyên truyền"), (780, 472, "Trạm Y tế"), (780, 512, "xã")),
    ]
    paper = picture([(150, 150, BODY[0]), *cells])
    draw = ImageDraw.Draw(paper)
    for y in rows:
        draw.line((columns[0], y, columns[-1], y), fill="black", width=2)
    for x in columns:
        draw.line((x, rows[0], x, rows[-1]), fill="black", width=2)
    paper = paper.rotate(askew, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert lines_of(extract(saved(paper, "PNG"), "a.png")) == [
        BODY[0],
        "TT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát hộ nghèo và hộ cận nghèo | Công an xã",
        "2 | Tuyên truyền | Trạm Y tế xã",
    ]


@needs_tesseract
def test_a_scan_laid_upside_down_is_read() -> None:
    found = extract(saved(page().transpose(Image.Transpose.ROTATE_180), "PNG"), "a.png")
    assert BODY[1] in found.text


@needs_tesseract
@pytest.mark.parametrize(
    ("stamp", "level"), [("MẬT", "mat"), ("TỐI MẬT", "toi_mat"), ("TUYỆT MẬT", "tuyet_mat")]
)
def test_a_red_stamp_of_secrecy_is_seen(stamp: str, level: str) -> None:
    assert mark_of(extract(saved(page(stamp), "PNG"), "a.png")) == level
    assert mark_of(extract(saved(page(stamp).convert("L"), "PNG"), "a.png")) == level


def stamped(
    words: str, degrees: float, ink: tuple[int, int, int] = RED, at: tuple[int, int] = (80, 225)
) -> Image.Image:
    """A page with a framed stamp set askew on it; ink lets what is under it through."""
    layer = Image.new("RGB", PAPER, "white")
    layer.paste(one_stamp(words, degrees, ink), at)
    return ImageChops.multiply(page(), layer)


@needs_tesseract
@pytest.mark.parametrize(
    ("words", "degrees", "ink", "level"),
    [
        ("MẬT", 6, RED, "mat"),
        ("MẬT", -12, RED, "mat"),
        ("MẬT", 35, RED, "mat"),
        ("MẬT", 90, RED, "mat"),
        ("MẬT", 180, RED, "mat"),
        ("TỐI MẬT", 10, RED, "toi_mat"),
        ("TUYỆT MẬT", -20, RED, "tuyet_mat"),
        ("TUYỆT MẬT", 270, RED, "tuyet_mat"),
        ("TỐI MẬT", 15, VIOLET, "toi_mat"),
        ("TUYỆT MẬT", 15, BLACK, "tuyet_mat"),
        ("TỐI MẬT", 8, PALE, "toi_mat"),
        ("HỎA TỐC", 12, RED, None),
        ("MẶT TRẬN", 12, RED, None),
    ],
)
def test_a_stamp_set_askew_is_seen(
    words: str, degrees: float, ink: tuple[int, int, int], level: str | None
) -> None:
    assert mark_of(extract(saved(stamped(words, degrees, ink), "JPEG", quality=75), "a.jpg")) == level


def with_picture(beside: Image.Image) -> bytes:
    """A PDF that has its text, and a picture as large as a stamp next to it."""
    return pdf(
        Sheet(
            lines([*BODY] * 3), picture=beside, picture_at=(60, 760, 0.4 * beside.width, 0.4 * beside.height)
        )
    )


@needs_tesseract
@pytest.mark.parametrize(
    ("words", "degrees", "ink", "level"),
    [
        ("MẬT", 0, RED, "mat"),
        ("TỐI MẬT", 12, RED, "toi_mat"),
        ("TUYỆT MẬT", 0, BLACK, "tuyet_mat"),
        ("SAO Y", 0, RED, None),
    ],
)
def test_a_stamp_that_is_a_picture_beside_text_is_seen(
    words: str, degrees: float, ink: tuple[int, int, int], level: str | None
) -> None:
    found = extract(with_picture(one_stamp(words, degrees, ink)), "a.pdf")
    assert BODY[0] in found.text
    assert mark_of(found) == level
    assert found.warnings == ()


@pytest.mark.usefixtures("_nearby")
def test_without_tesseract_pictures_beside_text_are_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = extract(with_picture(Image.new("RGB", (300, 80), "red")), "a.pdf")
    assert [notice.code for notice in found.warnings] == ["pictures_not_looked_at"]


@needs_tesseract
def test_a_stamp_askew_over_the_letterhead_is_seen() -> None:
    assert mark_of(extract(saved(stamped("TỐI MẬT", 8, at=(120, 95)), "PNG"), "a.png")) == "toi_mat"


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("MẠẬT", "MẬT"),
        ("TỐI MẠT", "TỐI MẬT"),
        ("TUYẾT MẬT", "TUYỆT MẬT"),
        ("MẶT", "MẶT"),
        ("MẬT ONG", "MẬT ONG"),
    ],
)
def test_a_stamp_is_what_can_only_be_one(seen: str, meant: str) -> None:
    assert as_stamp(seen) == meant


@needs_tesseract
def test_a_stamp_on_a_scan_with_a_text_layer_is_seen() -> None:
    letters = lines([*BODY, "Các đơn vị chủ động tổ chức thực hiện đúng tiến độ."])
    stamped, plain = (extract(pdf(Sheet(letters, picture=page(s))), "a.pdf") for s in ("TỐI MẬT", ""))
    assert mark_of(stamped) == "toi_mat"
    assert mark_of(plain) is None
    assert plain.warnings == ()  # its letters were known


@needs_tesseract
def test_other_stamps_are_no_secret() -> None:
    assert mark_of(extract(saved(page("HỎA TỐC"), "PNG"), "a.png")) is None


@needs_tesseract
def test_a_seal_over_the_name_does_not_hide_it() -> None:
    seal = Image.new("RGB", PAPER, "white")
    draw = ImageDraw.Draw(seal)
    draw.ellipse((250, 360, 450, 500), outline=(235, 60, 65), width=8)
    draw.line((250, 420, 450, 420), fill=(235, 60, 65), width=8)
    paper = ImageChops.multiply(page(), seal)  # ink lets what is under it through
    assert BODY[0] in extract(saved(paper, "PNG"), "a.png").text
    assert BODY[0] not in extract(saved(paper.convert("L"), "PNG"), "a.png").text


@needs_tesseract
def test_paper_without_words_is_a_scan_without_text() -> None:
    assert refused(saved(Image.new("L", (800, 1100), 255), "PNG"), "a.png") == "scan_without_text"
    assert refused(pdf(Sheet(picture=Image.new("L", (800, 1100), 255))), "a.pdf") == "scan_without_text"


def refused(data: bytes, name: str) -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, name)
    return caught.value.code


@pytest.mark.usefixtures("_nearby")
@pytest.mark.parametrize("missing", ["the program", "the language"])
def test_without_tesseract_a_scan_is_refused_and_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str
) -> None:
    if missing == "the language":
        program = tmp_path / "tesseract"
        program.write_text("#!/bin/sh\necho eng\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    scan = Image.new("L", (800, 1100), 200)
    for data, name in [(saved(scan, "PNG"), "a.png"), (pdf(Sheet(picture=scan)), "a.pdf")]:
        with pytest.raises(ReadingError, match=r"install tesseract-ocr and tesseract-ocr-vie") as caught:
            extract(data, name)
        assert caught.value.code == "no_ocr"


@pytest.mark.usefixtures("_nearby")
def test_without_tesseract_a_scanned_appendix_is_only_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text = Sheet(lines(["Trang có chữ do máy soạn, không phải nhận dạng, giữ nguyên từng chữ một."]))
    scan = Sheet(picture=Image.new("L", (800, 1100), 200))
    found = extract(pdf(text, text, scan), "a.pdf")
    assert [notice.code for notice in found.warnings] == ["pages_without_text"]
    assert refused(pdf(scan, text, text), "a.pdf") == "no_ocr"  # the stamp would stand on its first page


@pytest.mark.usefixtures("_nearby")
def test_pictures_and_their_text_pass_through_pipes_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A Tesseract that writes down how it was called: no argument is a path, and its folder stays empty."""
    program = tmp_path / "tesseract"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --list-langs ] && echo vie && exit\necho "$@" >> {tmp_path}/calls\ncat >/dev/null\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert refused(saved(Image.new("L", (300, 400), 255), "PNG"), "a.png") == "scan_without_text"
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls
    assert all(call.startswith("stdin stdout -l vie ") and "/" not in call for call in calls)


@needs_tesseract
def test_the_real_one_needs_no_file_either() -> None:
    """With no right to write a file it still answers."""
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); import io, sys; from PIL import Image;"
        "from thongsuot.formats.reading.extract.ocr import recognise;"
        "print(len(recognise(Image.open(io.BytesIO(sys.stdin.buffer.read())), 150).words))"
    )
    answer = subprocess.run(
        [sys.executable, "-B", "-c", program],
        input=saved(page(), "PNG"),
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        check=True,
    )
    assert int(answer.stdout) > 40


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("ỦY BAN NHÂN DÂN TÍNH HÒA LẠC", "ỦY BAN NHÂN DÂN TỈNH HÒA LẠC"),
        ("CỘNG HOÀ XÃ HỘI CHỦ NGHIA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("(TUYẾT MẬT)", "(TUYỆT MẬT)"),
        ("KT. CHÚ TỊCH", "KT. CHỦ TỊCH"),
        ("Nới nhận:", "Nơi nhận:"),
        ("H. TỔ CHỨC THỰC HIỆN", "II. TỔ CHỨC THỰC HIỆN"),
        ("IIL MỤC TIÊU CHUNG", "III. MỤC TIÊU CHUNG"),
        ("1. TỔ CHỨC THỰC HIỆN", "1. TỔ CHỨC THỰC HIỆN"),
        ("TĂNG CƯỜNG AN TOÀN MÁY TÍNH", "TĂNG CƯỜNG AN TOÀN MÁY TÍNH"),
        ("Bình đẳng giới tính", "Bình đẳng giới tính"),
        ("quyết đinh của tỉnh", "quyết đinh của tỉnh"),
    ],
)
def test_marks_are_put_right_only_in_known_phrases(seen: str, meant: str) -> None:
    words = [Word(text, i * 40.0, 10, i * 40.0 + 35, 20) for i, text in enumerate(seen.split())]
    assert " ".join(word.text for word in corrected(words)) == meant
