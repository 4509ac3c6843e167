"""A document that replaces an older one of the same issuer: what is open ends, or goes over to the new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import TEXT, delivery_of, directive, incoming, send
from tests.pages import assert_whole
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Receipt
from thongsuot.dissemination.services import confirm_reading
from thongsuot.documents.models import Document, DocumentRelation, Recall
from thongsuot.documents.services import ask_back, receive_delivery, refuse_delivery, settle_replacement
from thongsuot.home.proofs import counting
from thongsuot.tasks.models import Task

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def replaced(cast: Cast) -> tuple[Document, DocumentRelation]:
    """The old one was received by the ward, refused by the next and not yet received by the commune."""
    old = directive(cast)
    with clock.at(clock.moment(DAY - dt.timedelta(days=3))):
        send(cast, old, plan_by=DAY - dt.timedelta(days=1), disseminate_by=DAY + dt.timedelta(days=5))
        receive_delivery(by=cast.ward_clerk, delivery=delivery_of(old, cast.ward))
        refuse_delivery(by=cast.other_ward_clerk, delivery=delivery_of(old, cast.other_ward), reason="Nhầm")
        confirm_reading(by=cast.member, document=old)
    new = directive(cast, text=TEXT + "\nMới")
    relation = DocumentRelation.objects.create(document=new, target=old, relation="replaces")
    return old, relation


def test_carried_over_the_new_one_goes_to_who_had_the_old_one(cast: Cast) -> None:
    old, relation = replaced(cast)
    assert settle_replacement(by=cast.city_clerk, relation=relation, carry=True) == 2
    new = relation.document
    states = dict(old.deliveries.values_list("unit", "state"))
    assert states == {cast.ward.pk: "03", cast.other_ward.pk: "15", cast.commune.pk: "15"}
    assert set(new.deliveries.values_list("unit", "plan_by")) == {(cast.ward.pk, DAY), (cast.commune.pk, DAY)}
    assert not Task.objects.filter(document=old).exclude(state="stopped").exists()
    assert Task.objects.filter(document=new, state="assigned").exists()
    asked = Receipt.objects.filter(document=old, reached_at=None, released_at=None)
    assert not asked.exists()
    assert Receipt.objects.filter(document=old, reached_at__isnull=False).count() == 1
    assert Receipt.objects.filter(document=new, released_at=None).exists()
    assert not [*counting.flow_counters(), *counting.coverage_counters()]
    with pytest.raises(Refused) as refusal:
        settle_replacement(by=cast.city_leader, relation=relation, carry=False)
    assert refusal.value.code == "state"


def test_ended_nothing_is_sent(client: Client, cast: Cast) -> None:
    old, relation = replaced(cast)
    client.force_login(cast.city_clerk)
    address = reverse("documents:settle", args=[relation.pk])
    assert address in assert_whole(client.get(relation.document.get_absolute_url()))
    assert_whole(client.get(address))
    assert_whole(client.post(address, {}), 422)
    page = assert_whole(client.post(address, {"what": "end"}, follow=True))
    assert address not in page
    assert not relation.document.deliveries.exists()
    assert delivery_of(old, cast.commune).state == "15"
    assert_whole(client.get(address))


def test_what_was_settled_is_not_undone_by_taking_back_a_recall(client: Client, cast: Cast) -> None:
    old, relation = replaced(cast)
    recall = ask_back(by=cast.city_clerk, document=old, unit=cast.city, units=[cast.commune], reason="Nhầm")
    client.force_login(cast.city_clerk)
    units = reverse("documents:deliveries", args=[old.pk])
    undo = reverse("documents:undo_recall", args=[recall.pk])
    assert undo in assert_whole(client.get(units))
    settle_replacement(by=cast.city_clerk, relation=relation, carry=False)
    states = dict(old.deliveries.values_list("unit", "state"))
    for made in Recall.objects.filter(document=old):
        address = reverse("documents:undo_recall", args=[made.pk])
        assert address not in assert_whole(client.get(units))
        assert "đã xử lý xong" in assert_whole(client.post(address, {"reason": "Nhầm"}), 422)
    assert dict(old.deliveries.values_list("unit", "state")) == states
    assert not Receipt.objects.filter(document=old, reached_at=None, released_at=None).exists()


def test_only_the_issuer_settles_and_only_its_own(cast: Cast) -> None:
    _old, relation = replaced(cast)
    for part in (cast.ward_clerk, cast.city_officer, cast.member):
        with pytest.raises(PermissionDenied):
            settle_replacement(by=part, relation=relation, carry=False)
    of_others = DocumentRelation.objects.create(
        document=relation.document, target=incoming(cast.city_clerk, cast.city), relation="replaces"
    )
    with pytest.raises(Refused) as refusal:
        settle_replacement(by=cast.city_clerk, relation=of_others, carry=False)
    assert refusal.value.code == "not_own"


def test_what_is_replaced_is_said_when_the_new_one_is_entered(client: Client, cast: Cast) -> None:
    old = directive(cast)
    client.force_login(cast.city_clerk)
    values = {
        "unit": cast.city.pk,
        "kind": "chi_thi",
        "subject": "Chỉ thị mới",
        "issued_on": f"{DAY:%Y-%m-%d}",
        "replaces": old.pk,
    }
    page = assert_whole(client.post(reverse("documents:register"), values, follow=True))
    relation = DocumentRelation.objects.get(relation="replaces")
    assert relation.target == old
    assert reverse("documents:settle", args=[relation.pk]) in page
