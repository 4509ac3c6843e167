"""The official list: as many provinces and communes as the law says, with what each was before 1 July 2025."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from thongsuot.formats import areas
from thongsuot.formats.areas import Former, former_areas, kind_and_name, provinces


def test_34_provinces_and_3321_communes_with_a_code_each() -> None:
    communes = [commune for province in provinces() for commune in province.communes]
    assert (len(provinces()), len(communes)) == (34, 3321)
    assert len({commune.code for commune in communes}) == 3321
    assert all(len(commune.code) == 5 and commune.code.isdigit() for commune in communes)
    assert {commune.kind for commune in communes} == {"xã", "phường", "đặc khu"}
    tay_ninh = next(province for province in provinces() if province.name == "Tỉnh Tây Ninh")
    assert len(tay_ninh.communes) == 96


def test_the_old_units_lead_to_the_new_ones_and_the_packages_stay_unloaded() -> None:
    rows = list(former_areas())
    of_long_an = {row.name: row for row in rows if row.code == "27694"}
    # Resolution 1682/NQ-UBTVQH15, article 1.
    assert set(of_long_an) == {
        *(f"Phường {number}" for number in (1, 3, 4, 5, 6)),
        "Xã Hướng Thọ Phú",
        "Xã Bình Thạnh",
    }
    assert of_long_an["Phường 4"] == Former(
        "27694", "Phường 4", "Thành phố Tân An", "Tỉnh Long An", is_part=False
    )
    assert of_long_an["Xã Bình Thạnh"].is_part
    old = Counter((row.name, row.district, row.province) for row in rows if row.province)
    assert len(old) > 10_000
    assert len({row.province for row in rows if row.province}) == 63
    missing = {commune.code for one in provinces() for commune in one.communes} - {row.code for row in rows}
    assert len(missing) <= 1
    assert {"Tỉnh Long An", "Tỉnh Tây Ninh"} == {row.name for row in rows if row.code == "80"}
    assert not {areas.CODES, areas.FORMER} & sys.modules.keys()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Phường Long An", ("phường", "Long An")),
        ("Thành phố Hồ Chí Minh", ("thành phố", "Hồ Chí Minh")),
        ("Xã Xã Phiên", ("xã", "Xã Phiên")),
        ("Long An", ("", "Long An")),
    ],
)
def test_a_name_is_its_kind_and_the_rest(name: str, expected: tuple[str, str]) -> None:
    assert kind_and_name(name) == expected
