"""Each person's own page: what is held about me, why, until when, and who looked at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from thongsuot.audit.queries import sentence_of_reading
from thongsuot.core.clock import today
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.retention import one_look
from thongsuot.organizations.views.who import person_acting
from thongsuot.privacy.queries.own import looks_at, looks_known_since, subject_of, told_to
from thongsuot.privacy.services.exporting import export_own


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    told = told_to(subject_of(request.user))
    context = {"told": [one for one in told if one.rows], "empty": [one for one in told if not one.rows]}
    with one_look():
        return render(request, "privacy/mine.html", context)


@require_GET
def my_readers(request: HttpRequest) -> HttpResponse:
    page = paginate(request, looks_at(subject_of(request.user)))
    looks = [(look, sentence_of_reading(look)) for look in page.object_list]
    context = {"page": page, "looks": looks, "since": looks_known_since()}
    return page_or_fragment(request, "privacy/readers.html", "_readers", context)


@require_POST
def my_file(request: HttpRequest) -> HttpResponse:
    """A form of its own: that it was handed out is recorded."""
    answer = HttpResponse(export_own(by=person_acting(request)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{today():%Y-%m-%d}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
