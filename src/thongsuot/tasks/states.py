"""The life of a task: which verb leads where, and the rule it comes from.

The states are the matrix of docs/sources.md (tracking): not started, in progress, waiting to be accepted,
returned, done, stopped. Whether a task is in time is not a state: it follows from the deadline and the day.
"""

from __future__ import annotations

from thongsuot.core.states import StateTable, Transition
from thongsuot.tasks.models import TaskState as S

# Decision 42/2014/QD-TTg (consolidated 2023): an assigned task is being carried out, then done in time or late.
_VPCP = "42/2014/QĐ-TTg"
# Regulation 08-QC/TW (2025): all assigned tasks are tracked, urged and inspected; progress is kept as data.
_QC08 = "08-QC/TW"

AT_WORK = (S.ASSIGNED, S.IN_PROGRESS, S.RETURNED)
OPEN = (*AT_WORK, S.SUBMITTED)

# Extending and urging leave the state as it is: their target is empty.
STATES = StateTable(
    Transition("share", AT_WORK, S.IN_PROGRESS, _VPCP),
    Transition("report", AT_WORK, S.IN_PROGRESS, _QC08),
    Transition("submit", AT_WORK, S.SUBMITTED, _VPCP),
    Transition("accept", (S.SUBMITTED,), S.DONE, _VPCP),
    Transition("return", (S.SUBMITTED,), S.RETURNED, _VPCP),
    Transition("extend", AT_WORK, "", _VPCP),
    Transition("urge", AT_WORK, "", _QC08),
    Transition("stop", OPEN, S.STOPPED, _VPCP),
    # Only after a refusal or a recall that was taken back.
    Transition("reopen", (S.STOPPED,), S.ASSIGNED, _VPCP),
)
