"""Words for tests of reorganisations: days, drafts, and the rows of all units as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.organizations.models import (
    Affiliation,
    Delegation,
    Membership,
    Position,
    Reorganization,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitKind,
    UnitSuccession,
    UnitVersion,
)
from thongsuot.organizations.reorganization import (
    Decision,
    StepData,
    add_step,
    carry_out,
    schedule,
    start_draft,
)

DECISION = Decision("15-QĐ/TU", dt.date(2026, 11, 1), "Thành ủy Vàm Cỏ")
TABLES: tuple[Any, ...] = (
    Unit,
    UnitVersion,
    UnitAlias,
    UnitSuccession,
    Membership,
    Affiliation,
    Position,
    RoleGrant,
    Delegation,
)


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def on(day: dt.date, hour: int = 0) -> Any:
    """Let it be some time of that day."""
    return clock.at(clock.moment(day, hour, 1))


def draft(
    cast: Cast, *steps: StepData, by: User | None = None, scope: Unit | None = None, days: int = 1
) -> Reorganization:
    """A draft with these steps, by the city's clerk."""
    by = by or cast.city_clerk
    made = start_draft(
        by=by, scope=scope or cast.city, title="Sắp xếp", effective_on=in_days(days), decision=DECISION
    )
    for step in steps:
        add_step(by=by, reorganization=made, data=step)
    return made


def carried_out(made: Reorganization) -> Reorganization:
    """Schedule it now and carry it out at the midnight of its day."""
    schedule(by=made.created_by, reorganization=made)
    with on(made.effective_on):
        return carry_out(made.pk)


def founding(parent: Unit, name: str, kind: str = UnitKind.WARD_COMMITTEE) -> StepData:
    short = name.removeprefix("Đảng ủy ").removeprefix("Chi bộ ")
    return StepData("found", target=parent, name=name, short_name=short, unit_kind=kind, symbol="ĐU")


def rows_of_units() -> dict[str, list[dict[str, Any]]]:
    """Every row about units and who is what in them."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def paths_agree() -> bool:
    units: Sequence[Unit] = list(Unit.objects.select_related("parent"))
    return all(
        unit.path[:-6] == (unit.parent.path if unit.parent else "") and unit.depth == len(unit.path) // 6 - 1
        for unit in units
    )
