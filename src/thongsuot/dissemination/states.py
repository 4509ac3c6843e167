"""The life of a session."""

from thongsuot.core.states import StateTable, Transition
from thongsuot.dissemination.models import SessionState

SESSION = StateTable(
    Transition(
        "hold",
        (SessionState.PLANNED,),
        SessionState.HELD,
        "Directive 01-CT/TW of 2026: heads lead it themselves",
    ),
    Transition("cancel", (SessionState.PLANNED,), SessionState.CANCELLED, "working rules of the committee"),
)
