"""The days of steps in the counters, and what an installation gets that was in use before there were any."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from tests.cast import Cast
from tests.reports.factories import a_directive, the_ward_goes_through
from thongsuot.core import clock
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import CoverageCounter
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import Delivery, FlowCounter, FlowDay
from thongsuot.documents.services import ask_back, finish_delivery, receive_delivery, take_back_recall
from thongsuot.home.proofs import counting

pytestmark = pytest.mark.django_db


def proven() -> bool:
    return [*counting.days(), *counting.summed_days()] == []


def test_each_act_leaves_its_day_and_a_recall_takes_it_out_of_the_sums(cast: Cast) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    issued = document.issued_on
    ward = FlowCounter.objects.get(unit=cast.ward, document=document)
    planned = issued + dt.timedelta(days=7)
    assert (ward.sent_on, ward.received_on) == (issued, issued + dt.timedelta(days=1))
    assert (ward.planned_on, ward.begun_on, ward.done_on) == (planned, planned, None)
    other = Delivery.objects.select_related("unit", "document").get(unit=cast.other_ward, document=document)
    receive_delivery(by=cast.other_ward_clerk, delivery=other)
    finish_delivery(by=cast.other_ward_clerk, delivery=other, note="Đã dọn kênh.")
    there = FlowCounter.objects.get(unit=cast.other_ward, document=document)
    assert (there.begun_on, there.done_on) == (clock.today(), clock.today())
    assert proven()
    recall = ask_back(by=cast.city_clerk, document=document, unit=cast.city, reason="Gửi nhầm")
    sent = FlowDay.objects.filter(unit=cast.city, document=document, step="sent", number__gt=0)
    # At once from the one that had not received it; the others are asked, and are still there.
    assert sum(sent.values_list("number", flat=True)) == 2
    assert proven()
    take_back_recall(by=cast.city_clerk, recall=recall, reason="Vẫn đúng")
    assert sum(sent.values_list("number", flat=True)) == 3
    assert proven()


def test_days_of_what_was_done_before_are_filled_in(cast: Cast) -> None:
    the_ward_goes_through(cast, a_directive(cast))
    was = list(FlowCounter.objects.order_by("unit_id").values())
    asked = dict(CoverageCounter.objects.values_list("unit_id", "asked_on"))
    days = FlowCounter.FIRSTS
    FlowDay.objects.all().delete()
    Delivery.objects.update(begun_on=None)
    FlowCounter.objects.update(**dict.fromkeys((*days, *(f"folded_{name}" for name in days))))
    CoverageCounter.objects.update(asked_on=None, folded_asked_on=None, folded_first_met_on=None)
    import_module("thongsuot.documents.migrations.0012_days_of_steps").fill_days(apps, None)
    import_module("thongsuot.dissemination.migrations.0011_days_asked").fill_days(apps, None)
    fold_flow()
    fold_coverage()
    assert list(FlowCounter.objects.order_by("unit_id").values()) == was
    assert dict(CoverageCounter.objects.values_list("unit_id", "asked_on")) == asked
    assert proven()
