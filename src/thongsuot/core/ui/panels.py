"""Panels: a page of a lower app shows news of a higher one, drawn by that app with its own rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Render = Callable[[HttpRequest, object], str | None]


@dataclass(frozen=True)
class Panel:
    place: str
    render: Render
    order: int


_panels: dict[tuple[str, str], Panel] = {}


def register_panel(place: str, render: Render, order: int) -> None:
    """Draw ``render(request, subject)`` wherever a template says ``{% panels place subject %}``.

    ``render`` answers with HTML from a template, or ``None`` when this person has nothing to see there.
    """
    name = f"{render.__module__}.{getattr(render, '__qualname__', repr(render))}"
    _panels[(place, name)] = Panel(place, render, order)


def drawn(place: str, request: HttpRequest, subject: object) -> SafeString:
    """All panels of a place, one below the other."""
    panels = sorted((p for p in _panels.values() if p.place == place), key=lambda p: p.order)
    parts = [part for panel in panels if (part := panel.render(request, subject))]
    return mark_safe("\n".join(parts))  # noqa: S308 - each part was rendered, and escaped, by a template
