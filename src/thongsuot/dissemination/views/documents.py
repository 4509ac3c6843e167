"""The documents being disseminated: the list, the counts of one, a new requirement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.ui.items import Tab
from thongsuot.dissemination import queries
from thongsuot.dissemination.permissions import (
    can_call,
    can_follow_dissemination,
    can_name_members,
    can_require,
    can_see_coverage,
    can_vouch,
)
from thongsuot.dissemination.queries.coverage import is_past
from thongsuot.dissemination.queries.figures import followed_document
from thongsuot.dissemination.views._asked import number, who
from thongsuot.dissemination.views.figures import views_of
from thongsuot.documents.models import Document
from thongsuot.organizations.filters import StructureAsked
from thongsuot.organizations.models import MASS_KINDS, Unit, UnitKind
from thongsuot.organizations.queries.structure import Part, Structure


@dataclass(frozen=True)
class DocumentRow:
    document: Document
    coverage: queries.Coverage
    due: dt.date | None

    @property
    def is_past(self) -> bool:
        return is_past(self.due)


def overview(request: HttpRequest) -> HttpResponse:
    """Documents with the coverage of one's unit, sessions coming and held; a member sees what is theirs."""
    user = who(request)
    require_right(can_follow_dissemination(user))
    unit = queries.overview_unit(user)
    tab = request.GET.get("muc", "van-ban" if unit else "cua-toi")
    context: dict[str, Any] = {
        "unit": unit,
        "tab": tab,
        "tabs": _tabs(tab, with_documents=unit is not None),
        "may_call": any(queries.calling_units(user)),
        "may_answer": queries.can_answer_anywhere(user),
    }
    if tab == "buoi":
        context["page"] = paginate(request, queries.sessions_of(user, coming=True))
    elif tab == "da-hop":
        context["page"] = paginate(request, queries.sessions_of(user, coming=False))
    elif tab == "van-ban" and unit:
        context["page"] = paginate(request, queries.documents_disseminated(user, unit))
        context["rows"] = _rows(unit, list(context["page"]))
    else:
        context["page"] = paginate(request, queries.own_receipts(user))
    return render(request, "dissemination/list.html", context)


def _tabs(current: str, *, with_documents: bool) -> list[Tab]:
    names = [("van-ban", _("Documents"))] if with_documents else []
    names += [("buoi", _("Coming sessions")), ("da-hop", _("Past sessions")), ("cua-toi", _("For me"))]
    address = reverse("dissemination:list")
    return [Tab(label, f"{address}?muc={key}", key == current) for key, label in names]


def _rows(unit: Unit, documents: list[Document]) -> list[DocumentRow]:
    keys = [document.pk for document in documents]
    coverages, dues = queries.coverage_by_document(unit, keys), queries.dues_of(unit, keys)
    return [DocumentRow(d, coverages.get(d.pk, queries.Coverage()), dues.get(d.pk)) for d in documents]


@dataclass(frozen=True)
class UnitRow:
    key: int
    name: str
    is_cell: bool
    coverage: queries.Coverage
    first_met_on: dt.date | None
    may_open: bool
    part: Part | None = None  # in the structure of an earlier day


def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """One document in one unit: its counts, then unit by unit; in a cell, by name for those who may know.

    Unit by unit as the units stand today (``co-cau=hom-nay``) or stood on a day (``khi-do`` and ``ngay``; the day
    the document was issued when none is named).
    """
    user = who(request)
    document = followed_document(user, pk)
    if document is None:
        raise Http404
    asked = number(request, "don-vi")
    unit = queries.overview_unit(user, asked)
    if unit is None:
        raise Http404 if asked else PermissionDenied
    due = queries.dues_of(unit, [document.pk]).get(document.pk)
    structure = StructureAsked(unit, request.GET, otherwise=document.issued_on)
    missing = paginate(request, queries.unreached_in(user, document, unit)) if _names(user, unit) else None
    if missing:
        note_reading(
            by=user, what="members.unreached", unit_id=unit.pk, count=len(missing.object_list), on=document
        )
    counted = _counted_then if structure.is_then else _counted_today
    context = counted(request, document, structure.structure) | {
        "document": document,
        "name": queries.name_of(document),
        "unit": unit,
        "asked": structure,
        "beyond": structure.structure.beyond_reach(user),
        # The person's own unit is the highest they look into.
        "above": unit.parent if asked and unit.parent and can_see_coverage(user, unit.parent) else None,
        "due": due,
        "is_past": is_past(due),
        "missing": missing,
        "may_vouch": can_vouch(user, unit),
        "may_call": can_call(user, unit),
        "may_require": can_require(user, unit),
        "views": views_of(document, unit, "coverage"),
        "sessions": queries.latest_sessions_about(user, document),
    }
    return render(request, "dissemination/coverage.html", context)


def _counted_today(request: HttpRequest, document: Document, structure: Structure) -> dict[str, Any]:
    """From the totals: they follow the units as they stand."""
    page = paginate(request, queries.units_below_with_coverage(document, structure.unit))
    counted = queries.counted_units(document, [structure.unit.pk, *page])
    whole = counted.get(structure.unit.pk)
    rows = _unit_rows(who(request), [counted[key] for key in page if key in counted])
    return {"coverage": whole.coverage if whole else None, "page": page, "rows": rows}


def _counted_then(request: HttpRequest, document: Document, structure: Structure) -> dict[str, Any]:
    """From the counters of the cells, which keep where they were counted."""
    user = who(request)
    parts = queries.coverage_by_part(user, document, structure)
    page = paginate(request, parts)
    rows = [
        UnitRow(
            row.part.unit.pk,
            row.part.name,
            row.part.unit.kind == UnitKind.CELL,
            row.coverage,
            row.first_met_on,
            not row.part.is_itself and can_see_coverage(user, row.part.unit),
            row.part,
        )
        for row in page.object_list
    ]
    return {"coverage": queries.whole_of(parts), "page": page, "rows": rows}


def _names(user: User, unit: Unit) -> bool:
    return unit.kind in (UnitKind.CELL, *MASS_KINDS) and can_name_members(user, unit)


def _unit_rows(user: User, units: list[queries.CountedUnit]) -> list[UnitRow]:
    return [
        UnitRow(
            unit.pk,
            unit.short_name,
            unit.kind == UnitKind.CELL,
            unit.coverage,
            unit.first_met_on,
            can_see_coverage(user, unit),
        )
        for unit in units
    ]
