"""How a measure is printed: its value, its limit, and whether it keeps it. The figures never fail a build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measure. ``ok`` is ``None`` where nothing was promised."""

    name: str
    cells: tuple[str, ...]
    ok: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.ok is None else "ok" if self.ok else "OVER"


def show(title: str, headings: Sequence[str], lines: Sequence[Line]) -> None:
    """Print one table, columns as wide as they need to be."""
    rows = [(line.name, *line.cells, line.verdict) for line in lines]
    heads = ("measure", *headings, "")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    print(f"\n{title}")
    for row in (heads, *rows):
        first, rest = (
            row[0].ljust(widths[0]),
            [text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)],
        )
        print("  ".join([f"  {first}", *rest]).rstrip(), flush=True)
