"""The pages of a sheet as they are printed: places in tenths of a millimetre, as text for attributes of SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from thongsuot.core.ui import words
from thongsuot.dissemination.models import PaperSheet
from thongsuot.dissemination.paper.queries import lines_of
from thongsuot.dissemination.queries import name_of
from thongsuot.formats.signed import codes, geometry
from thongsuot.organizations.models import Person

WIDE_NAME = 34  # letters that fit; a longer name is drawn closer
LINE = 62  # letters of a line of the head
WHITE = 30  # around the codes, without which no camera sees them
# What is printed of the page: its own edge would only be doubled by that of the printer.
_EDGE = geometry.EDGE - WHITE
SHOWN = f"{_EDGE} {_EDGE} {geometry.WIDE - 2 * _EDGE} {geometry.TALL - 2 * _EDGE}"


@dataclass(frozen=True)
class Label:
    """Words at a place; ``squeezed`` is the width into which a long one is drawn."""

    text: str
    x: str
    y: str
    squeezed: str = ""


@dataclass(frozen=True)
class CornerCode:
    x: str
    y: str
    side: str
    drawn: SafeString


@dataclass(frozen=True)
class Stroke:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class DrawnPage:
    sheet: PaperSheet
    number: int
    corners: list[CornerCode]
    strokes: list[Stroke]
    head: list[Label]
    columns: list[Label]
    cells: list[Label]
    foot: list[Label]

    @property
    def label(self) -> str:
        return _("Sheet %(sheet)s, page %(page)s of %(pages)s") % {
            "sheet": self.sheet.shown_code,
            "page": self.number,
            "pages": self.sheet.pages,
        }


def drawn(sheets: Sequence[PaperSheet]) -> list[DrawnPage]:
    """All pages of these sheets, one query for the names."""
    people = Person.objects.in_bulk({key for sheet in sheets for key in sheet.rows})
    return [_page(sheet, page, people) for sheet in sheets for page in range(1, sheet.pages + 1)]


def _page(sheet: PaperSheet, page: int, people: dict[int, Person]) -> DrawnPage:
    top = geometry.TOP - 22
    titles = [
        (_("Number in the list"), geometry.LEFT),
        (_("Full name"), geometry.NAME),
        (_("Code of the row"), geometry.MARK),
        (_("Signature"), geometry.SIGN),
    ]
    return DrawnPage(
        sheet,
        page,
        [_corner(sheet, page, place) for place in range(codes.CORNERS)],
        _strokes(),
        _head(sheet, page),
        [Label(text, str(left + 16), str(top)) for text, left in titles],
        _cells(sheet, page, people),
        _foot(),
    )


def _corner(sheet: PaperSheet, page: int, place: int) -> CornerCode:
    box = geometry.corner(place)
    said = codes.payload(codes.Corner(sheet.code, page, sheet.version, place))
    made = segno.make(said, error="q", micro=False).svg_inline(
        border=0, svgclass=None, lineclass=None, omitsize=True
    )
    # Drawn by the library from figures of ours.
    return CornerCode(str(box.left), str(box.top), str(box.wide), mark_safe(made))  # noqa: S308


def _strokes() -> list[Stroke]:
    top, bottom = geometry.TOP - geometry.HEAD, geometry.rule(geometry.ROWS)
    across = [top, *(geometry.rule(line) for line in range(geometry.ROWS + 1))]
    down = (geometry.LEFT, geometry.NAME, geometry.MARK, geometry.SIGN, geometry.RIGHT)
    return [Stroke(str(geometry.LEFT), str(y), str(geometry.RIGHT), str(y)) for y in across] + [
        Stroke(str(x), str(top), str(x), str(bottom)) for x in down
    ]


def _head(sheet: PaperSheet, page: int) -> list[Label]:
    """Between the codes: which sheet; below them: whose and for what."""
    middle = str(geometry.WIDE // 2)
    if sheet.session:
        title, subject = _("SHEET TO SIGN"), sheet.session.title
        when = f"{words.moment(sheet.session.starts_at)} · {sheet.session.place}"
    else:
        assert sheet.document is not None  # noqa: S101  # said by the constraint, for the type checker
        title = _("LIST OF THOSE WHO HAVE HEARD OF THE DOCUMENT")
        subject = f"{name_of(sheet.document)}: {sheet.document.subject}"
        when = _("By signing I confirm that I have heard of this text (version %(version)s).") % {
            "version": sheet.version
        }
    number = _("Sheet %(sheet)s · page %(page)s/%(pages)s") % {
        "sheet": sheet.shown_code,
        "page": page,
        "pages": sheet.pages,
    }
    lines = textwrap.wrap(subject, LINE, max_lines=2, placeholder=" …")
    said = [title, sheet.unit.name, number, *lines, when]
    heights = [140, 190, 236, *([300, 346] if len(lines) == 2 else [320]), 396]
    return [
        Label(text, middle, str(y), "1480" if len(text) > LINE else "")
        for text, y in zip(said, heights, strict=True)
    ]


def _cells(sheet: PaperSheet, page: int, people: dict[int, Person]) -> list[Label]:
    cells = []
    for place, line in enumerate(lines_of(sheet, page)):
        y = str(geometry.rule(place) + 66)
        cells.append(Label(str(line), str(geometry.LEFT + 16), y))
        if line > len(sheet.rows):
            continue
        person = people.get(sheet.rows[line - 1])
        name = str(person) if person else ""
        cells.append(Label(name, str(geometry.NAME + 16), y, "780" if len(name) > WIDE_NAME else ""))
        cells.append(Label(codes.row_code(sheet.code, line), str(geometry.MARK + 16), y))
    return cells


def _foot() -> list[Label]:
    middle = str(geometry.WIDE // 2)
    said = [
        _("Sign inside the box of your row. Who is not on the list writes the name on a blank row."),
        _("To hand it in: photograph or scan the whole page with its four corners."),
    ]
    return [
        Label(text, middle, str(y), "1480" if len(text) > 88 else "")
        for text, y in zip(said, (2780, 2826), strict=True)
    ]
