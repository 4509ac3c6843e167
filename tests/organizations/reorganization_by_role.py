"""Who may open and do what in reorganisations. Each prepared one is the city's; the ward's clerk has their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.cast import Cast
from tests.organizations.reorganizing import draft
from tests.permissions import Row
from thongsuot.organizations.reorganization import PartData, StepData, schedule

THEIRS = ("city_clerk", "administrator")
ALSO_ELSEWHERE = ("ward_clerk", "other_ward_clerk")
ONE = {"*": 404} | dict.fromkeys(THEIRS, 200)
DONE = {"*": 404} | dict.fromkeys(THEIRS, 302)
ALL = {"*": 403} | dict.fromkeys((*THEIRS, *ALSO_ELSEWHERE), 200)


def _draft(cast: Cast) -> list[Any]:
    return [draft(cast, StepData("dissolve", unit=cast.economy)).pk]


def _scheduled(cast: Cast) -> list[Any]:
    made = draft(cast, StepData("dissolve", unit=cast.economy), days=0)
    schedule(by=cast.city_clerk, reorganization=made)
    return [made.pk]


def _step(cast: Cast) -> list[Any]:
    return [draft(cast, StepData("dissolve", unit=cast.economy)).steps.get().pk]


def _split(cast: Cast) -> list[Any]:
    parts = [
        PartData(cast.second_cell, Decimal("0.6"), is_main=True),
        PartData(cast.other_cell, Decimal("0.4")),
    ]
    return [draft(cast, StepData("split", unit=cast.cell, parts=parts)).steps.get().pk]


ROWS = [
    Row("organizations:reorganizations", ALL),
    Row("organizations:start_reorganization", ALL),
    Row("organizations:reorganization", ONE, args=_draft),
    Row("organizations:describe_reorganization", ONE, args=_draft),
    Row("organizations:add_reorganization_step", ONE, args=lambda cast: [*_draft(cast), "merge"]),
    Row("organizations:remove_reorganization_step", DONE, args=_step, method="post"),
    Row("organizations:reorganization_children", ONE, args=_step),
    # Names of members are for who keeps the list of the cell.
    Row(
        "organizations:reorganization_members",
        {"*": 404, "city_clerk": 403, "administrator": 200},
        args=_split,
    ),
    Row(
        "organizations:act_on_reorganization",
        DONE,
        args=lambda cast: [*_draft(cast), "len-lich"],
        method="post",
    ),
    Row(
        "organizations:act_on_reorganization",
        DONE,
        args=lambda cast: [*_scheduled(cast), "thuc-hien"],
        method="post",
    ),
]
