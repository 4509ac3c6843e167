"""Reading on one's own, and vouching for somebody who cannot."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Channel, CoverageCounter, ReachEvent, Receipt
from thongsuot.dissemination.queries import coverage_by_document, coverage_of, my_readings
from thongsuot.dissemination.services import confirm_reading, require_dissemination, vouch_reading
from thongsuot.documents.models import Document
from thongsuot.organizations.services import merge_people


@pytest.fixture
def required(cast: Cast, document: Document) -> Document:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


def test_confirming_counts_once_up_to_the_city(cast: Cast, required: Document) -> None:
    for _ in range(2):
        receipt = confirm_reading(by=cast.member, document=required)
    assert (receipt.channel, receipt.reached_at) == (Channel.READING, NOON)
    assert ReachEvent.objects.get().text_sha256 == required.text_sha256
    totals = coverage_of(required, [cast.city, cast.ward, cast.cell])
    assert [(t.required, t.reached, t.in_time, t.by_session) for t in totals.values()] == [
        (10, 1, 1, 0),
        (10, 1, 1, 0),
        (5, 1, 1, 0),
    ]
    assert coverage_by_document(cast.city)[required.pk].reached == 1
    assert coverage_by_document(cast.city, []) == {}
    assert_counts_equal_the_rows()


def test_after_the_day_it_counts_as_reached_not_as_in_time(cast: Cast, required: Document) -> None:
    with clock.at(clock.end_of(DUE)):
        confirm_reading(by=cast.member, document=required)
    with clock.at(clock.end_of(DUE) + dt.timedelta(seconds=1)):
        confirm_reading(by=cast.second_member, document=required)
    counter = CoverageCounter.objects.get(unit=cast.cell)
    assert (counter.reached, counter.in_time) == (2, 1)


def test_who_is_not_asked_counts_for_nothing(cast: Cast, required: Document) -> None:
    for user in (cast.other_member, cast.city_leader):
        with pytest.raises(Refused) as refusal:
            confirm_reading(by=user, document=required)
        assert refusal.value.code == "not_required"
    assert not ReachEvent.objects.exists()


def test_who_was_written_down_twice_reads_once_for_both(cast: Cast, required: Document) -> None:
    cast.second_member.is_active = False
    cast.second_member.save()
    person, twin = cast.person(cast.member), cast.person(cast.second_member)
    merge_people(by=cast.administrator, kept=person, duplicate=twin)
    assert len(my_readings(cast.member)) == 2
    confirm_reading(by=cast.member, document=required)
    assert my_readings(cast.member) == []
    assert set(ReachEvent.objects.values_list("person_id", flat=True)) == {person.pk, twin.pk}
    assert_counts_equal_the_rows()


def test_the_head_of_the_cell_vouches_with_a_reason(cast: Cast, required: Document) -> None:
    person = cast.person(cast.member)

    def vouch(
        by: object, reason: str = "Đã đọc tại nhà cho đồng chí nghe", unit: object = cast.cell
    ) -> object:
        return vouch_reading(by=by, document=required, unit=unit, person=person, reason=reason)  # type: ignore[arg-type]

    for user in (cast.ward_leader, cast.member, cast.other_cell_head, cast.ward_clerk):
        with pytest.raises(PermissionDenied):
            vouch(user)
    with pytest.raises(Refused) as refusal:
        vouch(cast.cell_head, reason="  ")
    assert refusal.value.code == "no_reason"
    for _ in range(2):
        vouch(cast.cell_head)
    event = ReachEvent.objects.get()
    assert (event.channel, event.by, event.reason) == (
        Channel.VOUCHED,
        cast.cell_head,
        "Đã đọc tại nhà cho đồng chí nghe",
    )
    assert_counts_equal_the_rows()


def test_my_readings_are_what_is_still_open(cast: Cast, required: Document) -> None:
    duties = my_readings(cast.member)
    assert [(duty.title, duty.due) for duty in duties] == [("Đọc Chỉ thị 12-CT/ThU", DUE)]
    confirm_reading(by=cast.member, document=required)
    assert my_readings(cast.member) == []
    assert my_readings(cast.city_leader) == []


def test_what_one_is_asked_is_never_found_by_the_document(cast: Cast, required: Document) -> None:
    """Whatever the database knows of the rows of a paper that has just gone to everybody."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Receipt.objects.own_of(cast.member, required.pk).explain()
    assert "receipt_of_person" in plan
    assert "receipt_by_day" not in plan
    assert [row.person.user_id for row in Receipt.objects.own_of(cast.member, required.pk)] == [
        cast.member.pk
    ]
