"""What is done by authority that was lent says in whose name; what one does as oneself does not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.audit.models import Act
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.organizations.models import Delegation
from thongsuot.organizations.reach import acting_for
from thongsuot.tasks.services import accept_task, give_task, report_progress

LENT = [Permission.TASK_ASSIGN, Permission.TASK_ACCEPT, Permission.TASK_REPORT]


@pytest.fixture
def deputy(cast: Cast) -> User:
    """The ward's officer while its leader is away."""
    today = clock.today()
    Delegation.objects.create(
        principal=cast.ward_leader,
        delegate=cast.ward_officer,
        unit=cast.ward,
        permissions=LENT,
        valid_from=today,
        valid_to=today + dt.timedelta(days=7),
        made_by=cast.ward_leader,
    )
    return User.objects.get(pk=cast.ward_officer.pk)


def _in_whose_name(by: User) -> list[tuple[str, User | None]]:
    return [(act.verb, act.on_behalf_of) for act in Act.objects.filter(by=by).order_by("id")]


def test_a_task_given_by_lent_authority_says_in_whose_name(cast: Cast, deputy: User) -> None:
    task = give_task(by=deputy, giver=cast.ward, unit=cast.cell, text="Rà soát")
    assert _in_whose_name(deputy) == [("task.given", cast.ward_leader)]
    assert [entry.who for entry in timeline_of(task)] == [f"{deputy} thay mặt {cast.ward_leader}"]
    assert acting_for(deputy, Permission.TASK_ASSIGN, cast.cell) == cast.ward_leader
    Delegation.objects.update(revoked_at=clock.now())
    with pytest.raises(PermissionDenied):
        give_task(by=User.objects.get(pk=deputy.pk), giver=cast.ward, unit=cast.cell, text="Rà soát")


def test_ones_own_authority_comes_before_what_was_lent(cast: Cast, deputy: User) -> None:
    # The officer may report for the ward without anybody's leave; the leader lent that as well.
    task = give_task(by=cast.city_leader, giver=cast.city, unit=cast.ward, text="Báo cáo nhanh")
    report_progress(by=deputy, task=task, note="Đang làm")
    assert _in_whose_name(deputy) == [("task.reported", None)]
    assert acting_for(deputy, Permission.TASK_REPORT, cast.ward) is None


def test_ones_own_task_is_done_as_oneself_right_after_acting_for_another(cast: Cast, deputy: User) -> None:
    mine = give_task(
        by=cast.ward_leader,
        giver=cast.ward,
        unit=cast.ward,
        assignee=cast.person(cast.ward_officer),
        text="Soạn tờ trình",
    )
    other = give_task(by=deputy, giver=cast.ward, unit=cast.cell, text="Rà soát")
    report_progress(by=deputy, task=mine, note="Xong", hand_in=True)
    report_progress(by=cast.cell_head, task=other, note="Xong", hand_in=True)
    accept_task(by=deputy, task=other)
    with pytest.raises(PermissionDenied):
        accept_task(by=deputy, task=mine)
    assert _in_whose_name(deputy) == [
        ("task.given", cast.ward_leader),
        ("task.handed_in", None),
        ("task.accepted", cast.ward_leader),
    ]
