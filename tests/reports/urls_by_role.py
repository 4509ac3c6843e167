"""The overview is for those who lead or follow a unit; a document's flow also needs the document to be in reach."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.permissions import Row
from tests.reports.factories import a_directive


def _document(cast: Cast) -> list[Any]:
    return [a_directive(cast).pk]


WITHOUT = dict.fromkeys(("member", "second_member", "other_member", "administrator"), 403)

ROWS = [
    Row("reports:dashboard", {"*": 200, **WITHOUT}),
    Row("reports:units", {"*": 200, **WITHOUT}),
    # The officer of the city works in an office to which the directive was not sent.
    Row("reports:flow", {"*": 200, **WITHOUT, "city_officer": 404}, args=_document),
    Row("reports:levels", {"*": 200, **WITHOUT, "city_officer": 404}, args=_document),
    Row("reports:level_units", {"*": 200, **WITHOUT, "city_officer": 404}, args=_document),
]
