"""A document that was taken back is no longer asked of those it had not reached; what has reached somebody stays.

A receipt is asked as long as a delivery in force stands at or above its cell.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue_once
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import CoverageCounter, Receipt
from thongsuot.documents.hooks import Recalled
from thongsuot.documents.models import Delivery
from thongsuot.documents.models.dispatch import OVER
from thongsuot.organizations.models import Unit

RECEIPT, COUNTER = Receipt._meta.db_table, CoverageCounter._meta.db_table
DELIVERY, UNIT = Delivery._meta.db_table, Unit._meta.db_table
_BELOW = f"SELECT u.id FROM {UNIT} u JOIN {UNIT} top ON u.path >= top.path AND u.path < top.path || '~' "  # noqa: S608


def release(recalled: Recalled) -> int:
    """Ask those below who have not been reached no longer; how many. Three statements, however many people."""
    document = recalled.recall.document_id
    given, parameters = _units_of(recalled)
    in_force = f"{_BELOW} JOIN {DELIVERY} d ON d.unit_id = top.id WHERE d.document_id = %s AND d.state NOT IN (%s, %s)"
    sql = (
        f"UPDATE {RECEIPT} SET released_at = %s WHERE document_id = %s AND reached_at IS NULL "  # noqa: S608
        f"AND released_at IS NULL AND unit_id IN ({_BELOW} WHERE top.id IN ({given})) "
        f"AND unit_id NOT IN ({in_force})"
    )
    moment = Receipt._meta.get_field("released_at").get_db_prep_value(now(), connection)
    over = [str(state) for state in OVER]
    released = _write(sql, [moment, document, *parameters, document, *over])
    if released:
        of_them = f"SELECT unit_id, COUNT(*) AS n FROM {RECEIPT} WHERE document_id = %s AND released_at = %s "  # noqa: S608
        _count(f"{of_them} GROUP BY unit_id", [document, moment], document, 1)
    return released


def ask_again(recalled: Recalled) -> int:
    """Ask once more whom the recall had released; how many."""
    document = recalled.recall.document_id
    given, parameters = _units_of(recalled)
    released = (
        f"document_id = %s AND released_at IS NOT NULL AND unit_id IN ({_BELOW} WHERE top.id IN ({given}))"
    )
    counted = f"SELECT unit_id, COUNT(*) AS n FROM {RECEIPT} WHERE {released} GROUP BY unit_id"  # noqa: S608
    # Counted first: afterwards nothing tells these receipts from the others.
    _count(counted, [document, *parameters], document, -1)
    return _write(f"UPDATE {RECEIPT} SET released_at = NULL WHERE {released}", [document, *parameters])  # noqa: S608


def _units_of(recalled: Recalled) -> tuple[str, tuple[Any, ...]]:
    return recalled.deliveries.order_by().values("unit_id").query.sql_with_params()


def _count(source: str, parameters: list[Any], document: int, sign: int) -> None:
    """Move the numbers of these cells from asked to released, or back; a cell with nobody to ask is none to count."""
    left = f"required - {sign} * s.n"
    sql = (
        f"UPDATE {COUNTER} SET required = {left}, released = released + {sign} * s.n, changed = %s, "  # noqa: S608
        f"cells = CASE WHEN {left} > 0 THEN 1 ELSE 0 END "
        f"FROM ({source}) AS s WHERE {COUNTER}.unit_id = s.unit_id AND {COUNTER}.document_id = %s"
    )
    _write(sql, [True, *parameters, document])
    enqueue_once(fold_coverage)


def _write(sql: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
