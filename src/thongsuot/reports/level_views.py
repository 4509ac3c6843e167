"""The flow map level by level: one document or a theme, any day, beside another, and the units behind a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.documents.counting import UnitCounter
from thongsuot.documents.models import Document, Theme
from thongsuot.organizations.filters import day_in
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach
from thongsuot.reports import level_subjects as subjects
from thongsuot.reports import level_words as words
from thongsuot.reports.level_subjects import Subject
from thongsuot.reports.levels_picture import Column, draw_levels
from thongsuot.reports.queries import levels as queries
from thongsuot.reports.queries.level_shapes import FOLLOWS, LevelFlow, LevelMap
from thongsuot.reports.views import unit_asked

MOST_MARKS = 14
PARTS = 20


@dataclass
class MapAsked:
    """What the address asks for; what makes no sense counts as not asked."""

    request: HttpRequest
    subject: Subject
    unit: Unit

    @cached_property
    def day(self) -> dt.date:
        return min(day_in(self.request.GET.get("ngay")) or today(), today())

    @property
    def is_today(self) -> bool:
        return self.day == today()

    @cached_property
    def other(self) -> Subject | None:
        """What it is laid beside."""
        key = number_in(self.request.GET.get("so-voi"))
        return subjects.other_than(self.request.user, self.subject, key)

    @cached_property
    def other_day(self) -> dt.date | None:
        day = day_in(self.request.GET.get("so-ngay"))
        return min(day, today()) if day else None

    def address(self, name: str = "levels", **changes: object) -> str:
        """The address of this map with changes; nothing drops a part of it."""
        told: dict[str, object] = {key: self.request.GET[key] for key in KEPT if key in self.request.GET}
        told |= {key.replace("_", "-"): value for key, value in changes.items()}
        query = {key: str(value) for key, value in told.items() if value not in (None, "")}
        return f"{self.subject.url(name)}?{urlencode(query)}"


KEPT = ("don-vi", "pham-vi", "ngay", "so-voi", "so-ngay", "xem")


def _of_document(request: HttpRequest, pk: int) -> MapAsked:
    unit = unit_asked(request)
    document = get_object_or_404(Document.objects.visible_to(request.user).defer("text"), pk=pk)
    whole = request.GET.get("pham-vi") == "ca-chuoi"
    return MapAsked(request, subjects.of_document(request.user, document, whole=whole), unit)


def _of_theme(request: HttpRequest, pk: int) -> MapAsked:
    unit = unit_asked(request)
    theme = get_object_or_404(Theme.objects.visible_to(request.user), pk=pk)
    return MapAsked(request, subjects.of_theme(request.user, theme), unit)


def levels(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of one document, alone or with all that carries it out."""
    return _map(_of_document(request, pk))


def theme_levels(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of all documents of a theme."""
    return _map(_of_theme(request, pk))


def level_units(request: HttpRequest, pk: int) -> HttpResponse:
    return _units(_of_document(request, pk))


def theme_level_units(request: HttpRequest, pk: int) -> HttpResponse:
    return _units(_of_theme(request, pk))


def _map(asked: MapAsked) -> HttpResponse:
    """Levels as columns; beside another or an earlier day when asked; below it the units directly below."""
    request = asked.request
    shown = queries.level_map(request.user, asked.subject.keys, asked.unit, asked.day)
    beside = _beside(asked, shown)
    context: dict[str, Any] = {
        "asked": asked,
        "map": shown,
        "sides": _sides(asked, shown, beside),
        "differences": words.differences(shown, beside) if beside else [],
        "verdict": words.verdict(shown),
        "page": paginate(request, queries.parts_of(asked.subject.keys, asked.unit, asked.day), PARTS),
        "marks": _marks(asked, shown.first),
        "choices": subjects.choices(request.user, asked.subject, asked.unit),
        "as_table": request.GET.get("xem") == "bang",
        "sums": {name: shown.sum_of(name) for name in FOLLOWS},
        "kept": {key: request.GET[key] for key in ("don-vi", "pham-vi", "xem") if request.GET.get(key)},
    }
    return page_or_fragment(request, "reports/levels.html", "_levels", context)


@dataclass(frozen=True)
class Side:
    """One of the maps that stand beside each other."""

    title: str
    map: LevelMap
    columns: list[Column]
    asked: MapAsked | None


def _beside(asked: MapAsked, shown: LevelMap) -> LevelMap | None:
    """The same unit, with another document after as many days, or the same on another day."""
    user = asked.request.user
    if asked.other is not None:
        keys = asked.other.keys
        first, _last = queries.days_of(keys, asked.unit)
        day = asked.other_day or (first + dt.timedelta(days=shown.age) if first else None)
        return queries.level_map(user, keys, asked.unit, day)
    if asked.other_day is not None:
        return queries.level_map(user, asked.subject.keys, asked.unit, asked.other_day)
    return None


def _sides(asked: MapAsked, shown: LevelMap, beside: LevelMap | None) -> list[Side]:
    sides = [Side(words.title(asked.subject.name, shown), shown, draw_levels(_with_people(shown)), asked)]
    if beside is not None:
        sides.append(
            Side(
                words.title((asked.other or asked.subject).name, beside),
                beside,
                draw_levels(_with_people(beside)),
                None,
            )
        )
    return sides


def _with_people(shown: LevelMap) -> list[LevelFlow]:
    return [*shown.levels, shown.people] if shown.people else shown.levels


@dataclass(frozen=True)
class Mark:
    """A day to which the map can be set."""

    day: dt.date
    url: str
    current: bool


def _marks(asked: MapAsked, first: dt.date | None) -> list[Mark]:
    """Days from the first to today, evenly, few enough to be looked at one after the other."""
    if first is None:
        return []
    span = (today() - first).days
    number = min(MOST_MARKS, span + 1)
    days = {first + dt.timedelta(days=round(span * place / max(number - 1, 1))) for place in range(number)}
    days |= {asked.day} if asked.day >= first else set()
    return [
        Mark(day, asked.address(ngay=None if day == today() else day.isoformat()), day == asked.day)
        for day in sorted(days)
    ]


def _units(asked: MapAsked) -> HttpResponse:
    """The units behind a number: those of a level that took a step, or that wait for it (``con``)."""
    request = asked.request
    step, waiting = request.GET.get("buoc", "received"), request.GET.get("con") == "1"
    depth = number_in(request.GET.get("cap"), digits=3)
    if step not in FOLLOWS or (waiting and not FOLLOWS[step]):
        raise Http404
    counter, rows = queries.units_at(
        asked.subject.keys, asked.unit, -1 if depth is None else depth, step, asked.day, waiting=waiting
    )
    every: Any = counter._default_manager
    mine = every.filter(rows, reach(request.user, Permission.OVERVIEW_READ))
    found = mine.select_related("unit", "unit__parent", "document").defer(
        "document__text", "document__search_text"
    )
    page = paginate(request, found.order_by("unit__path", "document_id"))
    context = {
        "asked": asked,
        "title": words.list_title(step, waiting=waiting),
        "page": page,
        "back": asked.address(),
        "rows": _with_days(page.object_list, counter),
        "steps": [words.list_title(one.name, waiting=False) for one in counter.STEPS],
    }
    return render(request, "reports/level_units.html", context)


def _with_days(
    rows: Iterable[Any], counter: type[UnitCounter]
) -> list[tuple[Any, list[tuple[str, dt.date | None]]]]:
    """Each row with the name and the day of every step."""
    return [
        (
            row,
            [(words.list_title(step.name, waiting=False), getattr(row, step.day)) for step in counter.STEPS],
        )
        for row in rows
    ]
