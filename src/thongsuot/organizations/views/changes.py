"""Two days compared: which units were founded, ended, renamed or moved, and who took over."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.ui.items import Tab
from thongsuot.organizations.filters import day_in
from thongsuot.organizations.models import UnitKind
from thongsuot.organizations.queries import units_visible_to
from thongsuot.organizations.queries.changes import Between, successions_from, successions_to

GROUPS: dict[str, str | Promise] = {
    "ket-thuc": _("Ended"),
    "thanh-lap": _("Founded"),
    "doi-ten": _("Renamed"),
    "chuyen": _("Moved"),
}


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    between = _between(request)
    rows: dict[str, Any] = {
        "ket-thuc": between.ended(),
        "thanh-lap": between.founded(),
        "doi-ten": between.renamed(),
        "chuyen": between.moved(),
    }
    counts = {name: found.count() for name, found in rows.items()}
    chosen = request.GET.get("xem", "")
    if chosen not in GROUPS:
        chosen = next((name for name in GROUPS if counts[name]), "ket-thuc")
    asked = {"tu": between.first.isoformat(), "den": between.second.isoformat()}
    asked |= {"goc": str(between.root.pk)} if between.root else {}
    page = paginate(request, rows[chosen])
    context = {
        "between": between,
        "chosen": chosen,
        "tabs": [
            Tab(label, f"?{urlencode(asked | {'xem': name})}", name == chosen, counts[name])
            for name, label in GROUPS.items()
        ],
        "page": page,
        "lines": _lines(chosen, list(page.object_list)),
    }
    return render(request, "organizations/compare.html", context)


def _between(request: HttpRequest) -> Between:
    """From the days asked for, the earlier first; a year back when none is named."""
    second = day_in(request.GET.get("den")) or today()
    first = day_in(request.GET.get("tu")) or second.replace(year=second.year - 1, day=min(second.day, 28))
    key = number_in(request.GET.get("goc"))
    root = units_visible_to(request.user).filter(pk=key).first() if key else None
    return Between(request.user, min(first, second), max(first, second), root)


def _lines(chosen: str, rows: list[Any]) -> list[dict[str, Any]]:
    """The rows with what belongs beside them: who took over, or how it was before."""
    if chosen == "ket-thuc":
        taken = successions_from(rows)
        return [{"unit": unit, "day": unit.valid_to, "others": taken.get(unit.pk, [])} for unit in rows]
    if chosen == "thanh-lap":
        came = successions_to(rows)
        return [{"unit": unit, "day": unit.valid_from, "others": came.get(unit.pk, [])} for unit in rows]
    return [{"version": row, "day": row.valid_from, "old_kind": _kind(row.old_kind)} for row in rows]


def _kind(value: str) -> str:
    return str(UnitKind(value).label) if value in UnitKind.values else value
