"""The pages of the record of acts."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.accounts.models import User
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.pages import page_or_fragment
from thongsuot.core.sheets import csv_lines
from thongsuot.core.ui.items import Tab
from thongsuot.journal import lines, services
from thongsuot.journal.filters import RecordFilters
from thongsuot.journal.keyset import stretch_of
from thongsuot.journal.permissions import can_read_record


@require_GET
def acts(request: HttpRequest) -> HttpResponse:
    filters = _filters(request)
    stretch = stretch_of(filters.acts, request.GET)
    context = _context(request, filters) | {"stretch": stretch, "lines": lines.lines_of(stretch.rows)}
    return page_or_fragment(request, "journal/acts.html", "_acts", context)


@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """Who looked at names and data of whom; kept for a while only."""
    filters = _filters(request)
    stretch = stretch_of(filters.readings, request.GET)
    context = _context(request, filters) | {"stretch": stretch, "lines": lines.readings_of(stretch.rows)}
    return page_or_fragment(request, "journal/readings.html", "_readings", context)


@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All acts of the list as it is filtered. A form of its own, because it is recorded."""
    filters = _filters(request)
    services.note_export(by=cast(User, request.user), asked=filters.codes)
    rows = filters.acts.order_by("-at", "-id").iterator(chunk_size=lines.AT_ONCE)
    answer = StreamingHttpResponse(
        csv_lines(lines.header(), lines.rows_for_file(rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="nhat-ky-{today():%Y-%m-%d}.csv"'
    return answer


def _filters(request: HttpRequest) -> RecordFilters:
    require(can_read_record(request.user))
    return RecordFilters(request.user, request.GET)


def _context(request: HttpRequest, filters: RecordFilters) -> dict[str, Any]:
    pages = {"journal:acts": _("Acts"), "journal:readings": _("Looks at personal data")}
    here = request.resolver_match.view_name if request.resolver_match else ""
    tabs = [Tab(label, reverse(name), name == here) for name, label in pages.items()]
    return {"filters": filters, "tabs": tabs, "plain": request.path}
