"""The flow map by level: what it shows on any day, that every number opens into its rows, and what it costs."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.pages import assert_whole
from tests.reports.factories import a_directive, the_ward_goes_through
from thongsuot.core import clock
from thongsuot.documents.counting import bump, fold
from thongsuot.documents.models import Document, FlowCounter, FlowTotal
from thongsuot.documents.queries.chain import with_all_that_carry_it_out
from thongsuot.documents.services import add_to_theme, save_theme
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import segment_of
from thongsuot.reports.levels_picture import draw_levels
from thongsuot.reports.queries.level_shapes import LevelMap
from thongsuot.reports.queries.levels import days_of, level_map, parts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(cast: Cast) -> Document:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    return document


def told(shown: LevelMap) -> list[dict[str, tuple[int, int]]]:
    return [{step.name: (step.number, step.waiting) for step in level.shown} for level in shown.levels]


def test_levels_are_told_for_any_day(cast: Cast, document: Document) -> None:
    issued = document.issued_on
    shown = level_map(cast.city_leader, [document.pk], cast.city)
    assert told(shown) == [
        {"sent": (3, 0), "received": (1, 2), "planned": (1, 0), "begun": (1, 0), "done": (0, 1)},
        {"asked": (6, 0), "met": (1, 5)},
    ]
    communes, _cells = shown.levels
    assert (communes.steps["received"].median, communes.steps["planned"].slowest) == (1, 6)
    assert (communes.steps["received"].waits_for, communes.steps["received"].standing) == (20, "late")
    assert (shown.reached, shown.required, shown.first) == (4, 30, issued)
    assert shown.tasks
    assert (shown.tasks.done, shown.tasks.total) == (0, 4)
    assert shown.standstill
    assert (shown.standstill.level, shown.standstill.step.name) == (communes, "received")
    before = level_map(cast.city_leader, [document.pk], cast.city, issued + dt.timedelta(days=6))
    assert told(before) == [
        {"sent": (3, 0), "received": (1, 2), "planned": (0, 1), "begun": (0, 1), "done": (0, 0)},
        {"asked": (6, 0), "met": (0, 6)},
    ]
    assert (before.reached, before.tasks, before.age) == (0, None, 6)
    assert told(level_map(cast.city_leader, [document.pk], cast.city, issued - dt.timedelta(days=1))) == []
    assert days_of([document.pk], cast.city)[0] == issued
    # Below the ward, with its own steps; and its cell, that has nothing below it.
    ward = level_map(cast.city_leader, [document.pk], cast.ward)
    assert told(ward)[0]["received"] == (1, 0)
    parts = parts_of([document.pk], cast.city, clock.today())
    assert {part.unit: (part.numbers["received"], part.unmet) for part in parts}[cast.ward] == (1, 1)
    assert parts[-1].unit == cast.ward
    # On an earlier day from the days, today from the totals: the same units, the numbers of that day.
    earlier = parts_of([document.pk], cast.city, issued + dt.timedelta(days=6))
    assert {part.unit: dict(+part.numbers) for part in earlier}[cast.ward] == {
        "sent": 1,
        "received": 1,
        "asked": 2,
    }
    cell = level_map(cast.city_leader, [document.pk], cast.cell)
    assert told(cell) == [{"asked": (1, 0), "met": (1, 0)}]


def test_a_theme_is_all_that_carry_it_out(cast: Cast, document: Document) -> None:
    keys = with_all_that_carry_it_out(cast.city_leader, document)
    assert len(keys) == 2
    assert keys[0] == document.pk
    assert with_all_that_carry_it_out(cast.ward_leader, document)[0] == document.pk


def test_the_map_follows_a_unit_that_hangs_elsewhere(cast: Cast, document: Document) -> None:
    """A cell passes to another commune in the middle: it is counted once, where it hangs now."""
    from thongsuot.dissemination.models import CoverageCounter, CoverageTotal
    from thongsuot.documents.counting import sum_up

    before = level_map(cast.city_leader, [document.pk], cast.city)
    Unit.objects.filter(pk=cast.cell.pk).update(
        parent=cast.commune, path=cast.commune.path + segment_of(cast.cell.pk)
    )
    sum_up(CoverageCounter, CoverageTotal, [document.pk])
    assert told(level_map(cast.city_leader, [document.pk], cast.city)) == told(before)
    there = level_map(cast.city_leader, [document.pk], cast.commune)
    assert told(there)[1]["met"][0] == 1
    here = level_map(cast.city_leader, [document.pk], cast.ward)
    assert told(here)[1]["met"][0] == 0


def test_every_number_opens_into_its_rows(cast: Cast, document: Document, client: Client) -> None:
    client.force_login(cast.city_leader)
    address = reverse("reports:levels", args=[document.pk])
    html = assert_whole(client.get(address))
    assert "Chưa tiếp nhận" in html or "chưa tiếp nhận" in html
    links = sorted(set(re.findall(r'href="(/[^"]*cap/don-vi/[^"]+)"', html)))
    shown = level_map(cast.city_leader, [document.pk], cast.city)
    numbers = {(level.depth, step.name): step for level in shown.levels for step in level.shown}
    assert len(links) >= 10
    for link in map(unescape, links):
        asked = dict(part.split("=") for part in link.partition("?")[2].split("&"))
        page = client.get(link).context["page"]
        if "cap" not in asked:
            assert page.paginator.count == shown.sum_of(asked["buoc"]), link
            continue
        step = numbers[(int(asked["cap"]), asked["buoc"])]
        assert page.paginator.count == (step.waiting if "con" in asked else step.number), link
    table = assert_whole(client.get(address, {"xem": "bang"}))
    assert '<svg class="flow lv"' not in table
    assert "18" in table
    assert client.get(reverse("reports:level_units", args=[document.pk]), {"buoc": "x"}).status_code == 404
    assert client.get(address, {"don-vi": cast.cell.pk}).status_code == 200


def test_two_documents_and_two_days_stand_beside_each_other(
    cast: Cast, document: Document, client: Client
) -> None:
    other = a_directive(cast, "về việc khác", days_ago=5)
    client.force_login(cast.city_leader)
    address = reverse("reports:levels", args=[document.pk])
    page = client.get(
        address, {"so-voi": str(other.pk), "ngay": str(document.issued_on + dt.timedelta(days=2))}
    )
    html = assert_whole(page)
    assert [side.map.age for side in page.context["sides"]] == [2, 2]
    assert "1/3" in page.context["differences"][0]
    assert "0/3" in page.context["differences"][0]
    assert str(other) in html
    page = client.get(address, {"so-ngay": document.issued_on.isoformat()})
    assert page.context["sides"][1].map.day == document.issued_on
    assert any("Đã tiếp nhận" in said for said in page.context["differences"])
    # A document nobody may read there is as good as none.
    assert len(client.get(address, {"so-voi": "999999999", "so-ngay": "x"}).context["sides"]) == 1
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "data-day" in part


def test_a_theme_counts_each_unit_once_for_each_of_its_documents(
    cast: Cast, document: Document, client: Client
) -> None:
    other = a_directive(cast, "về việc khác", days_ago=5)
    theme = save_theme(by=cast.city_clerk, unit=cast.city, name="Nghị quyết đại hội")
    client.force_login(cast.city_leader)
    address = reverse("reports:theme_levels", args=[theme.pk])
    assert "Chưa văn bản nào" in assert_whole(client.get(address))
    for one in (document, other):
        add_to_theme(by=cast.city_clerk, theme=theme, document=one)
    page = client.get(address)
    html = unescape(assert_whole(page))
    apart = [level_map(cast.city_leader, [one.pk], cast.city) for one in (document, other)]
    assert page.context["map"].sum_of("sent") == sum(one.sum_of("sent") for one in apart) > 0
    links = re.findall(rf'"({reverse("reports:theme_level_units", args=[theme.pk])}[^"]+)"', html)
    assert links
    for link in links:
        assert_whole(client.get(link))
    assert address in assert_whole(client.get(reverse("documents:theme", args=[theme.pk])))
    earlier = client.get(address, {"so-ngay": document.issued_on.isoformat()})
    assert earlier.context["sides"][1].map.sum_of("received") == 0
    second = save_theme(by=cast.city_clerk, unit=cast.city, name="Chuyên đề khác")
    add_to_theme(by=cast.city_clerk, theme=second, document=other)
    beside = client.get(address, {"so-voi": str(second.pk)}).context["sides"]
    assert beside[1].map.sum_of("sent") == apart[1].sum_of("sent")


def test_the_map_costs_the_same_for_two_units_and_two_hundred(
    cast: Cast, document: Document, client: Client
) -> None:
    client.force_login(cast.city_leader)
    address = reverse("reports:levels", args=[document.pk])
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = queries()
    many = []
    for number in range(200):
        unit = Unit(parent=cast.city, kind="ward_committee", name=f"Đảng ủy phường {number}", depth=1)
        unit.short_name, unit.sort_key, unit.valid_from = unit.name, unit.name, dt.date(2020, 1, 1)
        unit.path = f"{cast.city.path}z{number:05}"
        many.append(unit)
    keys = [unit.pk for unit in Unit.objects.bulk_create(many)]
    bump(FlowCounter, unit_ids=keys, document_id=document.pk, sent=1, sent_on=document.issued_on)
    fold(FlowCounter, FlowTotal)
    assert queries() <= few
    assert level_map(cast.city_leader, [document.pk], cast.city).levels[0].units == 203


def test_the_width_of_the_water_is_units(cast: Cast, document: Document) -> None:
    columns = draw_levels(level_map(cast.city_leader, [document.pk], cast.city).levels)
    bands = {band.step.name: band for band in columns[0].bands}
    full = bands["sent"].water.width
    assert bands["received"].water.width == pytest.approx(full / 3, abs=0.2)
    assert bands["received"].waits
    assert bands["received"].waits.width == pytest.approx(2 * full / 3, abs=0.2)
    # The same step stands at the same height at every level; one below has fewer.
    assert columns[1].bands[0].bed.y == bands["sent"].bed.y
    assert columns[1].bands[1].bed.y > bands["planned"].bed.y
    assert bands["sent"].fall == ""
    assert bands["received"].fall.startswith("M14")
