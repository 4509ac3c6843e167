"""Sending, receiving and refusing through the pages, with and without script."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, send
from tests.pages import assert_whole
from thongsuot.core import clock
from thongsuot.documents.models import Delivery, Dispatch, Document, RegisterEntry
from thongsuot.documents.services import receive_delivery

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def ticked(page: str) -> set[int]:
    return {int(key) for key in re.findall(r'name="units" value="(\d+)" checked', page)}


def address_of(name: str, delivery: Delivery) -> str:
    return reverse(f"documents:{name}", args=[delivery.unit_id, delivery.dispatch_id])


def test_the_wards_and_communes_are_ticked_from_the_start(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    page = assert_whole(client.get(reverse("documents:send", args=[document.pk])))
    assert ticked(page) == {unit.pk for unit in cast.communes}
    assert f'name="units" value="{cast.economy.pk}"' in page


def test_one_click_sends_to_all_with_one_left_out(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    answer = client.post(
        reverse("documents:send", args=[document.pk]),
        {
            "units": [cast.ward.pk, cast.commune.pk],
            "purpose": "carry_out",
            "receive_by": "2026-11-25",
            "plan_by": "",
            "disseminate_by": "",
            "note": "Khẩn trương",
        },
        follow=True,
    )
    page = assert_whole(answer)
    assert answer.redirect_chain == [(document.get_absolute_url(), 302)]
    dispatch = Dispatch.objects.get()
    assert set(dispatch.deliveries.values_list("unit", flat=True)) == {cast.ward.pk, cast.commune.pk}
    assert (dispatch.receive_by, dispatch.note) == (dt.date(2026, 11, 25), "Khẩn trương")
    assert cast.other_ward.name not in page
    again = assert_whole(client.get(reverse("documents:send", args=[document.pk])))
    assert ticked(again) == {cast.other_ward.pk}
    assert f'value="{cast.ward.pk}"' not in again


def test_groups_are_ticked_and_cleared_without_script(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    address = reverse("documents:send", args=[document.pk])
    typed = {"units": [cast.ward.pk], "note": "Khẩn trương", "plan_by": "2026-12-01", "purpose": "know"}
    page = assert_whole(client.post(address, typed | {"pick": "all:boards"}))
    assert cast.economy.pk in ticked(page)
    assert cast.ward.pk in ticked(page)
    assert "Khẩn trương" in page
    assert 'value="2026-12-01"' in page
    page = assert_whole(client.post(address, typed | {"pick": "none:communes"}))
    assert ticked(page) == set()
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"units": []}, "units"),
        ({"receive_by": "2026-11-22"}, "receive_by"),
        ({"plan_by": "hôm qua"}, "plan_by"),
        ({"purpose": "x"}, "purpose"),
    ],
)
def test_mistakes_are_said_and_ticks_stay(
    client: Client, cast: Cast, changes: dict[str, Any], field: str
) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    values = {"units": [cast.ward.pk], "purpose": "carry_out", "note": "Khẩn trương"} | changes
    answer = client.post(reverse("documents:send", args=[document.pk]), values)
    page = assert_whole(answer, 422)
    assert field in answer.context["form"].errors
    assert "Khẩn trương" in page
    assert ticked(page) == set(values["units"])
    assert not Dispatch.objects.exists()


def test_a_unit_outside_or_sent_before_cannot_be_forged(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    client.force_login(cast.ward_clerk)
    for forged in (cast.other_ward, cast.city, cast.ward, cast.other_cell):
        values = {"units": [forged.pk], "purpose": "carry_out", "sender": cast.city.pk}
        answer = client.post(reverse("documents:send", args=[document.pk]), values)
        assert answer.status_code == 422
    assert Dispatch.objects.count() == 1


def test_a_ward_sends_on_to_its_cells(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    client.force_login(cast.ward_clerk)
    page = assert_whole(client.get(reverse("documents:send", args=[document.pk])))
    assert ticked(page) == {cast.cell.pk, cast.second_cell.pk}


@pytest.mark.parametrize(
    ("part", "status"),
    [("ward_officer", 403), ("cell_head", 404), ("other_ward_clerk", 404), ("city_inspector", 403)],
)
def test_who_may_not_send_sees_no_form(client: Client, cast: Cast, part: str, status: int) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    client.force_login(getattr(cast, part))
    assert client.get(reverse("documents:send", args=[document.pk])).status_code == status


def test_the_inbox_shows_what_waits_with_the_nearest_deadline_first(client: Client, cast: Cast) -> None:
    later, sooner, without = directive(cast), directive(cast), directive(cast)
    send(cast, without, [cast.ward])
    send(cast, later, [cast.ward], receive_by=DAY + dt.timedelta(days=9))
    send(cast, sooner, [cast.ward, cast.other_ward], receive_by=DAY - dt.timedelta(days=1))
    client.force_login(cast.ward_clerk)
    page = assert_whole(client.get(reverse("documents:inbox")))
    places = [page.index(f"<b>{document.symbol}</b>") for document in (sooner, later, without)]
    assert places == sorted(places)
    assert page.count("<tr data-item") == 3


def test_one_click_receives_and_says_the_number(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    client.force_login(cast.ward_clerk)
    delivery = delivery_of(document, cast.ward)
    page = assert_whole(client.get(reverse("documents:inbox")))
    assert address_of("receive", delivery) in page
    page = assert_whole(client.post(address_of("receive", delivery), follow=True))
    assert page.count("<tr data-item") == 0
    assert RegisterEntry.objects.get(unit=cast.ward).number == 1
    received = assert_whole(client.get(f"{reverse('documents:inbox')}?state=received"))
    assert document.symbol in received
    # A second click, from a page not reloaded, does no harm.
    assert_whole(client.post(address_of("receive", delivery), follow=True))
    assert RegisterEntry.objects.filter(unit=cast.ward).count() == 1


def test_receiving_from_the_document_leads_back_to_it_and_nowhere_else(client: Client, cast: Cast) -> None:
    first, second = directive(cast), directive(cast)
    for document in (first, second):
        send(cast, document, [cast.ward])
    client.force_login(cast.ward_clerk)
    page = assert_whole(client.get(first.get_absolute_url()))
    assert address_of("receive", delivery_of(first, cast.ward)) in page
    answer = client.post(
        address_of("receive", delivery_of(first, cast.ward)), {"next": first.get_absolute_url()}
    )
    assert answer["Location"] == first.get_absolute_url()
    assert address_of("receive", delivery_of(first, cast.ward)) not in assert_whole(
        client.get(answer["Location"])
    )
    answer = client.post(address_of("receive", delivery_of(second, cast.ward)), {"next": "//evil.example/"})
    assert answer["Location"] == reverse("documents:inbox")


def test_a_refusal_needs_a_reason_and_reaches_the_sender(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    client.force_login(cast.ward_clerk)
    address = address_of("refuse", delivery_of(document, cast.ward))
    assert_whole(client.get(address))
    assert_whole(client.post(address, {"reason": "  "}), 422)
    assert delivery_of(document, cast.ward).state == "01"
    page = assert_whole(client.post(address, {"reason": "Văn bản gửi nhầm phường"}, follow=True))
    assert page.count("<tr data-item") == 0
    refused = assert_whole(client.get(f"{reverse('documents:inbox')}?state=refused"))
    assert "Văn bản gửi nhầm phường" in refused
    assert_whole(client.get(address))
    client.force_login(cast.city_clerk)
    assert "Văn bản gửi nhầm phường" in assert_whole(client.get(document.get_absolute_url()))


def test_the_door_of_another_unit_is_closed(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    delivery = delivery_of(document, cast.ward)
    client.force_login(cast.other_ward_clerk)
    for name in ("receive", "refuse"):
        answer = client.post(address_of(name, delivery), {"reason": "x"})
        assert answer.status_code == 404
    assert client.get(address_of("receive", delivery)).status_code == 405
    assert delivery_of(document, cast.ward).state == "01"


@pytest.mark.parametrize("state", ["arrived", "received"])
def test_a_full_inbox_costs_as_much_as_an_empty_one(client: Client, cast: Cast, state: str) -> None:
    documents: list[Document] = [directive(cast) for _n in range(12)]
    client.force_login(cast.ward_clerk)
    address = f"{reverse('documents:inbox')}?state={state}"

    def cost(new: list[Document]) -> int:
        for document in new:
            send(cast, document, [cast.ward])
            if state == "received":
                receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert_whole(client.get(address))
        return len(queries)

    assert cost(documents[:2]) == cost(documents[2:])


def test_the_rail_counts_what_waits(client: Client, cast: Cast) -> None:
    from thongsuot.documents.queries.dispatch import arrived_count

    send(cast, directive(cast))
    send(cast, directive(cast), [cast.ward])
    assert (arrived_count(cast.ward_clerk), arrived_count(cast.other_ward_leader)) == (2, 1)
    assert arrived_count(cast.member) == arrived_count(cast.city_clerk) == 0
