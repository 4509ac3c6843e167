"""Signed sheets: their numbers, and what is read from pictures of them, good and bad."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageDraw

from tests.formats.signed.drawing import Photo, page_of, photographed, sign
from thongsuot.formats.reading.errors import Broken, EmptyFile, NotSupported, TooLarge
from thongsuot.formats.signed import Picture, SignedPage, codes, geometry, may_have_many_pages, read_signed
from thongsuot.formats.signed.plane import carried, plane_through

SHEET = codes.with_check(4_821_739_056)
SIGNED = {0, 3, 4, 11, 19}


def verdicts(page: SignedPage) -> set[int]:
    return {line for line in range(geometry.ROWS) if page.verdict(line) == "signed"}


def blanks(page: SignedPage) -> set[int]:
    return {line for line in range(geometry.ROWS) if page.verdict(line) == "blank"}


def signed_page(chance: random.Random, number: int = 1) -> Image.Image:
    return sign(page_of(SHEET, number), sorted(SIGNED), chance)


def covered(picture: Image.Image, *places: int) -> Image.Image:
    """Thumbs on some corners."""
    held = picture.copy()
    for place in places:
        box = geometry.corner(place)
        ImageDraw.Draw(held).rectangle(
            [value * 0.8 for value in (box.left, box.top, box.right, box.bottom)], 150
        )
    return held


def as_bytes(picture: Image.Image, kind: str, *others: Image.Image) -> bytes:
    made = io.BytesIO()
    more = {"save_all": True, "append_images": list(others)} if others else {}
    picture.save(made, kind, **more)
    return made.getvalue()


def read(data: bytes, **how: int) -> list[Picture]:
    pictures: list[Picture] = []
    read_signed(data, pictures.append, **how)
    return pictures


def pages_in(data: bytes) -> list[SignedPage]:
    return [page for picture in read(data) for page in picture.pages]


def test_a_wrong_figure_is_no_code() -> None:
    code = codes.new_code()
    text = codes.shown(code)
    assert codes.typed(text) == codes.typed(text.replace(" ", "-")) == code
    for place, figure in enumerate(str(code)):
        wrong = str(code)[:place] + str((int(figure) + 1) % 10) + str(code)[place + 1 :]
        assert codes.typed(wrong) is None
    assert codes.typed("1234 5678") is None
    assert codes.typed("²" * 12) is None


def test_codes_of_rows_belong_to_their_sheet() -> None:
    seventeen = codes.row_code(SHEET, 17)
    typed = (
        f"{codes.row_code(SHEET, 3)}, {seventeen};{seventeen.replace('-', '')}\n{codes.row_code(SHEET, 120)}"
    )
    assert codes.rows_typed(SHEET, typed) == ([3, 17, 120], [])
    number, check = seventeen.split("-")
    wrong = [f"71-{check}", f"{number}-{(int(check) + 1) % 100:02d}", "17", "x", "9" * 40]
    assert codes.rows_typed(SHEET, " ".join(wrong)) == ([], wrong)
    other = codes.with_check(SHEET // 100 + 1)
    assert codes.rows_typed(other, seventeen) == ([], [seventeen])


def test_a_code_in_a_corner_says_where_it_is() -> None:
    corner = codes.Corner(SHEET, 2, 3, 1)
    assert codes.corner_of(codes.payload(corner)) == corner
    assert codes.corner_of("https://example.org/") is None
    assert codes.corner_of(codes.payload(codes.Corner(SHEET + 1, 2, 3, 1))) is None


def test_a_plane_goes_through_its_points() -> None:
    plane = (1.1, 0.2, 30.0, -0.1, 0.9, 40.0, 1e-5, 2e-5)
    corners = [(0.0, 0.0), (2100.0, 0.0), (2100.0, 2970.0), (0.0, 2970.0), (700.0, 900.0)]
    found = plane_through([(point, carried(plane, point)) for point in corners])
    assert found == pytest.approx(plane)
    assert plane_through([((x, 0.0), (x, 0.0)) for x in range(8)]) is None


def test_a_scan_of_several_pages_whatever_side_is_up() -> None:
    chance = random.Random(1)
    first, second = signed_page(chance), page_of(SHEET, 2)
    white = Image.new("L", first.size, 255)
    scan = as_bytes(first.rotate(180), "PDF", white, second.transpose(Image.Transpose.ROTATE_90))
    said = read(scan)
    assert [(picture.number, picture.total, len(picture.pages)) for picture in said] == [
        (1, 3, 1),
        (2, 3, 0),
        (3, 3, 1),
    ]
    assert [picture.number for picture in read(scan, after=2)] == [3], "what was read before is passed over"
    assert may_have_many_pages(scan)
    pages = [page for picture in said for page in picture.pages]
    assert [(page.sheet, page.page, page.version, page.picture) for page in pages] == [
        (SHEET, 1, 1, 1),
        (SHEET, 2, 1, 3),
    ]
    assert verdicts(pages[0]) == SIGNED
    assert blanks(pages[0]) == set(range(geometry.ROWS)) - SIGNED
    assert blanks(pages[1]) == set(range(geometry.ROWS))
    with Image.open(io.BytesIO(pages[0].strip)) as strip:
        assert strip.format == "JPEG"
        assert strip.height % geometry.ROWS == 0


@pytest.mark.parametrize(
    "how",
    [
        Photo(turn=11, slant=0.16, light=0.45, shadow=0.55, noise=9, blur=1, quality=60, curl=14),
        Photo(turn=-86, scale=0.5, quality=50),
    ],
    ids=["at an angle, dark, in shadow", "on its side, small"],
)
def test_a_bad_photograph(how: Photo) -> None:
    chance = random.Random(2)
    photograph = photographed(signed_page(chance), how, chance)
    assert not may_have_many_pages(photograph)
    (page,) = pages_in(photograph)
    assert verdicts(page) == SIGNED
    assert blanks(page) == set(range(geometry.ROWS)) - SIGNED


def test_corners_may_be_covered_but_not_three() -> None:
    chance = random.Random(3)
    page = signed_page(chance)
    held = covered(page, 1, 2)
    lost = covered(page, 0, 1, 2)
    two, one = pages_in(as_bytes(held, "TIFF", lost))
    assert verdicts(two) == SIGNED
    # Where its rows are would be a guess: a person looks at the paper.
    assert (one.sheet, one.page, one.ink, one.strip) == (SHEET, 1, (), b"")
    assert one.verdict(0) == "unsure"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"not a picture", Broken),
        (b"%PDF-1.7 and then nothing", Broken),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", NotSupported),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(data)


def test_a_file_of_too_many_pages_is_refused() -> None:
    small = Image.new("L", (40, 40), 255)
    with pytest.raises(TooLarge):
        read(as_bytes(small, "TIFF", *[small] * 4), most=4)
