"""Which figures about people may be shown beside each other: none from which fewer than five could be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

# Issue 5: "totals of a unit of at least five people, never as a list of names".
FEWEST_PEOPLE = 5

Key = TypeVar("Key")


def tellable(people: Mapping[Key, int], whole: int) -> set[Key]:
    """Those parts of a whole whose figures may be shown beside it.

    A part needs five people, and what the hidden parts have together is nobody or at least five: otherwise the
    smallest shown ones are hidden with them.
    """
    shown = sorted((key for key in people if people[key] >= FEWEST_PEOPLE), key=lambda key: people[key])
    hidden = whole - sum(people[key] for key in shown)
    while shown and 0 < hidden < FEWEST_PEOPLE:
        hidden += people[shown.pop(0)]
    return set(shown) if whole >= FEWEST_PEOPLE else set()
