"""The tree: what each person sees of it, on any day, in pages that do not grow with the number of units."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.history import end, many_cells, move, rename
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.organizations.columns import UNIT_COLUMNS
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries.tree import AT_ONCE, MOST_ROWS, Node, tree_on

TREE = reverse("organizations:tree")
BEFORE, DAY = dt.date(2024, 6, 30), dt.date(2025, 7, 1)


def names(nodes: list[Node]) -> list[str]:
    return [node.version.short_name for node in nodes]


def page(client: Client, user: User, address: str = TREE, **asked: Any) -> str:
    client.force_login(user)
    return assert_whole(client.get(address, asked))


def queries_of(client: Client, address: str, **asked: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address, asked).status_code == 200
    return len(caught)


def test_who_reaches_the_whole_city_sees_its_first_level_and_what_is_opened(cast: Cast) -> None:
    tree = tree_on(cast.city_clerk, clock.today())
    (top,) = tree.tops
    assert top.version.unit_id == cast.city.pk
    assert {"Cầu Ván", "Gò Bưởi", "Láng Sếu", "Phòng Kinh tế, Hạ tầng"} <= set(names(top.children))
    ward = next(node for node in top.children if node.key == cast.ward.pk)
    assert (ward.has_children, ward.is_open, ward.children) == (True, False, [])
    tree = tree_on(cast.city_clerk, clock.today(), opened=[cast.ward.pk])
    ward = next(node for node in tree.tops[0].children if node.key == cast.ward.pk)
    assert names(ward.children) == ["Chi bộ khu phố 1", "Chi bộ khu phố 2"]


def test_a_ward_sees_itself_and_the_names_above_and_nothing_beside(client: Client, cast: Cast) -> None:
    (top,) = tree_on(cast.ward_clerk, clock.today()).tops
    assert (top.version.unit_id, top.above) == (cast.ward.pk, ("Thành phố Vàm Cỏ",))
    html = page(client, cast.ward_clerk)
    assert "Chi bộ khu phố 1" in html
    assert "Gò Bưởi" not in html
    # An officer's right ends with the own unit: no hand that opens nothing.
    (own,) = tree_on(cast.ward_officer, clock.today()).tops
    assert (own.has_children, own.children) == (False, [])
    assert client.get(TREE, {"goc": cast.other_ward.pk}).context["filters"].root is None
    assert client.get(reverse("organizations:branch", args=[cast.other_ward.pk])).status_code == 404


def test_a_role_within_another_is_no_second_top(cast: Cast) -> None:
    from thongsuot.accounts.roles import BuiltIn
    from thongsuot.organizations.services import grant_role

    grant_role(user=cast.ward_clerk, unit=cast.cell, role=BuiltIn.LEADER, since=BEFORE)
    grant_role(user=cast.ward_clerk, unit=cast.economy, role=BuiltIn.OFFICER, since=BEFORE)
    tops = {node.key for node in tree_on(cast.ward_clerk, clock.today()).tops}
    assert tops == {cast.ward.pk, cast.economy.pk}


def test_what_a_click_brings_is_what_a_reload_shows(client: Client, cast: Cast) -> None:
    whole = page(client, cast.city_clerk, mo=cast.ward.pk)
    fragment = client.get(reverse("organizations:branch", args=[cast.ward.pk])).content.decode()
    pattern = re.compile(r'<a href="(/don-vi/\d+/)">([^<]+)</a>')
    assert pattern.findall(fragment)
    assert set(pattern.findall(fragment)) <= set(pattern.findall(whole))
    closed = page(client, cast.city_clerk)
    assert not set(pattern.findall(fragment)) & set(pattern.findall(closed))


def test_a_long_level_goes_on_after_fifty(client: Client, cast: Cast) -> None:
    many_cells(cast.ward, AT_ONCE + 20)
    html = page(client, cast.ward_clerk, goc=cast.ward.pk)
    assert html.count("/nhanh/") < MOST_ROWS
    more = re.search(r'href="(\?goc=\d+&amp;tu=\d+)"', html)
    assert more
    rest = client.get(TREE + more[1].replace("&amp;", "&")).content.decode()
    seen = re.findall(r"Chi bộ trường học \d+</a>", html), re.findall(r"Chi bộ trường học \d+</a>", rest)
    assert sorted([*seen[0], *seen[1]]) == [f"Chi bộ trường học {n:05d}</a>" for n in range(1, AT_ONCE + 21)]
    asked = {"tu": more[1].rpartition("=")[2]}
    fragment = client.get(reverse("organizations:branch", args=[cast.ward.pk]), asked).content.decode()
    assert re.findall(r"Chi bộ trường học \d+</a>", fragment) == seen[1]


def test_however_much_is_opened_the_page_stays_short(client: Client, cast: Cast) -> None:
    for ward in cast.communes:
        many_cells(ward, 200)
    opened = ",".join(str(ward.pk) for ward in cast.communes)
    html = page(client, cast.city_clerk, mo=opened)
    assert 100 < html.count("data-twig=") <= MOST_ROWS + 20


def test_the_questions_do_not_grow_with_the_units(client: Client, cast: Cast) -> None:
    client.force_login(cast.city_clerk)
    asked = {"mo": f"{cast.ward.pk},{cast.other_ward.pk}"}
    few = queries_of(client, TREE, **asked), queries_of(client, TREE, q="chi bo")
    many_cells(cast.ward, 30)
    many_cells(cast.other_ward, 30)
    many = queries_of(client, TREE, **asked), queries_of(client, TREE, q="chi bo")
    assert few == many
    assert max(few) <= 12


def test_units_are_found_by_any_name_or_code(client: Client, cast: Cast) -> None:
    Unit.objects.filter(pk=cast.ward.pk).update(code="P-017", identifier="H37.02.17")
    cast.ward.refresh_from_db()
    cast.ward.search_text = cast.ward.found_by(cast.ward.aliases.values_list("name", flat=True))
    cast.ward.save()
    for words in ("cau van", "UBND phường Cầu Ván", "p-017", "H37.02.17"):
        html = page(client, cast.city_clerk, q=words)
        assert f'/don-vi/{cast.ward.pk}/"' in html, words
        assert "Gò Bưởi" not in html
    html = page(client, cast.city_clerk, loai="cell", q="khu phố 1")
    assert html.count("data-item") == 2
    assert "Không có đơn vị nào phù hợp" in page(client, cast.ward_clerk, q="gò bưởi")
    # Signs alone are no search.
    assert "data-tree" in page(client, cast.city_clerk, q="???")


@pytest.mark.parametrize(
    "asked", [{"ngay": "31/2/2025"}, {"ngay": "x"}, {"goc": "9" * 30}, {"mo": "a,-1,²"}, {"loai": "x"}]
)
def test_what_makes_no_sense_counts_as_not_asked(client: Client, cast: Cast, asked: dict[str, str]) -> None:
    assert "data-tree" in page(client, cast.city_clerk, **asked)


def test_an_earlier_day_shows_the_tree_of_that_day(client: Client, cast: Cast) -> None:
    rename(cast.commune, "Đảng ủy phường Láng Sếu", DAY)
    end(cast.other_ward, DAY, cast.ward)
    move(cast.second_cell, cast.commune, DAY)
    now = page(client, cast.city_clerk, mo=f"{cast.ward.pk},{cast.commune.pk}")
    assert "Đảng ủy phường Láng Sếu" in now
    assert "Đảng ủy phường Gò Bưởi" not in now
    then = page(client, cast.city_clerk, mo=f"{cast.ward.pk},{cast.commune.pk}", ngay=BEFORE.isoformat())
    assert "Đảng ủy xã Láng Sếu" in then
    assert "Đảng ủy phường Gò Bưởi" in then
    assert "30/06/2024" in then
    ward = next(
        n
        for n in tree_on(cast.city_clerk, BEFORE, opened=[cast.ward.pk]).tops[0].children
        if n.key == cast.ward.pk
    )
    assert cast.second_cell.pk in {node.key for node in ward.children}
    # The ward that took over sees what it took over from, where it then stood, with the names above.
    tops = tree_on(cast.ward_clerk, BEFORE).tops
    assert [(top.key, top.above) for top in tops] == [
        (cast.ward.pk, ("Thành phố Vàm Cỏ",)),
        (cast.other_ward.pk, ("Thành phố Vàm Cỏ",)),
    ]
    # Before anything was founded there is nothing.
    assert "Không có đơn vị nào vào ngày này" in page(client, cast.city_clerk, ngay="1999-01-01")


def test_two_days_are_compared(client: Client, cast: Cast) -> None:
    rename(cast.commune, "Đảng ủy phường Láng Sếu", DAY)
    end(cast.other_ward, DAY, cast.ward)
    move(cast.second_cell, cast.commune, DAY)
    many_cells(cast.ward, 1)
    address = reverse("organizations:compare")
    days = {"tu": BEFORE.isoformat(), "den": clock.today().isoformat()}
    ended = page(client, cast.city_clerk, address, **days, xem="ket-thuc")
    assert "Đảng ủy phường Gò Bưởi" in ended
    assert "Đảng ủy phường Cầu Ván" in ended  # who took over
    renamed = page(client, cast.city_clerk, address, **days, xem="doi-ten")
    assert "Đảng ủy xã Láng Sếu" in renamed
    assert "Đảng ủy phường Láng Sếu" in renamed
    assert renamed.count("data-item") == 1
    moved = page(client, cast.city_clerk, address, **days, xem="chuyen")
    assert "trước thuộc Đảng ủy phường Cầu Ván, nay thuộc Đảng ủy phường Láng Sếu" in moved
    assert moved.count("data-item") == 1
    founded = page(client, cast.city_clerk, address, tu="2015-12-31", den="2016-01-01", xem="thanh-lap")
    assert founded.count("data-item") == 1
    # The other way round it is the same comparison, and of one's own units only.
    turned = page(client, cast.city_clerk, address, tu=days["den"], den=days["tu"], xem="ket-thuc")
    assert turned.count("data-item") == ended.count("data-item")
    assert "data-item" not in page(client, cast.other_cell_head, address, **days, xem="doi-ten")
    assert "data-item" not in page(client, cast.city_clerk, address, tu="2023-01-01", den="2023-02-01")
    page(client, cast.city_clerk, address)


def test_the_comparison_asks_the_same_for_two_rows_and_for_twenty(client: Client, cast: Cast) -> None:
    client.force_login(cast.city_clerk)
    address, days = reverse("organizations:compare"), {"tu": "2015-12-31", "den": "2017-01-01"}
    many_cells(cast.ward, 2)
    few = queries_of(client, address, **days)
    many_cells(cast.other_ward, 20)
    assert queries_of(client, address, **days) == few <= 14


def test_the_whole_tree_or_some_levels_are_printed_in_order(client: Client, cast: Cast) -> None:
    address = reverse("organizations:print")
    html = page(client, cast.city_clerk, address)
    listed = re.findall(r'<li class="lv(\d)"><b>([^<]+)</b>', html)
    assert len(listed) == Unit.objects.count()
    assert listed[0] == ("0", "Thành ủy Vàm Cỏ")
    at = [name for _level, name in listed].index("Đảng ủy phường Cầu Ván")
    assert [level for level, _name in listed[at : at + 3]] == ["1", "2", "2"]
    assert 'class="lv2"' not in page(client, cast.city_clerk, address, sau="2")
    ward = page(client, cast.city_clerk, address, goc=cast.ward.pk)
    assert ward.count('<li class="lv') == 3


def test_the_export_has_the_columns_an_import_reads(client: Client, cast: Cast) -> None:
    cast.ward.code, cast.ward.phone = "P-017", "=1+1"
    cast.ward.save()
    client.force_login(cast.city_clerk)
    answer = client.get(reverse("organizations:export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # streams
    header, *rows = csv.reader(io.StringIO(text))
    assert header == list(UNIT_COLUMNS.values())
    assert len(rows) == Unit.objects.count()
    found = {row[2]: dict(zip(UNIT_COLUMNS, row, strict=True)) for row in rows}
    ward = found["Đảng ủy phường Cầu Ván"]
    assert (ward["code"], ward["kind"], ward["valid_from"]) == ("P-017", "đảng ủy phường", "01/09/2015")
    assert ward["phone"] == "'=1+1"
    assert "UBND phường Cầu Ván" in ward["aliases"].split("; ")
    assert found["Chi bộ khu phố 1, phường Cầu Ván"]["parent_code"] == "P-017"
    answer = client.get(reverse("organizations:export") + f"?dang=xlsx&goc={cast.ward.pk}")
    book = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # streams
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 1 + 3
    assert "<f>" not in sheet


def test_an_export_is_of_ones_own_units(client: Client, cast: Cast) -> None:
    client.force_login(cast.ward_clerk)
    text = b"".join(client.get(reverse("organizations:export")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "Cầu Ván" in text
    assert "Gò Bưởi" not in text


def test_the_export_asks_once_for_many(client: Client, cast: Cast) -> None:
    client.force_login(cast.city_clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            b"".join(client.get(reverse("organizations:export")).streaming_content)  # type: ignore[attr-defined]
        return len(caught)

    few = asked()
    many_cells(cast.ward, 40)
    assert asked() == few
