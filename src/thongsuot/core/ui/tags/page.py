"""The frame of a page and its parts: figures, tabs, timeline, long work, pages of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.loader_tags import BlockNode
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from thongsuot.core import clock
from thongsuot.core.static import fonts_present
from thongsuot.core.ui import words
from thongsuot.core.ui.context import keys_of, theme_of
from thongsuot.core.ui.items import Figure, Tab, Text, TimelineEntry
from thongsuot.core.ui.panels import drawn

register = template.Library()

PAGE_KEY = "trang"  # as core.pages.paginate reads it


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """The text of a block that a page may fill, so that the frame can leave out what is empty or say it twice."""
    return mark_safe(BlockNode(name, template.NodeList()).render(context).strip())  # noqa: S308 - rendered block


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    return theme_of(context.get("request"))


@register.simple_tag(takes_context=True)
def nobody_here(context: Context) -> bool:
    """Whether this page is shown to somebody who has not signed in, as far as a page of an error can know."""
    user = getattr(context.get("request"), "user", None)
    return user is not None and not user.is_authenticated


@register.simple_tag(takes_context=True)
def single_keys(context: Context) -> str:
    """ "on" or "off", as the person has chosen."""
    return keys_of(context.get("request"))


@register.simple_tag(takes_context=True)
def shortcut(context: Context, key: object) -> SafeString:
    """Tells a screen reader the letter of a button, unless letters are no keys for this person."""
    if keys_of(context.get("request")) == "off":
        return SafeString()
    return format_html('aria-keyshortcuts="{}"', key)


@register.simple_tag
def today_long() -> str:
    """The day in Việt Nam, as the top of a page says it."""
    return words.long_day(clock.today())


@register.simple_tag
def fonts_link() -> SafeString:
    """The sheet that names our own typefaces; without the files the page uses what the machine has."""
    if not fonts_present():
        return mark_safe("")
    try:
        return format_html('<link rel="stylesheet" href="{}">', static("ui/fonts.css"))
    except ValueError:  # fetched after the static files were collected: the next collection takes them in
        return mark_safe("")


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, subject: object = None) -> SafeString:
    return drawn(place, context["request"], subject)


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """The address of this page with some of its questions changed; a new question starts at the first page."""
    query = context["request"].GET.copy()
    if PAGE_KEY not in changes:
        query.pop(PAGE_KEY, None)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/parts/figures.html")
def figures(items: Sequence[Figure]) -> dict[str, object]:
    return {"items": items}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Sequence[Tab], label: str = "") -> dict[str, object]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(
    title: Text, text: Text = "", url: str = "", act: Text = "", icon: str = "inbox"
) -> dict[str, object]:
    return {"title": title, "text": text, "url": url, "act": act, "icon": icon}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, object]:
    return {"entries": entries}


@register.inclusion_tag("ui/parts/progress.html")
def progress_bar(
    done: int, total: int, url: str = "", label: Text = "", left: Text = ""
) -> dict[str, object]:
    """Long work: a count, the time left, and a fragment that asks again by itself until all is done."""
    return {
        "done": done,
        "total": total,
        "url": url,
        "label": label,
        "left": left,
        "running": bool(url) and done < total,
    }


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], target: str = "") -> dict[str, object]:
    """The pages of a list; with ``target`` (a selector) htmx changes only that part."""

    def address(number: int) -> str:
        return query_with(context, **{PAGE_KEY: number})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": number, "url": address(number), "current": number == page.number}
        if isinstance(number, int)
        else {"number": "", "url": "", "current": False}
        for number in numbers
    ]
    return {
        "page": page,
        "target": target,
        "links": links,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }
