"""Who belongs to what a requirement means and has not been asked: found by one statement, asked by another."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from thongsuot.core.clock import day_of
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.audience.counters import Shift, shift_counters
from thongsuot.dissemination.audience.whom import IN_FORCE, Wanted, audience, stored_day
from thongsuot.dissemination.models import CoverageCounter, Receipt, Requirement, RequirementUnit
from thongsuot.documents.counting.days import prefixes
from thongsuot.documents.counting.folding import DEEPEST
from thongsuot.documents.models.dispatch import OVER
from thongsuot.organizations.models import Person, Unit, UnitKind, UnitSuccession

REQUIREMENT, ASKED = Requirement._meta.db_table, RequirementUnit._meta.db_table
RECEIPT, COUNTER, DELIVERY = sets.RECEIPT, sets.COUNTER, sets.DELIVERY
UNIT, MEMBERSHIP, PERSON = sets.UNIT, sets.MEMBERSHIP, Person._meta.db_table
SUCCESSION = UnitSuccession._meta.db_table
# Who took over from whom, over however many steps, and since when.
HEIRS = (
    f"WITH RECURSIVE heirs (old_id, new_id, since) AS (SELECT old_id, new_id, effective_on FROM {SUCCESSION} "  # noqa: S608
    f"UNION SELECT h.old_id, n.new_id, n.effective_on FROM heirs h JOIN {SUCCESSION} n ON n.old_id = h.new_id) "
)
# A person in the unit where they belong.
Joiner = tuple[int, int]


def missing(day: dt.date, people: Sequence[int] | None = None) -> dict[int, list[Joiner]]:
    """By requirement whose day has not passed: those it means and nobody has asked. All, or of these people."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for requirement, document, person, unit in [*_members(day, people), *_holders(day, people)]:
        # Of several requirements of a document the first one counts, as when they were opened.
        one = found.get((document, person))
        if one is None or requirement < one[0]:
            found[(document, person)] = (requirement, unit)
    joiners: dict[int, list[Joiner]] = {}
    for (_document, person), (requirement, unit) in sorted(found.items()):
        joiners.setdefault(requirement, []).append((unit, person))
    return joiners


