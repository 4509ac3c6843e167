"""What a proof is: a claim about the data, and how to find what contradicts it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MOST_FAULTS = 20
Tick = Callable[[int], object]


def _still(number: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Proof:
    """One claim about the data and how to find what contradicts it.

    ``faults`` of one that is ``long`` is called with a function to be told how many rows it has looked at. One that
    ``counts`` compares numbers with what they are the numbers of.
    """

    title: str
    faults: Callable[..., Iterator[str]]
    long: bool = False
    counts: bool = False

    def found(self, tick: Tick = _still) -> list[str]:
        """What is wrong. Somebody may be writing meanwhile: only what is still there the second time counts."""
        first = list(itertools.islice(self._faults(tick), MOST_FAULTS))
        if not first:
            return []
        still = set(itertools.islice(self._faults(tick), 10 * MOST_FAULTS))
        return [fault for fault in first if fault in still]

    def _faults(self, tick: Tick) -> Iterator[str]:
        return self.faults(tick) if self.long else self.faults()
