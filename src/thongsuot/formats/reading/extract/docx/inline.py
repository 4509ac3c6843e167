"""The words of one paragraph: revisions taken as accepted, field codes and hidden text left out."""

from dataclasses import dataclass, field

from lxml import etree

from thongsuot.formats.reading.extract.docx.names import (
    BOX,
    FALLBACK,
    MATH_TEXT,
    PPR,
    RPR,
    RUN,
    SDT,
    SDTPR,
    TEXT,
    w,
)
from thongsuot.formats.reading.extract.docx.styles import Styles, value
from thongsuot.formats.reading.extract.symbols import sign
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

RENDERED_BREAK = w("lastRenderedPageBreak")
_SKIPPED = {
    *map(
        w, ("del", "moveFrom", "delText", "delInstrText", "rt", "annotationRef", "footnoteRef", "endnoteRef")
    ),
    *(PPR, RPR, SDTPR, FALLBACK),
}
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-", w("cr"): "\n"}
_BREAK, _FIELD, _CODE, _SIMPLE = w("br"), w("fldChar"), w("instrText"), w("fldSimple")
_SYMBOL, _NOTES = w("sym"), {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}


@dataclass(frozen=True, slots=True)
class Look:
    """Of a run: what changes the words a reader sees."""

    font: str = ""
    hidden: bool = False
    capitals: bool = False


@dataclass(slots=True)
class Words:
    """What a paragraph holds: runs of (words, font), text boxes, and the notes it refers to."""

    style: str
    runs: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    is_contents_line: bool = False  # a line of an automatic table of contents

    def take_over(self, other: "Words") -> None:
        self.runs, self.boxes = [*other.runs, *self.runs], [*other.boxes, *self.boxes]


class Inline:
    """Reads paragraphs of one document. Notes are numbered in the order in which they are met."""

    def __init__(self, styles: Styles, *, rendered: bool) -> None:
        self.notes: dict[tuple[str, str], int] = {}  # each once, however often it is referred to
        self._styles = styles
        self._rendered = rendered  # Word has noted where its pages ended; else only forced breaks are known
        self._in_code: list[bool] = []  # one for each open field: still in its code, or already in its result

    def words(self, paragraph: etree._Element) -> Words:
        properties = paragraph.find(PPR)
        found = Words((value(properties, "pStyle") if properties is not None else None) or "")
        if (
            not self._rendered
            and properties is not None
            and properties.find(w("pageBreakBefore")) is not None
        ):
            found.runs.append((PAGE_BREAK, ""))
        self._in_code = []
        self._walk(paragraph, found, Look())
        return found

    def _walk(self, element: etree._Element, found: Words, look: Look) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == RUN:
                own = child.find(RPR)
                self._walk(child, found, self._look(own, found.style))
            elif tag == _FIELD:
                self._field(child.get(w("fldCharType"), ""))
            elif tag == _CODE:
                found.is_contents_line |= "PAGEREF _Toc" in (child.text or "")
            elif look.hidden or any(self._in_code):
                continue
            elif tag == BOX:
                found.boxes.append(child)
            elif tag == SDT:
                if child.find(f"{SDTPR}/{w('showingPlcHdr')}") is None:
                    self._walk(child, found, look)
            elif (words := self._sign(child, found)) is not None:
                found.runs.append((words.upper() if look.capitals else words, look.font))
            else:
                self._walk(child, found, look)

    def _look(self, run: etree._Element | None, style: str) -> Look:
        return Look(
            self._styles.font(run, style),
            self._styles.is_hidden(run, style),
            self._styles.is_in_capitals(run, style),
        )

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._in_code.append(True)
        elif kind == "separate" and self._in_code:
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            self._in_code.pop()

    def _sign(self, child: etree._Element, found: Words) -> str | None:
        """The words of an element that stands for words, or None for one that holds others."""
        tag = child.tag
        if tag in (TEXT, MATH_TEXT):
            return child.text or ""
        if tag == _BREAK:
            page = child.get(w("type")) == "page"
            return PAGE_BREAK if page and not self._rendered else "\n"
        if tag == RENDERED_BREAK:
            return PAGE_BREAK if self._rendered else ""
        if tag in _NOTES:
            note = _NOTES[tag], child.get(w("id"), "")
            return f"[{self.notes.setdefault(note, len(self.notes) + 1)}]"
        if tag == _SYMBOL:
            return sign(child.get(w("font"), ""), child.get(w("char"), ""))
        if tag == _SIMPLE and "PAGEREF _Toc" in child.get(w("instr"), ""):
            found.is_contents_line = True
        return _SIGNS.get(str(tag))
