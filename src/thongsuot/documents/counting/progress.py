"""Walking through slices, a transaction each, so that a walk that was ended goes on where it stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.cache import cache
from django.db import transaction

from thongsuot.core.jobs import DAY
from thongsuot.documents.counting.slices import Slice

Tell = Callable[[int, int], object]


def nobody(done: int, number: int) -> None:
    """Nobody looks on."""


class Progress:
    """Remembers for a day how far a walk has come, in the transaction of its slice. Lost, it only begins anew."""

    def __init__(self, name: str) -> None:
        self._key = f"progress:{name.replace(' ', '-')}"

    @property
    def stands_at(self) -> tuple[int, str, int] | None:
        noted: tuple[int, str, int] | None = cache.get(self._key)
        return noted

    def walk(
        self, slices: Sequence[Slice], work: Callable[[Slice], None], *, resume: bool, tell: Tell = nobody
    ) -> None:
        """Work on each; on those before the noted place only when not to ``resume``."""
        after = self.stands_at if resume else None
        for number, one in enumerate(slices, start=1):
            if after is None or one.key > after:
                with transaction.atomic():
                    work(one)
                    cache.set(self._key, one.key, timeout=DAY)
            tell(number, len(slices))
        cache.delete(self._key)
