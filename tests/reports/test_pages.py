from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.pages import assert_whole
from tests.reports.factories import a_directive, the_ward_goes_through
from thongsuot.dissemination.models import Receipt
from thongsuot.documents.models import Delivery
from thongsuot.documents.services import refuse_delivery
from thongsuot.organizations.models import Unit
from thongsuot.reports.queries import Step, dashboard, flow_of


def test_an_empty_overview_says_what_will_be_here(cast: Cast, client: Client) -> None:
    client.force_login(cast.city_leader)
    html = assert_whole(client.get(reverse("reports:dashboard")))
    assert "Chưa có văn bản nào đang theo dõi" in html


def test_the_overview_shows_each_document_with_its_counts(cast: Cast, client: Client) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    client.force_login(cast.city_leader)
    html = assert_whole(client.get(reverse("reports:dashboard")))
    assert document.symbol in html
    board = dashboard(cast.city_leader, cast.city)
    row = board.documents[0]
    assert (row.flow.sent, row.flow.received, row.flow.planned) == (3, 1, 1)  # type: ignore[union-attr]
    assert (row.coverage.reached, row.coverage.required) == (4, 30)  # type: ignore[union-attr]
    assert Receipt.objects.filter(document=document).exclude(reached_at=None).count() == 4
    assert (board.tasks.late, board.tasks.in_time, board.tasks.total) == (3, 1, 4)


def test_overdue_documents_come_first_and_finished_ones_wait_behind_a_tab(cast: Cast, client: Client) -> None:
    late = a_directive(cast, "về việc cũ", days_ago=25)
    fresh = a_directive(cast, "về việc mới", days_ago=1)
    fresh.tasks.update(state="stopped")
    assert [row.document for row in dashboard(cast.city_leader, cast.city).documents] == [late, fresh]
    assert dashboard(cast.city_leader, cast.city, finished=True).documents == []


def test_what_stands_still_is_named_with_its_days(cast: Cast) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    board = dashboard(cast.city_leader, cast.city)
    assert {(row.delivery.unit, row.days) for row in board.standstills} == {
        (cast.other_ward, 18),
        (cast.commune, 18),
    }
    assert board.units_standing_still == 2


def test_what_was_refused_stands_still_with_its_reason(cast: Cast, client: Client) -> None:
    document = a_directive(cast)
    delivery = Delivery.objects.get(unit=cast.other_ward, document=document)
    refuse_delivery(by=cast.other_ward_clerk, delivery=delivery, reason="Thiếu phụ lục")
    client.force_login(cast.city_leader)
    html = assert_whole(client.get(reverse("reports:dashboard")))
    assert f"{cast.other_ward.name} đã từ chối {document}" in html
    assert "Thiếu phụ lục" in html


def test_every_figure_opens_into_as_many_rows(cast: Cast, client: Client) -> None:
    the_ward_goes_through(cast, a_directive(cast))
    client.force_login(cast.city_leader)
    figures = client.get(reverse("reports:dashboard")).context["figures"]
    for figure in figures:
        page = client.get(unescape(figure.url))
        assert page.status_code == 200
        assert page.context["page"].paginator.count == figure.value, figure.label


def test_the_flow_tells_the_days_of_each_step_and_where_it_is_stuck(cast: Cast) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    flow = flow_of(cast.city_leader, document, cast.city)
    by_unit = {row.unit: row for row in flow.rows}
    ward = by_unit[cast.ward]
    assert (ward.days_to_receive, ward.days_to_plan, ward.days_to_meet, ward.step) == (1, 7, 5, Step.MEET)
    assert (ward.cells_met, len(ward.cells), ward.reached, ward.required) == (1, 2, 4, 10)
    assert by_unit[cast.commune].step == Step.RECEIVE
    assert [row.unit for row in flow.blocked] == [cast.other_ward, cast.commune]
    assert (flow.reached, flow.required, flow.absent) == (4, 30, 1)


@pytest.mark.parametrize("view", ["", "&xem=bang"])
def test_the_flow_is_drawn_and_tabled(cast: Cast, client: Client, view: str) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    client.force_login(cast.city_leader)
    html = assert_whole(
        client.get(reverse("reports:flow", args=[document.pk]) + f"?don-vi={cast.city.pk}{view}")
    )
    assert ('<svg class="flow"' in html) is (view == "")
    assert "Láng Sếu" in html
    assert not re.search(r'(?:width|height|x|y)="[0-9]+,[0-9]', html), (
        "numbers in attributes are never localised"
    )


def test_a_ward_sees_its_own_part_only(cast: Cast, client: Client) -> None:
    document = a_directive(cast)
    client.force_login(cast.ward_leader)
    html = assert_whole(client.get(reverse("reports:flow", args=[document.pk])))
    assert "Láng Sếu" not in html
    assert client.get(reverse("reports:dashboard") + f"?don-vi={cast.city.pk}").status_code == 404
    for nonsense in ("x", "9" * 30, "-1", "0"):
        assert client.get(reverse("reports:dashboard") + f"?don-vi={nonsense}").status_code == 404


def test_the_overview_asks_the_same_number_of_queries_for_two_and_for_many(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.city_leader)
    a_directive(cast)
    client.get(reverse("reports:dashboard"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("reports:dashboard"))
    for number in range(6):
        the_ward_goes_through(cast, a_directive(cast, f"về việc {number}"))
    with django_assert_max_num_queries(12) as many:
        client.get(reverse("reports:dashboard"))
    assert len(few) == len(many)


def test_the_unit_of_a_cell_is_drawn_too(cast: Cast, client: Client) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    client.force_login(cast.cell_head)
    assert Unit.objects.filter(pk=cast.cell.pk).exists()
    assert_whole(client.get(reverse("reports:flow", args=[document.pk])))
    assert_whole(client.get(reverse("reports:dashboard")))
