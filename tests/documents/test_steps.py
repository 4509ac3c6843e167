"""What a unit does after receiving: assigned, in progress, done, never backwards; and being urged to do it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, plan_for, send
from tests.pages import assert_whole
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import DeliveryEvent, DeliveryUrge, Document, FlowCounter, FlowTotal
from thongsuot.documents.services import (
    ask_back,
    dispatch_document,
    finish_delivery,
    receive_delivery,
    urge_deliveries,
)
from thongsuot.home.proofs import counting
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import accept_task, report_progress

DAY = dt.date(2026, 11, 23)
YESTERDAY = DAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def told(document: Document, unit: Unit) -> list[str]:
    rows = DeliveryEvent.objects.filter(document=document, unit=unit).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_sending_on_working_and_finishing_lead_forward_only(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell])
    assert delivery_of(document, cast.ward).forwarded_at == clock.now()
    task = Task.objects.get(document=document, unit=cast.ward)
    report_progress(by=cast.ward_leader, task=task, note="Đang làm")
    report_progress(by=cast.ward_leader, task=task, note="Xong", hand_in=True)
    accept_task(by=cast.city_leader, task=task)
    assert told(document, cast.ward) == ["03", "04", "05", "06"]
    # Sending on once more, or a plan after all, does not lead back.
    dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.second_cell])
    plan_for(cast.ward_clerk, cast.ward, document)
    assert delivery_of(document, cast.ward).state == "06"
    assert not list(counting.flow_counters())
    total = FlowTotal.objects.get(unit=cast.city, document=document)
    assert (total.forwarded, total.done, total.planned) == (1, 1, 1)


def test_a_plan_that_was_asked_for_is_waited_for(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, plan_by=DAY)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    task = Task.objects.get(document=document, unit=cast.ward)
    report_progress(by=cast.ward_leader, task=task, note="Xong", hand_in=True)
    accept_task(by=cast.city_leader, task=task)
    assert delivery_of(document, cast.ward).state == "05"


def test_the_unit_says_that_it_is_done(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    delivery = delivery_of(document, cast.ward)
    with pytest.raises(Refused):
        finish_delivery(by=cast.ward_clerk, delivery=delivery, note="Đã xong")
    receive_delivery(by=cast.ward_clerk, delivery=delivery)
    with pytest.raises(PermissionDenied):
        finish_delivery(by=cast.other_ward_clerk, delivery=delivery, note="Đã xong")
    client.force_login(cast.ward_clerk)
    address = reverse("documents:done", args=[delivery.unit_id, delivery.dispatch_id])
    assert_whole(client.get(address))
    assert_whole(client.post(address, {"note": " "}), 422)
    page = assert_whole(client.post(address, {"note": "Đã ra quân ở 2 khu phố"}, follow=True))
    assert "Đã ra quân ở 2 khu phố" in page
    stale = delivery_of(document, cast.ward)
    stale.state = "03"
    with pytest.raises(Refused) as refusal:
        finish_delivery(by=cast.ward_leader, delivery=stale, note="Đã xong")
    assert refusal.value.code == "state"
    assert_whole(client.post(address, {"note": "lần nữa"}), 422)
    assert not list(counting.flow_counters())
    client.force_login(cast.city_clerk)
    done = reverse("documents:deliveries", args=[document.pk])
    assert "Đã ra quân ở 2 khu phố" in assert_whole(client.get(done, {"state": "done"}))


def test_all_that_are_late_are_urged_at_once_and_once_a_day(cast: Cast) -> None:
    document = directive(cast)
    with clock.at(clock.moment(YESTERDAY)):
        send(cast, document, receive_by=YESTERDAY)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    assert urge_deliveries(by=cast.city_clerk, document=document, note="Đề nghị tiếp nhận") == 2
    urged = delivery_of(document, cast.commune)
    assert (urged.urges, urged.urged_on) == (1, DAY)
    assert set(DeliveryUrge.objects.values_list("unit", "note")) == {
        (cast.other_ward.pk, "Đề nghị tiếp nhận"),
        (cast.commune.pk, "Đề nghị tiếp nhận"),
    }
    for units in (None, [cast.commune]):
        with pytest.raises(Refused) as refusal:
            urge_deliveries(by=cast.city_leader, document=document, units=units)
        assert refusal.value.code == "nobody"
    # One unit may be urged though it is not late yet.
    assert urge_deliveries(by=cast.city_leader, document=document, units=[cast.ward]) == 1
    with clock.at(clock.moment(DAY + dt.timedelta(days=1))):
        assert urge_deliveries(by=cast.city_clerk, document=document) == 2
    assert delivery_of(document, cast.commune).urges == 2
    assert FlowCounter.objects.get(unit=cast.commune, document=document).urged == 1
    assert not list(counting.flow_counters())
    assert FlowTotal.objects.get(unit=cast.city, document=document).urged == 3
    acts = Act.objects.filter(verb="document.urged").order_by("id")
    assert [act.detail["units"] for act in acts] == [2, 1, 2]


def test_nobody_urges_oneself_or_beside(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    for part in (cast.member, cast.ward_officer, cast.cell_head):
        with pytest.raises(PermissionDenied):
            urge_deliveries(by=part, document=document, units=[cast.ward])
    for unit in (cast.ward, cast.other_ward):
        with pytest.raises(Refused):
            urge_deliveries(by=cast.ward_clerk, document=document, units=[unit])


def test_the_pages_urge_recall_answer_and_undo(client: Client, cast: Cast) -> None:
    document = directive(cast)
    with clock.at(clock.moment(YESTERDAY)):
        send(cast, document, receive_by=YESTERDAY)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    client.force_login(cast.city_clerk)
    units = reverse("documents:deliveries", args=[document.pk])
    assert reverse("documents:urge", args=[document.pk]) in assert_whole(client.get(units))
    assert_whole(client.get(reverse("documents:urge", args=[document.pk])))
    answer = client.post(
        reverse("documents:urge_unit", args=[document.pk]), {"unit": cast.commune.pk, "next": units}
    )
    assert answer["Location"] == units
    assert_whole(client.post(reverse("documents:urge", args=[document.pk]), {"note": "Gấp"}, follow=True))
    assert DeliveryUrge.objects.count() == 2
    recall = reverse("documents:recall", args=[document.pk])
    assert_whole(client.get(recall))
    assert_whole(client.post(recall, {"reason": "", "whom": "all"}), 422)
    assert_whole(client.post(recall, {"reason": "Sai căn cứ", "whom": "ticked"}), 422)
    values = {"reason": "Sai căn cứ", "whom": "ticked", "units": [cast.ward.pk, cast.commune.pk]}
    page = assert_whole(client.post(recall, values, follow=True))
    assert "Sai căn cứ" in page
    client.force_login(cast.ward_clerk)
    inbox = assert_whole(client.get(reverse("documents:inbox"), {"state": "asked_back"}))
    delivery = delivery_of(document, cast.ward)
    address = reverse("documents:answer_recall", args=[delivery.unit_id, delivery.dispatch_id])
    assert address in inbox
    assert address in assert_whole(client.get(document.get_absolute_url()))
    assert "Sai căn cứ" in assert_whole(client.get(address))
    assert_whole(client.post(address, {"answer": "no", "reason": ""}), 422)
    page = assert_whole(client.post(address, {"answer": "yes"}, follow=True))
    assert "Sai căn cứ" in page
    assert_whole(client.get(address))
    client.force_login(cast.city_clerk)
    with CaptureQueriesContext(connection) as one:
        page = assert_whole(client.get(units, {"state": "recalled"}))
    assert page.count("<tr data-item") == 2
    with CaptureQueriesContext(connection) as all_of_them:
        assert_whole(client.get(units))
    assert len(one) == len(all_of_them)
    made = delivery_of(document, cast.ward).recall
    undo = reverse("documents:undo_recall", args=[made.pk if made else ""])
    assert_whole(client.get(undo))
    assert_whole(client.post(undo, {"reason": "Nhầm"}, follow=True))
    assert delivery_of(document, cast.ward).state == "03"
    assert_whole(client.get(undo))


def test_what_waits_for_an_answer_is_answered_by_the_successor(cast: Cast) -> None:
    from tests.organizations.reorganizing import carried_out, draft, in_days, on
    from thongsuot.accounts.models import User
    from thongsuot.documents.queries.dispatch import inbox_of
    from thongsuot.documents.services import answer_recall
    from thongsuot.organizations.reorganization import StepData

    document = directive(cast)
    send(cast, document)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell])
    with clock.at(clock.moment(dt.date(2026, 11, 23), 8)):
        ask_back(by=cast.city_clerk, document=document, unit=cast.city, reason="Sai", units=[cast.ward])
    carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward])))
    with on(in_days(1), 9):
        clerk = User.objects.get(pk=cast.other_ward_clerk.pk)
        delivery = inbox_of(clerk, "asked_back").get(document=document)
        answer_recall(by=clerk, delivery=delivery, agrees=True)
    assert delivery_of(document, cast.cell).state == "15", "what the ended ward had sent on goes with it"
    assert not list(counting.flow_counters())
