from __future__ import annotations

from tests.cast import Cast
from tests.tasks.factory import a_document, cell_task, handed_in, member_task, november, on, ward_task
from thongsuot.core import clock
from thongsuot.tasks.models import Task
from thongsuot.tasks.queries import (
    TaskFigures,
    bucket,
    in_order,
    my_tasks,
    task_states,
    tasks_by_document,
    tasks_by_unit,
    tasks_given,
    tasks_of_my_units,
    to_accept,
    to_share,
)
from thongsuot.tasks.services import accept_task, stop_task

DAY = november(12)


def one_of_each(cast: Cast) -> None:
    """Two in time, one soon, two late, one done in time, one done late, one stopped."""
    ward_task(cast, due=None)
    ward_task(cast, due=november(30))
    ward_task(cast, due=november(19))
    ward_task(cast, due=november(11))
    with clock.at(on(12)):
        handed_in(cast, due=november(11))
        accept_task(by=cast.city_leader, task=handed_in(cast, due=november(12)))
        accept_task(by=cast.city_leader, task=handed_in(cast, due=november(11)))
    stop_task(by=cast.city_leader, task=ward_task(cast), reason="Trùng")


def test_every_task_is_in_one_part(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    one_of_each(cast)
    with django_assert_num_queries(1):
        figures = task_states(Task.objects.all(), DAY)
    assert figures == TaskFigures(2, 1, 2, 1, 1, 7)
    assert (figures.open, figures.done) == (5, 2)


def test_each_figure_opens_into_exactly_its_rows(cast: Cast) -> None:
    one_of_each(cast)
    figures = task_states(Task.objects.all(), DAY)
    for name in ("in_time", "soon", "late", "done_in_time", "done_late", "done", "open"):
        assert Task.objects.filter(bucket(name, DAY)).count() == getattr(figures, name), name
    assert Task.objects.filter(bucket("all", DAY)).count() == figures.total
    assert Task.objects.filter(bucket("submitted", DAY)).count() == 1


def test_figures_by_document_and_unit_follow_the_reach(cast: Cast) -> None:
    document = a_document(cast)
    ward_task(cast, document=document, due=november(11))
    cell_task(cast, document=document, due=november(30))
    ward_task(cast, unit=cast.other_ward, document=document)
    ward_task(cast)
    with clock.at(on(12)):
        assert tasks_by_document(cast.city_leader, cast.city)[document.pk].total == 3
        assert tasks_by_document(cast.ward_leader, cast.city) == {
            document.pk: TaskFigures(in_time=1, late=1, total=2),
            None: TaskFigures(soon=1, total=1),
        }
        assert (
            tasks_by_document(cast.ward_officer, cast.ward, document_id=document.pk)[document.pk].total == 1
        )
        assert tasks_by_document(cast.member, cast.ward) == {}
        by_unit = tasks_by_unit(cast.city_leader, cast.city, document_id=document.pk)
        assert {key: figures.total for key, figures in by_unit.items()} == {
            cast.ward.pk: 1,
            cast.cell.pk: 1,
            cast.other_ward.pk: 1,
        }


def test_lists_are_parts_of_what_is_visible(cast: Cast) -> None:
    whole, cell, person = ward_task(cast), cell_task(cast), member_task(cast)
    other = ward_task(cast, unit=cast.other_ward)
    waiting = handed_in(cast)
    assert set(my_tasks(cast.member)) == {person}
    assert set(my_tasks(cast.cell_head)) == {cell}
    assert set(my_tasks(cast.ward_leader)) == {whole, waiting}
    assert set(tasks_of_my_units(cast.ward_leader)) == {whole, cell, person, waiting}
    assert set(tasks_given(cast.ward_leader)) == {cell, person}
    assert set(tasks_given(cast.city_clerk)) == {whole, other, waiting}
    assert set(to_accept(cast.city_leader)) == {waiting}
    assert set(to_accept(cast.ward_leader)) == set()
    assert set(to_share(cast.ward_leader)) == {whole}
    for user in (cast.member, cast.ward_leader, cast.ward_officer, cast.city_clerk, cast.administrator):
        visible = set(Task.objects.visible_to(user))
        for rows in (my_tasks, tasks_of_my_units, tasks_given, to_accept, to_share):
            assert set(rows(user)) <= visible


def test_the_order_is_by_deadline_and_then_without(cast: Cast) -> None:
    later, none, first = ward_task(cast), ward_task(cast, due=None), ward_task(cast, due=november(3))
    assert list(in_order(Task.objects.all())) == [first, later, none]
    with clock.at(on(4)):
        done = accept_task(by=cast.city_leader, task=handed_in(cast, due=november(1)))
    assert list(in_order(Task.objects.all(), mixed=True)) == [first, later, none, done]
