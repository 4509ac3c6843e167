"""The picture of a flow: widths are members, time flows downwards, what stands still gathers at its level.

Pure geometry in the coordinates of the drawing (1312 × 604); the template only draws. Units are sorted so that
dryness gathers at the right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from thongsuot.reports.queries.flow import CellFlow, Flow, Step, UnitFlow

LEFT, RIGHT, GAP = 190.0, 1142.0, 4.0
SOURCE_WIDTH, SOURCE_X, SOURCE_BOTTOM = 360.0, 486.0, 48.0
UNIT_TOP, UNIT_BOTTOM = 156.0, 232.0
CELL_TOP, CELL_BOTTOM = 372.0, 410.0
SEA_TOP, SEA_BOTTOM = 540.0, 588.0
MOST_UNITS = 40
MOST_CELLS = 400


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Dam:
    """What stands still: a pool under its box with a bar, and how long or how many."""

    box: Box
    state: str
    label: str = ""

    @property
    def dam_y(self) -> float:
        return self.box.bottom + 4

    @property
    def text_y(self) -> float:
        return self.box.y + 19


@dataclass(frozen=True)
class CellShape:
    cell: CellFlow
    box: Box
    bed: Box
    water: Box
    ribs: tuple[str, ...]
    is_dry: bool
    pool: Dam | None


@dataclass(frozen=True)
class UnitShape:
    row: UnitFlow
    box: Box
    rib: str
    threads: tuple[str, ...]
    words: tuple[str, ...]
    is_dry: bool
    cells: tuple[CellShape, ...]
    dam: Dam | None


@dataclass
class Picture:
    units: list[UnitShape] = field(default_factory=list)
    axis: tuple[int, ...] = (26, 195, 391, 564)


def can_be_drawn(flow: Flow) -> bool:
    """A picture of more than this is noise: the table says it better."""
    return 0 < len(flow.rows) <= MOST_UNITS and flow.cells <= MOST_CELLS


def draw(flow: Flow) -> Picture:
    rows = sorted(flow.rows, key=_dryness)
    weights = [max(float(row.required), 1.0) if flow.required else 1.0 for row in rows]
    scale = (RIGHT - LEFT - GAP * (len(rows) - 1)) / sum(weights)
    source_scale = SOURCE_WIDTH / sum(weights)
    picture = Picture()
    x, source_x = LEFT, SOURCE_X
    for row, weight in zip(rows, weights, strict=True):
        width, source_width = weight * scale, weight * source_scale
        picture.units.append(_unit(row, x, width, source_x, source_width))
        x += width + GAP
        source_x += source_width
    return picture


def _dryness(row: UnitFlow) -> tuple[bool, int, float, str]:
    share = row.reached / row.required if row.required else 1.0
    return (row.standing == "late", -row.step, -share, row.unit.sort_key)


def _unit(row: UnitFlow, x: float, width: float, source_x: float, source_width: float) -> UnitShape:
    box = _box(x, UNIT_TOP, width, UNIT_BOTTOM - UNIT_TOP)
    is_dry = row.step == Step.RECEIVE
    bottom = UNIT_TOP - 30 if is_dry else UNIT_TOP
    dam = None
    if row.standing in ("late", "soon") and row.step in (Step.RECEIVE, Step.PLAN):
        y = bottom if row.step == Step.RECEIVE else UNIT_BOTTOM - 6
        dam = Dam(_box(x, y, width, 30), row.standing, str(row.days_late) if row.days_late else "")
    return UnitShape(
        row=row,
        box=box,
        rib=ribbon(source_x, source_width, SOURCE_BOTTOM - 2, x, width, bottom),
        threads=tuple(
            thread(source_x + source_width * part / 4, SOURCE_BOTTOM, x + width * part / 4, bottom)
            for part in (1, 2, 3)
        )
        if width > 24
        else (),
        words=_words(row.unit.short_name, width),
        is_dry=is_dry,
        cells=_cells(row, x, width),
        dam=dam,
    )


def _cells(row: UnitFlow, x: float, width: float) -> tuple[CellShape, ...]:
    if not row.cells:
        return ()
    gap = 2.0 if width / len(row.cells) > 6 else 0.5
    total = sum(max(cell.required, 1) for cell in row.cells)
    scale = (width - gap * (len(row.cells) - 1)) / total
    shapes = []
    ordered = sorted(
        row.cells, key=lambda cell: (cell.met_on is None, -cell.reached / max(cell.required, 1), cell.unit_id)
    )
    for cell in ordered:
        cell_width = max(cell.required, 1) * scale
        is_dry = not cell.met_on and not cell.reached
        box = _box(x, CELL_TOP, cell_width, CELL_BOTTOM - CELL_TOP)
        height = SEA_BOTTOM - SEA_TOP
        level = height * cell.reached / cell.required if cell.required else 0.0
        flows = row.step > Step.PLAN
        shapes.append(
            CellShape(
                cell=cell,
                box=box,
                bed=_box(x, SEA_TOP, cell_width, height),
                water=_box(x, SEA_BOTTOM - level, cell_width, level),
                ribs=tuple(
                    ribbon(x, cell_width, top, x, cell_width, bottom)
                    for top, bottom, runs in (
                        (UNIT_BOTTOM, CELL_TOP, flows or not is_dry),
                        (CELL_BOTTOM, SEA_TOP, not is_dry),
                    )
                    if runs
                ),
                is_dry=is_dry,
                pool=_cell_pool(row, box) if is_dry and flows else None,
            )
        )
        x += cell_width + gap
    return tuple(shapes)


def _cell_pool(row: UnitFlow, box: Box) -> Dam | None:
    """A cell that has the document before it and has not met: amber while there is time, red after."""
    if row.standing not in ("late", "soon"):
        return None
    return Dam(_box(box.x, CELL_TOP - 6, box.width, 22), row.standing)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(round(x, 1), round(y, 1), round(max(width, 0.5), 1), round(height, 1))


def ribbon(x1: float, width1: float, y1: float, x2: float, width2: float, y2: float) -> str:
    """The outline of water that leaves at (x1, y1) and arrives at (x2, y2), as an SVG path."""
    half = (y1 + y2) / 2
    return (
        f"M{x1:.1f} {y1:.1f}C{x1:.1f} {half:.1f} {x2:.1f} {half:.1f} {x2:.1f} {y2:.1f}"
        f"H{x2 + width2:.1f}C{x2 + width2:.1f} {half:.1f} {x1 + width1:.1f} {half:.1f} {x1 + width1:.1f} {y1:.1f}Z"
    )


def thread(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (y1 + y2) / 2
    return f"M{x1:.1f} {y1:.1f}C{x1:.1f} {half:.1f} {x2:.1f} {half:.1f} {x2:.1f} {y2:.1f}"


def _words(name: str, width: float) -> tuple[str, ...]:
    """A name on one or two lines, or none where there is no room for it."""
    letters = width / 8.4
    if len(name) <= letters:
        return (name,)
    parts = name.split()
    halfway = (len(parts) + 1) // 2
    lines = (" ".join(parts[:halfway]), " ".join(parts[halfway:]))
    return lines if max(map(len, lines)) <= letters else ()
