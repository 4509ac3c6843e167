"""Acts and readings as a page and a file show them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.audit.models import Act, Reading, Way
from thongsuot.audit.queries import name_of_actor, sentence_of, sentence_of_reading
from thongsuot.core.clock import day_of
from thongsuot.core.origin import Source
from thongsuot.core.ui.words import moment
from thongsuot.journal.objects import address_of, kind_of
from thongsuot.journal.queries import names_of_units

AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """One act in words. ``changes`` are (code, before, after), ``subject`` the object for the filter."""

    at: dt.datetime
    who: str
    text: str
    reason: str
    unit: str
    kind: str
    object_id: str
    subject: str
    url: str
    source: str
    address: str
    session: str
    changes: tuple[tuple[str, str, str], ...]
    verb: str
    key: str
    seal: int | None


@dataclass(frozen=True)
class ReadingLine:
    at: dt.datetime
    who: str
    text: str
    unit: str
    count: int
    way: str
    address: str


def lines_of(acts: Sequence[Act]) -> list[Line]:
    """The acts in words; the names of their units in one query."""
    units = names_of_units(act.unit_id for act in acts)
    return [_line(act, units) for act in acts]


def readings_of(readings: Sequence[Reading]) -> list[ReadingLine]:
    units = names_of_units(reading.unit_id for reading in readings)
    return [
        ReadingLine(
            at=reading.at,
            who=str(reading.by),
            text=sentence_of_reading(reading),
            unit=units.get(reading.unit_id, ""),
            count=reading.count,
            way="" if reading.way == Way.PAGE else str(reading.get_way_display()),
            address=reading.address,
        )
        for reading in readings
    ]


def header() -> list[str]:
    return [
        _("Time"),
        _("Person"),
        _("Act"),
        pgettext("object of an act", "On what"),
        pgettext("object of an act", "Key"),
        _("Unit"),
        _("Reason of the act"),
        _("Before and after"),
        _("From where"),
        _("Network"),
        _("Code of the act"),
        _("Number in the record"),
        _("Seal"),
    ]


def rows_for_file(acts: Iterable[Act]) -> Iterator[list[str]]:
    """The acts as cells, some hundreds in hand at a time."""
    waiting = iter(acts)
    while some := list(itertools.islice(waiting, AT_ONCE)):
        for line in lines_of(some):
            changes = "; ".join(f"{code}: {was} → {now}" for code, was, now in line.changes)
            yield [
                f"{day_of(line.at):%Y-%m-%d} {moment(line.at)[:5]}",
                line.who,
                line.text,
                line.kind,
                line.object_id,
                line.unit,
                line.reason,
                changes,
                line.source,
                line.address,
                line.verb,
                line.key,
                str(line.seal or ""),
            ]


def _line(act: Act, units: dict[int, str]) -> Line:
    return Line(
        at=act.at,
        who=name_of_actor(act),
        text=sentence_of(act),
        reason=act.reason,
        unit=units.get(act.unit_id or 0, ""),
        kind=kind_of(act.object_type),
        object_id=act.object_id,
        subject=f"{act.object_type}:{act.object_id}",
        url=address_of(act.object_type, act.object_id),
        source=_source(act.source),
        address=act.address,
        session=act.session[:6],
        changes=_changes(act.before, act.after),
        verb=act.verb,
        key=str(act.pk),
        seal=act.seal,
    )


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    codes = [*before, *(code for code in after if code not in before)]
    return tuple((code, _shown(before.get(code)), _shown(after.get(code))) for code in codes)


def _shown(value: Any) -> str:
    return "–" if value in (None, "", [], {}) else str(value)


def _source(source: str) -> str:
    words = {Source.WEB: _("a page"), Source.JOB: _("background work"), Source.COMMAND: _("command line")}
    return words.get(Source(source), "") if source else ""
