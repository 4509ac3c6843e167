"""Stamps that stand askew on a page, on their side or upside down: found by their ink, straightened, read alone.

A stamp of secrecy is a word or two, often in a frame, 8 mm high (Circular 24/2020/TT-BCA) and set by hand. Round seals
are higher than any of them and are not read: what stands on their rim in a circle could be taken for anything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from PIL import Image, ImageChops, ImageDraw, ImageFilter

# The stamps of secrecy among small pictures, each of which shows one thing.
Reader = Callable[[list[Image.Image]], list[str]]

CELL = 1.2  # millimetres: the grain in which ink is gathered to regions
LOWEST, LOWEST_BLACK = 3.0, 5.0  # millimetres of a straightened stamp; a printed word is lower
TALLEST = 25.0  # a seal has 33 and more
NARROWEST, WIDEST = 7.0, 110.0
FLATTEST, LONGEST = 1.25, 12  # times as wide as high, at least and at most
COLOURFUL = (
    38  # of 255: between the strongest and the weakest colour of a dot of coloured ink; pale ink has 60
)
DARK = 110
TOP, BOTTOM = 0.33, 0.8  # of the page: above and below, a stamp in black may stand
MOST_INK = 0.12  # of the page in colours: more is coloured paper or a photograph
MOST_COLOURED, MOST_BLACK, MOST_REGIONS = 8, 4, 400
MOST_BLACK_ON_A_PICTURE = 12
ASKEW = 3  # degrees; less is read with the page
LETTERS = 96  # dots high a straightened stamp is shown to the recogniser
RIM = 0.1  # of the height: ink that reaches it belongs to the frame


@dataclass(frozen=True, slots=True)
class _Straight:
    """A region turned so that its sides are level and it is wider than high; ``degrees`` is what that took."""

    picture: Image.Image
    degrees: int


def stamps_askew(picture: Image.Image, dots: int, read: Reader, *, level_too: bool = False) -> list[str]:
    """What ``read`` finds on the stamp-like places of a page. ``dots`` per inch.

    ``level_too``: the picture is no page; also what stands level on it in black is looked at, wherever it is, and the
    picture as a whole, however large it is shown.
    """
    straight = _candidates(picture, dots, level_too)
    # All at once: the recogniser takes ten times as long to start as to read one of them.
    shown = [way for found in straight for way in _ways_to_show(found.picture)]
    return read(shown) if shown else []


def _candidates(picture: Image.Image, dots: int, level_too: bool) -> Iterator[_Straight]:
    scale = dots / 25.4
    if picture.mode == "RGB":
        red, green, blue = picture.split()
        most = ImageChops.lighter(red, ImageChops.lighter(green, blue))
        colour = ImageChops.subtract(most, ImageChops.darker(red, ImageChops.darker(green, blue)))
        ink = colour.point(lambda v: 255 if v > COLOURFUL else 0)
        if level_too or ink.histogram()[255] <= MOST_INK * ink.width * ink.height:
            yield from islice(_stamp_like(ink, scale, 5, LOWEST), MOST_COLOURED)
            if level_too:
                yield from _as_a_whole(ink)
    black = picture.convert("L").point(lambda v: 255 if v < DARK else 0)
    if level_too:
        yield from islice(_stamp_like(black, scale, 5, LOWEST), MOST_BLACK_ON_A_PICTURE)
        yield from _as_a_whole(black)
    else:
        black.paste(0, (0, round(TOP * black.height), black.width, round(BOTTOM * black.height)))
    tilted = (s for s in _stamp_like(black, scale, 1, LOWEST_BLACK) if abs(s.degrees) >= ASKEW)
    yield from islice(tilted, MOST_BLACK)


def _as_a_whole(ink: Image.Image) -> Iterator[_Straight]:
    if box := ink.getbbox():
        straight = _straightened(ink.crop(box))
        wide, tall = straight.picture.size
        if FLATTEST * tall <= wide <= LONGEST * tall:
            yield straight


def _stamp_like(ink: Image.Image, scale: float, reach: int, lowest: float) -> Iterator[_Straight]:
    """The regions of a stamp's size from the top down; ``scale`` is dots per millimetre."""
    cell = max(1, round(CELL * scale))
    for box in islice(_regions(ink, cell, reach), MOST_REGIONS):
        wide, tall = box[2] - box[0], box[3] - box[1]
        if max(wide, tall) < NARROWEST * scale or max(wide, tall) > WIDEST * scale:
            continue
        straight = _straightened(ink.crop(box))
        wide, tall = straight.picture.size
        if lowest * scale <= tall <= TALLEST * scale and wide >= max(NARROWEST * scale, FLATTEST * tall):
            yield straight


