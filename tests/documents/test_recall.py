"""Taking back what was sent: at once, by asking, with all below; nothing is lost and every sum holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, plan_for, send
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import CoverageCounter, CoverageTotal, Receipt
from thongsuot.dissemination.queries.own import document_to_read, my_readings
from thongsuot.dissemination.services import confirm_reading
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import DeliveryEvent, Document, FlowTotal, Recall
from thongsuot.documents.services import (
    answer_recall,
    ask_back,
    dispatch_document,
    receive_delivery,
    refuse_delivery,
    take_back_recall,
)
from thongsuot.home.proofs import counting
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import Share, assign_task

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def recall(
    cast: Cast, document: Document, units: list[Unit] | None = None, reason: str = "Sai căn cứ"
) -> Recall:
    return ask_back(by=cast.city_clerk, document=document, unit=cast.city, units=units, reason=reason)


def states(document: Document) -> dict[int, str]:
    return dict(document.deliveries.values_list("unit", "state"))


def proven(document: Document, unit: Unit) -> dict[str, int]:
    """The sums above, after proving that every counter equals its rows."""
    fold_flow()
    fold_coverage()
    assert not [*counting.flow_counters(), *counting.coverage_counters()]
    row = FlowTotal.objects.filter(document=document, unit=unit).values().get()
    return {name: row[name] for name in ("sent", "received", "refused", "planned", "recalled")}


def forwarded(cast: Cast, **options: Any) -> Document:
    """Sent to three, received by the ward and sent on to one of its cells, which received it too; refused by one."""
    document = directive(cast)
    send(cast, document, **options)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    dispatch_document(
        by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell, cast.second_cell]
    )
    receive_delivery(by=cast.cell_head, delivery=delivery_of(document, cast.cell))
    with clock.at(clock.moment(DAY, 7)):
        refuse_delivery(
            by=cast.other_ward_clerk, delivery=delivery_of(document, cast.other_ward), reason="Gửi nhầm"
        )
    return document


def test_what_nobody_received_goes_at_once_and_the_others_are_asked(cast: Cast) -> None:
    document = forwarded(cast)
    before = proven(document, cast.city)
    made = recall(cast, document)
    assert states(document) == {
        cast.ward.pk: "13",
        cast.other_ward.pk: "15",
        cast.commune.pk: "15",
        cast.cell.pk: "03",
        cast.second_cell.pk: "01",
    }
    assert proven(document, cast.city) == before | {"refused": 0, "recalled": 2}
    assert delivery_of(document, cast.ward).recall == made
    events = set(DeliveryEvent.objects.filter(reason="Sai căn cứ").values_list("unit", "state"))
    assert events == {(cast.ward.pk, "13"), (cast.other_ward.pk, "15"), (cast.commune.pk, "15")}
    act = next(entry for entry in timeline_of(document) if entry.verb == "document.recalled")
    assert act.reason == "Sai căn cứ"
    # Asked a second time there is nobody left to ask.
    with pytest.raises(Refused) as refusal:
        recall(cast, document)
    assert refusal.value.code == "nobody"
    assert Recall.objects.count() == 1


def test_what_a_unit_gives_back_takes_along_all_it_had_sent_on(cast: Cast) -> None:
    document = forwarded(cast)
    recall(cast, document, [cast.ward])
    answer_recall(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=True)
    assert states(document) == {
        cast.ward.pk: "15",
        cast.cell.pk: "15",
        cast.second_cell.pk: "15",
        cast.other_ward.pk: "02",
        cast.commune.pk: "01",
    }
    assert proven(document, cast.city) == {
        "sent": 5,
        "received": 0,
        "refused": 1,
        "planned": 0,
        "recalled": 3,
    }
    assert delivery_of(document, cast.cell).received_at, "that it was received stays a fact"
    for again in (True, False):
        with pytest.raises(Refused):
            answer_recall(
                by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=again, reason="x"
            )
    with pytest.raises(Refused):
        receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))


def test_a_unit_keeps_it_with_a_reason_and_goes_on_where_it_stood(cast: Cast) -> None:
    document = forwarded(cast)
    recall(cast, document, [cast.ward])
    stale = delivery_of(document, cast.ward)
    plan_for(cast.ward_clerk, cast.ward, document)
    with pytest.raises(Refused) as refusal:
        answer_recall(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=False, reason=" ")
    assert refusal.value.code == "no_reason"
    answer_recall(
        by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=False, reason="Đã làm"
    )
    kept = delivery_of(document, cast.ward)
    assert (kept.state, kept.kept_reason, kept.recall is not None) == ("05", "Đã làm", True)
    assert DeliveryEvent.objects.filter(unit=cast.ward, state="16", reason="Đã làm").count() == 1
    with pytest.raises(Refused) as refusal:
        answer_recall(by=cast.ward_leader, delivery=stale, agrees=True)
    assert refusal.value.code == "state"
    assert proven(document, cast.city)["planned"] == 1
    # Who kept it may be asked again.
    recall(cast, document, [cast.ward], "Đã có bản thay thế")
    assert delivery_of(document, cast.ward).state == "13"


def test_half_the_receipts_are_in(cast: Cast) -> None:
    document = forwarded(cast, disseminate_by=DAY + dt.timedelta(days=9))
    confirm_reading(by=cast.member, document=document)
    receipts = Receipt.objects.filter(document=document)
    everybody, in_ward = receipts.count(), receipts.filter(unit__parent=cast.ward).count()
    made = recall(cast, document, [cast.ward])
    assert my_readings(cast.second_member), "asked until the ward has answered"
    answer_recall(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=True)
    proven(document, cast.city)
    total = CoverageTotal.objects.get(unit=cast.city, document=document)
    assert (total.required, total.reached, total.released) == (everybody - in_ward + 1, 1, in_ward - 1)
    assert not my_readings(cast.second_member)
    found = document_to_read(cast.second_member, document.pk)
    assert found is not None
    assert found[1] is None, "the page asks for nothing"
    assert receipts.filter(reached_at__isnull=False).count() == 1, "who has read it, has read it"
    with pytest.raises(Refused):
        confirm_reading(by=cast.second_member, document=document)
    assert receipts.count() == everybody
    take_back_recall(by=cast.city_clerk, recall=made, reason="Nhầm")
    proven(document, cast.city)
    total = CoverageTotal.objects.get(unit=cast.city, document=document)
    assert (total.required, total.reached, total.released) == (everybody, 1, 0)
    assert CoverageCounter.objects.filter(document=document, cells=1).count() == 6
    confirm_reading(by=cast.second_member, document=document)


def test_tasks_end_with_their_parts_and_open_again(cast: Cast) -> None:
    document = forwarded(cast)
    demanded = Task.objects.get(document=document, unit=cast.ward)
    assign_task(by=cast.ward_leader, task=demanded, shares=[Share(cast.cell, None, "")])
    assert delivery_of(document, cast.ward).state == "04"
    open_before = dict(Task.objects.filter(document=document).values_list("pk", "state"))
    made = recall(cast, document)
    answer_recall(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=True)
    tasks = Task.objects.filter(document=document)
    assert set(tasks.values_list("state", flat=True)) == {"stopped"}, "also of the board that was only named"
    assert tasks.get(parent=demanded).entries.filter(verb="stop").count() == 1
    with clock.at(clock.moment(DAY + dt.timedelta(days=1))):
        take_back_recall(by=cast.city_clerk, recall=made, reason="Nhầm")
    states_now = dict(tasks.values_list("pk", "state"))
    # What the other ward had refused before the recall stays ended.
    refused = tasks.get(unit=cast.other_ward, parent=None).pk
    assert (
        {pk for pk, state in states_now.items() if state == "stopped"}
        == {pk for pk, state in open_before.items() if state == "stopped"}
        == {refused}
    )


def test_a_recall_taken_back_restores_every_state_and_every_sum(cast: Cast) -> None:
    document = forwarded(cast)
    before, sums = states(document), proven(document, cast.city)
    made = recall(cast, document)
    answer_recall(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=True)
    assert proven(document, cast.city)["recalled"] == 5
    with pytest.raises(Refused):
        take_back_recall(by=cast.city_clerk, recall=made, reason="")
    take_back_recall(by=cast.city_clerk, recall=made, reason="Nhầm")
    assert states(document) == before
    assert proven(document, cast.city) == sums
    assert not document.deliveries.filter(recall=made).exists()
    with pytest.raises(Refused) as refusal:
        take_back_recall(by=cast.city_clerk, recall=made, reason="Nhầm")
    assert refusal.value.code == "state"
    assert recall(cast, document).pk != made.pk


def test_only_the_sender_recalls_and_only_the_unit_answers(cast: Cast) -> None:
    document = forwarded(cast)
    for by, unit in ((cast.ward_clerk, cast.city), (cast.city_officer, cast.city), (cast.member, cast.cell)):
        with pytest.raises(PermissionDenied):
            ask_back(by=by, document=document, unit=unit, reason="x")
    with pytest.raises(Refused) as refusal:
        recall(cast, document, reason="  ")
    assert refusal.value.code == "no_reason"
    # The ward takes back what it sent itself, not what its neighbours got from the city.
    made = ask_back(by=cast.ward_clerk, document=document, unit=cast.ward, reason="Chưa đến lúc")
    assert (states(document)[cast.second_cell.pk], states(document)[cast.commune.pk]) == ("15", "01")
    for by in (cast.other_ward_clerk, cast.member):
        with pytest.raises(PermissionDenied):
            answer_recall(by=by, delivery=delivery_of(document, cast.cell), agrees=True)
        with pytest.raises(PermissionDenied):
            take_back_recall(by=by, recall=made, reason="x")
    answer_recall(by=cast.cell_head, delivery=delivery_of(document, cast.cell), agrees=True)


def test_many_units_cost_as_many_statements_as_few(cast: Cast) -> None:
    few, many = directive(cast), directive(cast)
    send(cast, few, [cast.ward])
    send(cast, many)
    with CaptureQueriesContext(connection) as for_one:
        recall(cast, few)
    with CaptureQueriesContext(connection) as for_all:
        recall(cast, many)
    assert len(for_all) == len(for_one)


def test_what_was_given_back_is_neither_sent_on_nor_called_back_into_cells(cast: Cast) -> None:
    """The ward's own recall cannot be undone while the ward itself no longer has the document."""
    document = forwarded(cast)
    own = ask_back(
        by=cast.ward_clerk, document=document, unit=cast.ward, units=[cast.second_cell], reason="x"
    )
    made = recall(cast, document, [cast.ward])
    answer_recall(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), agrees=True)
    below = {
        key: state for key, state in states(document).items() if key in (cast.cell.pk, cast.second_cell.pk)
    }
    assert set(below.values()) == {"15"}
    for act in (
        lambda: take_back_recall(by=cast.ward_clerk, recall=own, reason="Nhầm"),
        lambda: dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell]),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "given_back"
    take_back_recall(by=cast.city_clerk, recall=made, reason="Nhầm")
    take_back_recall(by=cast.ward_clerk, recall=own, reason="Nhầm")
    assert states(document)[cast.second_cell.pk] == "01"
    proven(document, cast.city)
