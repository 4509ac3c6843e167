"""Signed sheets as pictures: the page drawn from the product's own geometry, signed, printed, photographed badly."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from thongsuot.formats.signed import geometry
from thongsuot.formats.signed.codes import Corner, payload, row_code
from thongsuot.formats.signed.plane import plane_through

DOTS = 0.8  # in a tenth of a millimetre: 203 dots per inch
SHEET = 482173905631 // 100


def _at(value: float) -> int:
    return round(value * DOTS)


def page_of(sheet: int, page: int = 1, version: int = 1, rows: int = geometry.ROWS) -> Image.Image:
    """The printed page, nobody has signed yet."""
    drawn = Image.new("L", (_at(geometry.WIDE), _at(geometry.TALL)), 255)
    pen = ImageDraw.Draw(drawn)
    font = ImageFont.load_default(_at(34))
    for place in range(4):
        box = geometry.corner(place)
        drawn.paste(
            _code(payload(Corner(sheet, page, version, place)), _at(box.wide)), (_at(box.left), _at(box.top))
        )
    pen.text((_at(320), _at(130)), "DANH SACH KY TEN", fill=0, font=font)
    for line in range(rows + 1):
        pen.line(
            [(_at(geometry.LEFT), _at(geometry.rule(line))), (_at(geometry.RIGHT), _at(geometry.rule(line)))],
            90,
            2,
        )
    bottom = geometry.rule(rows)
    for column in (geometry.LEFT, geometry.NAME, geometry.MARK, geometry.SIGN, geometry.RIGHT):
        pen.line([(_at(column), _at(geometry.TOP - geometry.HEAD)), (_at(column), _at(bottom))], 90, 2)
    for line in range(rows):
        number = (page - 1) * geometry.ROWS + line + 1
        y = _at(geometry.rule(line) + 30)
        pen.text((_at(geometry.LEFT + 20), y), str(number), fill=0, font=font)
        pen.text((_at(geometry.NAME + 20), y), f"Nguyen Thi So {number}", fill=0, font=font)
        pen.text((_at(geometry.MARK + 20), y), row_code(sheet, number), fill=0, font=font)
    return drawn


def _code(text: str, side: int) -> Image.Image:
    made = io.BytesIO()
    segno.make(text, error="q", micro=False).save(made, kind="png", scale=1, border=0)
    return Image.open(made).convert("L").resize((side, side), Image.Resampling.NEAREST)


def sign(
    page: Image.Image, lines: Iterable[int], chance: random.Random, ink: int = 60, weight: int = 4
) -> Image.Image:
    """Sign these lines (from 0): a few loops, sometimes small, sometimes out of the box."""
    signed = page.copy()
    pen = ImageDraw.Draw(signed)
    for line in lines:
        wide, tall = chance.uniform(150, 450), chance.uniform(45, 95)
        left = geometry.SIGN + 40 + chance.uniform(0, 650 - wide)
        middle = geometry.rule(line) + geometry.ROW / 2 + chance.uniform(-12, 12)
        loops, lean = chance.randint(3, 7), chance.uniform(0, math.pi)
        points = []
        for step in range(120):
            t = step / 119
            x = left + wide * t + tall * 0.4 * math.sin(t * loops * 6.3 + lean)
            y = middle + tall / 2 * math.sin(t * loops * 5.1) * (1 - 0.5 * t)
            points.append((_at(x), _at(y)))
        pen.line(points, ink, weight, joint="curve")
    return signed


@dataclass(frozen=True)
class Photo:
    """How the photograph was taken."""

    turn: float = 0.0  # degrees
    slant: float = 0.0  # share by which the far edge is shorter
    light: float = 1.0
    shadow: float = 1.0  # of half of the page
    noise: float = 0.0
    blur: float = 0.0
    scale: float = 1.0
    quality: int = 85
    curl: float = 0.0  # tenths of a millimetre by which the middle of the page is off


def photographed(page: Image.Image, how: Photo, chance: random.Random) -> bytes:
    """A JPEG of the page on a table."""
    table = Image.new("L", (round(page.width * 1.3), round(page.height * 1.25)), 120)
    table.paste(_curled(page, how.curl), ((table.width - page.width) // 2, (table.height - page.height) // 2))
    seen = table.rotate(how.turn, Image.Resampling.BICUBIC, expand=True, fillcolor=120)
    seen = _slanted(seen, how.slant)
    if how.shadow < 1:
        seen = _shaded(seen, how.shadow, chance)
    seen = ImageEnhance.Brightness(seen).enhance(how.light)
    if how.blur:
        seen = seen.filter(ImageFilter.GaussianBlur(how.blur))
    if how.scale != 1:
        seen = seen.resize(
            (round(seen.width * how.scale), round(seen.height * how.scale)), Image.Resampling.BOX
        )
    if how.noise:
        grain = Image.effect_noise(seen.size, how.noise)
        seen = ImageChops.add(seen, grain, 1, -128)
    taken = io.BytesIO()
    seen.convert("RGB").save(taken, "JPEG", quality=how.quality)
    return taken.getvalue()


def _curled(page: Image.Image, curl: float) -> Image.Image:
    """Bent along its height: the middle lies lower than it should."""
    if not curl:
        return page
    parts = 24
    mesh = []
    for part in range(parts):
        top, bottom = page.height * part // parts, page.height * (part + 1) // parts
        ys = [y - curl * DOTS * math.sin(math.pi * y / page.height) for y in (top, bottom)]
        mesh.append(
            ((0, top, page.width, bottom), (0, ys[0], 0, ys[1], page.width, ys[1], page.width, ys[0]))
        )
    return page.transform(page.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=255)


def _slanted(seen: Image.Image, slant: float) -> Image.Image:
    if not slant:
        return seen
    wide, tall = seen.size
    cut = wide * slant / 2
    # A true perspective: where each corner of the picture lies on the table.
    far = [(-cut, -cut / 2), (wide + cut, -cut / 2), (wide, tall), (0.0, tall)]
    near = [(0.0, 0.0), (wide, 0.0), (wide, tall), (0.0, tall)]
    plane = plane_through(list(zip(near, far, strict=True)))
    assert plane is not None
    return seen.transform(
        seen.size, Image.Transform.PERSPECTIVE, plane, Image.Resampling.BICUBIC, fillcolor=120
    )


def _shaded(seen: Image.Image, shadow: float, chance: random.Random) -> Image.Image:
    mask = Image.new("L", seen.size, 0)
    x = seen.width * chance.uniform(0.4, 0.8)
    lean = seen.width * chance.uniform(-0.2, 0.2)
    ImageDraw.Draw(mask).polygon(
        [(x, 0), (seen.width, 0), (seen.width, seen.height), (x + lean, seen.height)], fill=255
    )
    mask = mask.filter(ImageFilter.GaussianBlur(chance.choice((2, 12, 40))))
    return Image.composite(ImageEnhance.Brightness(seen).enhance(shadow), seen, mask)
