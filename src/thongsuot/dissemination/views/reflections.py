"""Reflections and commitments: one's own, the counts of a unit, the papers of a cell for its head."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.clock import today
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.reflections import AskForPapersForm, PaperForm, WordForm
from thongsuot.dissemination.models import ReflectionKind, ReflectionState
from thongsuot.dissemination.permissions import can_name_members, can_require, can_see_coverage, can_vouch
from thongsuot.dissemination.views._asked import number, who
from thongsuot.documents.models import Document
from thongsuot.organizations.models import MASS_KINDS, UnitKind
from thongsuot.organizations.queries import units_visible_to


def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is asked to hand in about a document: a form for each, or how it stands."""
    user = who(request)
    found = queries.document_to_read(user, pk)
    if found is None:
        raise Http404
    document, _receipt = found
    kind = request.POST.get("kind", "")
    posted = PaperForm(request.POST, request.FILES) if request.method == "POST" else None
    if posted is not None and kind in ReflectionKind.values and posted.is_valid():
        with refusal_on(posted):
            _hand_in(request, document, ReflectionKind(kind), posted)
            messages.success(request, _("Handed in."))
            return redirect("dissemination:papers", pk=document.pk)
    own = queries.own_papers(user, document)
    if not own:
        raise Refused(_("Nobody has asked you for this."), "not_asked")
    forms = [(paper, _form(paper, posted if paper.kind == kind else None)) for paper in own]
    context = {"document": document, "name": queries.name_of(document), "papers": forms}
    failed = posted is not None
    return render(request, "dissemination/papers.html", context, status=422 if failed else 200)


def _hand_in(request: HttpRequest, document: Document, kind: ReflectionKind, form: PaperForm) -> None:
    file = form.given
    if file:
        services.hand_in_file(by=who(request), document=document, kind=kind, **file)
    else:
        services.hand_in(by=who(request), document=document, kind=kind, text=form.cleaned_data["text"])


def _form(paper: queries.OwnPaper, posted: PaperForm | None) -> PaperForm | None:
    if not paper.is_open:
        return None
    if posted is not None:
        return posted
    return PaperForm(
        initial={"text": paper.text.text if paper.text else ""}, auto_id=f"id_{paper.kind.value}_%s"
    )


def reflections(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts of a unit and those below it; in a cell, who has handed in, for those who may know the names."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    asked = number(request, "don-vi")
    unit = queries.overview_unit(user, asked)
    if unit is None:
        raise Http404 if asked else PermissionDenied
    page = paginate(request, queries.units_with_coverage(document, unit))
    whole, *rows = queries.papers_by_unit(document, unit, page.object_list)
    context: dict[str, Any] = {
        "document": document,
        "name": queries.name_of(document),
        "unit": unit,
        "above": unit.parent if asked and unit.parent and can_see_coverage(user, unit.parent) else None,
        "whole": whole,
        "page": page,
        "rows": rows,
        "may_ask": can_require(user, unit),
        "may_read": can_vouch(user, unit),
    }
    if unit.kind in (UnitKind.CELL, *MASS_KINDS) and can_name_members(user, unit):
        members = paginate(request, queries.members_asked(user, document, unit))
        note_reading(
            by=user, what="members.papers", unit_id=unit.pk, count=len(members.object_list), on=document
        )
        context |= {
            "members": members,
            "papers": queries.papers_of_members(document, unit, members.object_list),
        }
    return render(request, "dissemination/reflections.html", context)


def ask_reflections(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask everybody in one's unit for a paper."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    unit = queries.overview_unit(user)
    require_right(unit is not None and can_require(user, unit))
    assert unit is not None  # noqa: S101  # said by the line above, for the type checker
    form = AskForPapersForm(request.POST or None, initial={"due": today() + dt.timedelta(days=15)})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.ask_for_papers(
                by=user,
                document=document,
                unit=unit,
                kind=ReflectionKind(form.cleaned_data["kind"]),
                due=form.cleaned_data["due"],
            )
            messages.success(request, _("Asked. The members find it in their own work."))
            return redirect("dissemination:reflections", pk=document.pk)
    context = {"document": document, "name": queries.name_of(document), "unit": unit, "form": form}
    return render(request, "dissemination/ask_papers.html", context, status=422 if form.errors else 200)


def reflection(request: HttpRequest, pk: int, unit: int, person: int, kind: str) -> HttpResponse:
    """One paper, for the head of the cell: read it, give it back with a word, note one received on paper."""
    user = who(request)
    if kind not in ReflectionKind.values:
        raise Http404
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    cell = get_object_or_404(units_visible_to(user), pk=unit)
    require_right(can_vouch(user, cell))
    receipt = get_object_or_404(queries.members_asked(user, document, cell), person_id=person)
    of_paper: dict[str, Any] = {
        "document": document,
        "unit": cell,
        "person": receipt.person,
        "kind": ReflectionKind(kind),
    }
    back = f"{reverse('dissemination:reflections', args=[document.pk])}?don-vi={cell.pk}"
    form = WordForm(request.POST if "word" in request.POST else None)
    if request.method == "POST":
        if "on_paper" in request.POST:
            services.note_on_paper(by=user, **of_paper)
            messages.success(request, _("Noted as received on paper."))
            return redirect(back)
        if form.is_valid():
            with refusal_on(form):
                services.return_paper(by=user, word=form.cleaned_data["word"], **of_paper)
                messages.success(request, _("Returned to the member."))
                return redirect(back)
    row, text = queries.paper_of(document, cell, receipt.person, ReflectionKind(kind))
    if text is not None:
        note_reading(
            by=user, what="members.paper", unit_id=cell.pk, count=1, on=document, person_id=receipt.person_id
        )
    context = of_paper | {
        "name": queries.name_of(document),
        "row": row,
        "text": text,
        "form": form,
        "back": back,
        "may_return": row is not None and row.state != ReflectionState.RETURNED and row.returned_at is None,
        "may_note": row is None or row.state == ReflectionState.RETURNED,
    }
    return render(request, "dissemination/reflection.html", context, status=422 if form.errors else 200)