def _members(day: dt.date, people: Sequence[int] | None) -> list[tuple[int, int, int, int]]:
    """Members of cells: below a unit that was named, below one the paper was delivered to, below who took over
    from these, or in a cell that a reorganisation took from there, where others are asked by the same requirement."""
    on, over = stored_day(day), [str(state) for state in OVER]
    states = ", ".join(["%s"] * len(over))
    # Whoever joins the successor of a unit that was named after it took over: what is asked there goes on.
    heirs = "JOIN heirs s ON s.new_id = top.id AND s.since < m.valid_from"
    whose, chosen = _of("m.person_id", people)
    above = f"JOIN {UNIT} top ON top.path IN ({prefixes('u.path', DEEPEST)})"
    open_one = "q.due >= %s AND q.of_members"
    delivered = (
        f"SELECT 1 FROM {DELIVERY} d WHERE d.dispatch_id = q.dispatch_id AND d.document_id = q.document_id"  # noqa: S608
    )
    ways: list[tuple[str, list[Any]]] = [
        (
            f"{above} JOIN {ASKED} x ON x.unit_id = top.id JOIN {REQUIREMENT} q ON q.id = x.requirement_id "
            f"AND {open_one}",
            [on],
        ),
        (
            f"{above} JOIN {DELIVERY} d ON d.unit_id = top.id AND d.state NOT IN ({states}) "
            f"JOIN {REQUIREMENT} q ON q.dispatch_id = d.dispatch_id AND q.document_id = d.document_id "
            f"AND {open_one}",
            [*over, on],
        ),
        (
            f"{above} {heirs} JOIN {ASKED} x ON x.unit_id = s.old_id "
            f"JOIN {REQUIREMENT} q ON q.id = x.requirement_id AND {open_one}",
            [on],
        ),
        (
            f"{above} {heirs} JOIN {DELIVERY} d ON d.unit_id = s.old_id AND d.state NOT IN ({states}) "
            f"JOIN {REQUIREMENT} q ON q.dispatch_id = d.dispatch_id AND q.document_id = d.document_id "
            f"AND {open_one}",
            [*over, on],
        ),
        (
            f"JOIN {COUNTER} c ON c.unit_id = m.unit_id AND c.required > 0 "  # noqa: S608
            f"JOIN {REQUIREMENT} q ON q.document_id = c.document_id AND {open_one} "
            f"AND EXISTS (SELECT 1 FROM {RECEIPT} o WHERE o.unit_id = c.unit_id "
            f"AND o.document_id = c.document_id AND o.requirement_id = q.id) "
            f"AND (EXISTS (SELECT 1 FROM {ASKED} x WHERE x.requirement_id = q.id) "
            f"OR EXISTS ({delivered} AND d.state NOT IN ({states})))",
            [on, *over],
        ),
    ]
    sql = HEIRS + " UNION ".join(
        f"SELECT q.id, q.document_id, m.person_id, m.unit_id FROM {MEMBERSHIP} m "  # noqa: S608
        f"JOIN {UNIT} u ON u.id = m.unit_id {way} "
        f"WHERE {IN_FORCE.format('m')}{whose} AND NOT {_has_receipt('q.document_id', 'm.person_id')}"
        for way, _values in ways
    )
    values = [value for _way, given in ways for value in (*given, on, on, *chosen)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _holders(day: dt.date, people: Sequence[int] | None) -> list[tuple[int, int, int, int]]:
    """Holders of posts and members of mass organisations: a statement for each requirement that means any,
    of which there are few at a time."""
    on, rows = stored_day(day), []
    others = ~Q(of_posts="") | ~Q(titles=[]) | Q(of_organisations=True)
    asked = Requirement.objects.filter(others, due__gte=day, units__isnull=False)
    whose, chosen = _of("m.person_id", people)
    for requirement in asked.distinct().select_related("unit").order_by("pk"):
        units = sorted(requirement.units.values_list("unit_id", flat=True))
        wanted = Wanted(
            members=False,
            organisations=requirement.of_organisations,
            posts=requirement.of_posts,
            titles=tuple(requirement.titles),
        )
        who = audience(requirement.unit, units, wanted, day)
        sql = (
            f"SELECT {requirement.pk}, {requirement.document_id}, m.person_id, m.unit_id {who.sql} "
            f"AND {IN_FORCE.format('m')}{whose} AND NOT {_has_receipt('%s', 'm.person_id')}"
        )
        document = requirement.document_id
        with connection.cursor() as cursor:
            cursor.execute(sql, [*who.values, on, on, *chosen, document, document])
            rows += cursor.fetchall()
    return rows


def _of(column: str, people: Sequence[int] | None) -> tuple[str, list[int]]:
    if people is None:
        return "", []
    return f" AND {column} IN ({', '.join(['%s'] * len(people))})", list(people)


def _has_receipt(document: str, person: str) -> str:
    """Whether the person, or an entry that was joined with theirs, has been asked."""
    return (
        f"(EXISTS (SELECT 1 FROM {RECEIPT} r WHERE r.person_id = {person} AND r.document_id = {document}) "  # noqa: S608
        f"OR EXISTS (SELECT 1 FROM {RECEIPT} r JOIN {PERSON} same ON same.id = r.person_id "
        f"WHERE same.merged_into_id = {person} AND r.document_id = {document}))"
    )


def ask(requirement: Requirement, joiners: Iterable[Joiner], day: dt.date) -> int:
    """Give them their receipts; the caller holds the document. Who has got one meanwhile is left out; how many."""
    rows = json.dumps(dict(enumerate(sorted(joiners))))
    unit, person = (f"CAST(f.value ->> {place} AS bigint)" for place in range(2))
    on = stored_day(day)
    due = sets._value(Receipt, "due", requirement.due)
    first = requirement.key_due if requirement.key_due and requirement.key_due >= day else requirement.due
    is_key = f"s.who IN ({sets.KEY_CADRES})"
    sql = (
        f"INSERT INTO {RECEIPT} (unit_id, document_id, person_id, requirement_id, is_key, due, channel, version) "  # noqa: S608
        f"SELECT s.cell, %s, s.who, %s, {is_key}, CASE WHEN {is_key} THEN %s ELSE %s END, '', "
        f"COALESCE((SELECT MAX(v.number) FROM {sets.VERSION} v WHERE v.document_id = %s AND v.material), 1) "
        f"FROM (SELECT {unit} AS cell, {person} AS who FROM json_each(%s) AS f) s "
        f"WHERE NOT EXISTS (SELECT 1 FROM {RECEIPT} r WHERE r.person_id = s.who AND r.document_id = %s) "
        f"ON CONFLICT DO NOTHING RETURNING unit_id, is_key"
    )
    document = requirement.document_id
    values = [document, requirement.pk, on, on, on, on, sets._value(Receipt, "due", first), due]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, document, rows, document])
        asked = [(unit_id, bool(key)) for unit_id, key in cursor.fetchall()]
    _count(requirement, asked)
    return len(asked)


def _count(requirement: Requirement, asked: Sequence[tuple[int, bool]]) -> None:
    people, key = Counter(unit for unit, _key in asked), Counter(unit for unit, is_key in asked if is_key)
    if not people:
        return
    since, document = day_of(requirement.opened_at), requirement.document_id
    cells = set(Unit.objects.filter(pk__in=people, kind=UnitKind.CELL).values_list("pk", flat=True))
    new = [
        CoverageCounter(unit_id=unit, document_id=document, asked_on=since, cells=int(unit in cells))
        for unit in sorted(people)
    ]
    CoverageCounter._default_manager.bulk_create(new, ignore_conflicts=True, batch_size=500)
    later = CoverageCounter._default_manager.filter(Q(asked_on=None) | Q(asked_on__gt=since))
    later.filter(unit__in=people, document=document).update(asked_on=since, changed=True)
    shift_counters(
        {(unit, document): Shift(required=number, key=key[unit]) for unit, number in people.items()}
    )
    sets.circulate(requirement)
