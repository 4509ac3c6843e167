"""The texts of a document: compared, and changed by the issuer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused
from thongsuot.documents.forms.versions import VersionForm
from thongsuot.documents.models import Document
from thongsuot.documents.permissions import can_publish
from thongsuot.documents.queries.versions import difference, versions_of
from thongsuot.documents.services import publish_version
from thongsuot.documents.views.viewer import viewer


def versions_page(request: HttpRequest, key: int) -> HttpResponse:
    """What was published when, and what lies between two texts: the last two, or those asked for."""
    document = _document(request, key)
    versions = versions_of(document)
    new = number_in(request.GET.get("den", "")) or document.version
    old = number_in(request.GET.get("tu", "")) or new - 1
    context = {
        "document": document,
        "versions": versions,
        "difference": difference(document, old, new) if versions else None,
        "old": old,
        "new": new,
        "may_publish": can_publish(request.user, document),
    }
    return render(request, "documents/versions.html", context)


def publish_page(request: HttpRequest, key: int) -> HttpResponse:
    """Put another text in force."""
    document = _document(request, key)
    user = viewer(request)
    if not can_publish(user, document):
        raise PermissionDenied
    form = VersionForm(*_posted(request), document=document)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            version = publish_version(
                by=user,
                document=document,
                material=form.cleaned_data["material"] == "yes",
                what_changed=form.cleaned_data["what_changed"],
                text=form.cleaned_data["text"],
                content=upload.read() if upload else None,
                name=upload.name if upload else "",
                too_large=getattr(upload, "too_large", False),
                due=form.cleaned_data["due"],
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error("file" if upload else "text", refusal.sentence)
        else:
            said = {"number": version.number, "document": document}
            messages.success(request, _("Version %(number)s of %(document)s is in force.") % said)
            return redirect("documents:versions", document.pk)
    context = {"document": document, "form": form}
    return render(request, "documents/publish.html", context, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> tuple[QueryDict | None, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _document(request: HttpRequest, key: int) -> Document:
    rows = Document.objects.visible_to(request.user).select_related("issuing_unit", "registered_by", "file")
    return get_object_or_404(rows, pk=key)
