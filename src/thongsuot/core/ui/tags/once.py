"""Parts of a page that are alike for everybody: drawn once in the life of a process, with holes for what differs."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from thongsuot.core.ui.context import KEYS_COOKIE, THEME_COOKIE, keys_of, theme_of

register = template.Library()

MOST_KEPT = 256
_MARK = "\N{SYMBOL FOR UNIT SEPARATOR}{}\N{SYMBOL FOR UNIT SEPARATOR}"
_HOLE = re.compile(_MARK.format(r"(\w+)"))
_drawn: dict[tuple[object, ...], list[str]] = {}


@register.simple_tag(takes_context=True)
def drawn_once(context: Context, template_name: str, kind: str = "", **holes: object) -> SafeString:
    """A part that knows the language, the theme, whether letters are keys and its ``kind``, one word of a few.

    ``csrf_token``, ``shell.here`` and ``holes`` are put in afterwards; they may stand as text or in an attribute, not
    in conditions or filters. The part sees neither the request nor the person: nobody's words can be kept for others.
    """
    request = context.get("request")
    key = (template_name, kind, get_language(), theme_of(request), keys_of(request), *holes)
    parts = _drawn.get(key)
    if parts is None:
        parts = _draw(*key)
        if len(_drawn) < MOST_KEPT and not settings.DEBUG:
            _drawn[key] = parts
    said = list(parts)
    for place in range(1, len(parts), 2):
        said[place] = _said(context, parts[place], holes)
    return mark_safe("".join(said))  # noqa: S308 - drawn by a template, and every hole escaped


def _draw(name: str, kind: str, _language: str | None, theme: str, keys: str, *holes: str) -> list[str]:
    """What stands between the holes, and at every second place the name of one."""
    request = SimpleNamespace(COOKIES={THEME_COOKIE: theme, KEYS_COOKIE: keys})
    marked = {hole: _MARK.format(hole) for hole in holes}
    shell = SimpleNamespace(here=_MARK.format("here"))
    context = {
        "request": request,
        "csrf_token": _MARK.format("csrf_token"),
        "shell": shell,
        "kind": kind,
        **marked,
    }
    return _HOLE.split(render_to_string(name, context))


def _said(context: Context, hole: str, holes: dict[str, object]) -> str:
    if hole == "here":
        said: Any = getattr(context.get("shell"), "here", "")
    else:
        said = context.get("csrf_token", "") if hole == "csrf_token" else holes[hole]
    return conditional_escape(said)
