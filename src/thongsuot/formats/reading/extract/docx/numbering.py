"""Automatic numbering in Word, restored as the words a reader sees: "1.", "a)", "II.1.", "-" (ECMA-376, 17.9)."""

from dataclasses import replace

from lxml import etree

from thongsuot.formats.reading.extract.counting import Counting, Level
from thongsuot.formats.reading.extract.docx.names import VAL, w
from thongsuot.formats.reading.extract.docx.styles import Styles, is_on, value


class Numbering:
    """The lists of one document; asked for the mark of every paragraph in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}  # by abstract list
        self._abstract_of: dict[str, str] = {}  # by list
        self._own_levels: dict[str, dict[int, Level]] = {}  # what a list changes of its abstract list
        self._starts: dict[str, dict[int, int]] = {}  # where a list begins anew
        self._counting = Counting()
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
        anew = self._starts.get(number, {}).get(depth)
        return self._counting.mark(number, self._abstract_of.get(number, ""), depth, levels, anew)

    def _levels_of(self, number: str) -> dict[int, Level]:
        return {
            **self._levels.get(self._abstract_of.get(number, ""), {}),
            **self._own_levels.get(number, {}),
        }

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
