"""Units and people from a table: the file, its columns, what would become of each row, the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.audit.models import Way
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.core.sheets import MOST_ROWS_OF_XLSX, csv_lines, xlsx_file
from thongsuot.organizations.forms.imports import ColumnsForm, TableForm
from thongsuot.organizations.imports import copies, drafting, queries, services
from thongsuot.organizations.imports.sentences import failure_of
from thongsuot.organizations.models import Import, ImportState, ImportSubject, RowState
from thongsuot.organizations.views.who import person_acting

S = ImportState
AT_WORK = (S.READING, S.PLANNING, S.RUNNING, S.UNDOING)
EXAMPLES = 5


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """What was imported, and the form for the next file."""
    user = person_acting(request)
    require(queries.may_import(user))
    form = TableForm(request.POST or None, request.FILES or None, units=queries.units_to_import_into(user))
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            batch = services.take_in_table(
                by=user,
                unit=entered["unit"],
                subject=entered["subject"],
                content=entered["file"].read(),
                name=entered["file"].name,
            )
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("organizations:import_columns", batch.pk)
    context = {
        "form": form,
        "page": paginate(request, queries.imports_of(user)),
        "subjects": ImportSubject.choices,
        "may_found": queries.may_found(user),
    }
    return render(request, "organizations/imports/list.html", context, status=422 if form.errors else 200)


@require_GET
def template(request: HttpRequest, subject: str) -> HttpResponse:
    require(queries.may_import(request.user))
    if subject not in ImportSubject:
        raise Http404
    answer = HttpResponse(
        copies.template_of(subject),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    name = "mau-don-vi" if subject == ImportSubject.UNITS else "mau-nguoi"
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which: guessed, shown with some rows, and corrected where it is wrong."""
    batch = _import_or_404(request, pk)
    if batch.state not in (S.MAPPING, S.PLANNED):
        return redirect(batch)
    form = ColumnsForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.choose_columns(
                by=person_acting(request),
                batch=batch,
                columns=form.columns(),
                since=form.cleaned_data["since"],
            )
            return redirect(batch)
    first = batch.parts.order_by("ordinal").first()
    rows = first.rows[:EXAMPLES] if first else []
    _note_names(request, batch, len(rows))
    context = {"batch": batch, "form": form, "rows": rows, "failure": failure_of(batch.failure)}
    return render(request, "organizations/imports/columns.html", context, status=422 if form.errors else 200)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What would become of each row, or what became of it."""
    batch = _import_or_404(request, pk)
    if batch.state == S.MAPPING:
        return redirect("organizations:import_columns", pk)
    chosen = request.GET.get("loai", "")
    chosen = chosen if chosen in RowState else ""
    page = None
    if batch.state not in AT_WORK:
        page = paginate(request, queries.RowsOfImport(batch, chosen))
        _note_names(request, batch, len(page.object_list))
    context: dict[str, Any] = {
        "batch": batch,
        "page": page,
        "chosen": chosen,
        "states": [
            (state.value, state.label, getattr(batch, state.value), queries.BADGES[state])
            for state in RowState
        ],
        "shown": _headings(batch),
        "is_at_work": batch.state in AT_WORK,
        "can_decide": batch.state in (S.PLANNED, S.STOPPED) and bool(batch.new + batch.changed),
        "can_undo": services.can_be_undone(batch),
        "can_map": batch.state == S.PLANNED,
        "can_draft": drafting.can_draft(request.user, batch),
        "failure": failure_of(batch.failure),
    }
    return render(request, "organizations/imports/one.html", context)


def _headings(batch: Import) -> list[str]:
    return [batch.header[at] for at in list(batch.columns.values())[:4] if at < len(batch.header)]


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar that asks for itself; when the work has ended, the page is loaded anew."""
    batch = _import_or_404(request, pk)
    if batch.state in AT_WORK:
        return render(request, "organizations/imports/_progress.html", {"batch": batch})
    address = reverse("organizations:import", args=[pk])
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


@require_POST
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(
        request,
        pk,
        lambda batch: services.carry_out_import(
            by=person_acting(request), batch=batch, skip_wrong=bool(request.POST.get("skip_wrong"))
        ),
    )


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, lambda batch: services.undo_import(by=person_acting(request), batch=batch))


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    _decided(request, pk, lambda batch: services.give_up_import(by=person_acting(request), batch=batch))
    return redirect("organizations:imports")


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare new names and places as a reorganisation, and go there."""
    batch = _import_or_404(request, pk)
    try:
        made, left_out = drafting.draft_reorganization(by=person_acting(request), batch=batch)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("organizations:import", pk)
    for sentence in left_out[:5]:
        messages.warning(request, sentence)
    return redirect(made)


def _decided(request: HttpRequest, pk: int, act: Callable[[Import], None]) -> HttpResponse:
    batch = _import_or_404(request, pk)
    try:
        act(batch)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("organizations:import", pk)


@require_GET
def marked_copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows as they came with a remark each: only those that are wrong, or all."""
    batch = _import_or_404(request, pk)
    only_wrong = request.GET.get("dong") != "tat-ca"
    number = batch.wrong if only_wrong else batch.total
    _note_names(request, batch, number, Way.EXPORT)
    header, rows = copies.copy_header(batch), copies.copy_rows(batch, only_wrong=only_wrong)
    name = f"nhap-{batch.pk}"
    if number > MOST_ROWS_OF_XLSX:
        answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    return FileResponse(xlsx_file(_("Result"), header, rows), as_attachment=True, filename=f"{name}.xlsx")


def _import_or_404(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(queries.imports_of(request.user), pk=pk)


def _note_names(request: HttpRequest, batch: Import, count: int, way: Way = Way.PAGE) -> None:
    if batch.subject == ImportSubject.PEOPLE:
        note_reading(
            by=person_acting(request),
            what="people.import",
            unit_id=batch.unit_id,
            count=count,
            on=batch,
            way=way,
        )
