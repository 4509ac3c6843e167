"""Automatic numbering in Word, restored as the words a reader sees: "1.", "a)", "II.", "-"."""

import re

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACEHOLDER = re.compile(r"%(\d)")


class Numbering:
    """Counts list items while the paragraphs go by in order."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract_of: dict[str, str] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.styles = _style_numbering(document)
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
                self._load(document.part.numbering_part.element)

    def _load(self, root: etree._Element) -> None:
        for abstract in root.iterchildren(qn("w:abstractNum")):
            levels = {}
            for level in abstract.iterchildren(qn("w:lvl")):
                form = _value(level, "w:numFmt") or "decimal"
                start = int(_value(level, "w:start") or 1)
                levels[int(level.get(qn("w:ilvl"), "0"))] = (form, _value(level, "w:lvlText") or "", start)
            self.levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for number in root.iterchildren(qn("w:num")):
            self.abstract_of[number.get(qn("w:numId"), "")] = _value(number, "w:abstractNumId") or ""

    def mark(self, paragraph: etree._Element) -> str:
        found = self._level_of(paragraph)
        if found is None:
            return ""
        number, depth = found
        abstract = self.abstract_of.get(number, "")
        levels = self.levels.get(abstract, {})
        if depth not in levels:
            return ""
        form, pattern, start = levels[depth]
        counters = self.counters.setdefault(abstract, {})
        counters[depth] = counters.get(depth, start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        if form == "bullet":
            return "- "
        if form == "none":
            return ""

        def figure(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            other_form, _, other_start = levels.get(level, ("decimal", "", 1))
            return _figure(counters.get(level, other_start), other_form)

        return _PLACEHOLDER.sub(figure, pattern) + " "

    def _level_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = properties.find(qn("w:numPr"))
        inherited = self.styles.get(_value(properties, "w:pStyle") or "")
        number = (_value(own, "w:numId") if own is not None else None) or (
            inherited[0] if inherited else None
        )
        if not number or number == "0":
            return None
        depth = _value(own, "w:ilvl") if own is not None else None
        return number, int(depth) if depth else (inherited[1] if inherited and own is None else 0)


def _style_numbering(document: Document) -> dict[str, tuple[str, int]]:
    found = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        own = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is not None and (number := _value(own, "w:numId")):
            found[style.get(qn("w:styleId"), "")] = (number, int(_value(own, "w:ilvl") or 0))
    return found


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(qn(name))
    return child.get(qn("w:val")) if child is not None else None


def _figure(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman, rest = "", number
        for value, sign in _ROMAN + _ROMAN_SMALL:
            while rest >= value:
                roman, rest = roman + sign, rest - value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)
