"""The roster of presenters, and what is prepared for a session: who speaks, the agenda, the materials."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.programme import MaterialForm, PresenterForm, ProgrammeForm, choices_of
from thongsuot.dissemination.meetings.agenda import Line, text_of
from thongsuot.dissemination.models import Material, MaterialCheck, Session, SessionState
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.views._asked import number, who
from thongsuot.dissemination.views.sessions import visible
from thongsuot.documents.models import Document
from thongsuot.documents.reading import sentence_of
from thongsuot.files.services import response_of


@require_http_methods(["GET", "POST"])
def presenters(request: HttpRequest) -> HttpResponse:
    """The rosters from which one may choose, and the form for one's own."""
    user = who(request)
    units = queries.calling_units(user)
    require_right(bool(units))
    asked = number(request, "don-vi")
    unit = next((unit for unit in units if unit.pk == asked), units[0])
    form = PresenterForm(request.POST or None, posts=queries.officers_of(unit))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_presenter(by=user, unit=unit, **form.given)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("The presenter is on the roster."))
            return redirect(request.get_full_path())
    context = {
        "page": paginate(request, queries.rosters_of(user)),
        "form": form,
        "unit": unit,
        "units": units,
        "theirs": {one.pk for one in units},
    }
    return render(request, "dissemination/presenters.html", context, status=422 if form.errors else 200)


@require_POST
def end_presenter(request: HttpRequest, pk: int) -> HttpResponse:
    user = who(request)
    services.end_presenter(by=user, presenter=get_object_or_404(queries.rosters_of(user), pk=pk))
    messages.success(request, _("The presenter is off the roster from today on."))
    return redirect("dissemination:presenters")


def changeable(request: HttpRequest, pk: int) -> Session:
    shown = visible(request, pk)
    require_right(can_call(who(request), shown.unit))
    if shown.state == SessionState.CANCELLED:
        raise Http404
    return shown


@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks on what, and what comes when."""
    user, shown = who(request), changeable(request, pk)
    now = queries.programme_of(user, shown)
    offered = queries.presenters_for(shown)
    initial: dict[str, object] = {"lines": text_of(Line(line.what, line.who, line.at) for line in now.lines)}
    for row in now.speakers:
        initial |= {f"p{row.presenter_id}": True, f"s{row.presenter_id}": row.speaks_on}
    form = ProgrammeForm(request.POST or None, presenters=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.set_programme(by=user, session=shown, speakers=form.speakers, lines=form.agenda)
            messages.success(request, _("The programme is saved."))
            return redirect(shown)
    context = {"session": shown, "form": form}
    return render(request, "dissemination/programme.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """The materials of a session: those there are, and one more."""
    user, shown = who(request), changeable(request, pk)
    documents = queries.documents_to_disseminate(user, shown.unit)
    form = MaterialForm(
        request.POST or None, request.FILES or None, documents=choices_of(documents, queries.name_of)
    )
    if request.method == "POST" and form.is_valid() and _add(request, shown, form, documents):
        return redirect("dissemination:materials", shown.pk)
    checks = [(row, _why_not(row)) for row in queries.material_checks(shown)]
    context = {
        "session": shown,
        "form": form,
        "materials": queries.materials_of(user, shown),
        "checks": checks,
        "is_checking": any(not sentence for _row, sentence in checks),
    }
    return render(request, "dissemination/materials.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, shown: Session, form: MaterialForm, documents: list[Document]) -> bool:
    user, given = who(request), form.cleaned_data
    made: Material | MaterialCheck
    chosen = next((document for document in documents if document.pk == given["document"]), None)
    file = given["file"]
    try:
        with refusal_on(form):
            if chosen is not None:
                made = services.add_document(by=user, session=shown, document=chosen)
            else:
                made = services.add_file(
                    by=user,
                    session=shown,
                    content=file.read(),
                    name=file.name,
                    title=given["title"],
                    too_large=getattr(file, "too_large", False),
                )
            if isinstance(made, Material):
                messages.success(request, _("The material is added."))
            return True
    except ValidationError as error:
        form.add_error("document", ValidationError(error.messages))
    return False


def _why_not(row: MaterialCheck) -> str:
    """Why a file did not join the materials; nothing as long as it is being checked."""
    if not row.has_stopped:
        return ""
    if row.refusal == "signed":
        return _("The minutes are signed: the programme is not changed any more.")
    return sentence_of(row.refusal or "interrupted")


@require_GET
def material_progress(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The bar that asks for itself; when the check is over the page is loaded anew."""
    shown = changeable(request, pk)
    row = MaterialCheck.objects.filter(session=shown, pk=key).first()
    if row is not None and row.is_going_on:
        return render(request, "dissemination/_material_progress.html", {"row": row})
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": reverse("dissemination:materials", args=[pk])})
    return redirect("dissemination:materials", pk)


@require_GET
def material(request: HttpRequest, pk: int, material: int) -> HttpResponseBase:
    """A material: the file, or the page of the document."""
    shown = visible(request, pk)
    found = get_object_or_404(queries.materials_of(who(request), shown), pk=material)
    if found.file is not None:
        return response_of(found.file, inline=True)
    assert found.document is not None  # noqa: S101  # one of the two, by the database
    return redirect(found.document)


@require_POST
def remove_material(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    shown = changeable(request, pk)
    found = get_object_or_404(queries.materials_of(who(request), shown), pk=material)
    services.remove_material(by=who(request), material=found)
    messages.success(request, _("The material is taken away."))
    return redirect("dissemination:materials", shown.pk)
