"""At the door: received with a number, or refused with a reason; of two at once one is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, incoming, send
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import DeliveryEvent, FlowTotal, RegisterEntry
from thongsuot.documents.services import receive_delivery, refuse_delivery

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def totals(cast: Cast) -> tuple[int, int, int]:
    total = FlowTotal.objects.get(unit=cast.city)
    return total.sent, total.received, total.refused


def test_receiving_gives_the_units_next_incoming_number(cast: Cast) -> None:
    incoming(cast.ward_clerk, cast.ward)
    document = directive(cast)
    send(cast, document)
    delivery = receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    stored = delivery_of(document, cast.ward)
    assert (stored.state, stored.received_at) == ("03", clock.moment(DAY))
    assert delivery.state == "03"
    entry = RegisterEntry.objects.get(unit=cast.ward, document=document)
    assert (entry.direction, entry.number, entry.entered_by) == ("incoming", 2, cast.ward_clerk)
    assert totals(cast) == (3, 1, 0)
    assert "2" in timeline_of(stored)[0].text
    assert DeliveryEvent.objects.get(unit=cast.ward, document=document).state == "03"


def test_refusing_needs_a_reason_and_keeps_it(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    for empty in ("", "  "):
        with pytest.raises(Refused) as refusal:
            refuse_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), reason=empty)
        assert refusal.value.code == "no_reason"
    refuse_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), reason="Gửi nhầm")
    stored = delivery_of(document, cast.ward)
    assert (stored.state, stored.reason, stored.refused_at) == ("02", "Gửi nhầm", clock.moment(DAY))
    assert totals(cast) == (3, 0, 1)
    assert timeline_of(stored)[0].reason == "Gửi nhầm"
    assert not RegisterEntry.objects.filter(unit=cast.ward).exists()


def test_a_unit_may_still_receive_what_it_had_refused(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    refuse_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), reason="Gửi nhầm")
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    assert totals(cast) == (3, 1, 0)
    states = DeliveryEvent.objects.filter(document=document).order_by("id").values_list("state", flat=True)
    assert list(states) == ["02", "03"]


def test_what_was_received_is_neither_received_nor_refused_again(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    with pytest.raises(Refused):
        receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    with pytest.raises(Refused):
        refuse_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), reason="Muộn")
    assert totals(cast) == (3, 1, 0)


def test_two_clerks_who_saw_the_same_state_cannot_both_act(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    first, second = delivery_of(document, cast.ward), delivery_of(document, cast.ward)
    receive_delivery(by=cast.ward_clerk, delivery=first)
    with pytest.raises(Refused) as refusal:
        refuse_delivery(by=cast.ward_leader, delivery=second, reason="Gửi nhầm")
    assert refusal.value.code == "state"
    assert delivery_of(document, cast.ward).state == "03"
    assert totals(cast) == (3, 1, 0)


@pytest.mark.parametrize(
    "part", ["other_ward_clerk", "ward_officer", "member", "cell_head", "city_inspector", "administrator"]
)
def test_only_the_units_own_people_or_those_above_answer(cast: Cast, part: str) -> None:
    document = directive(cast)
    send(cast, document)
    delivery = delivery_of(document, cast.ward)
    with pytest.raises(PermissionDenied):
        receive_delivery(by=getattr(cast, part), delivery=delivery)
    with pytest.raises(PermissionDenied):
        refuse_delivery(by=getattr(cast, part), delivery=delivery, reason="Gửi nhầm")
    receive_delivery(by=cast.ward_leader, delivery=delivery)


def test_a_cell_receives_through_its_head(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.cell])
    receive_delivery(by=cast.cell_head, delivery=delivery_of(document, cast.cell))
    assert RegisterEntry.objects.get(unit=cast.cell).number == 1
