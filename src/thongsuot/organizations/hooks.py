"""Where higher subjects take part in a reorganisation: what it touches, what they hand over, what they give back.

Each function is called in the transaction of the act, with keys; it answers for whole sets, never row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from thongsuot.core.hooks import Hook

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class Heir:
    """A unit that takes over, with its share of the figures."""

    unit_id: int
    share: Decimal
    is_main: bool


@dataclass(frozen=True)
class Succession:
    """One unit that has ended. ``by_share``: open work goes to each heir, figures by its share."""

    old_id: int
    heirs: tuple[Heir, ...]
    by_share: bool

    @property
    def main_id(self) -> int:
        return next(heir.unit_id for heir in self.heirs if heir.is_main)


@dataclass(frozen=True)
class Handover:
    """A reorganisation that has just changed the units. ``moved_ids``: units that hang elsewhere in the tree now.

    ``at`` is one moment for everything written in it, ``by_id`` the account that scheduled it.
    """

    reorganization_id: int
    day: dt.date
    at: dt.datetime
    by_id: int
    successions: tuple[Succession, ...]
    founded_ids: tuple[int, ...] = ()
    moved_ids: tuple[int, ...] = ()

    @property
    def old_ids(self) -> list[int]:
        return [succession.old_id for succession in self.successions]

    @property
    def main_of(self) -> dict[int, int]:
        """Old unit to the one that takes over from it, or takes the most."""
        return {succession.old_id: succession.main_id for succession in self.successions}


units_about_to_change: Hook[None] = Hook()
"""Before a reorganisation or its undoing holds any unit: wait for work that holds several units in another order."""

units_succeeded: Hook[Handover] = Hook()
"""Units have ended and others taken over: pass on what is open. Harmless when called again."""

units_restored: Hook[Handover] = Hook()
"""The reorganisation is being undone: take back what was passed on, before the units are put back."""


people_changed: Hook[Sequence[int]] = Hook()
"""Memberships or posts of these people began, ended or passed on: what is asked of them may no longer be."""

people_taken_back: Hook[Sequence[int]] = Hook()
"""The people an import wrote are about to be removed again: take along what nobody has acted upon."""

tree_changed: Hook[int] = Hook()
"""Units hang elsewhere, by the reorganisation with this key or by its undoing: have sums up the tree made anew."""


@dataclass(frozen=True)
class Touched:
    """What a draft would change: units that end, and units that are renamed or moved."""

    ending: Sequence[int]
    changing: Sequence[int]


@dataclass(frozen=True)
class Impact:
    """One line of the preview: how many of what are touched; ``list_of`` is the address of the list of one unit."""

    label: str | Promise
    count: int
    note: str | Promise = ""
    list_of: Callable[[int], str] | None = None


class Answers:
    """Functions that each subject registers, asked one after the other."""

    def __init__(self) -> None:
        self._functions: list[Callable[[Touched], Iterable[Impact]]] = []

    def add(self, function: Callable[[Touched], Iterable[Impact]]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def __call__(self, touched: Touched) -> Iterator[Impact]:
        for function in self._functions:
            yield from function(touched)


impacts = Answers()
"""What a draft touches: each function counts in one or two queries."""


class Objections:
    """Sentences that speak against undoing a reorganisation."""

    def __init__(self) -> None:
        self._functions: list[Callable[[Handover], Iterable[str]]] = []

    def add(self, function: Callable[[Handover], Iterable[str]]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def __call__(self, handover: Handover) -> list[str]:
        return [sentence for function in self._functions for sentence in function(handover)]


against_undoing = Objections()
"""What was written since and depends on it: each function answers sentences."""


@dataclass(frozen=True)
class Registered:
    """A registered document, as far as a reorganisation names the one that decides it."""

    key: int
    symbol: str
    date: dt.date
    issuer: str
    subject: str
    url: str


class Register:
    """Where the deciding document is looked up: one higher subject answers, as far as a person may read."""

    def __init__(self) -> None:
        self._search: Callable[[Viewer, str], list[Registered]] | None = None
        self._one: Callable[[Viewer, int], Registered | None] | None = None

    def answer_with(
        self,
        search: Callable[[Viewer, str], list[Registered]],
        one: Callable[[Viewer, int], Registered | None],
    ) -> None:
        self._search, self._one = search, one

    def search(self, user: Viewer, text: str) -> list[Registered]:
        return self._search(user, text) if self._search and text else []

    def one(self, user: Viewer, key: int | None) -> Registered | None:
        return self._one(user, key) if self._one and key else None


register = Register()
"""The registered documents, to look up the one that decides."""
