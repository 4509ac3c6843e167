"""Questions about a document: asking and reading them, and answering those put to one's unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.calling import ReasonForm
from thongsuot.dissemination.forms.inquiries import AnswerForm, AskForm, MergeForm
from thongsuot.dissemination.models import InquiryState
from thongsuot.dissemination.reading_page.parts import blocks_of
from thongsuot.dissemination.views._asked import number, who
from thongsuot.documents.models import Document


def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been asked and answered about a document, and a form to ask (``doan`` names the paragraph)."""
    user = who(request)
    found = queries.document_to_read(user, pk)
    if found is None:
        raise Http404
    document, _receipt = found
    initial = {"paragraph": number(request, "doan")}
    form = AskForm(request.POST or None, text=document.text, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.ask(by=user, document=document, **form.cleaned_data)
            messages.success(request, _("Asked. The answer will stand here and beside the paragraph."))
            return redirect("dissemination:questions", pk=document.pk)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "form": form,
        "page": paginate(request, queries.inquiries_on(user, document)),
    }
    return render(request, "dissemination/questions.html", context, status=422 if form.errors else 200)


@require_POST
def join(request: HttpRequest, key: UUID) -> HttpResponse:
    """ "I ask the same"; for whoever reads the document where the question is answered."""
    user = who(request)
    inquiry = queries.inquiry_to_join(user, key)
    if inquiry is None:
        raise Http404
    services.join_inquiry(by=user, inquiry=inquiry)
    messages.success(request, _("Noted that you ask the same."))
    return redirect("dissemination:questions", pk=inquiry.document_id)


def inquiries(request: HttpRequest) -> HttpResponse:
    """The questions put to one's unit and those below it, what waits first (``van-ban``: about one document)."""
    user = who(request)
    require_right(queries.can_answer_anywhere(user))
    asked = number(request, "van-ban")
    document = get_object_or_404(Document.objects.visible_to(user), pk=asked) if asked else None
    context = {
        "page": paginate(request, queries.inquiries_to_answer(user, document=document)),
        "document": document,
    }
    return render(request, "dissemination/inquiries.html", context)


def inquiry(request: HttpRequest, key: UUID) -> HttpResponse:
    """One question: its asker reads the answer, its unit answers, passes it up, joins it or sets it aside."""
    user = who(request)
    row = queries.inquiry_of(user, key)
    if row is None:
        raise Http404
    forms_ = _forms(request, row)
    if request.method == "POST":
        require_right(row.may_answer)
        answer = _deal_with(request, row, forms_)
        if answer is not None:
            return answer
    blocks = blocks_of(row.inquiry.document.text) if row.inquiry.paragraph else []
    place = (row.inquiry.paragraph or 0) - 1
    context = {
        "row": row,
        "inquiry": row.inquiry,
        "name": queries.name_of(row.inquiry.document),
        "paragraph": blocks[place].text if 0 <= place < len(blocks) else "",
        "is_open": row.inquiry.state == InquiryState.OPEN,
        **forms_,
    }
    failed = any(form.errors for form in forms_.values())
    return render(request, "dissemination/inquiry.html", context, status=422 if failed else 200)


def _forms(request: HttpRequest, row: queries.InquiryRow) -> dict[str, forms.Form]:
    """Those of an open question; what was posted goes to the one whose button was pressed."""
    if not row.may_answer or row.inquiry.state != InquiryState.OPEN:
        return {}
    act, user = request.POST.get("act", ""), who(request)

    def posted(name: str) -> Any:
        return request.POST if act == name else None

    return {
        "answer_form": AnswerForm(posted("answer")),
        "merge_form": MergeForm(posted("merge"), others=queries.similar_to(user, row.inquiry)[:50]),
        "reason_form": ReasonForm(posted("set_aside")),
    }


def _deal_with(
    request: HttpRequest, row: queries.InquiryRow, made: dict[str, forms.Form]
) -> HttpResponse | None:
    """Do what was posted; None when its form has to be shown again."""
    user, inquiry, act = who(request), row.inquiry, request.POST.get("act", "")
    if act == "pass_up":
        services.pass_up(by=user, inquiry=inquiry)
        messages.success(request, _("Passed on to the unit above."))
        return redirect("dissemination:inquiries")
    form = {"answer": "answer_form", "merge": "merge_form", "set_aside": "reason_form"}.get(act)
    bound = made.get(form) if form else None
    if bound is None:
        # Somebody else was faster: the page shows how it stands.
        return redirect(inquiry.get_absolute_url())
    if not bound.is_valid():
        return None
    said = bound.cleaned_data
    with refusal_on(bound):
        if act == "answer":
            services.answer_inquiry(by=user, inquiry=inquiry, text=said["answer"])
        elif act == "merge":
            into = get_object_or_404(queries.similar_to(user, inquiry), pk=said["into"])
            services.merge_inquiry(by=user, inquiry=inquiry, into=into)
        else:
            services.set_aside(by=user, inquiry=inquiry, reason=said["reason"])
        messages.success(request, _("Done. Whoever asked can see it."))
        return redirect("dissemination:inquiries")
    return None
