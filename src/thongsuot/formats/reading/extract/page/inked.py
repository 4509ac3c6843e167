"""Ruled lines found in the picture of a page: the table of a scan has no strokes but dots in a row."""

from collections.abc import Iterator

from PIL import Image

from thongsuot.formats.reading.extract.page.grid import Rule

DARK = 110  # of 255, on the average of a block: a line of half a point is darker, a row of letters is not
BLOCK = 0.25  # inches: longer than any stroke of a letter
SHORTEST = 4  # blocks
DRIFT = 2  # dots from block to block: paper lies askew
MAX_DASHES = 20_000


def rules_on(picture: Image.Image, dots: int) -> list[Rule]:
    """The level and upright rules of a page in greys, in points."""
    length = max(8, round(dots * BLOCK))
    scale = 72 / dots
    found = []
    for level in (True, False):
        # One step along the line is a whole block, one step across it a single dot.
        factors = (length, 1) if level else (1, length)
        small = picture.reduce(factors)
        if not level:
            small = small.transpose(Image.Transpose.TRANSPOSE)
        for across, first, last in _runs(small):
            found.append(Rule(level, across * scale, first * length * scale, (last + 1) * length * scale))
    return found


def _runs(small: Image.Image) -> Iterator[tuple[float, int, int]]:
    """Dark blocks that follow each other, drifting a little up or down: (place across, first, last block)."""
    wide, tall = small.size
    data = small.tobytes()
    dashes: list[list[int]] = [
        [y for y in range(tall) if data[y * wide + x] < DARK and _is_peak(data, x, y, wide, tall)]
        for x in range(wide)
    ]
    if sum(map(len, dashes)) > MAX_DASHES:
        return
    open_runs: dict[int, list[int]] = {}  # by the place of its last block: all its places
    for x, places in enumerate([*dashes, []]):
        going: dict[int, list[int]] = {}
        for y in places:
            before = next(
                (open_runs.pop(y + d) for d in (0, *range(-DRIFT, DRIFT + 1)) if y + d in open_runs), []
            )
            going[y] = [*before, y]
        for run in open_runs.values():
            if len(run) >= SHORTEST:
                yield sum(run) / len(run), x - len(run), x - 1
        open_runs = going


def _is_peak(data: bytes, x: int, y: int, wide: int, tall: int) -> bool:
    """The darkest dot of a line some dots thick, with paper on both sides: not the edge of a black area."""
    here = data[y * wide + x]
    above = data[(y - 1) * wide + x] if y else 255
    below = data[(y + 1) * wide + x] if y + 1 < tall else 255
    far = [data[k * wide + x] for k in (y - 5, y + 5) if 0 <= k < tall]
    return above > here <= below and all(value > DARK for value in far)
