"""The record of acts: beside what it records or not at all, and told in sentences."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.db import transaction

from tests.cast import Cast, gather
from thongsuot.audit.models import Act
from thongsuot.audit.queries import say, timeline_of
from thongsuot.audit.services import record
from thongsuot.core import clock
from thongsuot.documents.models import Delivery


def test_an_act_goes_with_what_it_did(cast: Cast) -> None:
    with transaction.atomic():
        record("test.done", by=cast.city_clerk, on=cast.ward)
        assert Act.objects.filter(verb="test.done").exists()
        transaction.set_rollback(True)
    assert not Act.objects.filter(verb="test.done").exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_a_mistake() -> None:
    cast = gather()
    with pytest.raises(RuntimeError):
        record("test.done", by=cast.city_clerk, on=cast.ward)


def test_a_timeline_is_told_in_order_with_reasons(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    say({"test.done": "did %(number)s things", "test.undone": "undid it"})
    first, second = clock.moment(dt.date(2026, 11, 2)), clock.moment(dt.date(2026, 11, 3))
    with clock.at(second):
        record("test.undone", by=None, on=cast.ward, reason="Nhầm")
    with clock.at(first):
        record("test.done", by=cast.city_clerk, on=cast.ward, number=3)
        record("test.done", by=cast.city_clerk, on=cast.other_ward, number=9)
    with django_assert_num_queries(1):
        lines = timeline_of(cast.ward)
    assert [(line.at, line.who, line.text, line.reason) for line in lines] == [
        (first, cast.city_clerk.display_name, "did 3 things", ""),
        (second, "", "undid it", "Nhầm"),
    ]
    assert len(timeline_of(cast.ward, cast.other_ward)) == 3
    assert timeline_of() == []


def test_a_verb_without_its_sentence_or_number_is_still_told(cast: Cast) -> None:
    say({"test.counted": "counted %(number)s"})
    record("test.counted", by=cast.city_clerk, on=cast.cell)
    record("test.unknown", by=cast.city_clerk, on=cast.cell)
    assert [line.text for line in timeline_of(cast.cell)] == ["counted %(number)s", "test.unknown"]


def test_a_row_with_a_key_of_several_parts_has_a_timeline(cast: Cast) -> None:
    row = Delivery(unit=cast.ward, dispatch_id=UUID(int=7))
    record("test.done", by=cast.ward_clerk, on=row, number=1)
    act = Act.objects.get(object_type="documents.delivery")
    assert (act.object_id, act.unit_id) == (f"{cast.ward.pk}:{UUID(int=7)}", cast.ward.pk)
    assert [line.who for line in timeline_of(row)] == [cast.ward_clerk.display_name]
