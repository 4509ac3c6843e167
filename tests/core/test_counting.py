"""Totals are the sums of the rows, whatever was counted, folded and rebuilt in whichever order."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, gather
from tests.documents.papers import directive
from thongsuot.core import clock
from thongsuot.documents.counting import bump, fold, folding, rebuild, rebuilding
from thongsuot.documents.models import Document, FlowCounter, FlowTotal
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import ancestor_paths

pytestmark = pytest.mark.django_db
MEASURES = FlowCounter.MEASURES


def totals() -> dict[tuple[int, int], tuple[int, ...]]:
    """The totals that say something: a row of zeros is as good as none."""
    rows = {
        (row.unit_id, row.document_id): tuple(getattr(row, name) for name in MEASURES)
        for row in FlowTotal.objects.all()
    }
    return {key: numbers for key, numbers in rows.items() if any(numbers)}


def counted() -> dict[tuple[int, int], tuple[int, ...]]:
    """The same, the slow way: every counter added to every unit above it."""
    by_path = dict(Unit.objects.values_list("path", "pk"))
    sums: dict[tuple[int, int], Counter[str]] = {}
    for row in FlowCounter.objects.select_related("unit"):
        for path in ancestor_paths(row.unit.path):
            here = sums.setdefault((by_path[path], row.document_id), Counter())
            for name in MEASURES:
                here[name] += getattr(row, name)
    found = {key: tuple(sums[key][name] for name in MEASURES) for key in sums}
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def documents(cast: Cast) -> list[Document]:
    return [directive(cast), directive(cast)]


STEPS = st.lists(
    st.one_of(
        st.just("fold"),
        st.just("rebuild"),
        st.tuples(
            st.integers(0, 1),
            st.sets(st.integers(0, 13), min_size=1, max_size=5),
            st.dictionaries(st.sampled_from(MEASURES), st.integers(-2, 3), min_size=1, max_size=3),
        ),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_folding_gives_what_counting_every_row_gives(db: None, steps: list[Any]) -> None:
    with transaction.atomic():
        cast = gather()
        papers, units = documents(cast), list(Unit.objects.order_by("path"))
        FlowCounter.objects.all().delete()
        FlowTotal.objects.all().delete()
        for step in steps:
            if step == "fold":
                fold(FlowCounter, FlowTotal)
            elif step == "rebuild":
                rebuild(FlowCounter, FlowTotal)
            else:
                paper, places, by = step
                keys = [units[place % len(units)].pk for place in places]
                bump(FlowCounter, unit_ids=sorted(set(keys)), document_id=papers[paper].pk, **by)
        fold(FlowCounter, FlowTotal)
        assert totals() == counted()
        rebuild(FlowCounter, FlowTotal)
        assert totals() == counted()
        transaction.set_rollback(True)


def test_a_second_fold_finds_nothing_to_add(cast: Cast) -> None:
    paper = directive(cast)
    bump(FlowCounter, unit_ids=[cast.cell.pk, cast.other_cell.pk], document_id=paper.pk, sent=1)
    assert fold(FlowCounter, FlowTotal) == 2
    before = totals()
    assert fold(FlowCounter, FlowTotal) == 0
    assert totals() == before
    assert FlowTotal.objects.get(unit=cast.city, document=paper).sent == 2


def test_what_is_counted_between_two_folds_is_not_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count that arrives after the sum was taken and before the mark is set: the batch keeps it for next time."""
    paper = directive(cast)
    bump(FlowCounter, unit_ids=[cast.cell.pk], document_id=paper.pk, sent=1)
    add = folding._add_to_ancestors

    def add_then_another(*arguments: Any) -> None:
        add(*arguments)
        bump(FlowCounter, unit_ids=[cast.second_cell.pk], document_id=paper.pk, sent=1)

    monkeypatch.setattr(folding, "_add_to_ancestors", add_then_another)
    fold(FlowCounter, FlowTotal)
    monkeypatch.setattr(folding, "_add_to_ancestors", add)
    assert FlowTotal.objects.get(unit=cast.ward, document=paper).sent == 1
    fold(FlowCounter, FlowTotal)
    assert FlowTotal.objects.get(unit=cast.ward, document=paper).sent == 2


