from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.tasks.factory import cell_task, handed_in, member_task, november, on, ward_task
from tests.tasks.urls_by_role import a_photo
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.services import grant_role
from thongsuot.tasks.models import Origin, ProgressEntry, ProgressVerb, Task, TaskState
from thongsuot.tasks.queries import measure_of, parts_of
from thongsuot.tasks.services import (
    Share,
    accept_task,
    assign_task,
    extend_task,
    give_task,
    report_progress,
    return_task,
    stop_task,
    urge,
    urge_all,
)


def test_a_member_reports_with_photo_and_figure_and_the_head_accepts(cast: Cast) -> None:
    task = member_task(cast, measure_unit="m", measure_goal=Decimal(20))
    report_progress(
        by=cast.member, task=task, note="Đã dọn", figure=Decimal("12.5"), photo=(a_photo(), "kenh.jpg")
    )
    assert (task.state, task.measure_done) == (TaskState.IN_PROGRESS, Decimal("12.5"))
    report_progress(by=cast.member, task=task, figure=Decimal("7.5"), hand_in=True)
    assert task.state == TaskState.SUBMITTED
    accept_task(by=cast.ward_leader, task=task)

    task.refresh_from_db()
    assert (task.state, task.measure_done) == (TaskState.DONE.value, Decimal(20))
    facts = ProgressEntry.objects.filter(task=task).order_by("at", "id")
    assert [fact.verb for fact in facts] == ["assign", "report", "submit", "accept"]
    photo = facts[1].photo
    assert photo is not None
    assert photo.media_type == "image/webp"
    assert [entry.verb for entry in timeline_of(task)] == [
        "task.given",
        "task.reported",
        "task.handed_in",
        "task.accepted",
    ]


def test_only_who_does_it_reports(cast: Cast) -> None:
    task = member_task(cast)
    report_progress(by=cast.cell_head, task=task, note="Thay đồng chí chưa có tài khoản")
    for user in (cast.second_member, cast.ward_leader, cast.city_leader, cast.other_cell_head):
        with pytest.raises(PermissionDenied):
            report_progress(by=user, task=task, note="Đã dọn")
    report_progress(by=cast.cell_head, task=cell_task(cast), note="Đã dọn")
    with pytest.raises(PermissionDenied):
        report_progress(by=cast.member, task=cell_task(cast), note="Đã dọn")


def test_only_the_giver_accepts_and_returns(cast: Cast) -> None:
    task = handed_in(cast)
    for user in (cast.ward_leader, cast.ward_clerk, cast.city_clerk, cast.other_ward_leader):
        with pytest.raises(PermissionDenied):
            accept_task(by=user, task=task)
        with pytest.raises(PermissionDenied):
            return_task(by=user, task=task, reason="Thiếu ảnh")
    accept_task(by=cast.city_inspector, task=task)


def test_a_report_says_something_and_a_return_says_why(cast: Cast) -> None:
    task = ward_task(cast)
    with pytest.raises(Refused) as empty:
        report_progress(by=cast.ward_leader, task=task, note="  ")
    assert empty.value.code == "empty"
    report_progress(by=cast.ward_leader, task=task, hand_in=True)
    with pytest.raises(Refused) as silent:
        return_task(by=cast.city_leader, task=task, reason=" ")
    assert silent.value.code == "reason"
    return_task(by=cast.city_leader, task=task, reason="Thiếu ảnh")
    assert task.state == TaskState.RETURNED


def test_a_picture_that_is_none_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    task = ward_task(cast)
    with pytest.raises(Refused) as refused:
        report_progress(by=cast.ward_leader, task=task, note="Xem ảnh", photo=(b"%PDF-1.4", "anh.jpg"))
    assert refused.value.code == "photo"
    assert Task.objects.get(pk=task.pk).state == TaskState.ASSIGNED


def test_who_comes_second_is_told_so(cast: Cast) -> None:
    mine = handed_in(cast)
    other = Task.objects.get(pk=mine.pk)
    accept_task(by=cast.city_leader, task=mine)
    with pytest.raises(Refused) as refused:
        return_task(by=cast.city_leader, task=other, reason="Thiếu ảnh")
    assert refused.value.code == "state"
    assert Task.objects.get(pk=mine.pk).state == TaskState.DONE
    assert not ProgressEntry.objects.filter(task=mine, verb=ProgressVerb.RETURN).exists()


