"""The measuring tools still measure: every page of the walk answers on cloned data, and what is counted is right."""

from __future__ import annotations

from django.db import connection

from scripts.bench import pages, subjects
from scripts.bench.browsing import Answer, parts_of
from scripts.bench.crowd import crowd_of, fill
from scripts.bench.place import plans
from scripts.bench.sets import Sending
from scripts.bench.table import Line
from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.demo.place import Place
from thongsuot.documents.models import Delivery, RegisterEntry
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import segment_of

RIGHTS = "has_ended_below"  # only the reading of the roles and loans in force asks for it


def place_of(cast: Cast) -> Place:
    """The cast's own small city, as the tools expect a place."""
    cells = {commune.pk: list(Unit.objects.filter(parent=commune)) for commune in cast.communes}
    users = {user.username: user for user in User.objects.all()}
    return Place(cast.city, cast.communes, cells, {}, users)


def test_every_page_of_the_walk_answers_and_lists_ask_as_much_for_more_rows(cast: Cast) -> None:
    place = place_of(cast)
    crowd = crowd_of(place)
    fill(crowd, to=2)
    small = subjects.small(crowd)
    few = pages.look_at(place, small, rounds=1)
    assert {figure.status for figure in few.values()} == {200}
    fill(crowd, to=6)
    many = pages.look_at(place, small, rounds=1)
    assert RegisterEntry.objects.filter(unit=cast.ward, direction="incoming").count() == 6
    for page in pages.WALK:
        assert (page.title, many[page.title].queries) == (page.title, few[page.title].queries)
        assert not page.is_list or 0 < many[page.title].queries <= pages.MOST_QUERIES, page.title
        # What a page costs beside its own questions for the rights of whoever looks: one, however much it asks for.
        asked = [one for one in many[page.title].statements if RIGHTS in one]
        assert len(asked) == 1, (page.title, asked)


def test_the_bare_statements_write_the_rows_of_the_services(cast: Cast) -> None:
    from scripts.bench import sets

    place = place_of(cast)
    cells = [cell for commune in cast.communes for cell in place.cells_of(commune)]
    sending = Sending(place, subjects.new_document(place, "về thử", provisions=2), cells)
    with sets.temporary_tables(sending) as rows:
        assert not Delivery.objects.filter(document=sending.document).exists()
        sets.write_bare()
    connection.check_constraints()
    assert Delivery.objects.filter(document=sending.document).count() == len(cells) == 6
    # A dispatch and a requirement; delivery, circulation, two counters and two tasks a cell; five members each.
    assert rows == 2 + 6 * 6 + 6 * 5


def test_the_place_is_ten_times_the_demonstration() -> None:
    wanted = plans()
    assert len(wanted) == len({plan.name for plan in wanted}) == 140
    assert (sum(plan.cells for plan in wanted), sum(plan.members for plan in wanted)) == (600, 9000)


def test_a_page_is_weighed_with_what_it_makes_a_browser_fetch() -> None:
    text = (
        '<link rel="stylesheet" href="/static/a.css"><link rel="canonical" href="/x"><a href="/y">y</a>'
        '<script src="b.js"></script><svg><use href="/static/icons.svg#flag"/><use href="/static/icons.svg#run"/>'
        '</svg><svg><use href="#here"/></svg><img src="https://elsewhere.example/p.png">'
    )
    assert parts_of(Answer("/viec/", 200, 0, text)) == ["/static/a.css", "/viec/b.js", "/static/icons.svg"]


def test_what_is_over_its_limit_is_called_so_and_nothing_where_nothing_was_promised() -> None:
    assert [Line("a", (), ok).verdict for ok in (True, False, None)] == ["ok", "OVER", ""]


def test_statements_of_a_loop_have_one_shape() -> None:
    first = "SELECT * FROM t WHERE id = 5 AND name = 'An' AND unit IN (1, 2)"
    second = "SELECT * FROM t WHERE id = 17 AND name = 'Bình' AND unit IN (3)"
    assert pages.shape_of(first) == pages.shape_of(second) != pages.shape_of("SELECT * FROM u WHERE id = 5")


def test_a_large_place_is_counted_as_its_rows_say(cast: Cast) -> None:
    from scripts.bench import large
    from thongsuot.dissemination.models import CoverageTotal, Receipt
    from thongsuot.home.proofs import PROOFS

    place = large.found(large.Size((1, 3, 12), 60, accounts=4, base=1_000_000))
    large.fill(place, documents=2)
    assert {proof.title: list(proof.faults()) for proof in PROOFS} == {proof.title: [] for proof in PROOFS}
    receipts = Receipt.objects.filter(document__in=place.documents)
    totals = CoverageTotal.objects.filter(unit=place.root)
    assert sorted(totals.values_list("required", "cells")) == [(60, 12)] * 2
    assert sum(totals.values_list("reached", flat=True)) == receipts.exclude(reached_on=None).count() == 72
    assert place.root.path == segment_of(place.root.pk)
