"""What is counted below each unit of one part of the tree, gathered once and carried up level by level.

A table that lasts as long as the connection: the counters are read and sorted once, and what they come to, by
unit above, document, depth and days of steps, is so little that everything else is asked of it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from thongsuot.documents.counting.models import UnitCounter
from thongsuot.documents.counting.slices import Slice
from thongsuot.organizations.models import Unit

UNIT = Unit._meta.db_table
HAS_BELOW = f"EXISTS (SELECT 1 FROM {UNIT} b WHERE b.parent_id = u.id)"  # noqa: S608  # our own names
WITHIN = "u.path >= %s AND u.path < %s"
# Sorting a slice in memory; the setting ends with the transaction.
ROOM_TO_SORT = "SET LOCAL work_mem = '64MB'"


class Below:
    """Rows by unit, document, depth of the units counted, and the days of their steps.

    ``standing`` says in how many of these units the steps stand. Rows of a unit with its own depth are its own.
    """

    def __init__(self, counter: type[UnitCounter], levels: int) -> None:
        self._counter, self._levels = counter, levels
        self.table = f"below_{counter._meta.db_table}"
        self._days = counter.step_days()
        self._of = counter.of()
        self._stands = counter.STANDS.format("c.folded_") if counter.STEPS else "1 = 0"

    def gather(self, one: Slice) -> None:
        """Read the counters of the part, and carry what they say up to its highest units."""
        with connection.cursor() as cursor:
            self._make_room(cursor)
            documents = [one.first, one.last]
            cursor.execute(self._of_leaves(), [one.low, one.high, one.low, *documents])
            cursor.execute(self._of_others(), [one.low, one.high, *documents])
            for depth in range(self._levels - 1, 0, -1):
                cursor.execute(self._from_level(), [depth, one.low])

    def _make_room(self, cursor: Any) -> None:
        if connection.vendor == "postgresql":
            cursor.execute(ROOM_TO_SORT)
        fields = self._counter._meta.get_field
        columns = [
            "unit_id bigint",
            *(f"{name} {fields(name).db_type(connection)}" for name in self._of),
            "depth integer",
            *(f"{day} date" for day in self._days),
            *(f"{name} bigint" for name in ("standing", *self._counter.MEASURES)),
        ]
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {self.table} ({', '.join(columns)})")
        cursor.execute(f"DELETE FROM {self.table}")  # noqa: S608  # our own names

    def _columns(self) -> str:
        names = ("unit_id", *self._of, "depth", *self._days, "standing", *self._counter.MEASURES)
        return f"INSERT INTO {self.table} ({', '.join(names)})"

    def _chosen(self, unit: str, depth: str) -> list[str]:
        return [unit, *(f"c.{name}" for name in self._of), depth, *(f"c.folded_{day}" for day in self._days)]

    def _of_leaves(self) -> str:
        """Units without any below, already summed for the unit above them."""
        key = self._chosen("u.parent_id", "u.depth")
        sums = [f"SUM(CASE WHEN {self._stands} THEN 1 ELSE 0 END)"]
        sums += [f"SUM(c.folded_{name})" for name in self._counter.MEASURES]
        return (
            f"{self._columns()} SELECT {', '.join(key + sums)} FROM {UNIT} u "  # noqa: S608  # our own names
            f"JOIN {UNIT} p ON p.id = u.parent_id JOIN {self._counter._meta.db_table} c ON c.unit_id = u.id "
            f"WHERE {WITHIN} AND p.path >= %s AND NOT {HAS_BELOW} AND c.document_id BETWEEN %s AND %s "
            f"GROUP BY {', '.join(key)}"
        )

    def _of_others(self) -> str:
        """What units with some below have counted themselves."""
        chosen = self._chosen("u.id", "u.depth")
        chosen.append(f"CASE WHEN {self._stands} THEN 1 ELSE 0 END")
        chosen += [f"c.folded_{name}" for name in self._counter.MEASURES]
        return (
            f"{self._columns()} SELECT {', '.join(chosen)} FROM {UNIT} u "  # noqa: S608  # our own names
            f"JOIN {self._counter._meta.db_table} c ON c.unit_id = u.id "
            f"WHERE {WITHIN} AND {HAS_BELOW} AND c.document_id BETWEEN %s AND %s"
        )

    def _from_level(self) -> str:
        """All that the units of one depth have, given to those above them: theirs is complete when it is their turn."""
        key = ["u.parent_id", *(f"c.{name}" for name in (*self._of, "depth", *self._days))]
        sums = [f"SUM(c.{name})" for name in ("standing", *self._counter.MEASURES)]
        return (
            f"{self._columns()} SELECT {', '.join(key + sums)} FROM {self.table} c "  # noqa: S608  # our own names
            f"JOIN {UNIT} u ON u.id = c.unit_id JOIN {UNIT} p ON p.id = u.parent_id "
            f"WHERE u.depth = %s AND p.path >= %s GROUP BY {', '.join(key)}"
        )
