"""How large a ward, a province and a nation are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.documents.models import Document
    from thongsuot.organizations.models import Unit


@dataclass(frozen=True)
class Size:
    """Units on each level from the root down; the last level are cells. ``accounts`` members may sign in.

    Keys begin after ``base``: everything below it belongs to another place in the same database.
    """

    levels: tuple[int, ...]
    members: int
    accounts: int = 2_000
    base: int = 0

    @property
    def units(self) -> int:
        return sum(self.levels)

    @property
    def cells(self) -> int:
        return self.levels[-1]

    def first_of(self, level: int) -> int:
        """The key of the first unit of a level."""
        return self.base + 1 + sum(self.levels[:level])


SIZES = {
    "ward": Size((1, 30), 500, 200),
    "province": Size((1, 130, 10_000), 150_000),
    "nation": Size((1, 34, 3_321, 300_000), 1_500_000),
}


@dataclass(frozen=True)
class LargePlace:
    """What was made: the root, who leads it and who keeps its papers, and members with an account."""

    size: Size
    root: Unit
    clerk: User
    leader: User
    documents: list[Document]

    @property
    def receipts(self) -> int:
        return self.size.members * len(self.documents)

    @property
    def title(self) -> str:
        size = self.size
        return (
            f"{size.units:,} units, {size.members:,} members, {self.receipts:,} receipts, {connection.vendor}"
        )
