"""Whom a requirement means, as one statement: members of cells or mass organisations, holders of posts; each once.

A person belongs to the cell they are a member of, where it lies under the unit that requires; else to
the branch of a mass organisation for whose sake they are asked, else to the unit of their post; of several to the one
held longest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.models import Posts
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Membership, Unit

POSITION, MEMBERSHIP, UNIT, RECEIPT = sets.POSITION, sets.MEMBERSHIP, sets.UNIT, sets.RECEIPT
IN_FORCE = "{0}.valid_from <= %s AND ({0}.valid_to IS NULL OR {0}.valid_to > %s)"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The people of the chosen units that are meant. ``titles``: posts as they are called."""

    members: bool = True
    organisations: bool = False
    posts: str = Posts.NOBODY
    titles: tuple[str, ...] = ()

    @property
    def has_posts(self) -> bool:
        return bool(self.posts or self.titles)

    @property
    def is_empty(self) -> bool:
        return not (self.members or self.organisations or self.has_posts)


def audience(unit: Unit, units: Sequence[int], wanted: Wanted, day: dt.date) -> sets.Audience:
    """Those of ``units`` and everything below, as ``unit`` requires it on that day."""
    if not (wanted.has_posts or wanted.organisations):
        return sets.under(units)
    parts: list[str] = []
    values: list[Any] = []
    on = stored_day(day)
    if wanted.members:
        members = sets.under(units)
        parts.append(
            f"SELECT m.person_id, m.unit_id, m.valid_from, m.valid_to, 0 AS turn {members.sql} "
            f"AND {IN_FORCE.format('m')}"
        )
        values += [*members.values, on, on]
    if wanted.organisations:
        parts.append(
            f"SELECT a.person_id, a.unit_id, a.valid_from, a.valid_to, 1 AS turn "  # noqa: S608
            f"FROM {UNIT} top JOIN {UNIT} u ON u.path >= top.path AND u.path < top.path || '~' "
            f"JOIN {sets.AFFILIATION} a ON a.unit_id = u.id "
            f"WHERE top.id IN ({_marks(units)}) AND {IN_FORCE.format('a')}"
        )
        values += [*units, on, on]
    if wanted.has_posts:
        sql, given = _holders(unit, units, wanted, on)
        parts.append(sql)
        values += given
    ordered = "PARTITION BY c.person_id ORDER BY c.turn, c.valid_from, c.unit_id"
    once = (
        f"SELECT c.person_id, c.unit_id, c.valid_from, c.valid_to, ROW_NUMBER() OVER ({ordered}) AS place "  # noqa: S608
        f"FROM ({' UNION ALL '.join(parts)}) c"
    )
    return sets.Audience(f"FROM ({once}) m WHERE m.place = 1", tuple(values), is_mixed=True)


def _holders(unit: Unit, units: Sequence[int], wanted: Wanted, on: Any) -> tuple[str, list[Any]]:
    """Holders of the posts that are meant, each where they are at home."""
    said: list[str] = []
    titles: list[Any] = []
    if wanted.posts == Posts.EVERYBODY:
        said.append("p.id = p.id")
    elif wanted.posts == Posts.HEADS:
        said.append("p.is_head")
    if wanted.titles:
        said.append(f"p.title IN ({_marks(wanted.titles)})")
        titles = list(wanted.titles)
    sql = (
        f"SELECT p.person_id, COALESCE(h.unit_id, p.unit_id) AS unit_id, p.valid_from, p.valid_to, 2 AS turn "  # noqa: S608
        f"FROM {UNIT} top JOIN {UNIT} u ON u.path >= top.path AND u.path < top.path || '~' "
        f"JOIN {POSITION} p ON p.unit_id = u.id LEFT JOIN (SELECT n.person_id, n.unit_id FROM {MEMBERSHIP} n "
        f"JOIN {UNIT} nu ON nu.id = n.unit_id AND nu.path >= %s AND nu.path < %s WHERE {IN_FORCE.format('n')}) h "
        f"ON h.person_id = p.person_id "
        f"WHERE top.id IN ({_marks(units)}) AND {IN_FORCE.format('p')} AND ({' OR '.join(said)})"
    )
    return sql, [unit.path, unit.path + "~", on, on, *units, on, on, *titles]


@dataclass(frozen=True)
class HowMany:
    """How many people a requirement would mean, how many of them have been asked, how many are key cadres."""

    people: int = 0
    have_it: int = 0
    key: int = 0

    @property
    def fresh(self) -> int:
        return self.people - self.have_it


def how_many(unit: Unit, units: Sequence[int], wanted: Wanted, document: Document, day: dt.date) -> HowMany:
    """The number that is said before anything is required, in one statement."""
    if wanted.is_empty or not units:
        return HowMany()
    who, on = audience(unit, units, wanted, day), stored_day(day)
    sql = (
        f"SELECT COUNT(DISTINCT m.person_id), "  # noqa: S608
        f"COUNT(DISTINCT CASE WHEN m.person_id IN (SELECT r.person_id FROM {RECEIPT} r "
        f"WHERE r.document_id = %s) THEN m.person_id END), "
        f"COUNT(DISTINCT CASE WHEN m.person_id IN ({sets.KEY_CADRES}) THEN m.person_id END) "
        f"{who.sql} AND {IN_FORCE.format('m')}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [document.pk, on, on, *who.values, on, on])
        people, have_it, key = cursor.fetchone()
    return HowMany(people, have_it, key)


def titles_under(units: Sequence[int], day: dt.date, most: int) -> list[str]:
    """The posts most people hold at or below these units, as they are called."""
    if not units:
        return []
    on = stored_day(day)
    sql = (
        f"SELECT p.title FROM {UNIT} top JOIN {UNIT} u ON u.path >= top.path AND u.path < top.path || '~' "  # noqa: S608
        f"JOIN {POSITION} p ON p.unit_id = u.id WHERE top.id IN ({_marks(units)}) AND {IN_FORCE.format('p')} "
        f"GROUP BY p.title ORDER BY COUNT(*) DESC, p.title LIMIT {most}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*units, on, on])
        return [title for (title,) in cursor.fetchall()]


def stored_day(day: dt.date) -> Any:
    return Membership._meta.get_field("valid_from").get_db_prep_value(day, connection)


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
