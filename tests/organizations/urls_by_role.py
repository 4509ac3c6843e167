"""Who may open the pages about units and people. The unit of the table is the ward."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.organizations import accounts_by_role
from tests.permissions import Row


def ward(cast: Cast) -> list[Any]:
    return [cast.ward.pk]


# Everybody has a role in some unit, so everybody sees that unit; the ward is seen by its own people and the city's.
CITY = dict.fromkeys(("city_clerk", "city_leader", "city_inspector", "administrator"), 200)
WARD = CITY | dict.fromkeys(("ward_clerk", "ward_leader", "ward_officer"), 200)
HIDDEN = {"*": 404}

ROWS = [
    *accounts_by_role.ROWS,
    Row("organizations:tree", {"*": 200}),
    Row("organizations:compare", {"*": 200}),
    Row("organizations:print", {"*": 200}),
    Row("organizations:export", {"*": 200}),
    Row("organizations:branch", HIDDEN | WARD, args=ward),
    Row("organizations:unit", HIDDEN | WARD, args=ward),
    Row(
        "organizations:edit_unit",
        HIDDEN | dict.fromkeys(WARD, 403) | dict.fromkeys(("city_clerk", "ward_clerk", "administrator"), 200),
        args=ward,
    ),
]
