"""The same figures as a workbook: counts, and the rates computed from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.core.sheets import MOST_ROWS_OF_XLSX, xlsx_file
from thongsuot.core.ui.words import count
from thongsuot.dissemination.queries.figures import UnitFigures, figures_below, ways_of
from thongsuot.dissemination.views.figures import FiguresAsked, figures_asked

AT_ONCE = 1000
Cell = str | int | float | dt.date
Table = tuple[list[str], Iterable[list[Cell]]]


def figures_file(request: HttpRequest, pk: int) -> FileResponse:
    """What the page shows, whole, as a workbook: counts, and the rates computed from them."""
    asked = figures_asked(request, pk)
    header, rows = {
        "don-vi": _by_unit,
        "cap": _by_level,
        "hinh-thuc": _by_form,
        "ngay": _by_day,
    }[asked.by](asked)
    name = f"so-lieu-{asked.document.pk}-{asked.unit.pk}-{today():%Y-%m-%d}.xlsx"
    return FileResponse(xlsx_file(_("Figures"), header, rows), as_attachment=True, filename=name)


def _share(part: int, whole: int) -> float | str:
    return part / whole if whole else ""


def _by_unit(asked: FiguresAsked) -> Table:
    units = figures_below(asked.document, asked.unit)
    if units.count() >= MOST_ROWS_OF_XLSX:
        sentence = _("More than %(count)s units do not fit into this kind of file. Choose a unit below.")
        raise Refused(sentence % {"count": count(MOST_ROWS_OF_XLSX)}, code="too_many")
    header = [
        *(_("Unit"), _("People to reach"), _("Reached"), _("Coverage")),
        *(_("Reached in time"), _("Timeliness"), _("Key cadres"), _("Key cadres reached")),
        *(_("Share of key cadres"), _("Exempt"), _("Residents and members of mass organisations reached")),
        *(_("Cells"), _("Cells that have met")),
        *(_("Organisations that have the document"), _("With a plan of their own"), _("Share with a plan")),
    ]

    def rows() -> Iterator[list[Cell]]:
        for total in units.iterator(AT_ONCE):
            row = UnitFigures.of(total)
            yield _unit_row(row.unit.name, row)
        if asked.whole:
            yield _unit_row(_("All of %(unit)s") % {"unit": asked.unit.name}, asked.whole)

    return header, rows()


def _unit_row(name: str, row: UnitFigures) -> list[Cell]:
    coverage, plans = row.coverage, row.plans
    return [
        *(name, coverage.required, coverage.reached, _share(coverage.reached, coverage.required)),
        *(coverage.in_time, _share(coverage.in_time, coverage.required)),
        *(coverage.key, coverage.key_reached, _share(coverage.key_reached, coverage.key)),
        *(coverage.exempt, coverage.residents, coverage.cells, coverage.met),
        *(plans.asked, plans.planned, _share(plans.planned, plans.asked)),
    ]


def _by_level(asked: FiguresAsked) -> Table:
    header = [
        *(_("Level"), _("Units with people to reach"), _("Have reached everybody"), _("Share of them")),
        *(_("Organisations that have the document"), _("With a plan of their own"), _("Share with a plan")),
    ]
    rows: list[list[Cell]] = [
        [
            *(row.name, row.units, row.through, _share(row.through, row.units)),
            *(row.plans.asked, row.plans.planned, _share(row.plans.planned, row.plans.asked)),
        ]
        for row in asked.levels
    ]
    return header, rows


def _by_form(asked: FiguresAsked) -> Table:
    header = [_("Form"), _("People reached"), _("Sessions held"), _("Called"), _("Present"), _("Attendance")]
    rows: list[list[Cell]] = [[name, reached, "", "", "", ""] for name, reached in ways_of(asked.days)]
    for form in asked.sessions.forms:
        share = _share(form.present, form.called)
        rows.append([form.name, "", form.held, form.called, form.present, share])
    return header, rows


def _by_day(asked: FiguresAsked) -> Table:
    whole = asked.whole.coverage.required if asked.whole else 0
    header = [_("Day"), _("Reached on this day"), _("Reached by then"), _("People to reach"), _("Coverage")]
    rows: list[list[Cell]] = [
        [row.day, row.reached, row.so_far, whole, _share(row.so_far, whole)] for row in asked.days
    ]
    return header, rows
