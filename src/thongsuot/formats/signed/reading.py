"""Signed pages in photographs and scans, inside the confined process: which page, where its rows are, what ink.

A picture may lie at any angle, in shadow, with a corner covered: two of the four codes are enough to find the page.
"""

import base64
import io
import warnings
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

from thongsuot.formats.reading.errors import Broken, EmptyFile, NotSupported, TooLarge
from thongsuot.formats.reading.extract.pdf.document import opened, picture_of
from thongsuot.formats.reading.extract.pictures import DAMAGED, on_white, prepared
from thongsuot.formats.signed import geometry
from thongsuot.formats.signed.codes import Corner, corner_of
from thongsuot.formats.signed.plane import Plane, plane_through

QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
FINE = 0.6  # dots in a tenth of a millimetre of the flattened page: 6 in a millimetre
COARSE = 3  # the paper behind the ink is looked at this many times coarser
STROKE = 7  # coarse dots, 3.5 mm: what is thinner than this and darker than around it is ink
DARKER = 0.80
STRIP = 0.4
QUALITY = 50
REACH = 22  # how far a rule may lie from its place, in tenths of a millimetre: paper curls
FAINT = 4.0  # a rule is darker than its surroundings by at least this, of 255
FEW_RULES = geometry.ROWS // 2
NEEDED = 2  # codes without which the page is not placed well enough
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftyphevx")

Found = tuple[Corner, list[tuple[float, float]]]


def pages_in(data: bytes, after: int, most: int) -> Iterator[dict[str, Any]]:
    """Picture by picture the pages of sheets on it, none being one answer too; the first ``after`` are passed over."""
    for number, total, picture in _pictures(data, after, most):
        yield {"picture": number, "all": total, "pages": list(_pages_on(picture.convert("L")))}


def _pictures(data: bytes, after: int, most: int) -> Iterator[tuple[int, int, Image.Image]]:
    if not data:
        raise EmptyFile
    if data[4:12] in _HEIC:
        raise NotSupported("heic")
    if b"%PDF" in data[:1024]:
        with opened(data) as pdf:
            total = _bounded(len(pdf), most)
            for number in range(after, total):
                yield number + 1, total, picture_of(pdf, number)[0]
        return
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=FORMATS) as file:
            total = _bounded(getattr(file, "n_frames", 1), most)
            for number in range(after, total):
                file.seek(number)
                yield number + 1, total, prepared(file)
    except DAMAGED as error:
        raise Broken(type(error).__name__) from error
    except Image.DecompressionBombError as error:
        raise TooLarge("picture") from error


def _bounded(pages: int, most: int) -> int:
    if pages > most:
        raise TooLarge("pages")
    return pages


def _pages_on(picture: Image.Image) -> Iterator[dict[str, Any]]:
    """A picture may show two pages side by side."""
    together: dict[tuple[int, int, int], list[Found]] = defaultdict(list)
    for corner, points in _codes_on(picture):
        together[corner.sheet, corner.page, corner.version].append((corner, points))
    for (sheet, page, version), found in sorted(together.items()):
        seen = {"sheet": sheet, "page": page, "version": version, "codes": len(found)}
        yield seen | _rows_of(picture, found)


def _codes_on(picture: Image.Image) -> list[Found]:
    """All codes of ours, each with its four corners as one reads them; a second look when the first finds few."""
    best: dict[Corner, list[tuple[float, float]]] = {}
    for attempt, factor in ((picture, 1.0), *_second_looks(picture)):
        for code in zxingcpp.read_barcodes(attempt, formats=QR):
            corner = corner_of(code.text)
            if corner is not None and corner not in best:
                at = code.position
                points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
                best[corner] = [(point.x / factor, point.y / factor) for point in points]
        if len(best) >= NEEDED + 1:
            break
    return list(best.items())


def _second_looks(picture: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """Generators wait: what is not needed is not made."""
    yield ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=1), 1.0
    yield picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX), 0.5


def _rows_of(picture: Image.Image, found: list[Found]) -> dict[str, Any]:
    """Ink and cut-outs, row by row; nothing of both when the page cannot be placed for certain."""
    nothing: dict[str, Any] = {"ink": [], "strip": ""}
    pairs = [pair for corner, points in found for pair in zip(_corners_of(corner), points, strict=True)]
    plane = plane_through(pairs) if len(found) >= NEEDED else None
    if plane is None:
        return nothing
    page = _flattened(picture, plane)
    tops = _rules_on(page)
    if tops is None:
        return nothing
    ink = _ink_on(page)
    return {"ink": [_ink_in(ink, tops, row) for row in range(geometry.ROWS)], "strip": _strip(page, tops)}


