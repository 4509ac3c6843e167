"""The small things everything stands on: keys, days, order of bytes, hooks, states, pages."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection, models
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import isolate_apps
from django.urls import Resolver404, resolve

from thongsuot.core import clock
from thongsuot.core.fields import BytewiseCharField
from thongsuot.core.hooks import Hook
from thongsuot.core.keys import number_in, uuid7
from thongsuot.core.pages import PAGE_SIZE, back_from, page_or_fragment, paginate
from thongsuot.core.refusals import Refused
from thongsuot.core.states import StateTable, Transition

SAIGON = dt.timezone(dt.timedelta(hours=7))


def test_keys_are_different_versioned_and_in_the_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [uuid7() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert {(key.version, key.variant) for key in made} == {(7, uuid.RFC_4122)}
    assert [key.int >> 80 for key in made] == sorted(key.int >> 80 for key in made)
    moments = [1_000_000, 2_000_000, 1_700_000_000_000_000_000, 1_700_000_000_001_000_000]
    clocked = []
    for moment in moments:
        monkeypatch.setattr("time.time_ns", lambda moment=moment: moment)
        clocked.append(uuid7())
    assert clocked == sorted(clocked)
    assert clocked[2].int >> 80 == 1_700_000_000_000


@pytest.mark.parametrize("text", [None, "", "-1", "²", "٣", "1e5", "1.0", " 1", "x", "9" * 19])
def test_a_key_that_no_row_can_have_is_none(text: str | None) -> None:
    assert number_in(text) is None
    assert number_in("7") == 7
    assert number_in("9" * 18) == 10**18 - 1


def test_an_address_with_an_impossible_key_is_no_address() -> None:
    assert resolve("/van-ban/7/").kwargs == {"key": 7}
    with pytest.raises(Resolver404):
        resolve(f"/van-ban/{'9' * 40}/")


def test_a_day_is_the_day_in_viet_nam_and_a_deadline_ends_with_it() -> None:
    late_evening_in_utc = dt.datetime(2026, 11, 22, 17, 30, tzinfo=dt.UTC)
    with clock.at(late_evening_in_utc):
        assert clock.now() == late_evening_in_utc
        assert clock.today() == dt.date(2026, 11, 23)
        with clock.at(late_evening_in_utc - dt.timedelta(hours=1)):
            assert clock.today() == dt.date(2026, 11, 22)
        assert clock.today() == dt.date(2026, 11, 23)
    assert abs(clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert clock.day_of(late_evening_in_utc) == dt.date(2026, 11, 23)
    end = clock.end_of(dt.date(2026, 11, 23))
    assert end == dt.datetime(2026, 11, 23, 23, 59, 59, 999999, tzinfo=SAIGON)
    assert clock.day_of(end) == dt.date(2026, 11, 23)
    assert clock.day_of(end + dt.timedelta(microseconds=1)) == dt.date(2026, 11, 24)
    assert clock.moment(dt.date(2026, 11, 23), 8, 30).astimezone(dt.UTC).hour == 1


NAMES = ["A", "Z", "a", "a b", "a-b", "aB", "ab", "a~", "z", "à", "Đ", "đ", "ơ", "Ơ", "ư", "中", "😀"]


@pytest.mark.django_db(transaction=True)
@isolate_apps("thongsuot.core")
def test_order_and_ranges_are_those_of_the_bytes_whatever_the_database_sorts_by() -> None:
    class Shelf(models.Model):
        name = BytewiseCharField(max_length=40)

        class Meta:
            app_label = "core"
            db_table = "planted_shelf"

    with connection.schema_editor() as editor:
        editor.create_model(Shelf)
    try:
        Shelf._default_manager.bulk_create(Shelf(name=name) for name in reversed(NAMES))
        in_order = list(Shelf._default_manager.order_by("name").values_list("name", flat=True))
        assert in_order == sorted(NAMES, key=str.encode)
        under_a = Shelf._default_manager.filter(name__gte="a", name__lt="a~").order_by("name")
        assert list(under_a.values_list("name", flat=True)) == ["a", "a b", "a-b", "aB", "ab"]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT collation_name FROM information_schema.columns "
                    "WHERE table_name = 'planted_shelf' AND column_name = 'name'"
                )
                assert cursor.fetchone() == ("C",)
                # The same rows by a collation of a language: here the order is another one.
                cursor.execute("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
                if cursor.fetchone():
                    cursor.execute('SELECT name FROM planted_shelf ORDER BY name COLLATE "und-x-icu"')
                    assert [row[0] for row in cursor.fetchall()] != in_order
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Shelf)


@pytest.mark.django_db
def test_the_paths_of_units_are_compared_by_bytes() -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.columns WHERE collation_name = 'C' AND "
            "(table_name, column_name) IN (('organizations_unit', 'path'), ('organizations_unit', 'sort_key'))"
        )
        assert cursor.fetchone() == (2,)


def test_followers_of_a_hook_run_in_order_once_and_stop_the_act_by_failing() -> None:
    seen: list[str] = []
    hook: Hook[str] = Hook()

    def first(subject: str) -> None:
        seen.append(f"first {subject}")

    def second(subject: str) -> None:
        seen.append(f"second {subject}")
        if subject == "bad":
            raise Refused("No.")

    for follower in (first, second, first):
        hook.add(follower)
    hook("one")
    assert seen == ["first one", "second one"]
    with pytest.raises(Refused):
        hook("bad")


def test_a_step_the_table_does_not_know_is_refused_in_words() -> None:
    table = StateTable(
        Transition("receive", ("01",), "03", "status 03"),
        Transition("refuse", ("01", "03"), "02", "status 02"),
    )
    assert table.step("receive", "01").target == "03"
    assert table.allows("refuse", "03")
    assert not table.allows("receive", "03")
    with pytest.raises(Refused) as refusal:
        table.step("receive", "03")
    assert refusal.value.code == "state"
    assert "Hãy tải lại trang" in refusal.value.sentence


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("", 1), ("x", 1), ("99", 3), ("-4", 3), ("1e9", 1)])
def test_a_page_that_is_not_there_gives_the_nearest(asked: str, number: int) -> None:
    page = paginate(RequestFactory().get("/", {"trang": asked}), list(range(2 * PAGE_SIZE + 1)))
    assert page.number == number


class Endless:
    """A list nobody wants to count."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def count_up_to(self, most: int) -> int:
        return min(self.rows, most)

    def __getitem__(self, wanted: slice) -> range:
        return range(self.rows)[wanted]


