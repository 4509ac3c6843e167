"""What a unit had to do when it ends: it passes on, by the rule of the draft, and comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.organizations.reorganizing import carried_out, draft, founding, in_days, on
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Document, Provision
from thongsuot.organizations.models import Reorganization, Unit
from thongsuot.organizations.reorganization import PartData, StepData, add_step, undo
from thongsuot.organizations.reorganization.jobs import carry_out_due
from thongsuot.tasks.models import Task, TaskCoordinator, TaskHandover, TaskState
from thongsuot.tasks.queries import history_of
from thongsuot.tasks.services import accept_task, assign_task, give_task, report_progress
from thongsuot.tasks.services.sharing import Share

pytestmark = pytest.mark.django_db


def given(cast: Cast, unit: Unit, text: str = "Dọn kênh", **fields: Any) -> Task:
    return give_task(by=cast.city_leader, giver=cast.city, unit=unit, text=text, **fields)


def merger(cast: Cast) -> Reorganization:
    return draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward]))


def rows() -> list[dict[str, Any]]:
    models: tuple[Any, ...] = (Task, TaskCoordinator)
    return [row for model in models for row in model.objects.order_by("pk").values()]


def demanded(cast: Cast, *units: Unit) -> list[Task]:
    """One demand of a document, a task for each unit."""
    document = Document.objects.create(
        unit=cast.city,
        direction="outgoing",
        kind="ke_hoach",
        issued_on=in_days(-3),
        subject="Dọn kênh",
        issuing_body="Thành ủy",
        identity="",
        registered_by=cast.city_clerk,
    )
    provision = Provision.objects.create(document=document, ordinal=1, kind="task", text="Dọn kênh")
    return [
        Task.objects.create(
            document=document,
            provision=provision,
            giver=cast.city,
            unit=unit,
            text="Dọn kênh",
            created_by=cast.city_clerk,
        )
        for unit in units
    ]


def test_open_work_passes_on_and_done_work_stays(cast: Cast) -> None:
    open_one, done = given(cast, cast.ward), given(cast, cast.ward)
    report_progress(by=cast.ward_leader, task=done, note="Xong", hand_in=True)
    accept_task(by=cast.city_leader, task=done)
    report_progress(by=cast.ward_leader, task=open_one, note="Được một nửa")
    carried_out(merger(cast))
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert open_one.unit == cast.other_ward
    assert done.unit == cast.ward, "history stays where it happened"
    lines = history_of(open_one)
    assert [getattr(line, "verb", "handed") for line in lines] == ["handed", "report", "assign"]
    with on(in_days(1), 9):
        report_progress(by=cast.other_ward_leader, task=open_one, note="Xong cả", hand_in=True)
        accept_task(by=cast.city_leader, task=open_one)


def test_the_page_of_a_task_says_from_whom_it_passed(cast: Cast, client: Client) -> None:
    task = given(cast, cast.ward)
    carried_out(merger(cast))
    client.force_login(cast.city_leader)
    page = client.get(task.get_absolute_url()).content.decode()
    assert f"{cast.ward.short_name} sang {cast.other_ward.short_name}" in page


def test_work_given_by_the_old_unit_is_accepted_by_the_new_one(cast: Cast) -> None:
    whole = given(cast, cast.ward)
    (part,) = assign_task(by=cast.ward_leader, task=whole, shares=[Share(cast.cell, None, "Phần khu phố 1")])
    carried_out(merger(cast))
    part.refresh_from_db()
    assert (part.giver, part.unit) == (cast.other_ward, cast.cell)


def test_a_demand_both_had_becomes_one_with_the_other_below_it(cast: Cast) -> None:
    mine, theirs, third = demanded(cast, cast.ward, cast.other_ward, cast.commune)
    carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward, cast.commune])))
    for task in (mine, theirs, third):
        task.refresh_from_db()
        assert task.unit == cast.other_ward
    assert theirs.parent is None
    assert mine.parent == theirs
    assert third.parent == theirs


def test_two_that_merge_into_a_new_one_keep_the_older_on_top(cast: Cast) -> None:
    first, second = demanded(cast, cast.ward, cast.commune)
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    step = StepData("merge", target=made.steps.get(), sources=[cast.commune, cast.ward])
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    carried_out(made)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.parent, second.parent) == (None, first)
    assert first.unit == second.unit == Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")


def test_coordinators_pass_on_but_nobody_coordinates_twice(cast: Cast) -> None:
    alone, doubled, own = given(cast, cast.commune), given(cast, cast.commune), given(cast, cast.other_ward)
    for task in (alone, doubled, own):
        TaskCoordinator.objects.create(task=task, unit=cast.ward)
    TaskCoordinator.objects.create(task=doubled, unit=cast.other_ward)
    carried_out(merger(cast))

    def units(task: Task) -> set[Unit]:
        return {row.unit for row in task.coordinators.all()}

    assert units(alone) == {cast.other_ward}
    assert units(doubled) == {cast.ward, cast.other_ward}
    assert units(own) == {cast.ward}, "the successor leads it: it does not coordinate with itself"


def test_what_is_given_in_the_very_moment_passes_on_a_little_later(cast: Cast) -> None:
    given(cast, cast.ward, "Việc trước")
    done = carried_out(merger(cast))
    late = Task.objects.create(
        giver=cast.city, unit=cast.ward, text="Việc sau", origin="own", created_by=cast.city_leader
    )
    before = list(TaskHandover.objects.order_by("pk").values())
    with on(done.effective_on):
        carry_out_due()
        carry_out_due()
    late.refresh_from_db()
    assert late.unit == cast.other_ward
    assert list(TaskHandover.objects.exclude(task=late).order_by("pk").values()) == before


def split(cast: Cast, obligations: str) -> Reorganization:
    parts = [
        PartData(cast.other_ward, Decimal("0.6667"), is_main=True),
        PartData(cast.commune, Decimal("0.3333")),
    ]
    return draft(cast, StepData("split", unit=cast.ward, parts=parts, obligations=obligations))


def test_targets_are_split_by_share_and_add_up(cast: Cast) -> None:
    task = given(cast, cast.ward, measure_goal=Decimal(100), measure_unit="km")
    plain = given(cast, cast.ward, "Họp dân")
    carried_out(split(cast, "shares"))
    task.refresh_from_db()
    share = Task.objects.get(unit=cast.commune, text="Dọn kênh")
    assert (task.unit, task.measure_goal) == (cast.other_ward, Decimal("66.67"))
    assert share.measure_goal == Decimal("33.33")
    assert Task.objects.filter(text=plain.text, unit=cast.commune, measure_goal=None).count() == 1


def test_all_goes_to_the_main_part_where_the_draft_says_so(cast: Cast) -> None:
    task = given(cast, cast.ward, measure_goal=Decimal(100), measure_unit="km")
    carried_out(split(cast, "main"))
    task.refresh_from_db()
    assert (task.unit, task.measure_goal) == (cast.other_ward, Decimal(100))
    assert not Task.objects.filter(unit=cast.commune).exists()


def test_undoing_brings_all_of_it_back(cast: Cast) -> None:
    given(cast, cast.ward, measure_goal=Decimal(100), measure_unit="km")
    demanded(cast, cast.ward, cast.other_ward, cast.commune)
    TaskCoordinator.objects.create(task=given(cast, cast.commune), unit=cast.ward)
    before = rows()
    done = carried_out(split(cast, "shares"))
    assert rows() != before
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert rows() == before


def test_undoing_takes_a_new_unit_away_with_what_it_had_been_handed(cast: Cast) -> None:
    demanded(cast, cast.ward, cast.commune)
    before = rows()
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    step = StepData("merge", target=made.steps.get(), sources=[cast.commune, cast.ward])
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    done = carried_out(made)
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert rows() == before
    assert not TaskHandover.objects.exists()


def test_work_that_went_on_speaks_against_undoing(cast: Cast) -> None:
    task = given(cast, cast.ward)
    done = carried_out(merger(cast))
    with on(in_days(2)):
        task.refresh_from_db()
        report_progress(by=cast.other_ward_leader, task=task, note="Đang làm")
        with pytest.raises(Refused) as refusal:
            undo(by=cast.city_clerk, reorganization=done)
    assert refusal.value.code == "depends"
    assert Task.objects.get(pk=task.pk).state == TaskState.IN_PROGRESS
