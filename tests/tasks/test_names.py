"""Which member has which task is told to the member, the cell and the leaders it reports to (Law 91/2025/QH15)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.tasks.factory import member_task, ward_task
from thongsuot.organizations.services import merge_people
from thongsuot.tasks.permissions import can_accept, can_report
from thongsuot.tasks.queries import my_tasks
from thongsuot.tasks.services import Share, assign_task, report_progress


@pytest.mark.parametrize(
    ("part", "is_named"),
    [
        ("member", True),
        ("cell_head", True),
        ("ward_leader", True),
        ("city_leader", True),
        ("ward_clerk", False),
        ("city_clerk", False),
        ("city_inspector", False),
    ],
)
def test_a_member_with_a_task_is_named_only_to_those_who_may_know(
    cast: Cast, part: str, is_named: bool
) -> None:
    whole = ward_task(cast, unit=cast.cell)
    member = cast.person(cast.member)
    [task] = assign_task(by=cast.cell_head, task=whole, shares=[Share(cast.cell, member, "Dọn kênh")])
    report_progress(by=cast.member, task=task, note="Đã dọn một đoạn")
    client = Client()
    client.force_login(cast.everybody[part])
    whose = "toi" if part == "member" else "don-vi"
    addresses = [
        task.get_absolute_url(),
        *(reverse(f"tasks:{name}") + f"?xem={whose}" for name in ("list", "export")),
    ]
    if part != "member":
        addresses.append(whole.get_absolute_url())
    for address in addresses:
        answer = client.get(address)
        shown = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert answer.status_code == 200
        assert (member.name in shown) == is_named, address
        assert ("một đảng viên" in shown) != is_named, address


def test_the_task_of_who_was_written_down_twice_is_theirs(cast: Cast) -> None:
    task = member_task(cast, due=None)
    cast.member.is_active = False
    cast.member.save()
    assert not can_report(cast.second_member, task)
    merge_people(
        by=cast.administrator, kept=cast.person(cast.second_member), duplicate=cast.person(cast.member)
    )
    task.refresh_from_db()
    assert task in my_tasks(cast.second_member)
    assert can_report(cast.second_member, task)
    assert not can_accept(cast.second_member, task)
