"""Who tells the story, of which place, counted from which day."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from thongsuot.accounts.models import User
from thongsuot.core.text import fold
from thongsuot.demo.place import Place
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit


@dataclass
class Story:
    """Who tells, of which place, counted from which day; chance is seeded, so a place tells the same story."""

    place: Place
    today: dt.date
    chance: random.Random = field(default_factory=lambda: random.Random(1912))  # noqa: S311  # a story, not a secret
    told: dict[str, Document] = field(default_factory=dict)

    def day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def user(self, part: str, unit: Unit | None = None) -> User:
        """An account of the place: "bithu" of the city, or of a ward or commune."""
        return self.place.users[f"{part}.{slug_of(unit)}" if unit else part]


def slug_of(unit: Unit) -> str:
    return fold(unit.short_name).replace(" ", "")
