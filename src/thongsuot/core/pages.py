"""One URL, one partial: the whole page for a browser, the part that changes for htmx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

PAGE_SIZE = 50


def page_or_fragment(
    request: HttpRequest, template: str, fragment: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Draw ``template``, or only its partial ``fragment`` ("_rows" beside it) when htmx asks for a change."""
    if getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]  # django-htmx
        folder = template.rpartition("/")[0]
        template = f"{folder}/{fragment}.html"
    return render(request, template, dict(context), status=status)


def paginate(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page[Any]:
    """The page the address asks for; a wrong number gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("trang"))


def back_from(request: HttpRequest, otherwise: str) -> str:
    """The page a form says it was posted from (``next``), when that is a path of ours; a path, never a name."""
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else otherwise
