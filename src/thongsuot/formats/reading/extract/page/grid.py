"""Ruled tables: from lines on paper to rows of cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thongsuot.formats.reading.extract.page.words import Line, Word, lines_of, running_text

NEAR = 2.5  # two strokes closer than this are one rule
REACH = 4.0  # a rule that ends so far from another one still meets it
MAX_RULES = 3_000  # on one page; more are a drawing, a map, a pattern
MAX_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke: at ``at`` (y of a level one, x of an upright one) from ``start`` to ``end``."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the places of its rules, and which neighbouring fields have no rule between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        across = (word.x0 + word.x1) / 2
        return self.xs[0] <= across <= self.xs[-1] and self.ys[0] <= word.middle <= self.ys[-1]

    def rows(self, words: Iterable[Word]) -> list[list[str]]:
        """The text of each cell where it begins; what it covers further right or below stays empty."""
        return [[running_text(lines) for lines in row] for row in self.cells(words)]

    def cells(self, words: Iterable[Word]) -> list[list[list[Line]]]:
        owner = self._owners()
        held: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            row = _between(self.ys, word.middle)
            column = _between(self.xs, (word.x0 + word.x1) / 2)
            held.setdefault(owner[row][column], []).append(word)
        return [
            [lines_of(held.get((row, column), ())) for column in range(len(self.xs) - 1)]
            for row in range(len(self.ys) - 1)
        ]

    def _owners(self) -> list[list[tuple[int, int]]]:
        """For every field the first field of the cell it belongs to."""
        owner: list[list[tuple[int, int]]] = []
        for row in range(len(self.ys) - 1):
            owner.append([])
            middle = (self.ys[row] + self.ys[row + 1]) / 2
            parted = {
                _nearest(self.xs, rule.at)
                for rule in self.upright
                if rule.start - REACH <= middle <= rule.end + REACH
            }
            above = [rule for rule in self.level if row and abs(rule.at - self.ys[row]) <= NEAR]
            for column in range(len(self.xs) - 1):
                across = (self.xs[column] + self.xs[column + 1]) / 2
                if column and column not in parted:
                    owner[row].append(owner[row][column - 1])
                elif row and not any(r.start - REACH <= across <= r.end + REACH for r in above):
                    owner[row].append(owner[row - 1][column])
                else:
                    owner[row].append((row, column))
        return owner


def _between(places: Sequence[float], value: float) -> int:
    return min(max(bisect_right(places, value) - 1, 0), len(places) - 2)


def _nearest(places: Sequence[float], value: float) -> int:
    return min(range(len(places)), key=lambda i: abs(places[i] - value))


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that the rules draw; a lone stroke, a frame around text and a drawing are none."""
    if not 4 <= len(rules) <= MAX_RULES:
        return []
    level = _merged([rule for rule in rules if rule.level])
    upright = _merged([rule for rule in rules if not rule.level])
    found = []
    for levels, uprights in _meeting(level, upright):
        xs = _places(rule.at for rule in uprights)
        ys = _places(rule.at for rule in levels)
        fields = (len(xs) - 1) * (len(ys) - 1)
        if len(xs) >= 3 and len(ys) >= 2 and fields <= MAX_CELLS:
            found.append(Grid(xs, ys, tuple(levels), tuple(uprights)))
    return found


def _merged(rules: list[Rule]) -> list[Rule]:
    """Strokes of one height that touch are one rule: every cell draws its own border."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - groups[-1][-1].at <= NEAR and rule.at - groups[-1][0].at <= 2 * NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    merged: list[Rule] = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        first = True
        for rule in sorted(group, key=lambda r: r.start):
            if not first and rule.start <= merged[-1].end + REACH:
                last = merged.pop()
                merged.append(Rule(rule.level, at, last.start, max(last.end, rule.end)))
            else:
                merged.append(Rule(rule.level, at, rule.start, rule.end))
            first = False
    return merged


def _meeting(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or through others, belong to one table."""
    group = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, across in enumerate(level):
        for j, down in enumerate(upright, start=len(level)):
            if (
                across.start - REACH <= down.at <= across.end + REACH
                and down.start - REACH <= across.at <= down.end + REACH
            ):
                group[root(i)] = root(j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate((*level, *upright)):
        found.setdefault(root(i), ([], []))[0 if rule.level else 1].append(rule)
    return list(found.values())


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return tuple(places)
