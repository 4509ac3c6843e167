"""What a unit refuses it does not have to do; what it receives after all it has."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reports.factories import a_directive
from thongsuot.audit.models import Act
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.services import receive_delivery, refuse_delivery
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import ProgressEntry, Task
from thongsuot.tasks.queries import task_states
from thongsuot.tasks.services import give_task, report_progress


def _delivery(document: Document, unit: Unit) -> Delivery:
    return Delivery.objects.select_related("unit", "document").get(document=document, unit=unit)


def test_a_refusal_ends_what_the_document_demands_of_the_unit_alone(cast: Cast) -> None:
    document = a_directive(cast)
    refuse_delivery(by=cast.ward_clerk, delivery=_delivery(document, cast.ward), reason="Gửi nhầm")
    states = dict(Task.objects.filter(document=document).values_list("unit", "state"))
    assert states == {
        cast.ward.pk: "stopped",
        cast.other_ward.pk: "assigned",
        cast.commune.pk: "assigned",
        cast.economy.pk: "assigned",
    }
    assert task_states(Task.objects.filter(document=document, unit=cast.ward)).total == 0
    entry = ProgressEntry.objects.get(unit=cast.ward)
    assert (entry.verb, entry.note, entry.by) == ("stop", "Gửi nhầm", cast.ward_clerk)
    assert Act.objects.filter(verb="task.stopped").count() == 1


def test_what_is_received_after_all_is_open_again_with_its_first_deadline(cast: Cast) -> None:
    document = a_directive(cast)
    due = Task.objects.get(document=document, unit=cast.ward).first_due
    refuse_delivery(by=cast.ward_clerk, delivery=_delivery(document, cast.ward), reason="Gửi nhầm")
    receive_delivery(by=cast.ward_clerk, delivery=_delivery(document, cast.ward))
    task = Task.objects.get(document=document, unit=cast.ward)
    assert (task.state, task.first_due, task.due, task.closed_at) == ("assigned", due, due, None)


def test_a_requirement_of_a_conclusion_is_not_closed_on_the_page_of_the_task(
    cast: Cast, client: Client
) -> None:
    task = give_task(
        by=cast.city_inspector,
        giver=cast.city,
        unit=cast.ward,
        text="Bổ sung kế hoạch",
        due=dt.date(2030, 1, 1),
        origin="conclusion",
    )
    report_progress(by=cast.ward_officer, task=task, note="Xong", hand_in=True)
    client.force_login(cast.city_inspector)
    assert client.post(reverse("tasks:accept", args=[task.pk])).status_code == 409
    client.force_login(cast.city_leader)
    assert client.post(reverse("tasks:accept", args=[task.pk])).status_code in {403, 409}
    task.refresh_from_db()
    assert task.state == "submitted"


def test_two_answers_at_once_leave_one(cast: Cast) -> None:
    document = a_directive(cast)
    first, second = _delivery(document, cast.ward), _delivery(document, cast.ward)
    refuse_delivery(by=cast.ward_clerk, delivery=first, reason="Gửi nhầm")
    with pytest.raises(Refused):
        refuse_delivery(by=cast.ward_leader, delivery=second, reason="Không đúng")
    assert ProgressEntry.objects.filter(unit=cast.ward).count() == 1
