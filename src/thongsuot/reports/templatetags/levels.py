"""Words and addresses of the flow map by level."""

from __future__ import annotations

from django import template
from django.urls import reverse

from thongsuot.reports.level_views import MapAsked
from thongsuot.reports.level_words import list_title

register = template.Library()


@register.simple_tag
def step_words(name: str, waiting: bool = False) -> str:
    return list_title(name, waiting=waiting)


@register.simple_tag
def level_list(asked: MapAsked, step: str, depth: int | str = "", waiting: int | str = "") -> str:
    """The list of exactly the units behind a number; ``waiting`` for those that have not taken the step.

    Of people there is no list: who they are is known in their cells, so it is the page of their numbers.
    """
    if isinstance(depth, int) and depth < 0:
        page, document = "dissemination:coverage", asked.subject.document
        where = reverse(page, args=[document.pk]) if document else reverse("dissemination:list")
        return f"{where}?don-vi={asked.unit.pk}"
    return asked.address(
        "level_units", so_voi=None, so_ngay=None, xem=None, buoc=step, cap=depth, con=waiting
    )


@register.simple_tag
def map_with(asked: MapAsked, **changes: object) -> str:
    """The address of the map with some of its questions changed, an underscore for a dash; None drops one."""
    return asked.address("levels", **changes)
