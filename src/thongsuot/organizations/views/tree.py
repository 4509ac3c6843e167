"""The tree of units: opened level by level, searched, as of a day, printed and exported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.accounts.roles import Permission
from thongsuot.core.keys import number_in
from thongsuot.core.pages import MOST_COUNTED, paginate
from thongsuot.core.refusals import Refused
from thongsuot.core.sheets import MOST_ROWS_OF_XLSX, csv_lines, xlsx_file
from thongsuot.core.ui.words import count
from thongsuot.organizations import exports
from thongsuot.organizations.filters import TreeFilters
from thongsuot.organizations.imports.queries import may_found, may_import
from thongsuot.organizations.models import UnitKind, UnitVersion
from thongsuot.organizations.models.units import UnitVersionQuerySet
from thongsuot.organizations.queries.tree import (
    Node,
    children_of,
    found_on,
    names_above,
    tree_on,
    versions_visible_to,
)
from thongsuot.organizations.reach import can_anywhere

MOST_PRINTED = 20_000
DEEPEST = 6


@dataclass
class Twig:
    """A unit as the page draws it: with the addresses that open it, close it and show more below it."""

    node: Node
    toggle: str
    branch: str
    more: str
    below: list[Twig] = field(default_factory=list)


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    filters = TreeFilters(request.user, request.GET)
    can_reorganize = can_anywhere(request.user, Permission.UNIT_REORGANIZE)
    context = {
        "filters": filters,
        "kinds": UnitKind.choices,
        "can_reorganize": can_reorganize,
        "can_move": can_reorganize and filters.is_today,
        "may_import": may_import(request.user),
        "may_found": may_found(request.user),
        "plain": request.path + filters.of_the_day,
        "above_root": names_above([filters.root], filters.day)[filters.root.unit_id] if filters.root else (),
    }
    if filters.is_a_search:
        page = paginate(request, _matching(request, filters), most=MOST_COUNTED)
        names = names_above(page.object_list, filters.day)
        found = [(version, names[version.unit_id]) for version in page.object_list]
        context |= {"page": page, "found": found}
    else:
        shown = tree_on(
            request.user, filters.day, root=filters.root, opened=filters.opened, start=filters.start
        )
        context |= {"tree": shown, "twigs": [_twig(node, filters) for node in shown.tops]}
    return render(request, "organizations/tree.html", context)


@require_GET
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """The next children of one unit: what a click puts below it."""
    filters = TreeFilters(request.user, request.GET)
    node = children_of(request.user, filters.day, pk, filters.start)
    if node is None:
        raise Http404
    return render(request, "organizations/_branch.html", {"filters": filters, "twig": _twig(node, filters)})


@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """The tree as one list to print, as deep as is asked for."""
    filters = TreeFilters(request.user, request.GET)
    rows = versions_visible_to(request.user, filters.day)
    depth = min(number_in(request.GET.get("sau"), 2) or 0, DEEPEST)
    highest = filters.root.depth if filters.root else 0
    if filters.root:
        rows = rows.under(filters.root.path)
    if depth:
        rows = rows.filter(depth__lt=highest + depth)
    listed = _as_a_tree(list(rows.order_by("depth", "sort_key", "unit_id")[: MOST_PRINTED + 1]))
    context = {
        "filters": filters,
        "depth": depth,
        "depths": range(1, DEEPEST + 1),
        "versions": listed[:MOST_PRINTED],
        "is_cut": len(listed) > MOST_PRINTED,
        "most": MOST_PRINTED,
    }
    return render(request, "organizations/print.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """What the tree or the search shows, everything below included: CSV by the line, XLSX up to a limit."""
    filters = TreeFilters(request.user, request.GET)
    versions = _matching(request, filters)
    rows = exports.unit_rows(versions)
    name = f"don-vi-{filters.day:%Y-%m-%d}"
    if request.GET.get("dang") != "xlsx":
        lines = csv_lines(exports.HEADER, rows)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    if versions.count() > MOST_ROWS_OF_XLSX:
        sentence = _(
            "More than %(count)s units do not fit into this kind of file. Export CSV, or choose a unit."
        )
        raise Refused(sentence % {"count": count(MOST_ROWS_OF_XLSX)}, code="too_many")
    return FileResponse(
        xlsx_file("Đơn vị", exports.HEADER, rows), as_attachment=True, filename=f"{name}.xlsx"
    )


def _matching(request: HttpRequest, filters: TreeFilters) -> UnitVersionQuerySet:
    return found_on(request.user, filters.day, text=filters.text, kind=filters.kind, root=filters.root)


def _twig(node: Node, filters: TreeFilters) -> Twig:
    key, version = node.key, node.version
    is_fixed = bool(filters.root and filters.root.unit_id == key)
    branch = reverse("organizations:branch", args=[key])
    return Twig(
        node,
        toggle="" if is_fixed or not node.has_children else _address(filters, version),
        branch=branch + filters.of_the_day,
        more=f"?{urlencode({'goc': key, 'tu': node.more_from} | filters.same_day)}" if node.more_from else "",
        below=[_twig(child, filters) for child in node.children],
    )


def _address(filters: TreeFilters, version: UnitVersion) -> str:
    """This page with one unit opened, or closed again."""
    key = version.unit_id
    opened = [other for other in filters.opened if other != key]
    if key not in filters.opened:
        opened.append(key)
    asked: dict[str, object] = {"goc": filters.root.unit_id} if filters.root else {}
    if opened:
        asked["mo"] = ",".join(map(str, opened))
    return f"?{urlencode(asked | filters.same_day, safe=',')}#n{key}"


def _as_a_tree(versions: list[UnitVersion]) -> list[UnitVersion]:
    """Rows in the order of their level put each behind the one it hangs below, siblings in the Vietnamese order."""
    known = {version.unit_id for version in versions}
    below: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in versions:
        below[version.parent_id if version.parent_id in known and version.parent_id else 0].append(version)

    def walk() -> Iterator[UnitVersion]:
        waiting = below[0][::-1]
        while waiting:
            version = waiting.pop()
            yield version
            waiting.extend(below.get(version.unit_id, [])[::-1])

    return list(walk())
