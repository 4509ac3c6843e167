"""Units from a table: parents in any order, circles, twins, and what only a reorganisation may change."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.imports.tables import UNITS, codes, counts, looked_through, states, written
from thongsuot.core.refusals import Refused
from thongsuot.organizations.imports import services
from thongsuot.organizations.models import ImportState, Unit, UnitAlias, UnitVersion


def cell(code: str, name: str, parent: str = "", **more: str) -> dict[str, str]:
    return {"code": code, "name": name, "parent_code": parent, "kind": "Chi bộ"} | more


def test_parents_may_stand_below_their_children(cast: Cast) -> None:
    rows = (
        cell("C", "Chi bộ tổ 3", "B"),
        cell("B", "Chi bộ tổ 2", "Đảng bộ bộ phận Một"),
        cell("A", "Đảng bộ bộ phận Một", cast.ward.name, aliases="Bộ phận 1; BP1", phone="0270 1"),
    )
    assert counts(looked_through(cast, UNITS, *rows)) == (3, 0, 0, 0)
    assert not Unit.objects.filter(code="A").exists()
    written(cast, UNITS, *rows)
    a, b, c = (Unit.objects.get(code=code) for code in "ABC")
    assert (a.parent, b.parent, c.parent) == (cast.ward, a, b)
    assert c.path.startswith(b.path)
    assert b.path.startswith(a.path)
    assert a.path.startswith(cast.ward.path)
    assert UnitVersion.objects.filter(unit__in=(a, b, c)).count() == 3
    assert {"Bộ phận 1", "BP1"} <= set(a.aliases.values_list("name", flat=True))
    assert list(Unit.objects.search("bp1")) == [a]


def test_circles_orphans_twins_and_children_of_wrong_rows(cast: Cast) -> None:
    batch = looked_through(
        cast,
        UNITS,
        cell("A", "Một", "B"),
        cell("B", "Hai", "A"),
        cell("C", "Ba", "A"),
        cell("D", "Bốn", "không có"),
        cell("E", "Năm", "D"),
        cell("F", "Sáu", "F"),
        cell("G", "Bảy"),
        cell("G", "Bảy nữa"),
        cell("H", "Bảy"),
        cell("I", "Tám", kind="Hội kín"),
        cell("J", "Chín", valid_from="01/01/1900"),
        cell("K", "Mười", valid_from="01/01/2999"),
        cell("L", ""),
        cell("M", "Mười một"),
    )
    assert codes(batch) == [
        ["loop"],
        ["loop"],
        ["parent_wrong"],
        ["unknown_parent"],
        ["parent_wrong"],
        ["loop"],
        [],
        ["twice"],
        ["twice"],
        ["unknown_kind"],
        ["before_parent"],
        ["founded_later"],
        ["no_name"],
        [],
    ]
    assert states(batch).count("new") == 2


def test_contacts_and_signs_are_updated_and_found_again_without_a_code(cast: Cast) -> None:
    row = {"name": cast.ward.name, "code": "CV", "phone": "0270 2", "aliases": "Phường CV"}
    batch = written(cast, UNITS, row)
    assert counts(batch) == (0, 1, 0, 0)
    cast.ward.refresh_from_db()
    assert (cast.ward.code, cast.ward.phone) == ("CV", "0270 2")
    assert counts(looked_through(cast, UNITS, row)) == (0, 0, 1, 0)
    aliases = list(UnitAlias.objects.filter(unit=cast.ward).values_list("name", flat=True))
    services.undo_import(by=cast.administrator, batch=batch)
    cast.ward.refresh_from_db()
    assert (cast.ward.code, cast.ward.phone) == ("", "")
    assert "Phường CV" in aliases
    assert not UnitAlias.objects.filter(unit=cast.ward, name="Phường CV").exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "Đảng ủy phường Cầu Mới"}, "reorganize"),
        ({"parent_code": "Đảng ủy phường Gò Bưởi"}, "reorganize"),
        ({"kind": "Chi bộ"}, "reorganize"),
        ({"valid_to": "01/01/2027"}, "not_drafted"),
    ],
)
def test_a_name_a_kind_and_a_place_change_by_a_reorganisation_only(
    cast: Cast, change: dict[str, str], code: str
) -> None:
    Unit.objects.filter(pk=cast.ward.pk).update(code="CV")
    batch = looked_through(cast, UNITS, {"code": "CV", "name": cast.ward.name, "phone": "1"} | change)
    assert codes(batch) == [[code]]


def test_an_exported_tree_comes_in_again_without_a_difference(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    exported = b"".join(client.get(reverse("organizations:export")).streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(exported.decode("utf-8-sig"))))
    batch = services.take_in_table(
        by=cast.administrator, unit=cast.city, subject=UNITS, content=exported, name="don-vi.csv"
    )
    services.choose_columns(by=cast.administrator, batch=batch, columns=batch.columns, since=batch.since)
    batch.refresh_from_db()
    assert counts(batch) == (0, 0, len(rows) - 1, 0), codes(batch)


def test_undoing_removes_what_was_founded_unless_something_hangs_on_it(cast: Cast) -> None:
    before = set(Unit.objects.values_list("pk", flat=True))
    rows = (cell("A", "Một", cast.ward.name), cell("B", "Hai", "A"))
    batch = written(cast, UNITS, *rows)
    services.undo_import(by=cast.administrator, batch=batch)
    assert set(Unit.objects.values_list("pk", flat=True)) == before
    batch = written(cast, UNITS, *rows)
    written(cast, UNITS, cell("C", "Ba", "B"))
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (ImportState.DONE, "depends")
    assert Unit.objects.filter(code__in="ABC").count() == 3


def test_a_tree_that_changed_after_the_preview_stops_the_whole_import(cast: Cast) -> None:
    batch = looked_through(cast, UNITS, cell("A", "Một", cast.ward.name), cell("B", "Hai", "A"))
    written(cast, UNITS, cell("A", "Một", cast.ward.name))
    services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=False)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (ImportState.STOPPED, "tree_changed")
    assert not Unit.objects.filter(code="B").exists()


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"%PDF-1.7", "wrong_type"), (b"T\xc3\xaan;M\xc3\xa3\n", "no_rows")]
)
def test_a_file_that_is_no_table_is_refused_in_words(cast: Cast, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        services.take_in_table(
            by=cast.administrator, unit=cast.city, subject=UNITS, content=content, name="x"
        )
    assert refusal.value.code == code


def test_a_very_long_chain_is_refused_in_no_time(cast: Cast) -> None:
    rows = [cell(f"N{n}", f"Chi bộ {n}", f"N{n - 1}" if n else cast.ward.name) for n in range(3000)]
    batch = looked_through(cast, UNITS, *rows)
    assert 0 < batch.new < 20
    assert batch.new + batch.wrong == 3000
