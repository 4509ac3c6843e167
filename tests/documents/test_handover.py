"""Papers of a unit that ends: what waits is answered by who takes over, books are closed, sums follow the tree."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, incoming, plan_for, send
from tests.organizations.reorganizing import carried_out, draft, in_days, on
from thongsuot.accounts.models import User
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Book, Circulation, Delivery, Document, FlowTotal, RegisterEntry
from thongsuot.documents.queries.dispatch import arrived_count, inbox_of
from thongsuot.documents.services import receive_delivery
from thongsuot.organizations.models import Reorganization, Unit
from thongsuot.organizations.reorganization import StepData, undo

pytestmark = pytest.mark.django_db


def merger(cast: Cast) -> Reorganization:
    return draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward]))


def anew(user: User) -> User:
    """As of a new request: what the person may do is read again."""
    return User.objects.get(pk=user.pk)


def totals(document: Document) -> dict[int, int]:
    return dict(FlowTotal.objects.filter(document=document, sent__gt=0).values_list("unit", "sent"))


def test_what_waits_is_received_by_the_successor_with_a_number_of_its_own_book(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    waiting = arrived_count(cast.other_ward_clerk)
    carried_out(merger(cast))
    with on(in_days(1), 9):
        clerk = anew(cast.other_ward_clerk)
        assert arrived_count(clerk) == waiting + 1
        delivery = inbox_of(clerk, "arrived").get(unit=cast.ward, document=document)
        receive_delivery(by=clerk, delivery=delivery)
    entry = RegisterEntry.objects.get(document=document, direction="incoming")
    assert entry.unit == cast.other_ward
    assert Delivery.objects.get(unit=cast.ward, document=document).state == "03", (
        "the delivery stays where it was"
    )
    assert not Book.objects.filter(unit=cast.ward, register="incoming").exists()


def test_it_is_received_on_the_page(cast: Cast, client: Client) -> None:
    document = directive(cast)
    sent = send(cast, document)
    carried_out(merger(cast))
    client.force_login(cast.other_ward_clerk)
    with on(in_days(1), 9):
        assert document.symbol in client.get(reverse("documents:inbox")).content.decode()
        address = reverse("documents:receive", args=[cast.ward.pk, sent.pk])
        answer = client.post(address, follow=True)
    assert answer.status_code == 200
    assert delivery_of(document, cast.ward).state == "03"


def test_the_books_of_an_ended_unit_are_closed(cast: Cast) -> None:
    incoming(cast.ward_clerk, cast.ward)
    before = list(Book.objects.filter(unit=cast.ward).values())
    carried_out(merger(cast))
    with on(in_days(1), 9):
        old = Unit.objects.get(pk=cast.ward.pk)
        with pytest.raises(Refused) as refusal:
            incoming(anew(cast.city_clerk), old, number=46)
    assert refusal.value.code == "books_closed"
    assert list(Book.objects.filter(unit=cast.ward).values()) == before


def test_a_plan_of_the_successor_carries_out_what_the_old_unit_was_sent(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, plan_by=in_days(20))
    carried_out(merger(cast))
    with on(in_days(2), 9):
        plan = plan_for(anew(cast.other_ward_clerk), Unit.objects.get(pk=cast.other_ward.pk), document)
    for unit in (cast.ward, cast.other_ward):
        assert delivery_of(document, unit).plan == plan


def test_what_circulated_in_the_old_unit_is_read_in_the_new_one(cast: Cast) -> None:
    document = incoming(cast.ward_clerk, cast.ward)
    done = carried_out(merger(cast))
    assert Circulation.objects.filter(unit=cast.other_ward, document=document).exists()
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert not Circulation.objects.filter(unit=cast.other_ward, document=document).exists()
    assert Circulation.objects.filter(unit=cast.ward, document=document).exists()


def test_sums_follow_the_tree_and_come_back(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    before = totals(document)
    assert before[cast.other_ward.pk] == 1
    done = carried_out(merger(cast))
    after = totals(document)
    assert after == before | {cast.other_ward.pk: 2}
    assert after[cast.city.pk] == 3
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert totals(document) == before


def test_an_answer_given_since_speaks_against_undoing(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    done = carried_out(merger(cast))
    with on(in_days(1), 9):
        receive_delivery(by=anew(cast.other_ward_clerk), delivery=delivery_of(document, cast.ward))
        with pytest.raises(Refused) as refusal:
            undo(by=cast.city_clerk, reorganization=done)
    assert refusal.value.code == "depends"


def test_the_head_of_a_cell_answers_for_the_cell_it_took_over(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.cell, cast.second_cell])
    carried_out(draft(cast, StepData("merge", target=cast.cell, sources=[cast.second_cell])))
    with on(in_days(1), 9):
        head = anew(cast.cell_head)
        delivery = inbox_of(head, "arrived").get(unit=cast.second_cell)
        receive_delivery(by=head, delivery=delivery)