def _regions(ink: Image.Image, cell: int, reach: int) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of ink that hangs together, ``reach`` cells taken for one."""
    coarse = ink.reduce(cell).point(lambda v: 255 if v > 12 else 0).filter(ImageFilter.MaxFilter(reach))
    wide = coarse.width
    left = {i for i, value in enumerate(coarse.tobytes()) if value}
    for start in sorted(left):
        if start not in left:
            continue
        left.discard(start)
        waiting, x0, x1, y0, y1 = [start], wide, 0, coarse.height, 0
        while waiting:
            y, x = divmod(at := waiting.pop(), wide)
            x0, x1, y0, y1 = min(x0, x), max(x1, x), min(y0, y), max(y1, y)
            near = [at - wide, at + wide] + [at - 1] * (x > 0) + [at + 1] * (x < wide - 1)
            waiting += (found := left.intersection(near))
            left -= found
        yield (
            x0 * cell,
            y0 * cell,
            min((x1 + 1) * cell, ink.width),
            min((y1 + 1) * cell, ink.height),
        )


def _straightened(ink: Image.Image) -> _Straight:
    """Turned to where its box is smallest: the frame, or the letters, are level there."""
    small = ink.copy()
    small.thumbnail((240, 240))
    small = small.point(lambda v: 255 if v > 90 else 0)

    def room(degrees: int) -> tuple[int, int]:
        box = small.rotate(degrees, expand=True).getbbox() or (0, 0, 0, 0)
        return (box[2] - box[0]) * (box[3] - box[1]), abs(degrees)

    rough = min(range(-45, 46, 3), key=room)
    degrees = min(range(rough - 2, rough + 3), key=room)
    level = ink.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC) if degrees else ink
    level = level.crop(level.point(lambda v: 255 if v > 90 else 0).getbbox())
    if level.height > level.width:
        return _Straight(level.transpose(Image.Transpose.ROTATE_270), 90)
    return _Straight(level, degrees)


def _ways_to_show(ink: Image.Image) -> Iterator[Image.Image]:
    """In black on white, without and with its frame, this way up and the other."""
    wide = max(1, round(ink.width * LETTERS / ink.height))
    level = ImageChops.invert(ink.resize((wide, LETTERS), Image.Resampling.BICUBIC))
    bare = _without_frame(level)
    for shown in (bare, level):
        yield _on_paper(shown)
    for shown in (bare, level):
        yield _on_paper(shown.transpose(Image.Transpose.ROTATE_180))


def _without_frame(level: Image.Image) -> Image.Image:
    level = level.point(lambda v: 0 if v < 140 else 255)
    rim = round(level.height * RIM)
    wide, tall = level.size
    sides = [(x, y) for x in range(wide) for y in (0, rim // 2, tall - 1 - rim // 2, tall - 1)]
    sides += [(x, y) for y in range(tall) for x in (0, rim // 2, wide - 1 - rim // 2, wide - 1)]
    for place in sides:
        if level.getpixel(place) == 0:
            ImageDraw.floodfill(level, place, 255)
    return level


def _on_paper(shown: Image.Image) -> Image.Image:
    paper = Image.new("L", (shown.width + LETTERS, shown.height + LETTERS), 255)
    paper.paste(shown, (LETTERS // 2, LETTERS // 2))
    return paper
