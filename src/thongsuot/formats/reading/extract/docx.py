"""Word documents. Everything is read in order: letterhead tables, text boxes, numbering, footnotes."""

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.docx_numbering import Numbering
from thongsuot.formats.reading.extract.layout import is_layout_table, table_row
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK
from thongsuot.formats.reading.model import Notice

_P, _TBL, _TR, _TC, _SDT, _CONTENT = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent"))
_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), _FALLBACK}
_LETTER = re.compile(r"[^\W\d_]")


def docx_text(data: bytes) -> tuple[str, list[Notice]]:
    try:
        document = docx.Document(io.BytesIO(data))
        text = _DocumentText(document).text()
    except (
        OpcError,
        BadZipFile,
        etree.LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        raise Broken(type(error).__name__) from error
    return text, []


class _DocumentText:
    """One walk through one document; keeps the counters of its lists and the order of its footnotes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = Numbering(document)
        self.notes: list[str] = []
        body = document.element.body
        rendered = any(True for _ in body.iter(qn("w:lastRenderedPageBreak")))
        self.page_marks = {qn("w:lastRenderedPageBreak")} if rendered else set()
        self.explicit_pages = not rendered

    def text(self) -> str:
        lines = [*self._headers(), *self._blocks(self.document.element.body), *self._footnotes()]
        return "\n".join(lines)

    def _headers(self) -> Iterator[str]:
        """Page headers with words (a stamp, a name), once; page numbers are left out."""
        seen: set[str] = set()
        for section in self.document.sections[:1]:
            for part in (section.first_page_header, section.header):
                if part.is_linked_to_previous:
                    continue
                for line in self._blocks(part._element):
                    if _LETTER.search(line) and line not in seen:
                        seen.add(line)
                        yield line

    def _blocks(self, container: etree._Element) -> Iterator[str]:
        for child in container:
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag == _SDT:
                for content in child.iterchildren(_CONTENT):
                    yield from self._blocks(content)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        boxes: list[etree._Element] = []
        words = "".join(self._inline(paragraph, boxes))
        for box in boxes:
            yield from self._blocks(box)
        mark = self.numbering.mark(paragraph) if words.strip() else ""
        yield mark + words

    def _inline(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == _BOX:
                boxes.append(child)
            elif tag == qn("w:t"):
                yield child.text or ""
            elif tag in (qn("w:tab"), qn("w:ptab")):
                yield "\t"
            elif tag in (qn("w:br"), qn("w:cr")):
                page = child.get(qn("w:type")) == "page"
                yield PAGE_BREAK if page and self.explicit_pages else "\n"
            elif tag in self.page_marks:
                yield PAGE_BREAK
            elif tag == qn("w:noBreakHyphen"):
                yield "-"
            elif tag == qn("w:footnoteReference"):
                self.notes.append(child.get(qn("w:id"), ""))
                yield f"[{len(self.notes)}]"
            else:
                yield from self._inline(child, boxes)

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = [["\n".join(self._blocks(cell)) for cell in _cells(row)] for row in table.iterchildren(_TR)]
        rows = [[cell.strip("\n ") for cell in row] for row in rows]
        if is_layout_table(rows):
            for row in rows:
                for cell in row:
                    if cell:
                        yield from (cell, "")
        else:
            yield from filter(None, (table_row(row) for row in rows))

    def _footnotes(self) -> Iterator[str]:
        if not self.notes:
            return
        texts: dict[str, str] = {}
        for relation in self.document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
                parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
                root = etree.fromstring(relation.target_part.blob, parser)
                for note in root:
                    words = (t.text or "" for t in note.iter(qn("w:t")))
                    texts[note.get(qn("w:id"), "")] = "".join(words).strip()
        yield ""
        for number, key in enumerate(self.notes, start=1):
            yield f"[{number}] {texts.get(key, '')}"


def _cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row, once each: a cell merged over several columns is one cell."""
    return list(row.iter(_TC)) if row.find(_SDT) is not None else list(row.iterchildren(_TC))
