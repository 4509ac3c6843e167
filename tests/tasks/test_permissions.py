"""Each predicate, part by part: who may, and by that who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast
from tests.tasks.factory import cell_task, member_task, ward_task
from thongsuot.tasks import permissions as may
from thongsuot.tasks.models import Origin, Task

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

    Predicate = Callable[[Viewer, Task], bool]


def those_who(cast: Cast, predicate: Predicate, task: Task) -> set[str]:
    return {part for part, user in cast.everybody.items() if predicate(user, task)}


@pytest.mark.parametrize(
    ("predicate", "of_the_ward", "of_a_cell", "of_a_member"),
    [
        (may.can_share, {"city_leader", "ward_leader"}, {"city_leader", "ward_leader", "cell_head"}, set()),
        (may.can_report, {"ward_leader", "ward_officer"}, {"cell_head"}, {"cell_head", "member"}),
        (
            may.can_accept,
            {"city_leader", "city_inspector"},
            {"city_leader", "city_inspector", "ward_leader"},
            {"city_leader", "city_inspector", "ward_leader"},
        ),
        (
            may.can_urge,
            {"city_leader", "city_inspector", "city_clerk"},
            {"city_leader", "city_inspector", "city_clerk", "ward_leader", "ward_clerk"},
            {"city_leader", "city_inspector", "city_clerk", "ward_leader", "ward_clerk"},
        ),
    ],
)
def test_who_may(
    cast: Cast, predicate: Predicate, of_the_ward: set[str], of_a_cell: set[str], of_a_member: set[str]
) -> None:
    assert those_who(cast, predicate, ward_task(cast)) == of_the_ward
    assert those_who(cast, predicate, cell_task(cast)) == of_a_cell
    assert those_who(cast, predicate, member_task(cast)) == of_a_member


def test_who_gives_tasks_from_the_ward(cast: Cast) -> None:
    givers = {part for part, user in cast.everybody.items() if may.can_give_from(user, cast.ward)}
    assert givers == {"city_leader", "ward_leader"}
    required = {
        part
        for part, user in cast.everybody.items()
        if may.can_give_from(user, cast.city, Origin.CONCLUSION) and not may.can_give_from(user, cast.city)
    }
    assert required == {"city_inspector"}


def test_who_has_lists_of_tasks(cast: Cast) -> None:
    without = {part for part, user in cast.everybody.items() if not may.can_list_tasks(user)}
    assert without == {"member", "second_member", "other_member", "administrator"}
