from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from django.db import connection

from tests.cast import Cast
from thongsuot.core.text import sort_key
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.services import enrol_people


@pytest.mark.parametrize(
    "typed",
    ["cau van", "CẦU VÁN", "cầu ván", unicodedata.normalize("NFD", "Cầu Ván"), "  van   cau ", "phuong cau"],
)
def test_a_row_is_found_however_it_was_typed(cast: Cast, typed: str) -> None:
    assert cast.ward in Unit.objects.search(typed)
    assert cast.other_ward not in Unit.objects.search(typed)


def test_hostile_words_are_words(cast: Cast) -> None:
    for typed in ['"', "cau' OR 1=1 --", "* ) (", "NEAR(cau van)", "\x00", "a:b & c | !d", "😀"]:
        list(Unit.objects.search(typed))


def test_d_with_a_stroke_is_folded_and_sorted_after_d(cast: Cast) -> None:
    made = enrol_people([("Trần Văn Đạt", None), ("Trần Văn Dũng", None)], since=dt.date(2020, 1, 1))
    assert list(Person.objects.search("dat tran")) == [made[0]]
    assert list(Person.objects.filter(pk__in=[p.pk for p in made]).order_by("sort_key")) == [made[1], made[0]]
    assert sort_key("Đất") > sort_key("Dương")


def test_the_search_goes_through_an_index(cast: Cast) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Unit.objects.search("cau van").explain()
    assert "VIRTUAL TABLE INDEX" in plan or "organizations_unit_search" in plan


def test_the_index_follows_changes_and_deletions(cast: Cast) -> None:
    made = enrol_people([("Lý Thị Yến", None)], since=dt.date(2020, 1, 1))[0]
    Person.objects.filter(pk=made.pk).update(search_text="ngo thi yen")
    assert not Person.objects.search("ly yen").filter(pk=made.pk)
    assert Person.objects.search("ngo yen").filter(pk=made.pk)
