"""Who may open the pages of imports: an import of people of the ward, waiting for a decision."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.organizations.imports.tables import PEOPLE, looked_through
from tests.permissions import Row

FORBIDDEN = {"*": 403, "administrator": 200}
HIDDEN = {"*": 404, "administrator": 200}
ACTS = {"*": 404, "administrator": 302}


def waiting(cast: Cast) -> list[Any]:
    row = {"code": "A1", "name": "Đỗ Thị Mơ", "cell": cast.cell.name}
    return [looked_through(cast, PEOPLE, row, unit=cast.ward).pk]


ROWS = [
    Row("organizations:catalogue", FORBIDDEN),
    Row("organizations:imports", FORBIDDEN),
    Row("organizations:import_template", FORBIDDEN, args=lambda cast: ["people"]),
    Row("organizations:import", HIDDEN, args=waiting),
    Row("organizations:import_columns", HIDDEN, args=waiting),
    Row("organizations:import_copy", HIDDEN, args=waiting),
    Row("organizations:import_progress", ACTS, args=waiting),
    Row("organizations:import_carry_out", ACTS, args=waiting, method="post"),
    Row("organizations:import_draft", ACTS, args=waiting, method="post"),
    Row("organizations:import_undo", ACTS, args=waiting, method="post"),
    Row("organizations:import_give_up", ACTS, args=waiting, method="post"),
]
