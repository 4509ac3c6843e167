"""The review page and its panel: what is asked for in the address, and where an act leads back to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from thongsuot.core.keys import number_in
from thongsuot.core.pages import page_or_fragment
from thongsuot.core.refusals import Refused
from thongsuot.documents import items
from thongsuot.documents.forms.review import ItemForm, SplitForm, form_for, form_to_add
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import IntakeState, ItemKind
from thongsuot.documents.passages import cuts_of
from thongsuot.documents.queries.plainness import hardness_asked_for
from thongsuot.documents.queries.review import Review, begun_at, marked_paper, review_of
from thongsuot.documents.views.intake import link_of
from thongsuot.documents.views.viewer import viewer

ADDABLE = (ItemKind.TASK, ItemKind.TARGET, ItemKind.REFERENCE)
# In this order: what the page does at all, then what makes it quicker.
SCRIPTS = [f"documents/{name}.js" for name in ("review", "review_scroll", "review_select", "assignees")]
Span = tuple[int, int]


@dataclass(frozen=True)
class Cut:
    """A place where an item may be cut: the words before it and after it."""

    at: int
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """What of the page is open: an item, one of its forms, the form to add, and what stopped an act."""

    number: int | None = None
    editing: ItemForm | None = None
    splitting: Form | None = None
    adding: ItemForm | None = None
    adding_kind: str = ""
    place: Span | None = None
    refusal: Refused | None = None
    # After a cut, a merge or an addition the marks in the paper are others.
    redraws: bool = False


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper and its proposals."""
    intake = mine(request, pk)
    if intake.document is not None:
        return redirect(intake.document)
    if intake.state != IntakeState.READY:
        return render(request, "documents/put_aside.html", {"intake": intake})
    shown = Shown(number_in(request.GET.get("muc"), digits=5))
    if shown.number is not None and ("sua" in request.GET or "tach" in request.GET):
        item = get_object_or_404(intake.items, ordinal=shown.number)
        if "sua" in request.GET:
            return page(request, intake, replace(shown, editing=form_for(item)))
        if item.kind in (ItemKind.TASK, ItemKind.TARGET):
            return page(request, intake, replace(shown, splitting=split_form_of(item)))
    kind = request.GET.get("them", "")
    if kind in ADDABLE:
        span = span_in(request.GET, intake)
        adding = form_to_add(intake, kind, value=begun_at(intake, kind, span) if span else None)
        shown = replace(shown, adding=adding, adding_kind=kind, place=span)
    return page(request, intake, shown)


def mine(request: HttpRequest, pk: int) -> Intake:
    visible = Intake.objects.visible_to(viewer(request)).select_related(
        "unit", "file", "document", "created_by"
    )
    return get_object_or_404(visible.defer("text", "pages"), pk=pk)


def split_form_of(item: ReadingItem, data: Any = None) -> SplitForm:
    return SplitForm(
        data, initial={"parts": (items.shown_value(item) or {}).get("text", "")}, auto_id="tach_%s"
    )


def span_in(given: QueryDict, intake: Intake) -> Span | None:
    """The selected words that an address or a form speaks of; nothing where it is nonsense."""
    start, end = number_in(given.get("tu"), digits=9), number_in(given.get("den"), digits=9)
    if start is None or end is None or not start < end <= len(intake.text):
        return None
    return start, end


def asked_for_a_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def leads_to(
    request: HttpRequest, intake: Intake, number: int | None, *, redraws: bool = False
) -> HttpResponse:
    """Where a decision leads: the panel as it is now, or the page again at the next item."""
    if asked_for_a_part(request):
        return page(request, intake, Shown(number, redraws=redraws))
    query = QueryDict(mutable=True)
    if number:
        query["muc"] = str(number)
    if _only_close(request):
        query["xem"] = "ky"
    place = f"#muc-{number}" if number else ""
    address = intake.get_absolute_url()
    return HttpResponseRedirect(f"{address}?{query.urlencode()}{place}" if query else address)


def refused(
    request: HttpRequest, intake: Intake, refusal: Refused, shown: Shown | None = None
) -> HttpResponse:
    """The sentence on the page where it happened; when another clerk was first, on the page of the document."""
    intake = mine(request, intake.pk)
    if intake.state == IntakeState.READY:
        return page(request, intake, replace(shown or Shown(), refusal=refusal))
    messages.warning(request, refusal.sentence)
    target = intake.document.get_absolute_url() if intake.document else intake.get_absolute_url()
    if asked_for_a_part(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def page(request: HttpRequest, intake: Intake, shown: Shown) -> HttpResponse:
    """The whole page, or its panel when only that has changed."""
    found = review_of(intake, shown.number, by=viewer(request), only_close=_only_close(request))
    part = asked_for_a_part(request)
    draws = shown.redraws or not part
    hardness = hardness_asked_for(request, intake.text) if draws else None
    context = {
        "intake": intake,
        "review": found,
        "shown": shown,
        "paper": marked_paper(found, hardness.notes if hardness else ()) if draws else [],
        "hardness": hardness,
        "is_part": part,
        "base": intake.get_absolute_url(),
        "cuts": _cuts_of(found) if shown.splitting else [],
        "adding_label": ItemKind(shown.adding_kind).label if shown.adding else "",
        "addable": ADDABLE,
        "refusal": shown.refusal,
        "refusal_link": link_of(shown.refusal),
        "units_url": reverse("documents:assignees", args=[intake.pk]),
        "scripts": SCRIPTS,
    }
    status = 409 if shown.refusal is not None and not part else 200
    return page_or_fragment(request, "documents/review.html", "_review", context, status)


def _only_close(request: HttpRequest) -> bool:
    return request.GET.get("xem") == "ky"


def _cuts_of(found: Review) -> list[Cut]:
    words = found.open_item.title if found.open_item else ""
    return [Cut(at, words[:at], words[at:]) for at in cuts_of(words)]