def _corners_of(corner: Corner) -> list[tuple[float, float]]:
    box = geometry.corner(corner.place)
    return [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]


def _flattened(picture: Image.Image, plane: Plane) -> Image.Image:
    """The page as if it had been scanned straight, 6 dots a millimetre."""
    a, b, c, d, e, f, g, h = plane
    size = (round(geometry.WIDE * FINE), round(geometry.TALL * FINE))
    fine = (a / FINE, b / FINE, c, d / FINE, e / FINE, f, g / FINE, h / FINE)
    return picture.transform(
        size, Image.Transform.PERSPECTIVE, fine, Image.Resampling.BILINEAR, fillcolor=255
    )


def _rules_on(page: Image.Image) -> list[float] | None:
    """Where the rules between the rows really are, in tenths of a millimetre; nothing when they are not there.

    Paper curls and phones bend straight lines: each rule is looked for near its place, and one that cannot be seen
    takes the shift of its neighbours.
    """
    left, right = round(geometry.LEFT * FINE) + 4, round(geometry.RIGHT * FINE) - 4
    column = page.crop((left, 0, right, page.height)).resize((1, page.height), Image.Resampling.BOX)
    dark = column.tobytes()
    shifts: list[float | None] = []
    for line in range(geometry.ROWS + 1):
        at, reach = round(geometry.rule(line) * FINE), round(REACH * FINE)
        near = list(dark[at - reach : at + reach + 1])
        darkest = min(range(len(near)), key=near.__getitem__)
        plain = sorted(near)[len(near) // 2]
        shifts.append((darkest - reach) / FINE if plain - near[darkest] >= FAINT else None)
    seen = [shift for shift in shifts if shift is not None]
    if len(seen) < FEW_RULES:
        return None
    return [geometry.rule(line) + _shift_at(shifts, line) for line in range(geometry.ROWS + 1)]


def _shift_at(shifts: list[float | None], line: int) -> float:
    """The middle one of this rule's shift and its neighbours': a flourish along a rule does not move it."""
    for reach in range(1, len(shifts)):
        near = sorted(s for s in shifts[max(0, line - reach) : line + reach + 1] if s is not None)
        if len(near) >= 3:
            return near[len(near) // 2]
    return 0.0


def _ink_on(page: Image.Image) -> Image.Image:
    """White where there is ink: thin and darker than the paper around it, in shadow as in light."""
    smooth = page.filter(ImageFilter.GaussianBlur(0.8))
    coarse = page.resize((page.width // COARSE, page.height // COARSE), Image.Resampling.BOX)
    # Closing: strokes vanish, the edge of a shadow stays where it is.
    paper = coarse.filter(ImageFilter.MaxFilter(STROKE)).filter(ImageFilter.MinFilter(STROKE))
    paper = paper.filter(ImageFilter.GaussianBlur(1)).resize(page.size, Image.Resampling.BILINEAR)
    threshold = paper.point([round(value * DARKER) for value in range(256)])
    return ImageChops.subtract(threshold, smooth).point([0] + [255] * 255)


def _ink_in(ink: Image.Image, tops: list[float], row: int) -> list[int]:
    """Ten thousandths of the box for the signature, and of its middle third, that are ink."""
    left, right = geometry.SIGN + geometry.INSET, geometry.RIGHT - geometry.INSET
    top, bottom = tops[row] + geometry.INSET, tops[row + 1] - geometry.INSET
    third = (bottom - top) / 3
    return [
        _share(ink, left, top, right, bottom),
        _share(ink, left, top + third, right, bottom - third),
    ]


def _share(ink: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    box = ink.crop((round(left * FINE), round(top * FINE), round(right * FINE), round(bottom * FINE)))
    return round(box.histogram()[255] * 10_000 / max(1, box.width * box.height))


def _strip(page: Image.Image, tops: list[float]) -> str:
    """Name, code and signature of each row, one below the other at the same height, as a small JPEG."""
    wide = round((geometry.RIGHT - geometry.NAME) * STRIP)
    tall = round(geometry.ROW * STRIP)
    strip = Image.new("L", (wide, tall * geometry.ROWS), 255)
    light = ImageOps.autocontrast(page.filter(ImageFilter.GaussianBlur(0.8)), cutoff=0.5)
    for row in range(geometry.ROWS):
        box = (geometry.NAME * FINE, tops[row] * FINE, geometry.RIGHT * FINE, tops[row + 1] * FINE)
        strip.paste(light.resize((wide, tall), Image.Resampling.BOX, box), (0, row * tall))
    kept = io.BytesIO()
    on_white(strip).save(kept, "JPEG", quality=QUALITY)
    return base64.b64encode(kept.getvalue()).decode()
