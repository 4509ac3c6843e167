"""Which bodies a province and a commune may get: ``bodies.toml`` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from thongsuot.formats.areas import kind_and_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thongsuot.formats.areas import Commune, Province


@dataclass(frozen=True)
class Body:
    """A unit to be founded in every area of a level; its names are patterns."""

    key: str
    kind: str
    name: str
    short_name: str
    symbol: str = ""
    aliases: tuple[str, ...] = ()
    # What papers of before called it: the patterns with the old area put in.
    former: tuple[str, ...] = ()
    below: str = ""
    area: bool = False
    chosen: bool = False

    def label(self) -> str:
        """The body without the area, for a list to choose from."""
        words = words_of("", "…", is_city=False)
        return " ".join((self.name % words).replace("…", "").split())


@lru_cache(maxsize=1)
def bodies() -> dict[str, tuple[Body, ...]]:
    """By level, "province" and "commune", the bodies in the order of the file; the first is the top one."""
    text = resources.files(__package__ or "").joinpath("bodies.toml").read_text("utf-8")
    return {level: tuple(_body(row) for row in rows) for level, rows in tomllib.loads(text).items()}


def _body(row: Mapping[str, object]) -> Body:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Body(**{**row, **lists})  # type: ignore[arg-type]  # the file is ours; a wrong word fails at once


def chosen(level: str, keys: tuple[str, ...]) -> list[Body]:
    """Those of a level with these keys, the top one always; what hangs below a missing one hangs below the top."""
    first, *others = bodies()[level]
    return [first, *(body for body in others if body.key in keys)]


def words_of(kind: str, name: str, *, is_city: bool) -> dict[str, str]:
    return {
        "area": f"{kind} {name}".strip(),
        "name": name,
        "head": "Thành ủy" if is_city else "Tỉnh ủy",
    }


def words_of_area(area: Commune | Province) -> dict[str, str]:
    kind, name = kind_and_name(area.name)
    return words_of(kind, name, is_city=kind == "thành phố")
