"""The names and collectives of papers, matched with our own units: never guessed, never a unit of somebody else."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest

from tests.cast import Cast
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.queries import Actor, resolve_actors, suggest_units
from thongsuot.organizations.services import found_units


def names(cast: Cast, *texts: str, within: Unit | None = None) -> set[str]:
    return {unit.short_name for unit in resolve_actors(texts, within=within or cast.city).units}


COMMUNES = {"Cầu Ván", "Gò Bưởi", "Láng Sếu"}
WARDS = {"Cầu Ván", "Gò Bưởi"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các phường, xã", COMMUNES),
        ("Các xã, phường", COMMUNES),
        ("UBND các phường, xã", COMMUNES),
        ("Uỷ ban nhân dân các xã, phường", COMMUNES),
        ("Chủ tịch UBND các xã, phường", COMMUNES),
        ("Các đảng ủy phường, xã", COMMUNES),
        ("Đảng uỷ các phường, xã", COMMUNES),
        ("Bí thư Đảng ủy các phường, xã", COMMUNES),
        ("các địa phương", COMMUNES),
        ("các đảng bộ trực thuộc", COMMUNES),
        ("Đảng ủy phường, xã", COMMUNES),
        ("các phường", WARDS),
        ("các xã", {"Láng Sếu"}),
        ("các phường Cầu Ván, Gò Bưởi", WARDS),
        ("các phường: Cầu Ván và Gò Bưởi", WARDS),
        ("các phường, xã trên địa bàn thành phố", COMMUNES),
        ("các phòng", {"Phòng Kinh tế, Hạ tầng"}),
        ("Mặt trận Tổ quốc và các đoàn thể", {"Ủy ban Mặt trận Tổ quốc Việt Nam thành phố"}),
        ("các ban xây dựng Đảng", {"Ban Tuyên giáo và Dân vận", "Ủy ban Kiểm tra", "Văn phòng"}),
        # Not ours, or no class at all.
        ("các sở, ngành tỉnh", set()),
        ("các sở", set()),
        ("UBND cấp xã", COMMUNES),
        ("các tổ chức chính trị - xã hội", {"Ủy ban Mặt trận Tổ quốc Việt Nam thành phố"}),
        ("Các sở, ban, ngành, các tổ chức chính trị-xã hội", {"Ủy ban Mặt trận Tổ quốc Việt Nam thành phố"}),
        ("Thủ trưởng các sở, ban, ngành", set()),
        ("Các Sở, ban và ngành cấp tỉnh; UBND các xã", {"Láng Sếu"}),
        ("các Bộ, ngành, địa phương", set()),
        ("các Ban của Hội đồng nhân dân", set()),
        ("Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã", set()),
        ("Ủy ban nhân dân các xã, phường có cụm công nghiệp", set()),
        ("Cơ quan, địa phương liên quan", set()),
        ("các đoàn thể trung ương", set()),
        ("các bộ, ngành trung ương và địa phương", set()),
        ("các cơ quan của Đảng", {"Ban Tuyên giáo và Dân vận", "Ủy ban Kiểm tra", "Văn phòng"}),
        ("Công an các phường, xã", set()),
        ("các hộ dân", set()),
        ("Bộ Tài chính", set()),
        ("các", set()),
        (", , và", set()),
    ],
)
def test_a_collective_means_the_units_of_its_kind(cast: Cast, text: str, expected: set[str]) -> None:
    assert names(cast, text) == expected


def test_a_ward_reads_its_own_level_and_what_lies_below(cast: Cast) -> None:
    cells = {"Chi bộ khu phố 1", "Chi bộ khu phố 2"}
    for text in (
        "các chi bộ trực thuộc",
        "các khu phố",
        "các chi bộ",
        "các chi, đảng bộ trực thuộc",
        "Chi bộ các khu phố",
    ):
        assert names(cast, text, within=cast.ward) == cells, text
    assert names(cast, "các đơn vị trực thuộc", within=cast.ward) == cells
    assert names(cast, "các ấp", within=cast.ward) == set()
    assert names(cast, "UBND các phường, xã", within=cast.ward) == {"Cầu Ván"}


def test_whoever_is_addressed_is_no_class(cast: Cast) -> None:
    for text in ("các cơ quan, đơn vị", "Các cấp ủy", "thủ trưởng các đơn vị", "các cấp ủy, tổ chức đảng"):
        actor = resolve_actors([text], within=cast.city)
        assert (actor.units, actor.is_recipients) == ((), True), text
    for text in (
        "các địa phương liên quan",
        "các cơ quan, đơn vị có liên quan",
        "các sở, ngành, địa phương liên quan",
    ):
        assert resolve_actors([text], within=cast.city).is_recipients, text
    for text in (
        "các Bộ, ngành",
        "các bộ ngành và địa phương liên quan",
        "các cơ quan, đơn vị của Trung ương",
        "các Bộ, cơ quan liên quan",
        "các đơn vị được giao chủ trì",
        "cơ quan thuộc Chính phủ",
    ):
        assert resolve_actors([text], within=cast.city) == Actor(), text
    # Where a class is named as well, the class is meant.
    actor = resolve_actors(["các phòng, đơn vị"], within=cast.city)
    assert (actor.units, actor.is_recipients) == ((cast.economy,), False)


def test_named_units_and_classes_go_together(cast: Cast) -> None:
    assert names(cast, "Phòng Kinh tế, Hạ tầng", "UBND các phường, xã") == COMMUNES | {
        "Phòng Kinh tế, Hạ tầng"
    }


def test_a_unit_that_is_no_more_is_not_meant(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.other_ward.pk).update(valid_to=dt.date(2020, 1, 1))
    assert names(cast, "các phường") == {"Cầu Ván"}
    assert cast.other_ward not in [
        unit for found in suggest_units("gò bưởi", within=cast.city) for unit in found.units
    ]


def test_the_questions_do_not_grow_with_the_names(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        resolve_actors(["các phường, xã", "các phòng", "các chi bộ", "Ban Tuyên giáo"], within=cast.city)
    with django_assert_num_queries(1):
        resolve_actors(["Bộ Tài chính"], within=cast.city)
    with django_assert_num_queries(0):
        resolve_actors([" "], within=cast.city)


def test_hostile_words_take_no_time(cast: Cast) -> None:
    start = time.process_time()
    for text in ("các " * 20_000, "ubnd, " * 20_000, "các phường" + " a, xã" * 20_000, "và " * 50_000):
        resolve_actors([text], within=cast.city)
    assert time.process_time() - start < 5


def labels(cast: Cast, typed: str, within: Unit | None = None) -> list[str]:
    return [found.label for found in suggest_units(typed, within=within or cast.city)]


def test_units_are_suggested_by_any_name_without_accents(cast: Cast) -> None:
    assert labels(cast, "cau van")[0] == "Đảng ủy phường Cầu Ván"
    assert "Phòng Kinh tế, Hạ tầng" in labels(cast, "kinh te")
    assert labels(cast, "ubnd phuong go")[0] == "Đảng ủy phường Gò Bưởi"
    assert labels(cast, "UBND phường Cầu V")[0] == "Đảng ủy phường Cầu Ván"
    assert labels(cast, "  ") == labels(cast, "???") == labels(cast, "khong co") == []


def test_what_stands_higher_comes_first_and_the_list_is_short(cast: Cast) -> None:
    found_units(
        [
            Unit(
                parent=cast.ward,
                kind=UnitKind.CELL,
                name=f"Chi bộ trường học {n}",
                short_name=f"Chi bộ trường học {n}",
                valid_from=dt.date(2015, 1, 1),
            )
            for n in range(12)
        ]
    )
    units = [found for found in suggest_units("chi bo", within=cast.ward) if not found.is_class]
    assert len(units) == 8
    found = suggest_units("gò", within=cast.city)
    assert found[0].units == (cast.other_ward,)


def test_a_class_is_suggested_with_all_its_units(cast: Cast) -> None:
    first = suggest_units("các phường", within=cast.city)[0]
    assert (first.is_class, {unit.short_name for unit in first.units}) == (True, COMMUNES)
    cells = suggest_units("chi bo truc thuoc", within=cast.ward)[0]
    assert set(cells.units) == {cast.cell, cast.second_cell}


def test_nobody_elses_units_are_suggested(cast: Cast) -> None:
    assert labels(cast, "gò bưởi", within=cast.ward) == []
