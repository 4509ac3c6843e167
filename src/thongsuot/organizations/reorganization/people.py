"""Who was what in a unit that ended: members go to the successor, roles and posts as the draft says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models

from thongsuot.organizations.models import Affiliation, Delegation, Membership, Position, RolesRule
from thongsuot.organizations.reorganization.plan import Ending
from thongsuot.organizations.reorganization.roles import pass_on_roles
from thongsuot.organizations.reorganization.rows import CHUNK, Log
from thongsuot.organizations.reorganization.spans import Span, free_days, reaching_past

Row = Membership | Affiliation | Position
# (unit that ends, person) to the unit that takes this person.
Chosen = Mapping[tuple[int, int], int]


def pass_on_people(
    endings: Mapping[int, Ending], members: Chosen, day: dt.date, log: Log, deciding: str
) -> None:
    """Close what ends on the day and open the same in the main successor, where the draft says so.

    ``members``: those of a split cell who go to another part.
    """
    keep = {old: ending.main for old, ending in endings.items() if ending.step.roles == RolesRule.SAME}
    mains = {old: ending.main for old, ending in endings.items()}
    _pass_on(Membership, endings, mains, day, log, members)
    _pass_on(Affiliation, endings, mains, day, log)
    pass_on_roles(endings, keep, day, log)
    _pass_on_loans(keep, day, log)
    _pass_on(Position, endings, keep, day, log, ended_by=deciding[:120])


def _pass_on(
    model: type[Any],
    ending: Iterable[int],
    heirs: Mapping[int, int],
    day: dt.date,
    log: Log,
    chosen: Chosen | None = None,
    **said: str,
) -> None:
    """What would only begin later begins in the successor. There each is held once a day: what somebody holds in
    the successor as well only fills the days that are free."""
    turn = {unit: number for number, unit in enumerate(ending)}
    rows = sorted(reaching_past(model, turn.keys(), day), key=lambda row: (turn[row.unit_id], row.pk))
    chosen = chosen or {}
    taking = {*heirs.values(), *chosen.values()}
    there: dict[tuple[object, ...], list[Span]] = defaultdict(list)
    for row in reaching_past(model, taking, day):
        there[*_what(row), row.unit_id].append((row.valid_from, row.valid_to))
    heads = {row.unit_id for row in _heads(model, taking, day)}
    closed: list[Row] = []
    opened: list[Row] = []
    for row in rows:
        heir = chosen.get((row.unit_id, row.person_id), heirs.get(row.unit_id))
        taken = there[*_what(row), heir]
        free = free_days(max(row.valid_from, day), row.valid_to, taken) if heir is not None else []
        taken += free
        if heir is not None and row.valid_from >= day and free == [(row.valid_from, row.valid_to)]:
            log.changed(row, unit_id=heir)
            row.save(update_fields=["unit"])
            continue
        if heir is not None:
            opened += [_again(row, heir, span, heads) for span in free]
        if row.valid_from < day:
            log.changed(row, valid_to=day, **said)
            closed.append(row)
        else:
            log.gone(row)
            row.delete()
    model._default_manager.filter(pk__in=[row.pk for row in closed]).update(valid_to=day, **said)
    log.made(model._default_manager.bulk_create(opened, batch_size=CHUNK))


def _pass_on_loans(heirs: Mapping[int, int], day: dt.date, log: Log) -> None:
    """Authority that is lent in a unit goes with the role it comes from."""
    for loan in Delegation.objects.filter(unit__in=heirs, valid_to__gt=day, revoked_at=None).order_by("pk"):
        log.changed(loan, unit_id=heirs[loan.unit_id])
        loan.save(update_fields=["unit"])


def _heads(model: type[Any], units: Collection[int], day: dt.date) -> models.QuerySet[Any]:
    rows = reaching_past(model, units, day)
    return rows.filter(is_head=True) if model is Position else rows.none()


def _what(row: Row) -> tuple[object, ...]:
    """What makes two rows the same but for the unit and the days."""
    return (row.person_id, row.title) if isinstance(row, Position) else (row.person_id,)


def _again(row: Row, heir: int, span: Span, heads: set[int]) -> Row:
    """The same in the successor. It has one head: its own, else that of the first unit that goes into it."""
    columns = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    copied = {column: getattr(row, column) for column in columns}
    again: Row = type(row)(**(copied | {"unit_id": heir, "valid_from": span[0], "valid_to": span[1]}))
    if isinstance(again, Position) and again.is_head:
        again.is_head = heir not in heads
        heads.add(heir)
    return again
