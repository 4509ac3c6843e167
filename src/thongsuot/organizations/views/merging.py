"""Two entries side by side: are they one person?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import PersonMerge
from thongsuot.organizations.queries import people
from thongsuot.organizations.services import can_keep, merge_people, undo_merge
from thongsuot.organizations.views.person import person_or_404
from thongsuot.organizations.views.who import person_acting


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What both entries say, and what becomes of it."""
    by = person_acting(request)
    kept, duplicate = person_or_404(request, pk), person_or_404(request, other)
    require(can_keep(by, kept) and can_keep(by, duplicate))
    sentence = ""
    if request.method == "POST":
        try:
            merge_people(by=by, kept=kept, duplicate=duplicate)
        except Refused as refusal:
            sentence = refusal.sentence
        else:
            messages.success(request, _("The two entries are one now. This can be taken back."))
            return redirect("people:person", kept.pk)
    lives = [people.life_of(by, one) for one in (kept, duplicate)]
    for one, life in zip((kept, duplicate), lives, strict=True):
        units = [*(post.unit_id for post in life.posts), *(cell.unit_id for cell in life.cells)]
        note_reading(by=by, what="people.person", unit_id=units[0], count=1, on=one, person_id=one.pk)
    context = {
        "kept": kept,
        "duplicate": duplicate,
        "sides": list(zip((kept, duplicate), lives, strict=True)),
        "today": today(),
        "sentence": sentence,
    }
    return render(request, "organizations/people/merge.html", context, status=409 if sentence else 200)


@require_POST
def undo(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    kept = person_or_404(request, pk)
    found = get_object_or_404(PersonMerge._default_manager, pk=merge, kept=kept)
    undo_merge(by=person_acting(request), merge=found)
    messages.success(request, _("The two entries are two people again."))
    return redirect("people:person", pk)
