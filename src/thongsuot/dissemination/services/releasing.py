"""A document that was taken back is no longer asked of those it had not reached; what has reached somebody stays.

A receipt is asked as long as a delivery in force stands at or above its cell.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connection

from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue_once
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import CoverageCounter, Receipt
from thongsuot.documents.hooks import Recalled, Replaced
from thongsuot.documents.models import Delivery
from thongsuot.documents.models.dispatch import OVER
from thongsuot.organizations.models import Unit

RECEIPT, COUNTER = Receipt._meta.db_table, CoverageCounter._meta.db_table
DELIVERY, UNIT = Delivery._meta.db_table, Unit._meta.db_table
BELOW = f"SELECT u.id FROM {UNIT} u JOIN {UNIT} top ON u.path >= top.path AND u.path < top.path || '~' "  # noqa: S608
_OPEN = "document_id = %s AND reached_at IS NULL AND released_at IS NULL"
# Cells whose counters change by one statement.
AT_ONCE = 5_000


def release(recalled: Recalled) -> int:
    """Ask those below who have not been reached no longer; how many."""
    document = recalled.recall.document_id
    given, parameters = _units_of(recalled)
    in_force = f"{BELOW} JOIN {DELIVERY} d ON d.unit_id = top.id WHERE d.document_id = %s AND d.state NOT IN (%s, %s)"
    gone = f"{_OPEN} AND unit_id IN ({BELOW} WHERE top.id IN ({given})) AND unit_id NOT IN ({in_force})"
    over = [str(state) for state in OVER]
    return _change(True, gone, [document, *parameters, document, *over], document)


def release_replaced(replaced: Replaced) -> int:
    """Ask nobody any longer to hear of a document that another one replaces; how many."""
    return _change(True, _OPEN, [replaced.old.pk], replaced.old.pk)


def ask_again(recalled: Recalled) -> int:
    """Ask once more whom the recall had released; how many."""
    document = recalled.recall.document_id
    given, parameters = _units_of(recalled)
    released = (
        f"document_id = %s AND released_at IS NOT NULL AND unit_id IN ({BELOW} WHERE top.id IN ({given}))"
    )
    return _change(False, released, [document, *parameters], document)


def _units_of(recalled: Recalled) -> tuple[str, tuple[Any, ...]]:
    return recalled.deliveries.order_by().values("unit_id").query.sql_with_params()


def _change(is_released: bool, which: str, parameters: list[Any], document: int) -> int:
    """Release these receipts, or ask them again; what changed is what the database says, so counters stay exact."""
    moment = now() if is_released else None
    at = Receipt._meta.get_field("released_at").get_db_prep_value(moment, connection)
    sql = f"UPDATE {RECEIPT} SET released_at = %s WHERE {which} RETURNING unit_id"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [at, *parameters])
        changed = Counter(unit for (unit,) in cursor.fetchall())
    cells = sorted(changed.items())
    for start in range(0, len(cells), AT_ONCE):
        _count(cells[start : start + AT_ONCE], document, 1 if is_released else -1)
    if cells:
        enqueue_once(fold_coverage)
    return changed.total()


def _count(cells: list[tuple[int, int]], document: int, sign: int) -> None:
    """Move the numbers of these cells from asked to released, or back; a cell with nobody to ask is none to count."""
    rows = ", ".join(["(%s, %s)"] * len(cells))
    left = f"required - {sign} * s.n"
    sql = (
        f"WITH s (unit_id, n) AS (VALUES {rows}) "  # noqa: S608  # our own names and signs
        f"UPDATE {COUNTER} SET required = {left}, released = released + {sign} * s.n, changed = %s, "
        f"cells = CASE WHEN {left} > 0 THEN 1 ELSE 0 END "
        f"FROM s WHERE {COUNTER}.unit_id = s.unit_id AND {COUNTER}.document_id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(value for cell in cells for value in cell), True, document])