@pytest.mark.parametrize(("rows", "has_more"), [(99, False), (100, False), (101, True), (10**9, True)])
def test_a_long_list_is_counted_and_leafed_through_no_further_than_said(rows: int, has_more: bool) -> None:
    page = paginate(RequestFactory().get("/", {"trang": "99"}), Endless(rows), size=10, most=100)
    paginator: Any = page.paginator
    assert (page.number, paginator.count, paginator.has_more) == (10, min(rows, 100), has_more)
    assert page.end_index() == paginator.count


@pytest.mark.parametrize(
    ("htmx", "drawn"), [(None, "docs/list.html"), ("asks", "docs/_rows.html"), ("boosted", "docs/list.html")]
)
def test_the_whole_page_for_a_browser_the_part_for_htmx(
    monkeypatch: pytest.MonkeyPatch, htmx: str | None, drawn: str
) -> None:
    asked: list[Any] = []

    class Asking:
        boosted = htmx == "boosted"

    request: HttpRequest = RequestFactory().get("/")
    if htmx:
        request.htmx = Asking()  # type: ignore[attr-defined]  # as the middleware does
    monkeypatch.setattr("thongsuot.core.pages.render", lambda *args, **more: asked.append((args[1], more)))
    page_or_fragment(request, "docs/list.html", "_rows", {"a": 1}, status=422)
    assert asked == [(drawn, {"status": 422})]


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "home:start",
        "NaN",
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ],
)
def test_a_form_leads_back_to_a_path_of_ours_only(rf: RequestFactory, wanted: str) -> None:
    assert back_from(rf.post("/x/", {"next": wanted}), otherwise="/van-ban/") == "/van-ban/"
    assert back_from(rf.post("/x/", {"next": "/nhiem-vu/?xem=toi"}), otherwise="/") == "/nhiem-vu/?xem=toi"
