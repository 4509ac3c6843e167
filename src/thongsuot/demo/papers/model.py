"""What is said of an invented paper and of what became of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """A task a paper lays on somebody. ``lead``: "" is every unit that receives it, else a key of ``place.boards``."""

    text: str
    lead_text: str
    due: int
    deadline_text: str
    lead: str = ""
    product: str = ""
    done: float = 1.0
    late: float = 0.0


@dataclass(frozen=True)
class Goal:
    """A target a paper sets."""

    text: str
    comparator: str
    value: str
    unit: str
    period: str


@dataclass(frozen=True)
class Paper:
    """An invented document and what became of it.

    ``received``, ``planned``, ``met``: shares of units or cells that have come so far; ``attendance`` the share of
    members at the meetings, ``read`` of the absent who have read it since. Days are offsets from the issue.
    """

    kind: str
    subject: str
    issued: int
    opening: str
    works: tuple[Work, ...]
    summary: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    communes: int = 14
    receive_in: int = 2
    plan_in: int | None = 10
    reach_in: int = 28
    received: float = 1.0
    planned: float = 1.0
    met: float = 1.0
    attendance: float = 0.93
    read: float = 0.8
    basis: str = ""


ALL = "Đảng ủy các phường, xã"


@dataclass(frozen=True)
class Letter:
    """A paper that came from above and only lies in the book."""

    kind: str
    symbol: str
    body: str
    subject: str
    issued: int
