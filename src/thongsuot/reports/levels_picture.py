"""The picture of a flow level by level: a column for each, water that falls from step to step and gets thinner.

The width of the water is units, of those the level has; what waits is hatched beside it. Pure geometry in the
coordinates of a column (300 wide); the template only draws. Rows stand at the same height in every column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.reports.picture import Box, ribbon
from thongsuot.reports.queries.level_shapes import LevelFlow, StepFlow

WIDTH, LEFT, SPAN = 300, 14.0, 272.0
TOP, ROW, BAR = 40.0, 92.0, 24.0
# Sent or to be made known, or people who must hear: any of them begins a level.
ROWS = (("sent", "asked", "required"), ("received",), ("planned",), ("met", "reached"), ("begun",), ("done",))
THINNEST = 1.5


@dataclass(frozen=True)
class Band:
    """One step of a level: how wide the water is, what waits beside it, and the fall from the step before."""

    step: StepFlow
    bed: Box
    water: Box
    waits: Box | None
    fall: str

    @property
    def label_y(self) -> float:
        return self.bed.y - 24

    @property
    def note_y(self) -> float:
        return self.bed.y - 7


@dataclass(frozen=True)
class Column:
    level: LevelFlow
    bands: tuple[Band, ...]
    height: float


def draw_levels(levels: Sequence[LevelFlow]) -> list[Column]:
    rows = [row for row in ROWS if any(name in level.steps for level in levels for name in row)]
    return [_column(level, rows) for level in levels]


def _column(level: LevelFlow, rows: Sequence[tuple[str, ...]]) -> Column:
    bands: list[Band] = []
    for place, names in enumerate(rows):
        found = [level.steps[name] for name in names if name in level.steps]
        if found:
            step = max(found, key=lambda one: one.number)
            bands.append(_band(step, level.units, TOP + place * ROW, bands[-1].water if bands else None))
    return Column(level, tuple(bands), bands[-1].bed.bottom + 8)


def _band(step: StepFlow, units: int, y: float, above: Box | None) -> Band:
    scale = SPAN / max(units, step.before, step.number, 1)
    water = _box(LEFT, y, step.number * scale)
    waiting = step.waiting * scale
    waits = _box(water.x + water.width, y, waiting) if step.waiting else None
    fall = ribbon(LEFT, above.width, above.bottom, LEFT, water.width, y) if above else ""
    return Band(step, _box(LEFT, y, SPAN), water, waits, fall)


def _box(x: float, y: float, width: float) -> Box:
    return Box(round(x, 1), round(y, 1), round(max(width, THINNEST if width else 0.0), 1), BAR)
