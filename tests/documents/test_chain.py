"""The chain from the first issuer to the last cell, and the links that are missing in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, incoming, plan_for, send
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.documents.models import Document, DocumentRelation
from thongsuot.documents.queries import chain_of, missing_by_level, missing_links
from thongsuot.documents.services import dispatch_document, finish_delivery, receive_delivery

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def implements(document: Document, target: Document) -> None:
    DocumentRelation.objects.create(document=document, target=target, relation="implements")


def shown(user: User, document: Document) -> list[list[int]]:
    return [[link.document.pk for link in level.links] for level in chain_of(user, document).levels]


def three_levels(cast: Cast) -> tuple[Document, Document, Document, Document]:
    """The province's paper, the city's directive that carries it out, and the plans of two wards."""
    province = incoming(cast.city_clerk, cast.city)
    city = directive(cast)
    implements(city, province)
    send(cast, city)
    plan = plan_for(cast.ward_clerk, cast.ward, city)
    other = plan_for(cast.other_ward_clerk, cast.other_ward, city)
    dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=plan, units=[cast.cell])
    return province, city, plan, other


def test_the_chain_runs_up_and_down_with_figures_for_whom_they_are_meant(cast: Cast) -> None:
    province, city, plan, other = three_levels(cast)
    assert shown(cast.city_clerk, city) == [[province.pk], [city.pk], [plan.pk, other.pk]]
    assert shown(cast.city_clerk, plan) == [[province.pk], [city.pk], [plan.pk]]
    here = chain_of(cast.city_clerk, city).levels[1].links[0]
    assert (here.is_here, here.sent, here.received, here.planned) == (True, 3, 2, 2)
    # A ward sees its own branch, and no figures of the city's.
    assert shown(cast.ward_clerk, plan) == [[city.pk], [plan.pk]]
    assert [level.links[0].sent for level in chain_of(cast.ward_clerk, plan).levels] == [0, 1]
    assert chain_of(cast.city_clerk, directive(cast)).is_alone


def test_a_circle_of_citations_ends(cast: Cast) -> None:
    first, second = directive(cast), directive(cast)
    implements(first, second)
    implements(second, first)
    assert shown(cast.city_clerk, first) == [[second.pk], [first.pk]]


def test_a_long_level_is_cut_and_costs_the_same(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)

    def cost(number: int) -> int:
        for _n in range(number):
            implements(directive(cast), document)
        with CaptureQueriesContext(connection) as queries:
            chain_of(cast.city_clerk, document)
        return len(queries)

    few = cost(2)
    assert cost(18) == few + 1, "one more query says how many there are beyond those shown"
    level = chain_of(cast.city_clerk, document).levels[1]
    assert (len(level.links), level.more) == (8, 12)
    assert_whole(client.get(document.get_absolute_url()))


def test_missing_links_by_level_and_by_unit(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, plan_by=DAY)
    missing = missing_links(cast.city_clerk, document)
    assert not missing.exists(), "who has not received it has another link missing"
    for clerk, unit in ((cast.ward_clerk, cast.ward), (cast.other_ward_clerk, cast.other_ward)):
        receive_delivery(by=clerk, delivery=delivery_of(document, unit))
    receive_delivery(by=cast.city_clerk, delivery=delivery_of(document, cast.commune))
    assert [(at.count) for at in missing_by_level(cast.city_clerk, document)] == [1, 2]
    plan_for(cast.ward_clerk, cast.ward, document)
    assert list(missing.values_list("unit", flat=True)) == [cast.other_ward.pk, cast.commune.pk]
    assert list(missing_links(cast.ward_clerk, document)) == []
    client.force_login(cast.city_clerk)
    address = reverse("documents:missing", args=[document.pk])
    with CaptureQueriesContext(connection) as two:
        page = assert_whole(client.get(address))
    assert page.count("<tr data-item") == 2
    assert reverse("documents:urge_unit", args=[document.pk]) in page
    plan_for(cast.other_ward_clerk, cast.other_ward, document)
    with CaptureQueriesContext(connection) as one:
        assert_whole(client.get(address))
    assert len(one) == len(two)


def test_passing_on_is_expected_of_who_has_units_below_and_nothing_to_say(cast: Cast) -> None:
    document, to_know = directive(cast), directive(cast)
    send(cast, document, [cast.ward, cast.other_ward, cast.economy])
    send(cast, to_know, [cast.ward], purpose="know")
    for clerk, unit in (
        (cast.ward_clerk, cast.ward),
        (cast.other_ward_clerk, cast.other_ward),
        (cast.city_clerk, cast.economy),
    ):
        receive_delivery(by=clerk, delivery=delivery_of(document, unit))
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(to_know, cast.ward))
    missing = missing_links(cast.city_clerk, document)
    assert set(missing.values_list("unit", flat=True)) == {cast.ward.pk, cast.other_ward.pk}
    assert not missing_links(cast.city_clerk, to_know).exists()
    dispatch_document(by=cast.ward_clerk, unit=cast.ward, document=document, units=[cast.cell])
    assert missing.get().unit == cast.other_ward
    finish_delivery(by=cast.other_ward_clerk, delivery=delivery_of(document, cast.other_ward), note="Đã xong")
    assert not missing.exists()
