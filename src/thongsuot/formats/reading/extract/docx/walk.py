"""A Word document from its first line to its last: letterhead tables, text boxes, lists, notes."""

import re
from collections.abc import Iterator

from lxml import etree

from thongsuot.formats.reading.errors import Broken, NotSupported
from thongsuot.formats.reading.extract.docx.inline import RENDERED_BREAK, Inline, Words
from thongsuot.formats.reading.extract.docx.names import (
    ALT_CHUNK,
    FALLBACK,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SDTPR,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    P,
    w,
)
from thongsuot.formats.reading.extract.docx.numbering import Numbering
from thongsuot.formats.reading.extract.docx.package import Package
from thongsuot.formats.reading.extract.docx.styles import Styles, is_on, value
from thongsuot.formats.reading.extract.layout import Cell, table_lines
from thongsuot.formats.reading.extract.legacy import Fonts
from thongsuot.formats.reading.extract.measure import Measure
from thongsuot.formats.reading.extract.symbols import readable
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

_GONE = {w("del"), w("moveFrom"), w("sectPr"), FALLBACK, PPR, SDTPR, w("tblPr"), w("tblGrid")}
_LETTER = re.compile(r"[^\W\d_]")
_CONTENTS = f"{SDTPR}/{w('docPartObj')}/{w('docPartGallery')}"


class Walk:
    """One walk through one document; keeps the counters of its lists and the order of its notes."""

    def __init__(self, package: Package, fonts: Fonts) -> None:
        self._package, self._fonts, self._measure = package, fonts, Measure()
        self._root = package.main()
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        rendered = next(self._root.iter(RENDERED_BREAK), None) is not None
        self._inline = Inline(self._styles, rendered=rendered)

    def lines(self) -> Iterator[str]:
        yield from self._measure.of(self._all_lines())

    def _all_lines(self) -> Iterator[str]:
        yield from self._headers()
        body = self._root.find(w("body"))
        if body is None:
            raise Broken("no body")
        yield from self._blocks(body)
        yield from self._notes()

    def _headers(self) -> Iterator[str]:
        """Page headers with words (a stamp, a name), once; page numbers are left out."""
        section = next(self._root.iter(w("sectPr")), None)
        if section is None:
            return
        title = section.find(w("titlePg"))
        wanted = ["first", "default"] if title is not None and is_on(title) else ["default"]
        seen: set[str] = set()
        references = {r.get(w("type"), "default"): r for r in section.iterchildren(w("headerReference"))}
        for kind in wanted:
            part = self._package.referred(references[kind]) if kind in references else None
            for line in self._blocks(part) if part is not None else ():
                if _LETTER.search(line) and line not in seen:
                    seen.add(line)
                    yield line

    def _blocks(self, container: etree._Element) -> Iterator[str]:
        carried: list[Words] = []
        yield from self._children(container, carried)
        for words in carried:
            yield self._line("", words)

    def _children(self, container: etree._Element, carried: list[Words]) -> Iterator[str]:
        for child in container:
            tag = child.tag
            if tag == P:
                yield from self._paragraph(child, carried)
            elif tag == TBL:
                yield from self._table(child)
            elif tag == ALT_CHUNK:
                # Another document, put in when Word opens this one: its words (and its mark) are not here.
                raise NotSupported("altChunk")
            elif tag == SDT:
                gallery = child.find(_CONTENTS)
                if gallery is None or gallery.get(VAL) != "Table of Contents":
                    for content in child.iterchildren(SDT_CONTENT):
                        yield from self._children(content, carried)
            elif tag not in _GONE:
                yield from self._children(child, carried)

    def _paragraph(self, paragraph: etree._Element, carried: list[Words]) -> Iterator[str]:
        words = self._inline.words(paragraph)
        if carried:
            words.take_over(carried.pop())
        for box in words.boxes:
            yield from self._blocks(box)
        words.boxes = []
        properties = paragraph.find(PPR)
        mark = properties.find(RPR) if properties is not None else None
        if mark is not None and _joins_the_next(mark):
            carried.append(words)
            return
        if words.is_contents_line:
            return
        silent = not any(text.strip() for text, _ in words.runs)
        if silent and self._styles.is_hidden(mark, words.style):
            return
        yield self._line(
            "" if silent and _is_only_a_break(words) else self._numbering.mark(properties), words
        )

    def _line(self, mark: str, words: Words) -> str:
        text = readable(self._fonts.joined(words.runs))
        if not text.strip():
            return text
        bare = text.lstrip(PAGE_BREAK)
        return text[: len(text) - len(bare)] + mark + bare

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = (self._row(row) for row in _within(table, TR) if not _is_deleted(row))
        yield from table_lines(rows, self._measure)

    def _row(self, row: etree._Element) -> list[Cell]:
        properties = row.find(TRPR)
        skipped = value(properties, "gridBefore") if properties is not None else None
        cells = [Cell("")] * _columns(skipped, 0)
        for cell in _within(row, TC):
            own = cell.find(TCPR)
            if own is not None and own.find(w("cellDel")) is not None:
                continue
            text = "\n".join(self._blocks(cell))
            across = _columns(value(own, "gridSpan") if own is not None else None, 1)
            merged = own.find(w("vMerge")) if own is not None else None
            continues = merged is not None and merged.get(VAL) != "restart"
            cells.append(Cell(text, across, continues=continues and not text.strip()))
        return cells

    def _notes(self) -> Iterator[str]:
        met = self._inline.notes
        if not met:
            return
        texts: dict[tuple[str, str], str] = {}
        for kind in dict.fromkeys(kind for kind, _ in met):
            root = self._package.part(kind)
            for note in root if root is not None else ():
                lines = (line.strip() for line in self._blocks(note))
                texts[kind, note.get(w("id"), "")] = " ".join(filter(None, lines))
        yield ""
        for key, number in list(met.items()):
            yield f"[{number}] {texts.get(key, '')}"


def _joins_the_next(mark: etree._Element) -> bool:
    """The end of this paragraph was deleted, or is the invisible end of a run-in heading."""
    return any(mark.find(w(name)) is not None for name in ("del", "moveFrom", "specVanish"))


def _is_only_a_break(words: Words) -> bool:
    return any(PAGE_BREAK in text for text, _ in words.runs)


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also inside content controls and custom marks."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (TBL, P, *_GONE):
            yield from _within(child, tag)


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(TRPR)
    return properties is not None and properties.find(w("del")) is not None


def _columns(text: str | None, otherwise: int) -> int:
    return min(int(text), 63) if text and text.isdecimal() and len(text) < 4 else otherwise
