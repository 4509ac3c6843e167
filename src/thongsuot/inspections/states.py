"""The life of an inspection: prepared, conducted, concluded, closed.

Decision 296-QD/TW (30/5/2025) and the model procedure 331-QD/TW (18/6/2025) know three steps: to prepare (team,
plan, outline of the self-report), to conduct (self-report, verification, findings), to finish (conclusion, notice,
file). The file is closed when the inspected unit has done what the conclusion requires (docs/sources.md).
"""

from __future__ import annotations

from thongsuot.core.states import StateTable, Transition
from thongsuot.inspections.models import InspectionState

S = InspectionState
UNDER_WAY = (S.PREPARING.value, S.CONDUCTING.value)

INSPECTION = StateTable(
    # The self-report comes in, or the team notes what it found: the second step has begun.
    Transition("conduct", UNDER_WAY, S.CONDUCTING, "331-QĐ/TW, step 2: self-report and verification"),
    Transition("conclude", (S.CONDUCTING,), S.CONCLUDED, "331-QĐ/TW, step 3: conclusion and its notice"),
    Transition("close", (S.CONCLUDED,), S.CLOSED, "331-QĐ/TW, step 3: follow-up done, file closed"),
)

# Decision 331-QD/TW: an inspection looks at the last five years at most.
YEARS_BACK = 5
