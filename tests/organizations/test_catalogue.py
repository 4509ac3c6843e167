"""Founding a province or a commune from the official list: once, completed the second time, taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.core.refusals import Refused
from thongsuot.formats.areas import Former, provinces
from thongsuot.organizations.catalogue import former
from thongsuot.organizations.catalogue.bodies import bodies
from thongsuot.organizations.catalogue.rows import Choice, area_meant_by, how_many, is_committee_of
from thongsuot.organizations.catalogue.services import found_from_catalogue
from thongsuot.organizations.imports import services as imports
from thongsuot.organizations.models import FormerArea, Import, ImportState, Unit, UnitKind
from thongsuot.organizations.services import describe_unit, found_units

PAGE = reverse("organizations:catalogue")
OF_TAY_NINH = [
    Former("27694", "Phường 4", "Thành phố Tân An", "Tỉnh Long An", is_part=False),
    Former("27694", "Xã Hướng Thọ Phú", "Thành phố Tân An", "Tỉnh Long An", is_part=False),
    Former("27694", "Xã Bình Thạnh", "Huyện Thủ Thừa", "Tỉnh Long An", is_part=True),
    Former("27712", "Phường 4", "Thị xã Khác", "Tỉnh Long An", is_part=False),
]
CHOICE = Choice("80", commune_bodies=("UBND",))


@pytest.fixture(autouse=True)
def past(monkeypatch: pytest.MonkeyPatch) -> None:
    """The old units of two wards instead of ten thousand."""
    monkeypatch.setattr(former, "former_areas", lambda: iter(OF_TAY_NINH))


@pytest.fixture
def province(cast: Cast) -> Unit:
    unit = Unit(
        name="Tỉnh ủy Tây Ninh",
        short_name="Tỉnh ủy",
        kind=UnitKind.PROVINCE_COMMITTEE,
        parent=cast.city,
        valid_from=cast.city.valid_from,
    )
    return found_units([unit])[0]


def founded(cast: Cast, unit: Unit, choice: Choice = CHOICE, *, at_once: bool = True) -> Import:
    return Import.objects.get(
        pk=found_from_catalogue(by=cast.administrator, unit=unit, choice=choice, at_once=at_once).pk
    )


def test_a_province_in_one_act_and_nothing_twice(cast: Cast, province: Unit) -> None:
    batch = founded(cast, province)
    assert (batch.state, batch.wrong, batch.total) == (ImportState.DONE, 0, how_many(CHOICE, province))
    province.refresh_from_db()
    assert (province.name, province.area_code, province.code) == ("Tỉnh ủy Tây Ninh", "80", "DVHC-80-TU")
    communes = Unit.objects.filter(parent=province)
    assert communes.count() == 96
    ward = communes.get(area_code="27694")
    assert (ward.name, ward.kind, ward.short_name) == (
        "Đảng ủy phường Long An",
        UnitKind.WARD_COMMITTEE,
        "Long An",
    )
    assert str(ward.valid_from) == "2025-07-01"
    committee = ward.children.get()
    assert (committee.name, committee.kind) == (
        "Ủy ban nhân dân phường Long An",
        UnitKind.PEOPLES_COMMITTEE,
    )
    names = {alias.name for alias in committee.aliases.all()}
    # An old name that meant two wards is written with its district; of a part nothing is said.
    assert "UBND phường 4, thành phố Tân An" in names
    assert "UBND phường 4" not in names
    assert "UBND xã Hướng Thọ Phú" in names
    assert not any("Bình Thạnh" in name for name in names)
    assert list(Unit.objects.search("xã Bình Thạnh, huyện Thủ Thừa")) == [ward]
    # Later: what the office has changed since stays, and there is nothing left to do.
    describe_unit(by=cast.administrator, unit=ward, fields={"place": "Tân An"}, aliases=["Phường Thủ phủ"])
    again = founded(cast, province)
    assert (again.state, again.new, again.changed, again.wrong) == (ImportState.DONE, 0, 1, 0)
    ward.refresh_from_db()
    assert ward.place == "Tân An"
    assert {"Phường Thủ phủ", "UBND phường Long An"} - {a.name for a in ward.aliases.all()} == {
        "UBND phường Long An"
    }
    assert founded(cast, province).state == ImportState.PLANNED
    assert Unit.objects.under(province).count() == batch.total


def test_one_commune_below_another_unit_is_looked_at_first_and_taken_back(cast: Cast) -> None:
    choice = Choice("80", "27694", (), ("UBND", "PKT"))
    before = Unit.objects.count()
    batch = founded(cast, cast.city, choice, at_once=False)
    assert (batch.state, batch.new, Unit.objects.count()) == (ImportState.PLANNED, 3, before)
    imports.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=False)
    office = Unit.objects.get(code="DVHC-27694-PKT")
    assert [unit.name for unit in Unit.objects.above(office)][-2:] == [
        "Đảng ủy phường Long An",
        "Ủy ban nhân dân phường Long An",
    ]
    batch.refresh_from_db()
    imports.undo_import(by=cast.administrator, batch=batch)
    assert Unit.objects.count() == before


def test_whom_it_is_for_and_what_the_list_has(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        found_from_catalogue(by=cast.ward_clerk, unit=cast.ward, choice=CHOICE, at_once=True)
    for choice in (Choice("00"), Choice("80", "00070")):
        with pytest.raises(Refused):
            found_from_catalogue(by=cast.administrator, unit=cast.city, choice=choice, at_once=True)


def test_a_committee_is_known_by_code_or_name(province: Unit, cast: Cast) -> None:
    meant = area_meant_by(province)
    assert meant is not None
    assert meant.code == "80"
    assert area_meant_by(cast.city) is None
    assert area_meant_by(Unit(kind=UnitKind.DEPARTMENT, name="Sở Tây Ninh")) is None
    ward = area_meant_by(Unit(kind=UnitKind.WARD_COMMITTEE, name="Khác hẳn", area_code="27694"))
    assert ward is not None
    assert ward.name == "Phường Long An"
    # Two communes of one name: which is meant is said by whoever chooses, not guessed.
    twin = Unit(kind=UnitKind.COMMUNE_COMMITTEE, name="Đảng ủy xã Tân Lập")
    assert area_meant_by(twin) is None
    same = [one for province in provinces() for one in province.communes if one.name == "Xã Tân Lập"]
    assert len(same) > 1
    assert all(is_committee_of(twin, one) for one in same)


def test_the_bodies_are_kinds_we_have_and_hang_below_one_another() -> None:
    for level in bodies().values():
        assert {body.kind for body in level} <= set(UnitKind.values)
        assert {body.below for body in level} - {""} <= {body.key for body in level}
        assert not level[0].below


def test_the_page_counts_without_writing_and_leads_to_the_import(
    client: Client, cast: Cast, province: Unit
) -> None:
    client.force_login(cast.administrator)
    html = assert_whole(client.get(PAGE))
    assert "Mọi đơn vị được lập trực thuộc “Thành ủy Vàm Cỏ”." in html
    given = {"unit": cast.city.pk, "province": "80", "commune": "00070", "commune_bodies": ["UBND"]}
    html = assert_whole(client.post(PAGE, given | {"act": "count"}))
    assert "193 đơn vị" in html
    assert "tại 96 xã, phường" in html
    assert not Import.objects.exists()
    # Somebody who presses the button is not given something else than they chose.
    assert_whole(client.post(PAGE, given | {"act": "found"}), 422)
    answer = client.post(PAGE, given | {"commune": "27694", "act": "found"}, follow=True)
    assert "Phường Long An, Tỉnh Tây Ninh" in assert_whole(answer)
    ward = Unit.objects.get(code="DVHC-27694-DU")
    html = assert_whole(client.get(ward.get_absolute_url()))
    assert "Trước ngày 01/7/2025" in html
    assert "Xã Bình Thạnh, huyện Thủ Thừa, tỉnh Long An" in html
    assert "(một phần)" in html
    assert FormerArea.objects.count() == len(OF_TAY_NINH)
