"""What pages are measured against: views of the same framework, with the same sign-in and nothing of the subject.

Also the settings and addresses of a server that has them beside the product's own.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path

from thongsuot.config.urls import urlpatterns as ours
from thongsuot.dissemination.models import Channel, ReachEvent, ReachVerb, Receipt


def page(request: HttpRequest) -> HttpResponse:
    """A signed-in page with the frame of every page and nothing in it."""
    return render(request, "ui/base.html")


def select_and_insert(request: HttpRequest) -> HttpResponse:
    """Sign-in, one select, one insert: what a confirmation cannot do without."""
    user = request.user.pk
    receipt = Receipt.objects.filter(person__user=user).first() if user else None
    if receipt is None or user is None:
        return HttpResponse(status=404)
    ReachEvent.objects.create(
        unit_id=receipt.unit_id,
        document_id=receipt.document_id,
        person_id=receipt.person_id,
        verb=ReachVerb.REACHED,
        channel=Channel.READING,
        by_id=user,
    )
    return HttpResponse("noted")


urlpatterns: list[URLPattern | URLResolver] = [
    path("bench/page/", page),
    path("bench/insert/", select_and_insert),
    *ours,
]
