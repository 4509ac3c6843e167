"""How a higher subject takes part in an act of a lower one without being imported by it.

A hook is called by name inside the service that owns the act, in its transaction, in the order of
registration (``AppConfig.ready``); an error stops the whole act. docs/adr/0005 says why this and not signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Subject = TypeVar("Subject")


class Hook(Generic[Subject]):
    """A named place in a service where others follow."""

    def __init__(self) -> None:
        self._followers: list[Callable[[Subject], object]] = []

    def add(self, follower: Callable[[Subject], object]) -> None:
        """Let ``follower`` run in the transaction of the act; registering twice is once."""
        if follower not in self._followers:
            self._followers.append(follower)

    def __call__(self, subject: Subject) -> None:
        for follower in self._followers:
            follower(subject)
