"""One URL, one partial: the whole page for a browser, the part that changes for htmx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    _Paginator = Paginator[Any]  # not subscriptable at run time
else:
    _Paginator = Paginator

PAGE_SIZE = 50
MOST_COUNTED = 10_000
A_YEAR = 365 * 24 * 60 * 60


def page_or_fragment(
    request: HttpRequest, template: str, fragment: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Draw ``template``, or only its partial ``fragment`` ("_rows" beside it) when htmx asks for a change."""
    if getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]  # django-htmx
        folder = template.rpartition("/")[0]
        template = f"{folder}/{fragment}.html"
    return render(request, template, dict(context), status=status)


def paginate(request: HttpRequest, rows: Any, size: int = PAGE_SIZE, most: int = 0) -> Page[Any]:
    """The page the address asks for; a wrong number gives the nearest page.

    With ``most`` no more rows are counted or leafed through: a list that may be as long as a province is narrowed,
    not read to its end.
    """
    paginator = BoundedPaginator(rows, size, most) if most else Paginator(rows, size)
    return paginator.get_page(request.GET.get("trang"))


class BoundedPaginator(_Paginator):
    """Pages of the first ``most`` rows; ``has_more`` says that there are others."""

    def __init__(self, rows: Any, size: int, most: int) -> None:
        super().__init__(rows, size)
        self.most = most

    @cached_property
    def counted(self) -> int:
        """How many rows there are, or one more than ``most``: the database stops there."""
        if isinstance(self.object_list, QuerySet):
            # In no order: else everything would be sorted only to be counted.
            return self.object_list.order_by()[: self.most + 1].count()
        found: int = self.object_list.count_up_to(self.most + 1)  # type: ignore[attr-defined]  # a list of our own
        return found

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.most)

    @property
    def has_more(self) -> bool:
        return self.counted > self.most


def back_from(request: HttpRequest, otherwise: str) -> str:
    """The page a form says it was posted from (``next``), when that is a path of ours; a path, never a name."""
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else otherwise


def remember(request: HttpRequest, cookie: str, value: str, allowed: Sequence[str]) -> HttpResponse:
    """Keep a choice in this browser for a year and go back to where the person was."""
    response = HttpResponseRedirect(back_from(request, otherwise="/"))
    if value in allowed:
        response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response
