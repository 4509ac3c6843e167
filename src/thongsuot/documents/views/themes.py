"""Themes: the list, and the page on which one is named, filled and given up."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.documents.forms.themes import ThemeForm
from thongsuot.documents.models import Document, Theme
from thongsuot.documents.permissions import can_read_documents, can_send, can_send_anywhere
from thongsuot.documents.queries.themes import documents_of, documents_to_add, themes_of
from thongsuot.documents.services import add_to_theme, delete_theme, save_theme, take_from_theme
from thongsuot.documents.views.send import sender_of
from thongsuot.documents.views.viewer import viewer
from thongsuot.organizations.reach import own_units


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """All themes of the units whose documents the person reads."""
    if not can_read_documents(request.user):
        raise PermissionDenied
    context = {
        "page": paginate(request, themes_of(request.user)),
        "may_make": can_send_anywhere(request.user),
    }
    return render(request, "documents/themes.html", context)


def new_theme(request: HttpRequest) -> HttpResponse:
    user = viewer(request)
    senders = own_units(user, Permission.DOCUMENT_SEND)
    if not senders:
        raise PermissionDenied
    unit = sender_of(senders, request.POST.get("sender") or request.GET.get("sender"))
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusal_on(form):
            theme = save_theme(by=user, unit=unit, name=form.cleaned_data["name"])
            return redirect("documents:theme", theme.pk)
    context = {"form": form, "unit": unit, "senders": senders}
    return render(request, "documents/new_theme.html", context, status=422 if form.errors else 200)


def theme_page(request: HttpRequest, key: int) -> HttpResponse:
    """Its documents; whoever may change it finds further ones by words and gives it another name."""
    user, theme = viewer(request), _theme(request, key)
    may_change, asked = can_send(user, theme.unit), request.GET.get("q", "").strip()
    posted = request.POST if request.method == "POST" else None
    require(posted is None or may_change)
    form = ThemeForm(posted, initial={"name": theme.name})
    if form.is_valid():
        with refusal_on(form):
            save_theme(by=user, unit=theme.unit, name=form.cleaned_data["name"], theme=theme)
            messages.success(request, _("The theme has its new name."))
            return redirect("documents:theme", theme.pk)
    context = {
        "theme": theme,
        "page": paginate(request, documents_of(user, theme)),
        "may_change": may_change,
        "asked": asked,
        "found": documents_to_add(user, theme, asked) if may_change else [],
        "form": form,
    }
    return render(request, "documents/theme.html", context, status=422 if form.errors else 200)


@require_POST
def add(request: HttpRequest, key: int) -> HttpResponse:
    theme, document = _theme(request, key), _document(request)
    add_to_theme(by=viewer(request), theme=theme, document=document)
    messages.success(request, _("%(document)s belongs to the theme now.") % {"document": document})
    return redirect("documents:theme", theme.pk)


@require_POST
def take_out(request: HttpRequest, key: int) -> HttpResponse:
    theme, document = _theme(request, key), _document(request)
    take_from_theme(by=viewer(request), theme=theme, document=document)
    messages.success(request, _("%(document)s no longer belongs to the theme.") % {"document": document})
    return redirect("documents:theme", theme.pk)


@require_POST
def remove_theme(request: HttpRequest, key: int) -> HttpResponse:
    theme = _theme(request, key)
    delete_theme(by=viewer(request), theme=theme)
    messages.success(request, _("The theme “%(name)s” is given up.") % {"name": theme.name})
    return redirect("documents:themes")


def _theme(request: HttpRequest, key: int) -> Theme:
    return get_object_or_404(Theme.objects.visible_to(request.user).select_related("unit"), pk=key)


def _document(request: HttpRequest) -> Document:
    key = number_in(request.POST.get("document"))
    rows = Document.objects.visible_to(request.user).defer("text", "search_text")
    return get_object_or_404(rows, pk=key)
