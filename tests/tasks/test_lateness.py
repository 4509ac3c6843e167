"""Late stays late: the first deadline stays, the day of the hand-in counts, nothing unmakes it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from tests.tasks.factory import november, on, ward_task
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.tasks.models import Task, TaskState
from thongsuot.tasks.services import accept_task, extend_task, report_progress, return_task


def hand_in(cast: Cast, task: Task, day: int, hour: int = 9) -> None:
    with clock.at(on(day, hour)):
        report_progress(by=cast.ward_leader, task=task, note="Đã xong", hand_in=True)


def accept(cast: Cast, task: Task, day: int) -> Task:
    with clock.at(on(day)):
        accept_task(by=cast.city_leader, task=task)
    task.refresh_from_db()
    return task


def give_back(cast: Cast, task: Task, day: int) -> None:
    with clock.at(on(day)):
        return_task(by=cast.city_leader, task=task, reason="Thiếu ảnh")


def extend(cast: Cast, task: Task, day: int, due: dt.date) -> None:
    with clock.at(on(day)):
        extend_task(by=cast.city_leader, task=task, due=due, reason="Triều cường")


def test_the_deadline_ends_with_its_day_in_viet_nam(cast: Cast) -> None:
    in_time, late = ward_task(cast), ward_task(cast)
    hand_in(cast, in_time, 12, 23)
    hand_in(cast, late, 13, 0)
    assert not accept(cast, in_time, 20).is_late
    assert accept(cast, late, 20).is_late
    assert in_time.done_on == november(12)
    assert (late.done_on, late.state) == (november(13), TaskState.DONE)


def test_a_slow_acceptance_makes_nobody_late(cast: Cast) -> None:
    task = ward_task(cast)
    hand_in(cast, task, 11)
    done = accept(cast, task, 28)
    assert (done.is_late, done.done_on) == (False, november(11))


def test_what_is_returned_counts_on_the_day_it_is_handed_in_again(cast: Cast) -> None:
    task = ward_task(cast)
    hand_in(cast, task, 10)
    give_back(cast, task, 11)
    assert task.state == TaskState.RETURNED
    hand_in(cast, task, 14)
    done = accept(cast, task, 15)
    assert (done.is_late, done.done_on) == (True, november(14))


def test_an_extension_in_time_moves_the_deadline_and_keeps_the_first(cast: Cast) -> None:
    task = ward_task(cast)
    extend(cast, task, 12, november(20))
    hand_in(cast, task, 20)
    done = accept(cast, task, 21)
    assert (done.is_late, done.due, done.first_due) == (False, november(20), november(12))


def test_an_extension_after_the_deadline_does_not_unmake_lateness(cast: Cast) -> None:
    task = ward_task(cast)
    extend(cast, task, 13, november(20))
    assert Task.objects.get(pk=task.pk).is_late
    hand_in(cast, task, 15)
    assert accept(cast, task, 16).is_late


def test_an_extension_after_a_return_that_came_too_late_makes_nobody_late(cast: Cast) -> None:
    task = ward_task(cast)
    hand_in(cast, task, 11)
    give_back(cast, task, 14)
    extend(cast, task, 14, november(20))
    hand_in(cast, task, 18)
    assert not accept(cast, task, 19).is_late


def test_an_extension_after_a_return_in_time_does(cast: Cast) -> None:
    task = ward_task(cast)
    hand_in(cast, task, 9)
    give_back(cast, task, 10)
    extend(cast, task, 14, november(20))
    assert task.is_late


def test_a_task_without_a_deadline_gets_its_first_by_extension(cast: Cast) -> None:
    task = ward_task(cast, due=None)
    extend(cast, task, 9, november(20))
    assert (task.first_due, task.due, task.is_late) == (november(20), november(20), False)


@pytest.mark.parametrize(("due", "reason"), [(12, "Triều cường"), (5, "Triều cường"), (20, "  ")])
def test_an_extension_goes_forward_and_has_a_reason(cast: Cast, due: int, reason: str) -> None:
    task = ward_task(cast)
    with clock.at(on(10)), pytest.raises(Refused):
        extend_task(by=cast.city_leader, task=task, due=november(due), reason=reason)
    assert Task.objects.get(pk=task.pk).due == november(12)
