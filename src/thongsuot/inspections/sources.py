"""What inspections ask of a subject beside them.

Dissemination and inspections do not know each other. What was done to make a document known is told by a function
that ``reports``, which stands above both, hands over when the program starts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thongsuot.documents.models import Document
    from thongsuot.organizations.models import Unit


@dataclass(frozen=True)
class SessionFact:
    """A session that was held: when, what it was called, for how many cells."""

    day: dt.date
    title: str
    cells: int


@dataclass(frozen=True)
class DisseminationFacts:
    """People who must hear of a document and those who have; cells that must meet for it and those that have."""

    required: int = 0
    reached: int = 0
    in_time: int = 0
    cells: int = 0
    met: int = 0
    sessions: tuple[SessionFact, ...] = ()


Teller = Callable[["Document", "Unit", dt.date, dt.date], DisseminationFacts]
_teller: list[Teller] = []


def tell_dissemination_with(teller: Teller) -> None:
    """Say who knows; the last one counts."""
    _teller[:] = [teller]


def dissemination_of(document: Document, unit: Unit, start: dt.date, end: dt.date) -> DisseminationFacts:
    """How the document was made known in the unit; sessions are those held from ``start`` to ``end``."""
    return _teller[0](document, unit, start, end) if _teller else DisseminationFacts()
