"""The figures of one document: the whole unit, then by unit, level, form or day; the curve; the same as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.core.clock import day_of, today
from thongsuot.core.pages import paginate
from thongsuot.core.ui.items import Tab
from thongsuot.dissemination import queries
from thongsuot.dissemination.curve import Curve, draw
from thongsuot.dissemination.permissions import can_see_coverage
from thongsuot.dissemination.queries.checks import Understanding, understanding_in
from thongsuot.dissemination.queries.coverage import is_past
from thongsuot.dissemination.queries.figures import (
    DayReached,
    Level,
    Sessions,
    UnitFigures,
    days_of,
    figures_below,
    figures_of,
    levels_of,
    sessions_about,
    ways_of,
    with_change,
    with_deadline,
)
from thongsuot.dissemination.views._asked import number, who
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit, UnitKind

BY = ("don-vi", "cap", "hinh-thuc", "ngay")


@dataclass
class FiguresAsked:
    """One document in one unit, each part read when the page asks for it."""

    request: HttpRequest
    document: Document
    unit: Unit
    whole: UnitFigures | None

    @cached_property
    def by(self) -> str:
        """A cell has no units below it."""
        ways = BY[2:] if self.unit.kind == UnitKind.CELL else BY
        asked = self.request.GET.get("theo", "")
        return asked if asked in ways else ways[0]

    @cached_property
    def days(self) -> list[DayReached]:
        return days_of(self.document, self.unit)

    @cached_property
    def sessions(self) -> Sessions:
        return sessions_about(self.document, self.unit)

    @cached_property
    def levels(self) -> list[Level]:
        return levels_of(self.document, self.unit)

    @cached_property
    def understanding(self) -> Understanding:
        return understanding_in(self.document, self.unit)[0]

    @property
    def due(self) -> dt.date | None:
        due: dt.date | None = self.document.due  # type: ignore[attr-defined]  # annotated
        return due

    @property
    def is_past(self) -> bool:
        return is_past(self.due)

    @cached_property
    def curve(self) -> Curve | None:
        changed_at = self.document.changed_at  # type: ignore[attr-defined]  # annotated
        return draw(
            self.days,
            whole=self.whole.coverage.required if self.whole else 0,
            issued_on=self.document.issued_on,
            due=self.due,
            today=today(),
            changed_on=day_of(changed_at) if changed_at else None,
        )

    @property
    def tabs(self) -> list[Tab]:
        names = {
            "don-vi": pgettext("figures", "By unit"),
            "cap": pgettext("figures", "By level"),
            "hinh-thuc": pgettext("figures", "By form"),
            "ngay": pgettext("figures", "By day"),
        }
        address = reverse("dissemination:figures", args=[self.document.pk])
        return [
            Tab(label, f"{address}?don-vi={self.unit.pk}&theo={key}#theo", key == self.by)
            for key, label in names.items()
            if self.unit.kind != UnitKind.CELL or key in BY[2:]
        ]


def figures_asked(request: HttpRequest, pk: int) -> FiguresAsked:
    user = who(request)
    asked = number(request, "don-vi")
    whole = figures_of(pk, asked, user) if asked else None
    unit = whole.unit if whole else queries.overview_unit(user, asked)
    documents = with_change(Document.objects.visible_to(user).defer("text", "search_text"))
    document = get_object_or_404(with_deadline(documents, unit) if unit else documents, pk=pk)
    if unit is None:
        raise Http404 if asked else PermissionDenied
    return FiguresAsked(request, document, unit, whole or figures_of(pk, unit.pk))


def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The counts of one document in one unit, with the curve, and broken down in one way at a time."""
    asked, user = figures_asked(request, pk), who(request)
    page, rows = None, []
    if asked.by == "don-vi":
        page = paginate(request, figures_below(asked.document, asked.unit))
        rows = [UnitFigures.of(total) for total in page]
    elif asked.by == "ngay":
        page = paginate(request, asked.days)
    # The person's own unit, shown when none is named, is the highest they look into.
    above = asked.unit.parent if number(request, "don-vi") else None
    context: dict[str, Any] = {
        "asked": asked,
        "document": asked.document,
        "name": queries.name_of(asked.document),
        "unit": asked.unit,
        "above": above if above and can_see_coverage(user, above) else None,
        "page": page,
        "rows": [(row, can_see_coverage(user, row.unit)) for row in rows],
        "coverage": asked.whole.coverage if asked.whole else None,
        "plans": asked.whole.plans if asked.whole else None,
        "ways": ways_of(asked.days),
        "views": views_of(asked.document, asked.unit, "figures"),
    }
    return render(request, "dissemination/figures.html", context)


def views_of(document: Document, unit: Unit, current: str) -> list[Tab]:
    """The two pages about one document in one unit."""
    names = {"coverage": _("Coverage"), "figures": _("Figures")}
    return [
        Tab(
            label,
            f"{reverse(f'dissemination:{key}', args=[document.pk])}?don-vi={unit.pk}",
            key == current,
        )
        for key, label in names.items()
    ]
