"""Roles held in a unit that ends: they go on in the successor, where the draft says so, or end with the unit.

In the successor a role is held once a day. Of two that meet there the one that reaches further stays: somebody who
was a clerk for a ward and all below it stays that, though they are a clerk of the successor alone already.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from thongsuot.organizations.models import RoleGrant
from thongsuot.organizations.reorganization.rows import CHUNK, Log
from thongsuot.organizations.reorganization.spans import Span, free_days, reaching_past

What = tuple[int, str, int]


def pass_on_roles(ending: Iterable[int], heirs: Mapping[int, int], day: dt.date, log: Log) -> None:
    """End each role of the units that end, and open it in the successor for the days it is not held there."""
    turn = {unit: number for number, unit in enumerate(ending)}
    # One that was taken back before its first day is in force on no day: it stays where it is, ended.
    rows = reaching_past(RoleGrant, turn.keys(), day).exclude(valid_to=F("valid_from"))
    passing = _Passing(set(heirs.values()), day, log)
    for row in sorted(rows, key=lambda row: (not row.reaches_subtree, turn[row.unit_id], row.pk)):
        heir = heirs.get(row.unit_id)
        if heir is not None:
            passing.take(row, heir)
        passing.end(row)
    passing.write()


class _Passing:
    """The roles of the successors while others come to them, the widest first."""

    def __init__(self, heirs: set[int], day: dt.date, log: Log) -> None:
        self.day, self.log = day, log
        self.wide: dict[What, list[Span]] = defaultdict(list)
        self.narrow: dict[What, list[Span]] = defaultdict(list)
        self.narrow_rows: dict[What, list[RoleGrant]] = defaultdict(list)
        self.opened: list[RoleGrant] = []
        self.changed: list[RoleGrant] = []
        # A role is written down once for each first day, also one that was taken back on it.
        later = RoleGrant.objects.filter(unit__in=heirs, valid_from__gte=day)
        self.by_first_day = {(*_what(row, row.unit_id), row.valid_from): row for row in later}
        for row in reaching_past(RoleGrant, heirs, day).exclude(valid_to=F("valid_from")):
            what = _what(row, row.unit_id)
            (self.wide if row.reaches_subtree else self.narrow)[what].append((row.valid_from, row.valid_to))
            if not row.reaches_subtree:
                self.narrow_rows[what].append(self.by_first_day.get((*what, row.valid_from), row))

    def take(self, row: RoleGrant, heir: int) -> None:
        what = _what(row, heir)
        begin = max(row.valid_from, self.day)
        if row.reaches_subtree:
            free = free_days(begin, row.valid_to, self.wide[what])
            self.wide[what] += free
            for span in free:
                self._make_room(what, span)
        else:
            free = free_days(begin, row.valid_to, [*self.wide[what], *self.narrow[what]])
            self.narrow[what] += free
        for span in free:
            self._open(row, heir, span)

    def end(self, row: RoleGrant) -> None:
        """On the day, or on its own first day when that lies behind it: it was given and never in force."""
        self._change(row, valid_to=max(self.day, row.valid_from))

    def write(self) -> None:
        RoleGrant.objects.bulk_update(
            {row.pk: row for row in self.changed}.values(),
            ["valid_to", "reaches_subtree", "decided_by"],
            batch_size=CHUNK // 3,
        )
        self.log.made(RoleGrant.objects.bulk_create(self.opened, batch_size=CHUNK))

    def _make_room(self, what: What, wide: Span) -> None:
        """Take these days from what the person holds in the successor alone."""
        for row in list(self.narrow_rows[what]):
            left = free_days(row.valid_from, row.valid_to, [wide])
            if left == [(row.valid_from, row.valid_to)]:
                continue
            kept = [span for span in left if span[0] == row.valid_from]
            self._change(row, valid_to=kept[0][1] if kept else row.valid_from)
            if not kept:
                self.narrow_rows[what].remove(row)
            for span in left:
                if span not in kept:
                    self.narrow_rows[what].append(self._open(row, row.unit_id, span))
        self.narrow[what] = [(row.valid_from, row.valid_to) for row in self.narrow_rows[what]]

    def _open(self, row: RoleGrant, heir: int, span: Span) -> RoleGrant:
        begin, until = span
        known = self.by_first_day.get((*_what(row, heir), begin))
        if known is not None:
            self._change(
                known, valid_to=until, reaches_subtree=row.reaches_subtree, decided_by=row.decided_by
            )
            return known
        again = RoleGrant(
            user_id=row.user_id,
            role_id=row.role_id,
            unit_id=heir,
            valid_from=begin,
            valid_to=until,
            reaches_subtree=row.reaches_subtree,
            decided_by=row.decided_by,
        )
        self.by_first_day[(*_what(row, heir), begin)] = again
        self.opened.append(again)
        return again

    def _change(self, row: RoleGrant, **now: object) -> None:
        if row._state.adding:  # opened a moment ago: it has no past to keep
            for name, value in now.items():
                setattr(row, name, value)
            return
        self.log.changed(row, **now)
        self.changed.append(row)


def _what(row: RoleGrant, unit: int) -> What:
    """What makes two roles the same but for the days."""
    return row.user_id, row.role_id, unit
