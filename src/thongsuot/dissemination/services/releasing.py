"""A document that was taken back is no longer asked of those it had not reached; what has reached somebody stays.

A receipt is asked as long as a delivery in force stands at or above its cell.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection

from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue_once
from thongsuot.dissemination.audience.counters import Shift, shift_counters
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import Receipt
from thongsuot.documents.hooks import Recalled, Replaced
from thongsuot.documents.models import Delivery
from thongsuot.documents.models.dispatch import OVER
from thongsuot.organizations.models import Unit

RECEIPT = Receipt._meta.db_table
DELIVERY, UNIT = Delivery._meta.db_table, Unit._meta.db_table
BELOW = f"SELECT u.id FROM {UNIT} u JOIN {UNIT} top ON u.path >= top.path AND u.path < top.path || '~' "  # noqa: S608
_OPEN = "document_id = %s AND reached_at IS NULL AND NOT recalled"


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
    released = f"document_id = %s AND recalled AND unit_id IN ({BELOW} WHERE top.id IN ({given}))"
    return _change(False, released, [document, *parameters], document)


def _units_of(recalled: Recalled) -> tuple[str, tuple[Any, ...]]:
    return recalled.deliveries.order_by().values("unit_id").query.sql_with_params()


def _change(is_released: bool, which: str, parameters: list[Any], document: int) -> int:
    """Release these receipts, or ask them again; what changed is what the database says, so counters stay exact.

    Who stands outside for a reason of their own is only marked: nothing was asked of them.
    """
    moment = now() if is_released else None
    at = Receipt._meta.get_field("released_at").get_db_prep_value(moment, connection)
    sql = (
        f"UPDATE {RECEIPT} SET recalled = %s, "  # noqa: S608
        f"released_at = CASE WHEN outside = '' THEN %s ELSE released_at END WHERE {which} "
        f"RETURNING unit_id, outside, is_key"
    )
    shifts: dict[tuple[int, int], Shift] = defaultdict(Shift)
    sign = 1 if is_released else -1
    with connection.cursor() as cursor:
        cursor.execute(sql, [is_released, at, *parameters])
        changed = [(unit, bool(key)) for unit, outside, key in cursor.fetchall() if not outside]
    for unit, key in changed:
        shifts[(unit, document)].add(required=-sign, released=sign, key=-sign * key)
    shift_counters(shifts)
    if changed:
        enqueue_once(fold_coverage)
    return len(changed)
