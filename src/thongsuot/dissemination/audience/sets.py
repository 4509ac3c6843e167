"""The statements that write a whole audience at once: one for each table, however many people there are.

Both databases read the same SQL. Names of tables and columns are our own; every value is a parameter. A person
who changed cells since an earlier requirement keeps the receipt of the cell they were required in: coverage
counts distinct people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from thongsuot.core.clock import day_of, now
from thongsuot.core.keys import uuid7
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    CoverageCounter,
    ReachEvent,
    Receipt,
    Requirement,
    Session,
    SessionState,
    SessionUnit,
)
from thongsuot.documents.models import Circulation, Delivery, Dispatch, Document, DocumentVersion
from thongsuot.organizations.models import Affiliation, Membership, Position, Unit, UnitKind

RECEIPT = Receipt._meta.db_table
COUNTER = CoverageCounter._meta.db_table
CIRCULATION = Circulation._meta.db_table
EVENT = ReachEvent._meta.db_table
DOCUMENT = Document._meta.db_table
SESSION = Session._meta.db_table
ATTENDANCE = Attendance._meta.db_table
CALLED = SessionUnit._meta.db_table
MEMBERSHIP = Membership._meta.db_table
AFFILIATION = Affiliation._meta.db_table
POSITION = Position._meta.db_table
UNIT = Unit._meta.db_table
DELIVERY = Delivery._meta.db_table
VERSION = DocumentVersion._meta.db_table
# Heads of units and their deputies, whose posts are called so, on a day that is asked twice.
KEY_CADRES = (
    f"SELECT k.person_id FROM {POSITION} k WHERE (k.is_head OR k.title LIKE 'Phó %%') "  # noqa: S608
    f"AND k.valid_from <= %s AND (k.valid_to IS NULL OR k.valid_to > %s)"
)
_BELOW = (
    f"FROM {UNIT} top JOIN {UNIT} u ON u.path >= top.path AND u.path < top.path || '~' "
    f"JOIN {MEMBERSHIP} m ON m.unit_id = u.id"
)


@dataclass(frozen=True)
class Audience:
    """Whose members: the rest of a statement in which ``m`` is the membership. Ends inside a WHERE.

    ``is_mixed``: ``m`` may be somebody who holds a post or belongs to a mass organisation, and is a member of no cell.
    """

    sql: str
    values: tuple[Any, ...]
    is_mixed: bool = False


def under(unit_ids: Sequence[int]) -> Audience:
    """Members of these units and of everything below them, by one range of the path index each."""
    return Audience(f"{_BELOW} WHERE top.id IN ({_marks(unit_ids)})", tuple(unit_ids))


def sent_to(dispatch: Dispatch) -> Audience:
    """Members of the units a document was sent to and of everything below them, however many units these are."""
    chosen = f"SELECT d.unit_id FROM {DELIVERY} d WHERE d.document_id = %s AND d.dispatch_id = %s"  # noqa: S608
    key = Dispatch._meta.pk.get_db_prep_value(dispatch.pk, connection)
    return Audience(f"{_BELOW} WHERE top.id IN ({chosen})", (dispatch.document_id, key))


def called_to(session: Session) -> Audience:
    """Members of the cells called to a session."""
    sql = f"FROM {CALLED} s JOIN {MEMBERSHIP} m ON m.unit_id = s.unit_id WHERE s.session_id = %s"
    return Audience(sql, (session.pk,))


def open_receipts(requirement: Requirement, audience: Audience, day: dt.date) -> int:
    """A receipt for each member of the audience on that day who has none for the document; how many."""
    due, on = _value(Receipt, "due", requirement.due), _value(Membership, "valid_from", day)
    first = _value(Receipt, "due", requirement.key_due or requirement.due)
    in_force = "{0}.valid_from <= %s AND ({0}.valid_to IS NULL OR {0}.valid_to > %s)"
    is_key = f"m.person_id IN ({KEY_CADRES})"
    # Whoever is asked in the same cell already is left out by the key.
    elsewhere = (
        f"JOIN {MEMBERSHIP} n ON n.person_id = r.person_id AND n.unit_id <> r.unit_id "
        f"WHERE r.document_id = %s AND {in_force.format('n')}"
    )
    if audience.is_mixed:
        elsewhere = f"WHERE r.document_id = %s AND {in_force.format('m')}"
    sql = (
        f"INSERT INTO {RECEIPT} (unit_id, document_id, person_id, requirement_id, is_key, due, channel, version) "  # noqa: S608
        f"SELECT m.unit_id, %s, m.person_id, %s, {is_key}, CASE WHEN {is_key} THEN %s ELSE %s END, '', "
        f"COALESCE((SELECT MAX(v.number) FROM {VERSION} v "
        f"WHERE v.document_id = %s AND v.material), 1) {audience.sql} AND {in_force.format('m')} "
        f"AND m.person_id NOT IN (SELECT r.person_id FROM {RECEIPT} r {elsewhere}) "
        f"ON CONFLICT DO NOTHING"
    )
    document = requirement.document_id
    key = [on, on]
    chosen = [*key, *key, first, due, document, *audience.values, on, on]
    return _write(sql, [document, requirement.pk, *chosen, document, on, on])


def count_required(requirement: Requirement) -> int:
    """Add the receipts this requirement opened to the counters of their units."""
    counted = ("required", "cells", "key")
    others = ", ".join(name for name in CoverageCounter.MEASURES if name not in counted)
    nothing = ", ".join("0" for name in CoverageCounter.MEASURES if name not in counted)
    folded = ", ".join(f"folded_{name}" for name in CoverageCounter.MEASURES)
    zeros = ", ".join("0" for _ in CoverageCounter.MEASURES)
    sql = (
        f"INSERT INTO {COUNTER} (unit_id, document_id, required, cells, key, asked_on, changed, {others}, {folded}) "  # noqa: S608
        f"SELECT s.unit_id, s.document_id, s.people, CASE WHEN u.kind = %s THEN 1 ELSE 0 END, s.key_people, %s, %s, "
        f"{nothing}, {zeros} FROM (SELECT r.unit_id, r.document_id, COUNT(*) AS people, "
        f"SUM(CASE WHEN r.is_key THEN 1 ELSE 0 END) AS key_people FROM {RECEIPT} r "
        f"WHERE r.document_id = %s AND r.requirement_id = %s GROUP BY r.unit_id, r.document_id) s "
        f"JOIN {UNIT} u ON u.id = s.unit_id WHERE s.people > 0 "
        f"ON CONFLICT (unit_id, document_id) DO UPDATE SET required = {COUNTER}.required + excluded.required, "
        f"cells = excluded.cells, key = {COUNTER}.key + excluded.key, changed = excluded.changed, "
        f"asked_on = COALESCE({COUNTER}.asked_on, excluded.asked_on)"
    )
    on = _value(CoverageCounter, "asked_on", day_of(requirement.opened_at))
    return _write(sql, [UnitKind.CELL.value, on, True, requirement.document_id, requirement.pk])


def circulate(requirement: Requirement) -> int:
    """The cells with receipts may read the document: those that are counted, by now all of them."""
    sql = (
        f"INSERT INTO {CIRCULATION} (unit_id, document_id, since) "  # noqa: S608
        f"SELECT c.unit_id, c.document_id, %s FROM {COUNTER} c WHERE c.document_id = %s ON CONFLICT DO NOTHING"
    )
    since = _value(Circulation, "since", now())
    return _write(sql, [since, requirement.document_id])


def call_cells(session: Session, unit_ids: Sequence[int], day: dt.date) -> int:
    """Call the cells, each with the number of its members on the day of the session."""
    on = _value(Membership, "valid_from", day)
    sql = (
        f"INSERT INTO {CALLED} (session_id, unit_id, called, present, excused, absent) "  # noqa: S608
        f"SELECT %s, u.id, COUNT(m.id), 0, 0, 0 FROM {UNIT} u LEFT JOIN {MEMBERSHIP} m ON m.unit_id = u.id "
        f"AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to > %s) "
        f"WHERE u.id IN ({_marks(unit_ids)}) GROUP BY u.id"
    )
    return _write(sql, [session.pk, on, on, *unit_ids])


def call_members(session: Session, day: dt.date) -> int:
    """A row of attendance for every member of the cells called."""
    on, who = _value(Membership, "valid_from", day), called_to(session)
    sql = (
        f"INSERT INTO {ATTENDANCE} (unit_id, session_id, person_id, state) "
        f"SELECT m.unit_id, s.session_id, m.person_id, %s {who.sql} "
        f"AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to > %s) ON CONFLICT DO NOTHING"
    )
    return _write(sql, [AttendanceState.EXPECTED.value, *who.values, on, on])


def _missing(first: Session, documents: Sequence[int], day: dt.date) -> Audience:
    """Those called to a session who have not heard of one of the documents, with their cells of that day.

    Nobody whom a planned session of the same series expects; nobody who has left the unit that calls. Ends inside
    a WHERE in which ``a`` is the attendance and ``m`` the membership.
    """
    on, chosen = _value(Membership, "valid_from", day), _marks(documents)
    sql = (
        f"FROM {ATTENDANCE} a JOIN {SESSION} s ON s.id = a.session_id JOIN {UNIT} top ON top.id = s.unit_id "  # noqa: S608
        f"JOIN {MEMBERSHIP} m ON m.person_id = a.person_id "
        f"JOIN {UNIT} u ON u.id = m.unit_id AND u.path >= top.path AND u.path < top.path || '~' "
        f"WHERE a.session_id = %s AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to > %s) "
        f"AND EXISTS (SELECT 1 FROM {RECEIPT} r WHERE r.person_id = a.person_id "
        f"AND r.document_id IN ({chosen}) AND r.reached_at IS NULL AND r.released_at IS NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {RECEIPT} h WHERE h.person_id = r.person_id "
        f"AND h.document_id = r.document_id AND h.reached_at IS NOT NULL)) "
        f"AND NOT EXISTS (SELECT 1 FROM {ATTENDANCE} e JOIN {SESSION} p ON p.id = e.session_id "
        f"WHERE e.person_id = a.person_id AND p.makes_up_id = s.id AND p.state = %s)"
    )
    return Audience(sql, (first.pk, on, on, *documents, SessionState.PLANNED.value))


def count_missing(first: Session, documents: Sequence[int], day: dt.date) -> int:
    """How many people a make-up session on that day would call."""
    if not documents:
        return 0
    who = _missing(first, documents, day)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(DISTINCT a.person_id) {who.sql}", who.values)
        return int(cursor.fetchone()[0])


def call_missing(session: Session, first: Session, documents: Sequence[int], day: dt.date) -> int:
    """A row of attendance for each of them, once: in the cell of the first session where they still belong to it."""
    who = _missing(first, documents, day)
    cell = "COALESCE(MIN(CASE WHEN m.unit_id = a.unit_id THEN m.unit_id END), MIN(m.unit_id))"
    sql = (
        f"INSERT INTO {ATTENDANCE} (unit_id, session_id, person_id, state) "
        f"SELECT {cell}, %s, a.person_id, %s {who.sql} GROUP BY a.person_id"
    )
    return _write(sql, [session.pk, AttendanceState.EXPECTED.value, *who.values])


def call_cells_of(session: Session) -> int:
    """Call the cells of everybody who is expected, each with their number."""
    sql = (
        f"INSERT INTO {CALLED} (session_id, unit_id, called, present, excused, absent) "  # noqa: S608
        f"SELECT a.session_id, a.unit_id, COUNT(*), 0, 0, 0 FROM {ATTENDANCE} a "
        f"WHERE a.session_id = %s GROUP BY a.session_id, a.unit_id"
    )
    return _write(sql, [session.pk])


@dataclass(frozen=True)
class Changed:
    """A receipt that a statement has just changed, and the day and the way in which it is, or was, reached."""

    unit_id: int
    document_id: int
    person_id: int
    due: dt.date
    on: dt.date
    channel: str
    is_key: bool = False


def reach_receipts(
    *,
    document_ids: Sequence[int],
    person_ids: Iterable[int],
    at: dt.datetime,
    on: dt.date,
    channel: str,
    session_id: int | None,
    unit_id: int | None = None,
    version: int | None = None,
) -> list[Changed]:
    """Mark those not reached yet. What changed is what the database says, so counters stay exact in any race.

    ``version`` is the text somebody has read; without it, the text in force at that moment. Who is asked for a
    later one is not reached by it, even when it was published a moment ago.
    """
    people = sorted(person_ids)
    if not people or not document_ids:
        return []
    when = [_value(Receipt, "reached_at", at), _value(Receipt, "reached_on", on)]
    text, known = ("%s", [version])
    if version is None:
        text = (
            f"COALESCE((SELECT MAX(v.number) FROM {VERSION} v "  # noqa: S608
            f"WHERE v.document_id = {RECEIPT}.document_id AND v.published_at <= %s), 1)"
        )
        known = when[:1]
    in_unit, unit = (" AND unit_id = %s", [unit_id]) if unit_id is not None else ("", [])
    sql = (
        f"UPDATE {RECEIPT} SET reached_at = %s, reached_on = %s, channel = %s, session_id = %s "  # noqa: S608
        f"WHERE reached_at IS NULL AND released_at IS NULL AND document_id IN ({_marks(document_ids)}) "
        f"AND person_id IN ({_marks(people)}){in_unit} AND version <= {text} "
        f"RETURNING unit_id, document_id, person_id, due, reached_on, channel, is_key"
    )
    return _changed(sql, [*when, str(channel), session_id, *document_ids, *people, *unit, *known])


def withdraw_receipts(*, session: Session, person_ids: Iterable[int]) -> list[Changed]:
    """Take back what this session, and nothing else, had reached."""
    people = sorted(person_ids)
    if not people:
        return []
    theirs, values = f"WHERE session_id = %s AND person_id IN ({_marks(people)})", [session.pk, *people]
    # A change answers with what is new. So the rows are first made ours as they are, until the end of the transaction.
    held = _changed(
        f"UPDATE {RECEIPT} SET session_id = session_id {theirs} "  # noqa: S608
        f"RETURNING unit_id, document_id, person_id, due, reached_on, channel, is_key",
        values,
    )
    if held:
        nobody = "reached_at = NULL, reached_on = NULL, channel = '', session_id = NULL"
        _write(f"UPDATE {RECEIPT} SET {nobody} {theirs}", values)  # noqa: S608
    return held


def reopen(document: int, whose: Sequence[tuple[int, int]], due: dt.date | None = None) -> int:
    """Ask once more of these people (cell, person), in whatever way they had been reached; of none before ``due``."""
    rows = json.dumps(dict(enumerate(whose)))
    unit, person = (f"CAST(f.value ->> {place} AS bigint)" for place in range(2))
    day = _value(Receipt, "due", due) if due else None
    later, days = (", due = CASE WHEN due < %s THEN %s ELSE due END", [day, day]) if due else ("", [])
    sql = (
        f"UPDATE {RECEIPT} SET reached_at = NULL, reached_on = NULL, channel = '', session_id = NULL{later} "  # noqa: S608
        f"FROM (SELECT {unit} AS cell, {person} AS who FROM json_each(%s) AS f) s "
        f"WHERE {RECEIPT}.unit_id = s.cell AND {RECEIPT}.document_id = %s AND {RECEIPT}.person_id = s.who"
    )
    return _write(sql, [*days, rows, document])


def note_facts(changed: Iterable[Changed], fact: ReachEvent) -> int:
    """The fact behind each of these receipts, alike but for whose it is: one statement, however many.

    A fact that names no text is about the one in force.
    """
    # Both databases take an object of JSON apart into rows of key and value; the keys are made here (core.keys).
    whose = {uuid7().hex: (row.unit_id, row.document_id, row.person_id) for row in changed}
    of_each = ("id", "unit_id", "document_id", "person_id", "text_sha256")
    alike = [field for field in ReachEvent._meta.local_concrete_fields if field.attname not in of_each]
    columns = ", ".join([*of_each, *(str(field.column) for field in alike)])
    key = f"CAST(f.key AS {ReachEvent._meta.get_field('id').db_type(connection)})"
    unit, document, person = (f"CAST(f.value ->> {place} AS bigint)" for place in range(3))
    sql = (
        f"INSERT INTO {EVENT} ({columns}) "  # noqa: S608
        f"SELECT {key}, {unit}, d.id, {person}, COALESCE(NULLIF(%s, ''), d.text_sha256), "
        f"{', '.join(['%s'] * len(alike))} "
        f"FROM json_each(%s) AS f JOIN {DOCUMENT} d ON d.id = {document}"
    )
    values = [field.get_db_prep_save(getattr(fact, field.attname), connection) for field in alike]
    return _write(sql, [fact.text_sha256, *values, json.dumps(whose)])


def _changed(sql: str, values: list[Any]) -> list[Changed]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    # SQLite answers dates as text.
    return sorted(
        (
            Changed(
                unit,
                document,
                person,
                dt.date.fromisoformat(str(due)),
                dt.date.fromisoformat(str(on)),
                channel,
                bool(key),
            )
            for unit, document, person, due, on, channel, key in rows
        ),
        key=lambda row: (row.document_id, row.unit_id, row.person_id),
    )


def _write(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _value(model: type[models.Model], name: str, value: object) -> Any:
    field = model._meta.get_field(name)
    return field.get_db_prep_value(value, connection)  # type: ignore[union-attr]  # never a relation here


def _marks(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))
