"""The days of steps, summed up the tree, are those of the rows: however counted, folded, moved and made anew."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from django.db.models import F

from tests.cast import Cast
from tests.documents.papers import directive
from thongsuot.documents.counting import FlowDay, bump, fold, rebuild, rebuilding, sum_up
from thongsuot.documents.models import FlowCounter, FlowTotal
from thongsuot.home.proofs import counting
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import segment_of

Key = tuple[int, int, str, int, dt.date, dt.date]


def summed() -> dict[Key, int]:
    rows = FlowDay.objects.exclude(number=0)
    return {(r.unit_id, r.document_id, r.step, r.depth, r.since, r.day): r.number for r in rows}


def by_hand() -> dict[Key, int]:
    """Every counter told to every unit above it."""
    units = list(Unit.objects.all())
    found: Counter[Key] = Counter()
    for row in FlowCounter.objects.filter(sent__gt=0, recalled=0).select_related("unit"):
        steps = {
            "sent": (row.sent_on, row.sent_on),
            "received": (row.sent_on, row.received_on),
            "planned": (row.received_on, row.planned_on),
            "begun": (row.received_on, row.begun_on),
            "done": (row.begun_on, row.done_on),
        }
        for above in units:
            if row.unit.path.startswith(above.path) and above.pk != row.unit_id:
                for step, (since, day) in steps.items():
                    if day:
                        found[(above.pk, row.document_id, step, row.unit.depth, since or day, day)] += 1
    return dict(found)


@pytest.mark.parametrize("seed", range(4))
def test_days_summed_up_are_the_days_of_the_rows(
    cast: Cast, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "MOST", 4)
    chance, first = random.Random(seed), dt.date(2026, 3, 2)
    papers = [directive(cast), directive(cast)]
    units = list(Unit.objects.order_by("path"))
    bump(FlowCounter, unit_ids=[unit.pk for unit in units], document_id=papers[0].pk, sent=1, sent_on=first)
    for _ in range(25):
        act = chance.choice(["step", "step", "step", "recall", "fold", "rebuild", "hang"])
        some = sorted(unit.pk for unit in chance.sample(units, 3))
        paper = chance.choice(papers).pk
        if act == "step":
            name = chance.choice(["sent", "received", "planned", "begun", "done"])
            day = first + dt.timedelta(days=chance.randint(0, 3))
            by: dict[str, Any] = {f"{name}_on": day} | ({} if name == "begun" else {name: 1})
            bump(FlowCounter, unit_ids=some, document_id=paper, **by)
        elif act == "recall":
            bump(FlowCounter, unit_ids=some, document_id=paper, recalled=chance.choice([-1, 1]))
        elif act == "fold":
            fold(FlowCounter, FlowTotal)
        elif act == "rebuild":
            rebuild(FlowCounter, FlowTotal)
        else:
            cell = chance.choice([cast.cell, cast.other_cell, cast.second_cell])
            above = chance.choice(cast.communes)
            Unit.objects.filter(pk=cell.pk).update(parent=above, path=above.path + segment_of(cell.pk))
            sum_up(FlowCounter, FlowTotal, [one.pk for one in papers])
    FlowCounter.objects.filter(recalled__lt=0).update(recalled=0, changed=True)
    FlowCounter.objects.filter(recalled__gt=0).update(recalled=F("sent"), changed=True)
    fold(FlowCounter, FlowTotal)
    assert summed() == by_hand()
    rebuild(FlowCounter, FlowTotal)
    assert summed() == by_hand()
    assert list(counting.summed_days()) == []


def test_a_wrong_day_is_found_and_put_right(cast: Cast) -> None:
    paper, day = directive(cast), dt.date(2026, 3, 2)
    everyone = [unit.pk for unit in Unit.objects.all()]
    bump(FlowCounter, unit_ids=everyone, document_id=paper.pk, sent=1, sent_on=day)
    fold(FlowCounter, FlowTotal)
    right = summed()
    FlowDay.objects.filter(unit=cast.ward).update(number=7)
    FlowDay.objects.filter(unit=cast.city).delete()
    FlowDay.objects.create(unit=cast.ward, document=paper, step="done", depth=9, since=day, day=day, number=1)
    assert len(list(counting.summed_days())) >= 3
    rebuild(FlowCounter, FlowTotal)
    assert summed() == right
    # A day that no fold will look at.
    FlowCounter.objects.filter(unit=cast.cell).update(received_on=day, changed=False)
    rebuild(FlowCounter, FlowTotal)
    assert (
        sum(number for key, number in summed().items() if key[2] == "received" and key[0] == cast.ward.pk)
        == 1
    )