def test_a_unit_passes_its_task_on_and_the_figures_add_up(cast: Cast) -> None:
    whole = ward_task(cast, measure_name="Số mét đã dọn", measure_unit="m", measure_goal=Decimal(50))
    cell, person = assign_task(
        by=cast.ward_leader,
        task=whole,
        shares=[
            Share(cast.cell, None, "Dọn đoạn 1", november(10), Decimal(30)),
            Share(cast.second_cell, _somebody_of(cast, cast.second_cell), ""),
        ],
    )
    whole.refresh_from_db()
    assert (whole.state, cell.giver, cell.due) == (TaskState.IN_PROGRESS, cast.ward, november(10))
    assert (person.text, person.due, person.measure_unit) == (whole.text, whole.due, "m")
    [part] = assign_task(
        by=cast.cell_head, task=cell, shares=[Share(cast.cell, cast.person(cast.member), "Chụp ảnh")]
    )
    report_progress(by=cast.member, task=part, figure=Decimal("4.5"))
    report_progress(by=cast.cell_head, task=cell, figure=Decimal(10))
    report_progress(by=cast.ward_leader, task=whole, figure=Decimal(1))
    whole.refresh_from_db()
    assert whole.measure_done == 1

    measure = measure_of(whole, list(parts_of(whole)))
    assert (measure.own, measure.below, measure.done) == (Decimal(1), Decimal("14.5"), Decimal("15.5"))
    assert measure.permille == 310
    with pytest.raises(PermissionDenied):
        accept_task(by=cast.cell_head, task=cell)


def _somebody_of(cast: Cast, unit):  # type: ignore[no-untyped-def]
    from thongsuot.organizations.models import Membership

    return Membership.objects.filter(unit=unit).select_related("person").order_by("pk")[0].person


@pytest.mark.parametrize(
    ("share", "code"),
    [
        (lambda cast: Share(cast.other_cell, None, "Dọn"), "unit"),
        (lambda cast: Share(cast.ward, None, "Dọn"), "unit"),
        (lambda cast: Share(cast.cell, cast.person(cast.other_member), "Dọn"), "assignee"),
        (lambda cast: Share(cast.cell, None, "Dọn", november(13)), "due"),
        (lambda cast: Share(cast.cell, None, "Dọn", november(1)), "due"),
    ],
)
def test_a_task_is_passed_on_within_the_unit_and_its_time(cast: Cast, share, code) -> None:  # type: ignore[no-untyped-def]
    with clock.at(on(3)), pytest.raises(Refused) as refused:
        assign_task(by=cast.ward_leader, task=ward_task(cast), shares=[share(cast)])
    assert refused.value.code == code
    assert not Task.objects.exclude(parent=None).exists()


def test_nobody_and_twice_are_refused(cast: Cast) -> None:
    task = ward_task(cast, due=None)
    twice = [Share(cast.cell, None, "Dọn"), Share(cast.cell, None, "Dọn nữa")]
    for shares, code in (([], "nobody"), (twice, "twice")):
        with pytest.raises(Refused) as refused:
            assign_task(by=cast.ward_leader, task=task, shares=shares)
        assert refused.value.code == code


def test_what_is_already_overdue_can_still_be_passed_on(cast: Cast) -> None:
    task = ward_task(cast)
    with clock.at(on(20)):
        [part] = assign_task(by=cast.ward_leader, task=task, shares=[Share(cast.cell, None, "Dọn ngay")])
    assert part.due == november(20)


def test_a_clerk_does_not_assign_and_a_member_does_not_pass_on(cast: Cast) -> None:
    shares = [Share(cast.cell, None, "Dọn")]
    for user in (cast.ward_clerk, cast.cell_head, cast.other_ward_leader):
        with pytest.raises(PermissionDenied):
            assign_task(by=user, task=ward_task(cast), shares=shares)
    with pytest.raises(PermissionDenied):
        assign_task(by=cast.cell_head, task=member_task(cast), shares=shares)


