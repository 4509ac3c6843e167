"""Handing in a paper."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.documents.forms.intake import TakeInForm
from thongsuot.documents.permissions import can_register_anywhere
from thongsuot.documents.queries.accuracy import accuracy
from thongsuot.documents.queries.accuracy_tables import tables_of
from thongsuot.documents.queries.intake import waiting_intakes
from thongsuot.documents.services import take_in as take_in_service
from thongsuot.documents.views.viewer import viewer


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """The page where a paper is dropped. A refused file keeps everything else that was entered."""
    user = viewer(request)
    if not can_register_anywhere(user):
        raise PermissionDenied
    posted = request.method == "POST"
    initial = {"direction": request.GET["huong"]} if "huong" in request.GET else None
    form = TakeInForm(
        request.POST if posted else None, request.FILES if posted else None, user=user, initial=initial
    )
    refusal = None
    if posted and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            intake = take_in_service(
                by=user,
                unit=form.cleaned_data["unit"],
                direction=form.cleaned_data["direction"],
                name=file.name or "",
                content=file.read(),
                too_large=getattr(file, "too_large", False),
            )
        except Refused as refused:
            refusal = refused
        else:
            return redirect(intake)
    context = {
        "form": form,
        "refusal": refusal,
        "refusal_link": link_of(refusal),
        "waiting": paginate(request, waiting_intakes(user), 10),
    }
    return render(request, "documents/take_in.html", context)


@require_safe
def reader_accuracy(request: HttpRequest) -> HttpResponse:
    """How right the reader was on the papers of the own registers, in counts."""
    user = viewer(request)
    if not can_register_anywhere(user):
        raise PermissionDenied
    found = accuracy(seen_by=user)
    return render(request, "documents/accuracy.html", {"papers": found.papers, "tables": tables_of(found)})


def link_of(refusal: Refused | None) -> str:
    """Where the thing is that a refusal speaks of."""
    found = getattr(refusal, "document", None) or getattr(refusal, "intake", None)
    return found.get_absolute_url() if found else ""
