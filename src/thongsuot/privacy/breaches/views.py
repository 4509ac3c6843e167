"""The register of breaches, one breach with its clock and steps, and the drafted notification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.core.sheets import xlsx_file
from thongsuot.formats.word import MEDIA_TYPE, Heading, write
from thongsuot.organizations.views.who import person_acting
from thongsuot.privacy.breaches import queries, services
from thongsuot.privacy.breaches.clock import clock_of
from thongsuot.privacy.breaches.forms import CloseForm, CorrectForm, NoteForm, StepForm
from thongsuot.privacy.breaches.papers import notification
from thongsuot.privacy.models import TELLING, Breach, StepKind
from thongsuot.privacy.permissions import can_manage_privacy_in, can_see_privacy

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

# The last part of the address, and what is written down there.
STEPS = {
    "bien-phap": StepKind.MEASURE,
    "bao-co-quan": StepKind.AUTHORITY,
    "bao-nguoi": StepKind.PEOPLE,
    "dinh-chinh": StepKind.CORRECTED,
    "dong": StepKind.CLOSED,
}
TITLES = {
    StepKind.MEASURE: gettext_lazy("Write a measure down"),
    StepKind.AUTHORITY: gettext_lazy("The authority was told"),
    StepKind.PEOPLE: gettext_lazy("The people concerned were told"),
    StepKind.CORRECTED: gettext_lazy("Correct what is known"),
    StepKind.CLOSED: gettext_lazy("Close the breach"),
}


@require_GET
def breaches(request: HttpRequest) -> HttpResponse:
    require(can_see_privacy(request.user))
    page = paginate(request, queries.breaches(request.user))
    context = {"page": page, "lines": queries.lines(list(page))}
    return page_or_fragment(request, "privacy/breaches/list.html", "_rows", context)


@require_GET
def breaches_file(request: HttpRequest) -> FileResponse:
    require(can_see_privacy(request.user))
    file = xlsx_file(_("Register of breaches"), queries.header(), queries.table_of(request.user))
    return FileResponse(file, as_attachment=True, filename=f"so-su-co-{today():%Y-%m-%d}.xlsx")


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Write a breach down; the clock runs from the moment it was noticed."""
    require(can_see_privacy(request.user))
    form = NoteForm(_posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refusal_on(form):
            breach = services.note_breach(
                by=person_acting(request),
                unit=told["unit"],
                facts=form.facts(),
                text=told["text"],
                token=told["token"],
            )
            return redirect(breach)
    return render(request, "privacy/breaches/note.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    found = _breach(request, pk)
    steps = queries.steps_of(found)
    context = {
        "breach": found,
        "clock": clock_of(found),
        "timeline": queries.timeline_of(steps),
        "may_write": can_manage_privacy_in(request.user, found.unit),
    }
    return render(request, "privacy/breaches/breach.html", context)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One page for each kind of step: what was done, corrected or closed."""
    found, kind = _breach(request, pk), STEPS.get(name)
    if kind is None:
        raise Http404
    form = _form_for(request, kind, found)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            _carry_out(person_acting(request), found, kind, form)
            messages.success(request, _("It is written down."))
            return redirect(found)
    context = {"breach": found, "form": form, "clock": clock_of(found), "what": TITLES[kind]}
    return render(request, "privacy/breaches/step.html", context, status=422 if form.errors else 200)


def _form_for(request: HttpRequest, kind: StepKind, found: Breach) -> Any:
    if kind == StepKind.CORRECTED:
        seen = found.steps.filter(kind__in=TELLING).count()
        return CorrectForm(_posted(request), initial=CorrectForm.start(found, seen))
    return (CloseForm if kind == StepKind.CLOSED else StepForm)(_posted(request))


def _carry_out(by: User, found: Breach, kind: StepKind, form: Any) -> None:
    told = form.cleaned_data
    once: dict[str, Any] = {"by": by, "breach": found, "token": told["token"]}
    if kind == StepKind.CORRECTED:
        services.correct_breach(**once, facts=form.facts(), text=told["text"], seen=told["seen"])
    elif kind == StepKind.CLOSED:
        services.close_breach(**once, reason=told["text"])
    else:
        services.add_step(**once, kind=kind, text=told["text"], happened_at=told["happened_at"])


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafted notification as a page to print."""
    found = _breach(request, pk)
    paper = notification(found, queries.steps_of(found))
    blocks = [(block.text, isinstance(block, Heading)) for block in paper.blocks if hasattr(block, "text")]
    return render(
        request, "privacy/breaches/notice.html", {"breach": found, "paper": paper, "blocks": blocks}
    )


@require_GET
def notice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word file, made in memory."""
    found = _breach(request, pk)
    answer = HttpResponse(write(notification(found, queries.steps_of(found))), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="thong-bao-su-co-{found.pk}.docx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _breach(request: HttpRequest, pk: int) -> Breach:
    require(can_see_privacy(request.user))
    rows = Breach.objects.visible_to(request.user).select_related("unit__parent", "opened_by")
    return get_object_or_404(rows, pk=pk)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
