"""The overview is for those who lead or follow a unit; a document's flow also needs the document to be in reach."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.permissions import Row
from tests.reports.factories import a_directive
from thongsuot.documents.models import Theme
from thongsuot.documents.services import save_theme


def _document(cast: Cast) -> list[Any]:
    return [a_directive(cast).pk]


def _theme(cast: Cast) -> list[Any]:
    found = Theme.objects.first() or save_theme(by=cast.city_clerk, unit=cast.city, name="Nghị quyết đại hội")
    return [found.pk]


WITHOUT = dict.fromkeys(("member", "second_member", "other_member", "administrator"), 403)
OF_THE_CITY = {"city_clerk": 200, "city_leader": 200, "city_inspector": 200, "*": 404, **WITHOUT}

ROWS = [
    Row("reports:dashboard", {"*": 200, **WITHOUT}),
    Row("reports:units", {"*": 200, **WITHOUT}),
    # The officer of the city works in an office to which the directive was not sent.
    Row("reports:flow", {"*": 200, **WITHOUT, "city_officer": 404}, args=_document),
    Row("reports:levels", {"*": 200, **WITHOUT, "city_officer": 404}, args=_document),
    Row("reports:level_units", {"*": 200, **WITHOUT, "city_officer": 404}, args=_document),
    # A theme of the city is followed in the city.
    Row("reports:theme_levels", OF_THE_CITY, args=_theme),
    Row("reports:theme_level_units", OF_THE_CITY, args=_theme),
]
