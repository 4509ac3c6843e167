"""Word's way of counting lists, the same in .docx and .doc: levels, restarts, lists that go on together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from thongsuot.formats.reading.extract.numerals import bullet, figure

HIGHEST = 32_767
_PLACEHOLDER = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks and counts. Levels themselves are counted from 0, ``pattern`` from %1."""

    form: str
    pattern: str
    start: int = 1
    restart: int | None = (
        None  # 0: never; n: after an item of the first n levels; None: after any higher level
    )
    legal: bool = False  # all figures in Arabic, whatever their own level says
    follow: str = "tab"  # what stands between the figure and the words
    style: str = ""  # the paragraph style that stands for this level


class Counting:
    """Counts list items while the paragraphs go by in order."""

    def __init__(self) -> None:
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(
        self, number: str, abstract: str, depth: int, levels: Mapping[int, Level], anew: int | None = None
    ) -> str:
        """The mark of the next item; ``anew`` is where this list begins on its own, if it does."""
        level = levels[depth]
        count = self._count(number, abstract, depth, levels, anew)
        if level.form == "bullet":
            return bullet(level.pattern)

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            shown = levels.get(at)
            if shown is None or shown.form == "none":
                return ""
            return figure(count.get(at, shown.start), "decimal" if level.legal else shown.form)

        words = _PLACEHOLDER.sub(printed, level.pattern)
        return words + ("" if level.follow == "nothing" else " ") if words.strip() else ""

    def _count(
        self, number: str, abstract: str, depth: int, levels: Mapping[int, Level], anew: int | None
    ) -> dict[int, int]:
        # Lists made from one abstract list go on counting together, unless a list says where it begins.
        counters = self._counters.setdefault(abstract, {})
        if anew is not None and (number, depth) not in self._begun:
            counters[depth] = anew
        else:
            start = levels[depth].start if anew is None else anew
            counters[depth] = min(counters.get(depth, start - 1) + 1, HIGHEST)
        self._begun.add((number, depth))
        for deeper in [d for d in counters if d > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counters[deeper]
        return counters
