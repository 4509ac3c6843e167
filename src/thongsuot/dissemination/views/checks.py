"""The check on a phone, and the bank of its questions with what many got wrong."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.core.access import require as require_right
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.checks import QuestionForm
from thongsuot.dissemination.models import CheckQuestion
from thongsuot.dissemination.permissions import can_require, can_see_coverage
from thongsuot.dissemination.reading_page.parts import blocks_of
from thongsuot.dissemination.views._asked import number, who
from thongsuot.documents.models import Document


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One question after the other; after each, whether it was right and why (``xem`` names the question)."""
    user = who(request)
    found = queries.document_to_read(user, pk)
    if found is None:
        raise Http404
    document, _receipt = found
    if request.method == "POST":
        return _answer(request, document)
    own = queries.own_check(user, document)
    if own is None:
        raise Refused(_("Nobody has asked you to hear of this document."), "not_required")
    seen = number(request, "xem")
    shown = next((step for step in own.steps if step.question.pk == seen and step.right is not None), None)
    step = shown or own.current
    context = {
        "document": document,
        "name": queries.name_of(document),
        "check": own,
        "step": step,
        "place": own.place_of(step.question.pk) if step else 0,
        "paragraph": _paragraph(document, shown.question) if shown else "",
        "nothing_chosen": request.GET.get("thieu") == "1",
    }
    return render(request, "dissemination/check.html", context)


def _answer(request: HttpRequest, document: Document) -> HttpResponse:
    user, address = who(request), reverse("dissemination:check", args=[document.pk])
    if "again" in request.POST:
        services.start_again(by=user, document=document)
        return redirect(address)
    question = number_in(request.POST.get("question")) or 0
    chosen = {key for text in request.POST.getlist("chosen") if (key := number_in(text)) is not None}
    try:
        services.answer_question(by=user, document=document, question=question, chosen=chosen)
    except Refused as refusal:
        if refusal.code != "nothing_chosen":
            raise
        return redirect(f"{address}?thieu=1")
    return redirect(f"{address}?xem={question}")


def _paragraph(document: Document, question: CheckQuestion) -> str:
    """The words of the text that explain the answer."""
    blocks = blocks_of(document.text) if question.paragraph else []
    place = (question.paragraph or 0) - 1
    return blocks[place].text if 0 <= place < len(blocks) else ""


def understanding(request: HttpRequest, pk: int) -> HttpResponse:
    """How many have taken the check and understood, unit by unit; the questions, and which to explain."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    asked = number(request, "don-vi")
    unit = queries.overview_unit(user, asked)
    if unit is None:
        raise Http404 if asked else PermissionDenied
    whole, parts = queries.understanding_in(document, unit)
    may_write = can_require(user, unit)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "unit": unit,
        "above": unit.parent if asked and unit.parent and can_see_coverage(user, unit.parent) else None,
        "whole": whole,
        "page": paginate(request, parts),
        "may_write": may_write,
        "questions": queries.questions_with_figures(user, document, unit, whole) if may_write else [],
    }
    return render(request, "dissemination/understanding.html", context)


def write_question(request: HttpRequest, pk: int) -> HttpResponse:
    """A new question for the members of one's unit."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    unit = queries.overview_unit(user)
    require_right(unit is not None and can_require(user, unit))
    assert unit is not None  # noqa: S101  # said by the line above, for the type checker
    form = QuestionForm(request.POST or None, text=document.text)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.write_question(by=user, document=document, unit=unit, data=form.given)
            messages.success(request, _("The question is in the bank."))
            return redirect("dissemination:understanding", pk=document.pk)
    context = {"document": document, "name": queries.name_of(document), "unit": unit, "form": form}
    return render(request, "dissemination/question.html", context, status=422 if form.errors else 200)


def question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """A question of the bank: correct it, say that it still holds, or withdraw it."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    unit = queries.overview_unit(user)
    if unit is None:
        raise PermissionDenied
    row = get_object_or_404(queries.bank_of(user, document, unit), pk=question)
    require_right(can_require(user, row.unit))
    if request.method == "POST" and "withdraw" in request.POST:
        services.withdraw_question(by=user, question=row)
        messages.success(request, _("The question is withdrawn; what was answered stays counted."))
        return redirect("dissemination:understanding", pk=document.pk)
    form = QuestionForm(request.POST or None, text=document.text, question=row)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.correct_question(by=user, question=row, data=form.given)
            messages.success(request, _("Saved."))
            return redirect("dissemination:understanding", pk=document.pk)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "unit": row.unit,
        "form": form,
        "question": row,
    }
    return render(request, "dissemination/question.html", context, status=422 if form.errors else 200)