def test_rebuilding_puts_damaged_totals_right(cast: Cast) -> None:
    paper = directive(cast)
    bump(FlowCounter, unit_ids=[unit.pk for unit in cast.communes], document_id=paper.pk, sent=1, received=1)
    fold(FlowCounter, FlowTotal)
    FlowTotal.objects.filter(unit=cast.city).update(sent=99)
    FlowTotal.objects.filter(unit=cast.ward).delete()
    assert totals() != counted()
    rebuild(FlowCounter, FlowTotal)
    assert totals() == counted()


@pytest.mark.parametrize("most", [1, 4, 9, 1000])
def test_slices_of_any_size_make_the_same_totals(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Small slices leave units with more below them than one slice holds: their totals come from those below."""
    monkeypatch.setattr(rebuilding, "MOST", most)
    everyone = list(Unit.objects.values_list("pk", flat=True))
    for paper in documents(cast):
        bump(FlowCounter, unit_ids=everyone, document_id=paper.pk, sent=1, received=2)
    fold(FlowCounter, FlowTotal)
    right = counted()
    bump(FlowCounter, unit_ids=[cast.cell.pk], document_id=paper.pk, planned=1)
    FlowTotal.objects.filter(unit__in=[cast.city, cast.ward]).update(sent=99)
    FlowTotal.objects.filter(unit__in=[cast.cell, cast.other_ward], document=paper).delete()
    stray = directive(cast)
    FlowTotal.objects.create(unit=cast.ward, document=stray, sent=5)
    FlowCounter.objects.filter(unit=cast.second_cell, document=paper).update(planned=1, changed=False)
    rebuild(FlowCounter, FlowTotal)
    assert totals() == counted() != right
    assert not FlowTotal.objects.filter(document=stray).exists()


def test_a_rebuild_that_was_ended_goes_on_where_it_stood(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "MOST", 4)
    everyone = list(Unit.objects.values_list("pk", flat=True))
    for paper in documents(cast):
        bump(FlowCounter, unit_ids=everyone, document_id=paper.pk, sent=1)
    fold(FlowCounter, FlowTotal)
    FlowTotal.objects.update(sent=99)
    steps: list[int] = []

    def end_in_the_middle(done: int, number: int) -> None:
        steps.append(number - done)
        if 2 * done >= number:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(FlowCounter, FlowTotal, tell=end_in_the_middle)
    half_way = FlowTotal.objects.filter(sent=99).count()
    assert 0 < half_way < FlowTotal.objects.count()
    FlowTotal.objects.exclude(sent=99).update(sent=77)
    rebuild(FlowCounter, FlowTotal, resume=True)
    # What was done before is not done again, except where it is part of what comes later.
    assert FlowTotal.objects.filter(sent=77).exists()
    assert not FlowTotal.objects.filter(sent=99).exists()
    rebuild(FlowCounter, FlowTotal, resume=True)
    assert totals() == counted()


def test_counting_costs_the_same_for_one_unit_and_for_all(cast: Cast) -> None:
    few, many = documents(cast)
    everyone = list(Unit.objects.values_list("pk", flat=True))
    random.Random(1).shuffle(everyone)
    with CaptureQueriesContext(connection) as for_one:
        bump(FlowCounter, unit_ids=everyone[:1], document_id=few.pk, sent=1)
        fold(FlowCounter, FlowTotal)
    with CaptureQueriesContext(connection) as for_all:
        bump(FlowCounter, unit_ids=everyone, document_id=many.pk, sent=1)
        fold(FlowCounter, FlowTotal)
    assert len(for_one) >= len(for_all)  # one unit alone is tried first without making its counter
    assert FlowTotal.objects.get(unit=cast.city, document=many).sent == len(everyone)


def test_a_total_says_when_it_was_true(cast: Cast) -> None:
    paper = directive(cast)
    moment = clock.moment(dt.date(2026, 11, 23), 8, 10)
    with clock.at(moment):
        bump(FlowCounter, unit_ids=[cast.ward.pk], document_id=paper.pk, sent=1)
        fold(FlowCounter, FlowTotal)
    assert FlowTotal.objects.get(unit=cast.city, document=paper).as_of == moment
