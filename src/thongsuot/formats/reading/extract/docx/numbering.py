"""Automatic numbering in Word, restored as the words a reader sees: "1.", "a)", "II.1.", "-" (ECMA-376, 17.9)."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from thongsuot.formats.reading.extract.docx.names import VAL, w
from thongsuot.formats.reading.extract.docx.styles import Styles, is_on, value
from thongsuot.formats.reading.extract.numerals import bullet, figure

_PLACEHOLDER = re.compile(r"%(\d)")
_HIGHEST = 32_767


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks and counts."""

    form: str
    pattern: str
    start: int
    restart: (
        int | None
    )  # 0: never; n: after an item of level n (counted from 1); None: after any higher level
    legal: bool  # all figures in Arabic, whatever their own level says
    follow: str  # what stands between the figure and the words
    style: str  # the paragraph style that stands for this level


class Numbering:
    """Counts list items while the paragraphs go by in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}  # by abstract list
        self._abstract_of: dict[str, str] = {}  # by list
        self._own_levels: dict[str, dict[int, Level]] = {}  # what a list changes of its abstract list
        self._starts: dict[str, dict[int, int]] = {}  # where a list begins anew
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        borrowed: dict[str, str] = {}  # abstract list: the list style it takes everything from
        lenders: dict[str, str] = {}
        for abstract in root.iterchildren(w("abstractNum")):
            key = abstract.get(w("abstractNumId"), "")
            self._levels[key] = {_depth(level): _level(level) for level in abstract.iterchildren(w("lvl"))}
            if link := value(abstract, "numStyleLink"):
                borrowed[key] = link
            if link := value(abstract, "styleLink"):
                lenders[link] = key
        for number in root.iterchildren(w("num")):
            self._load_list(number)
        for key, link in borrowed.items():
            lender = self._abstract_of.get(self._styles.numbering(link)[0] or "") or lenders.get(link, "")
            self._levels[key] = self._levels.get(lender) or self._levels.get(lenders.get(link, ""), {})

    def _load_list(self, number: etree._Element) -> None:
        key = number.get(w("numId"), "")
        self._abstract_of[key] = value(number, "abstractNumId") or ""
        for override in number.iterchildren(w("lvlOverride")):
            depth = _depth(override)
            if (own := override.find(w("lvl"))) is not None:
                self._own_levels.setdefault(key, {})[depth] = _level(own)
            if start := value(override, "startOverride"):
                self._starts.setdefault(key, {})[depth] = _whole(start, 1)

    def mark(self, properties: etree._Element | None) -> str:
        """The mark of a paragraph with these properties (w:pPr); counts it, so ask once for each."""
        found = self._place(properties)
        if found is None:
            return ""
        number, depth = found
        levels = self._levels_of(number)
        if depth not in levels:
            return ""
        level = levels[depth]
        count = self._count(number, depth, levels)
        if level.form == "bullet":
            return bullet(level.pattern)
        if level.form == "none" and not level.pattern:
            return ""

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            shown = levels.get(at)
            if shown is None or shown.form == "none":
                return ""
            return figure(count.get(at, shown.start), "decimal" if level.legal else shown.form)

        words = _PLACEHOLDER.sub(printed, level.pattern)
        return words + ("" if level.follow == "nothing" else " ") if words.strip() else ""

    def _levels_of(self, number: str) -> dict[int, Level]:
        return {
            **self._levels.get(self._abstract_of.get(number, ""), {}),
            **self._own_levels.get(number, {}),
        }

    def _count(self, number: str, depth: int, levels: dict[int, Level]) -> dict[int, int]:
        # Lists made from one abstract list go on counting together, unless a list says where it begins.
        counters = self._counters.setdefault(self._abstract_of.get(number, ""), {})
        anew = self._starts.get(number, {}).get(depth)
        if anew is not None and (number, depth) not in self._begun:
            counters[depth] = anew
        else:
            start = levels[depth].start if anew is None else anew
            counters[depth] = min(counters.get(depth, start - 1) + 1, _HIGHEST)
        self._begun.add((number, depth))
        for deeper in [d for d in counters if d > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counters[deeper]
        return counters

    def _place(self, properties: etree._Element | None) -> tuple[str, int] | None:
        own = properties.find(w("numPr")) if properties is not None else None
        style = (value(properties, "pStyle") if properties is not None else None) or ""
        number = value(own, "numId") if own is not None else None
        by_style, level_by_style = self._styles.numbering(style)
        number = number or by_style
        if not number or number == "0":
            return None
        if own is not None and (level := value(own, "ilvl")):
            return number, _whole(level, 0)
        if level_by_style:
            return number, _whole(level_by_style, 0)
        # A heading style joins the list without naming its level: the list names the style instead.
        named = (d for d, level in self._levels_of(number).items() if style and level.style == style)
        return number, next(named, 0)


def _level(level: etree._Element) -> Level:
    restart = value(level, "lvlRestart")
    legal = level.find(w("isLgl"))
    form = level.find(f".//{w('numFmt')}")
    found = Level(
        form=form.get(VAL, "decimal") if form is not None else "decimal",
        pattern=(value(level, "lvlText") or "")[:40],
        start=_whole(value(level, "start"), 0),
        restart=_whole(restart, 0) if restart is not None else None,
        legal=legal is not None and is_on(legal),
        follow=value(level, "suff") or "tab",
        style=value(level, "pStyle") or "",
    )
    if form is not None and found.form == "custom" and form.get(w("format"), "").startswith("0"):
        return replace(found, form="decimalZero")
    return found


def _depth(element: etree._Element) -> int:
    return _whole(element.get(w("ilvl")), 0)


def _whole(text: str | None, otherwise: int) -> int:
    """A count from a file: small, or it is not believed."""
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 5 else otherwise
