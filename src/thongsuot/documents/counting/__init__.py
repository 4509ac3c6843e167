"""Counting where it happens, summing up the tree: totals that never ask the leaves.

Three levels (docs/architecture.md, "Counting"): a leaf row; the counter of (unit, document), changed in the
transaction that writes the leaf; the total of (ancestor, document), to which ``fold`` adds what has changed
since the last time. No row is written by everybody, a total says when it was true, and ``rebuild`` makes the
totals anew from the counters, ``recount`` the counters from the leaves, slice by slice while the site is in use.
"""

from thongsuot.documents.counting.folding import bump, fold, keep_still
from thongsuot.documents.counting.models import (
    FlowDay,
    Leaves,
    Step,
    SubtreeTotal,
    UnitCounter,
    counted_totals,
)
from thongsuot.documents.counting.rebuilding import rebuild, sum_up, touched_by
from thongsuot.documents.counting.recounting import recount

__all__ = [
    "FlowDay",
    "Leaves",
    "Step",
    "SubtreeTotal",
    "UnitCounter",
    "bump",
    "counted_totals",
    "fold",
    "keep_still",
    "rebuild",
    "recount",
    "sum_up",
    "touched_by",
]
