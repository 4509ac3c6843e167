"""Whom a document is sent to: rules, groups and exceptions, and how many units that is before anything is sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import directive, send
from tests.organizations.reorganizing import carried_out, draft, in_days, on
from tests.pages import assert_whole
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Delivery, Dispatch, UnitGroup
from thongsuot.documents.services import delete_group, dispatch_document, save_group
from thongsuot.documents.whom import Whom, meant
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import units_below
from thongsuot.organizations.reorganization import StepData

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def keys(*units: Unit) -> frozenset[int]:
    return frozenset(unit.pk for unit in units)


def names(cast: Cast, unit: Unit | None = None, **choice: Any) -> set[int]:
    return set(meant(unit or cast.city, Whom(**choice)).values_list("pk", flat=True))


def group_of(cast: Cast, **choice: Any) -> UnitGroup:
    return save_group(by=cast.city_clerk, unit=cast.city, name="Phường điểm", whom=Whom(**choice))


def test_levels_kinds_units_and_exceptions(cast: Cast) -> None:
    below = units_below(cast.city)
    cells = set(below.filter(kind="cell").values_list("pk", flat=True))
    everybody = set(below.values_list("pk", flat=True))
    assert names(cast, levels=frozenset({"all"})) == everybody
    assert names(cast, levels=frozenset({"direct"})) == set(
        below.filter(parent=cast.city).values_list("pk", flat=True)
    )
    assert names(cast, levels=frozenset({"communes"})) == keys(*cast.communes)
    assert names(cast, levels=frozenset({"cells"})) == cells
    assert names(cast, kinds=frozenset({"commune_committee"}), units=keys(cast.cell)) == keys(
        cast.commune, cast.cell
    )
    # Who is left out is left out with all below.
    left = names(cast, levels=frozenset({"all"}), without=keys(cast.ward))
    assert left == everybody - set(Unit.objects.under(cast.ward).values_list("pk", flat=True))
    # A choice never reaches above or beside the unit that sends.
    assert names(cast, cast.ward, units=keys(cast.city, cast.ward, cast.other_cell)) == set()


def test_a_group_holds_a_rule_units_and_exceptions(cast: Cast) -> None:
    group = group_of(cast, levels=frozenset({"communes"}), units=keys(cast.cell), without=keys(cast.commune))
    chosen = names(cast, groups=frozenset({group.pk}))
    assert chosen == keys(cast.ward, cast.other_ward, cast.cell)
    # What one choice leaves out is left out of the group too; what the group leaves out may be chosen beside it.
    assert names(cast, groups=frozenset({group.pk}), without=keys(cast.ward)) == keys(cast.other_ward)
    assert names(cast, groups=frozenset({group.pk}), units=keys(cast.commune)) == chosen | keys(cast.commune)


@pytest.mark.usefixtures("_day")
def test_only_who_sends_for_the_unit_keeps_its_groups(cast: Cast) -> None:
    group = group_of(cast, units=keys(cast.ward))
    for part in (cast.ward_clerk, cast.city_officer, cast.member):
        with pytest.raises(PermissionDenied):
            save_group(by=part, unit=cast.city, name="x", whom=Whom(units=keys(cast.ward)))
        with pytest.raises(PermissionDenied):
            delete_group(by=part, group=group)
    for choice, code in (
        (Whom(), "no_units"),
        (Whom(units=keys(cast.city)), "outside"),
        (Whom(units=keys(cast.ward)), "name"),
    ):
        with pytest.raises(Refused) as refusal:
            save_group(by=cast.city_clerk, unit=cast.city, name="Phường điểm", whom=choice)
        assert refusal.value.code == code
    document = directive(cast)
    send(cast, document, [cast.ward])
    with pytest.raises(Refused) as refusal:
        dispatch_document(
            by=cast.ward_clerk, unit=cast.ward, document=document, whom=Whom(groups=frozenset({group.pk}))
        )
    assert refusal.value.code == "group"
    delete_group(by=cast.city_leader, group=group)
    verbs = (
        Act.objects.filter(object_type="documents.unitgroup").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["unit_group.made", "unit_group.deleted"]


def test_the_successor_stands_in_a_group_for_the_unit_that_ended(client: Client, cast: Cast) -> None:
    group = group_of(cast, units=keys(cast.ward, cast.commune))
    carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward])))
    with on(in_days(1), 9):
        assert names(cast, groups=frozenset({group.pk})) == keys(cast.other_ward, cast.commune)
        # Whoever opens the group to change it finds the successor ticked, and does not lose it by saving.
        client.force_login(cast.city_clerk)
        page = assert_whole(client.get(reverse("documents:group", args=[group.pk])))
        for unit, ticked in ((cast.ward, False), (cast.other_ward, True), (cast.commune, True)):
            assert (f'name="units" value="{unit.pk}" checked' in page) is ticked


@pytest.mark.usefixtures("_day")
def test_a_rule_is_sent_only_after_its_number_was_seen(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.cell])
    client.force_login(cast.city_clerk)
    address = reverse("documents:send", args=[document.pk])
    values: dict[str, Any] = {"levels": ["cells"], "without": [cast.other_ward.pk], "purpose": "know"}
    page = assert_whole(client.post(address, values))
    assert Dispatch.objects.count() == 1
    assert 'role="alert"' in page
    assert 'name="expected" value="3"' in page, "6 cells, less the 2 of a ward, less the one that has it"
    assert f'name="without" value="{cast.other_ward.pk}" checked' in page
    # In between another cell got it: what was seen is no longer true, so it is shown once more.
    send(cast, document, [cast.second_cell])
    page = assert_whole(client.post(address, values | {"expected": "3"}))
    assert 'name="expected" value="2"' in page
    answer = client.post(address, values | {"expected": "2"}, follow=True)
    assert_whole(answer)
    assert Delivery.objects.filter(document=document).count() == 4
    assert Dispatch.objects.latest("sent_at", "id").purpose == "know"


@pytest.mark.usefixtures("_day")
def test_a_unit_is_found_by_name_and_counted_without_script(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    address = reverse("documents:send", args=[document.pk])
    page = assert_whole(client.post(address, {"q": "khu pho 1", "find": "1", "note": "Gấp"}))
    assert f'name="units" value="{cast.cell.pk}"' in page
    assert "Gấp" in page
    with CaptureQueriesContext(connection) as for_one:
        page = assert_whole(client.post(address, {"units": [cast.cell.pk], "count": "1"}))
    assert f'name="units" value="{cast.cell.pk}" checked' in page
    assert 'name="expected" value="1"' in page
    with CaptureQueriesContext(connection) as for_all:
        answer = client.post(address, {"levels": ["all"], "count": "1"})
    assert f'name="expected" value="{units_below(cast.city).count()}"' in assert_whole(answer)
    assert len(for_all) <= len(for_one)
    part = client.post(address, {"levels": ["communes"], "asking": "1"}, headers={"HX-Request": "true"})
    assert 'name="expected" value="3"' in part.content.decode()
    assert "<h1" not in part.content.decode()


@pytest.mark.usefixtures("_day")
def test_a_group_is_made_used_and_given_up_on_its_pages(client: Client, cast: Cast) -> None:
    client.force_login(cast.city_clerk)
    new = reverse("documents:new_group")
    assert_whole(client.get(new))
    assert_whole(client.post(new, {"name": "", "units": [cast.ward.pk]}), 422)
    values = {"name": "Phường điểm", "units": [cast.ward.pk, cast.cell.pk], "levels": []}
    assert_whole(client.post(new, values, follow=True))
    group = UnitGroup.objects.get()
    page = assert_whole(client.get(reverse("documents:group", args=[group.pk])))
    assert f'name="units" value="{cast.cell.pk}" checked' in page
    address = reverse("documents:group", args=[group.pk])
    assert_whole(client.post(address, {"name": "Điểm", "units": [cast.ward.pk]}, follow=True))
    group.refresh_from_db()
    assert (group.name, group.members.count()) == ("Điểm", 1)
    document = directive(cast)
    page = assert_whole(client.get(reverse("documents:send", args=[document.pk])))
    assert f'name="groups" value="{group.pk}"' in page
    values = {"groups": [group.pk], "purpose": "carry_out", "expected": "1"}
    assert_whole(client.post(reverse("documents:send", args=[document.pk]), values, follow=True))
    assert Delivery.objects.get(document=document).unit == cast.ward
    client.force_login(cast.ward_clerk)
    assert client.get(address).status_code == 404
    client.force_login(cast.city_clerk)
    assert_whole(client.post(reverse("documents:remove_group", args=[group.pk]), follow=True))
    assert not UnitGroup.objects.exists()
