"""Sending down: who gets it, who is left out, one statement a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, incoming, send
from thongsuot.audit.models import Act
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.hooks import document_dispatched
from thongsuot.documents.models import Circulation, Delivery, Dispatch, Document, FlowCounter, FlowTotal
from thongsuot.documents.services import dispatch_document
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.queries import units_below
from thongsuot.organizations.services import found_units

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def test_every_chosen_unit_finds_it_at_its_door(cast: Cast) -> None:
    document = directive(cast)
    chosen = [cast.ward, cast.commune]
    dispatch = send(cast, document, chosen, receive_by=DAY, plan_by=DAY, note="Khẩn trương")
    assert set(Delivery.objects.filter(dispatch=dispatch).values_list("unit", "state")) == {
        (cast.ward.pk, "01"),
        (cast.commune.pk, "01"),
    }
    delivery = delivery_of(document, cast.ward)
    assert (delivery.receive_by, delivery.plan_by, delivery.plan) == (DAY, DAY, None)
    assert delivery.arrived_at == dispatch.sent_at == clock.moment(DAY)
    assert set(Circulation.objects.filter(document=document).values_list("unit", flat=True)) == {
        cast.city.pk,
        cast.ward.pk,
        cast.commune.pk,
        cast.economy.pk,
    }


def test_it_can_be_read_where_it_was_sent_and_only_there(cast: Cast) -> None:
    document = directive(cast)
    assert not Document.objects.visible_to(cast.ward_clerk).exists()
    send(cast, document, [cast.ward])
    assert Document.objects.visible_to(cast.ward_clerk).get() == document
    assert not Document.objects.visible_to(cast.other_ward_clerk).exists()
    assert not Document.objects.visible_to(cast.member).exists()


def test_who_has_it_is_left_out_and_counted_as_such(cast: Cast) -> None:
    document = directive(cast)
    first = send(cast, document, [cast.ward])
    second = send(cast, document, cast.communes)
    assert first.deliveries.count() == 1
    assert set(second.deliveries.values_list("unit", flat=True)) == {cast.other_ward.pk, cast.commune.pk}
    act = Act.objects.filter(verb="document.sent").latest("at", "id")
    assert (act.detail["units"], act.detail["left_out"]) == (2, 1)
    said = [entry.text for entry in timeline_of(document) if entry.verb == "document.sent"]
    assert "1" in said[0]
    assert "2" in said[1]
    with pytest.raises(Refused) as refusal:
        send(cast, document)
    assert refusal.value.code == "already_sent"
    assert Dispatch.objects.count() == 2
    assert FlowTotal.objects.get(unit=cast.city, document=document).sent == 3


def test_what_was_counted_reaches_the_totals_above(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    assert set(FlowCounter.objects.values_list("unit", "sent")) == {(u.pk, 1) for u in cast.communes}
    assert FlowTotal.objects.get(unit=cast.city).sent == 3
    assert FlowTotal.objects.get(unit=cast.ward).sent == 1


@pytest.mark.parametrize(
    "part", ["ward_clerk", "other_ward_leader", "city_officer", "city_inspector", "member"]
)
def test_only_who_may_send_for_the_unit_sends(cast: Cast, part: str) -> None:
    document = directive(cast)
    with pytest.raises(PermissionDenied):
        dispatch_document(by=getattr(cast, part), unit=cast.city, document=document, units=[cast.other_ward])


def test_nobody_sends_what_they_cannot_read(cast: Cast) -> None:
    document = incoming(cast.other_ward_clerk, cast.other_ward)
    with pytest.raises(PermissionDenied):
        dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell])


def test_it_goes_down_only_and_to_units_in_force(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    closed = found_units(
        [
            Unit(
                parent=cast.ward,
                kind=UnitKind.CELL,
                name="Chi bộ cũ",
                short_name="Chi bộ cũ",
                valid_from=dt.date(2015, 1, 1),
                valid_to=DAY,
            )
        ]
    )[0]
    for outside in (cast.city, cast.ward, cast.other_ward, cast.other_cell, closed):
        with pytest.raises(Refused) as refusal:
            dispatch_document(
                by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell, outside]
            )
        assert refusal.value.code == "outside"
    with pytest.raises(Refused) as refusal:
        dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[])
    assert refusal.value.code == "no_units"
    assert Dispatch.objects.count() == 1


def test_one_statement_a_table_however_many_units(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    # What others do after a dispatch is theirs to count.
    monkeypatch.setattr(document_dispatched, "_followers", [])
    monkeypatch.setattr("thongsuot.documents.services.dispatch.enqueue_once", lambda *job: None)
    few, many = directive(cast), directive(cast)
    found_units(
        [
            Unit(
                parent=cast.ward,
                kind=UnitKind.CELL,
                name=f"Chi bộ {n}",
                short_name=f"CB {n}",
                valid_from=DAY,
            )
            for n in range(60)
        ]
    )
    everyone = list(units_below(cast.city))
    with CaptureQueriesContext(
        connection,
    ) as for_two:
        send(cast, few, everyone[:2])
    with CaptureQueriesContext(connection) as for_all:
        send(cast, many, everyone)
    assert len(for_two) == len(for_all)
    written = [q["sql"] for q in for_all if q["sql"].startswith("INSERT") and "SELECT" in q["sql"]]
    assert len(written) == 3
    assert many.deliveries.count() == len(everyone)


def test_others_follow_in_the_same_transaction(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def follower(dispatch: Dispatch) -> None:
        seen.append(dispatch.deliveries.count())
        if len(seen) == 2:
            raise Refused("nothing goes out", "stop")

    monkeypatch.setattr(document_dispatched, "_followers", [follower])
    document = directive(cast)
    send(cast, document, [cast.ward])
    with pytest.raises(Refused, match="nothing goes out"):
        send(cast, document)
    assert seen == [1, 2]
    assert Delivery.objects.count() == 1


def test_two_clerks_sending_at_once_deliver_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second statement is built before the first has written: the constraint, not the look before, decides."""
    document = directive(cast)
    send(cast, document, [cast.ward])
    everyone = Unit.objects.filter(pk__in=[unit.pk for unit in cast.communes])
    monkeypatch.setattr(type(everyone), "exclude", lambda self, **_: self)
    monkeypatch.setattr("thongsuot.documents.services.dispatch.meant", lambda unit, whom: everyone)
    second = send(cast, document)
    assert second.deliveries.count() == 2
    assert delivery_of(document, cast.ward).dispatch != second
    assert FlowCounter.objects.get(unit=cast.ward, document=document).sent == 1


def test_a_unit_that_is_named_in_it_may_read_what_is_sent_to_others(cast: Cast) -> None:
    document = directive(cast)
    assert not Circulation.objects.filter(unit=cast.economy, document=document).exists()
    send(cast, document, [cast.ward])
    assert Circulation.objects.filter(unit=cast.economy, document=document).exists()
    assert not Delivery.objects.filter(unit=cast.economy, document=document).exists()
