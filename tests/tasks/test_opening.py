from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.tasks.factory import a_dispatch, a_document, a_provision, name_unit, november
from thongsuot.accounts.roles import Permission
from thongsuot.core.refusals import Refused
from thongsuot.documents.hooks import document_dispatched
from thongsuot.documents.models.dispatch import Purpose
from thongsuot.documents.models.register import Part, ProvisionKind
from thongsuot.organizations.reach import can
from thongsuot.tasks.models import Origin, Task, TaskCoordinator, TaskState
from thongsuot.tasks.services import give_task, open_tasks_of_dispatch


def test_a_demand_for_recipients_becomes_a_task_of_every_unit_it_was_sent_to(cast: Cast) -> None:
    document = a_document(cast)
    provision = a_provision(document, for_recipients=True, product="Kế hoạch", value="4,5", measure_unit="km")
    a_provision(document, 2, kind=ProvisionKind.TARGET, for_recipients=True)
    dispatch = a_dispatch(cast, document, cast.communes)

    document_dispatched(dispatch)

    tasks = list(Task.objects.order_by("unit__path"))
    assert [task.unit for task in tasks] == sorted(cast.communes, key=lambda unit: unit.path)
    task = tasks[0]
    assert (task.giver, task.provision, task.document) == (cast.city, provision, document)
    assert (task.origin, task.state, task.is_late) == (Origin.DOCUMENT, TaskState.ASSIGNED, False)
    assert (task.due, task.first_due) == (november(12), november(12))
    assert (task.text, task.product, task.measure_unit) == (provision.text, "Kế hoạch", "km")
    assert (task.measure_goal, task.measure_done) == (Decimal("4.5"), Decimal(0))
    assert task.created_by == cast.city_clerk
    assert task.created_at == dispatch.sent_at or task.created_at > dispatch.sent_at
    assert set(Task.objects.search("xay dung KẾ HOẠCH")) == set(tasks)


def test_a_demand_for_named_units_is_theirs_alone_and_coordinators_see_it(cast: Cast) -> None:
    document = a_document(cast)
    provision = a_provision(document, value="khoảng 5")
    name_unit(provision, cast.economy)
    name_unit(provision, cast.other_ward, Part.COORDINATE)

    assert open_tasks_of_dispatch(a_dispatch(cast, document, cast.communes)) == 1

    task = Task.objects.get()
    assert (task.unit, task.measure_goal) == (cast.economy, None)
    assert [row.unit for row in TaskCoordinator.objects.filter(task=task)] == [cast.other_ward]
    assert task in Task.objects.visible_to(cast.other_ward_leader)
    assert task not in Task.objects.visible_to(cast.ward_leader)


def test_sending_again_opens_only_what_is_new(cast: Cast) -> None:
    document = a_document(cast)
    a_provision(document, for_recipients=True)
    name_unit(a_provision(document, 2), cast.economy)
    assert open_tasks_of_dispatch(a_dispatch(cast, document, [cast.ward])) == 2
    assert open_tasks_of_dispatch(a_dispatch(cast, document, [cast.other_ward])) == 1
    assert Task.objects.count() == 3


def test_the_cost_does_not_grow_with_the_units(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    document = a_document(cast)
    a_provision(document, for_recipients=True)
    dispatch = a_dispatch(cast, document, cast.communes)
    with django_assert_num_queries(6):  # savepoints, demands, tasks, coordinators, the act
        open_tasks_of_dispatch(dispatch)


def test_what_is_sent_for_information_demands_nothing(cast: Cast) -> None:
    document = a_document(cast)
    a_provision(document, for_recipients=True)
    dispatch = a_dispatch(cast, document, cast.communes, purpose=Purpose.KNOW)
    assert open_tasks_of_dispatch(dispatch) == 0


def test_a_leader_gives_tasks_below_and_nowhere_else(cast: Cast) -> None:
    task = give_task(by=cast.ward_leader, giver=cast.ward, unit=cast.cell, text=" Dọn kênh ", due=november(9))
    assert (task.text, task.first_due, task.origin) == ("Dọn kênh", november(9), Origin.OWN)
    with pytest.raises(Refused) as refused:
        give_task(by=cast.ward_leader, giver=cast.ward, unit=cast.other_cell, text="Dọn kênh")
    assert refused.value.code == "unit"
    with pytest.raises(Refused):
        give_task(by=cast.ward_leader, giver=cast.ward, unit=cast.cell, text="  ")
    with pytest.raises(PermissionDenied):
        give_task(by=cast.ward_clerk, giver=cast.ward, unit=cast.cell, text="Dọn kênh")
    with pytest.raises(PermissionDenied):
        give_task(by=cast.other_ward_leader, giver=cast.ward, unit=cast.cell, text="Dọn kênh")


def test_an_inspector_gives_what_a_conclusion_requires_and_nothing_else(cast: Cast) -> None:
    assert not can(cast.city_inspector, Permission.TASK_ASSIGN, cast.city)
    task = give_task(
        by=cast.city_inspector, giver=cast.city, unit=cast.ward, text="Khắc phục", origin=Origin.CONCLUSION
    )
    assert task.origin == Origin.CONCLUSION
    with pytest.raises(PermissionDenied):
        give_task(by=cast.city_inspector, giver=cast.city, unit=cast.ward, text="Khắc phục")
