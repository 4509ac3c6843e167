"""States and the verbs that lead from one to the next, as a table with its source."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thongsuot.core.refusals import Refused


@dataclass(frozen=True)
class Transition:
    """``verb`` leads from any of ``sources`` to ``target``; ``basis`` names the rule it comes from."""

    verb: str
    sources: tuple[str, ...]
    target: str
    basis: str


class StateTable:
    """All the verbs of one life; an unknown step is refused in words."""

    def __init__(self, *transitions: Transition) -> None:
        self.by_verb = {transition.verb: transition for transition in transitions}

    def allows(self, verb: str, state: str) -> bool:
        return state in self.by_verb[verb].sources

    def step(self, verb: str, state: str) -> Transition:
        transition = self.by_verb[verb]
        if state not in transition.sources:
            raise Refused(
                _("Somebody has changed this in the meantime. Reload the page and look again."), "state"
            )
        return transition