def test_passing_on_costs_the_same_for_two_and_for_many(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    from thongsuot.organizations.models import Membership

    members = [row.person for row in Membership.objects.filter(unit=cast.cell).select_related("person")]
    assert len(members) == 5
    task = cell_task(cast)
    with clock.at(on(3)), django_assert_max_num_queries(12):
        assign_task(
            by=cast.cell_head, task=task, shares=[Share(cast.cell, person, "Dọn") for person in members]
        )


def test_urging_is_kept_and_reaches_only_what_is_worked_on(cast: Cast) -> None:
    task, waiting = ward_task(cast), handed_in(cast)
    with clock.at(on(5)):
        urge(by=cast.city_clerk, task=task, note="Gấp")
    assert task.urged_at == on(5)
    with pytest.raises(Refused):
        urge(by=cast.city_clerk, task=waiting)
    with pytest.raises(PermissionDenied):
        urge(by=cast.ward_clerk, task=task)


def test_many_are_urged_once_a_day(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    tasks = [ward_task(cast, text=f"Việc {number}") for number in range(6)] + [handed_in(cast)]
    tasks.append(cell_task(cast))
    cast.city_clerk.grants.first()
    with clock.at(on(5)):
        assert urge_all(by=cast.city_clerk, tasks=tasks) == 7
        again = list(Task.objects.select_related("giver"))
        assert urge_all(by=cast.city_clerk, tasks=again) == 0
        assert urge_all(by=cast.member, tasks=again) == 0
    with clock.at(on(6)), django_assert_num_queries(5):  # two savepoints, update, facts, act
        assert urge_all(by=cast.city_clerk, tasks=list(again)) == 7


def test_stopping_ends_what_is_below_too(cast: Cast) -> None:
    whole = ward_task(cast)
    [part] = assign_task(by=cast.ward_leader, task=whole, shares=[Share(cast.cell, None, "Dọn")])
    with pytest.raises(PermissionDenied):
        stop_task(by=cast.ward_leader, task=whole, reason="Trùng")
    stop_task(by=cast.city_leader, task=whole, reason="Trùng với kế hoạch khác")
    part.refresh_from_db()
    assert (whole.state, part.state) == (TaskState.STOPPED, TaskState.STOPPED)
    with pytest.raises(Refused):
        extend_task(by=cast.city_leader, task=whole, due=november(30), reason="Mở lại")


def test_nobody_judges_the_own_work(cast: Cast) -> None:
    task = cell_task(cast, unit=cast.ward, assignee=cast.person(cast.ward_leader))
    report_progress(by=cast.ward_leader, task=task, note="Xong", hand_in=True)
    with pytest.raises(PermissionDenied):
        accept_task(by=cast.ward_leader, task=task)
    accept_task(by=cast.city_leader, task=task)


def test_what_a_conclusion_requires_is_not_judged_with_a_role_in_the_inspected_unit(cast: Cast) -> None:
    first, second = (
        give_task(
            by=cast.city_inspector,
            giver=cast.city,
            unit=cast.ward,
            text="Bổ sung kế hoạch",
            origin=Origin.CONCLUSION,
        )
        for _ in range(2)
    )
    for task in (first, second):
        report_progress(by=cast.ward_leader, task=task, note="Đã bổ sung", hand_in=True)
    accept_task(by=cast.city_inspector, task=first)
    grant_role(user=cast.city_inspector, unit=cast.ward, role=BuiltIn.OFFICER, since=november(1))
    inspector = type(cast.city_inspector).objects.get(
        pk=cast.city_inspector.pk
    )  # grants are read once a request
    with pytest.raises(PermissionDenied):
        accept_task(by=inspector, task=second)


def test_a_figure_that_no_column_holds_is_refused_in_words(cast: Cast) -> None:
    task = cell_task(cast)
    report_progress(by=cast.cell_head, task=task, figure=Decimal(99_999_999_999))
    with pytest.raises(Refused) as refusal:
        report_progress(by=cast.cell_head, task=task, figure=Decimal(1))
    assert refusal.value.code == "figure"
    report_progress(by=cast.cell_head, task=task, figure=Decimal(-99_999_999_998))
    assert task.measure_done == 1
