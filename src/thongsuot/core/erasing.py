"""What an erasure takes away, what it leaves and why, and what speaks against it: said and done by each subject.

Facts stay as counts under a key without a name. Each part is registered when its app starts, and called in the
transaction of the act, in the order of registration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from thongsuot.core.holdings import Subject
from thongsuot.core.personal import Text


@dataclass(frozen=True)
class Line:
    """One line of the preview: how many of what, and what becomes of it."""

    what: Text
    count: int
    goes: bool
    why: Text


def _none(subject: Subject) -> Iterable[str]:
    return ()


def _leave(subject: Subject) -> None:
    return None


@dataclass(frozen=True)
class Part:
    """One subject's part. ``against``: sentences, each a duty that has to be ended first. Harmless when done twice."""

    name: str
    preview: Callable[[Subject], Iterable[Line]]
    against: Callable[[Subject], Iterable[str]] = _none
    erase: Callable[[Subject], None] = _leave


_parts: dict[str, Part] = {}


def take_part(part: Part) -> None:
    """Registered again under its name, a part replaces the one before."""
    _parts[part.name] = part


def preview(subject: Subject) -> list[Line]:
    """What there is; what there is none of is left out."""
    return [line for part in _parts.values() for line in part.preview(subject) if line.count]


def objections(subject: Subject) -> list[str]:
    return [sentence for part in _parts.values() for sentence in part.against(subject)]


def erase(subject: Subject) -> None:
    for part in _parts.values():
        part.erase(subject)


def parts() -> Iterator[str]:
    yield from _parts
