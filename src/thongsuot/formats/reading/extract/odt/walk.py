"""An OpenDocument text from its first line to its last. Tracked deletions are kept elsewhere in the file: not read."""

import re
from collections.abc import Iterator

from lxml import etree

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.layout import MOST_COLUMNS, Cell, table_lines
from thongsuot.formats.reading.extract.legacy import Fonts
from thongsuot.formats.reading.extract.measure import Measure, check_width
from thongsuot.formats.reading.extract.odt.lists import Lists, Run, int_of
from thongsuot.formats.reading.extract.odt.names import FRAMES, LIST, SKIPPED, TABLE, H, P, n
from thongsuot.formats.reading.extract.odt.styles import Look, Styles
from thongsuot.formats.reading.extract.symbols import readable
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"[ \t\r\n]+")
_ITEM, _ROW, _CELL = n("text:list-item"), n("table:table-row"), n("table:table-cell")
_BREAKS = {n("text:tab"): "\t", n("text:line-break"): "\n"}
_SPACES, _NOTE, _SPAN, _SOFT = n("text:s"), n("text:note"), n("text:span"), n("text:soft-page-break")
MOST_SPACES = 200


class Walk:
    """One walk through one document; counts its lists and its notes."""

    def __init__(self, content: etree._Element, styles: etree._Element, fonts: Fonts) -> None:
        self._content, self._margins, self._fonts = content, styles, fonts
        self._measure = Measure()
        self._styles = Styles(styles, content)
        self._lists = Lists(styles, content)
        self._soft = next(content.iter(_SOFT), None) is not None
        self._notes: list[etree._Element] = []

    def lines(self) -> Iterator[str]:
        yield from self._measure.of(self._all_lines())

    def _all_lines(self) -> Iterator[str]:
        body = self._content.find(f"{n('office:body')}/{n('office:text')}")
        if body is None:
            raise Broken("no text document")
        yield from self._header()
        yield from self._blocks(body)
        if self._notes:
            yield ""
        for number, note in enumerate(self._notes, start=1):
            lines = (line.strip() for line in self._blocks(note))
            yield f"[{number}] {' '.join(filter(None, lines))}"

    def _header(self) -> Iterator[str]:
        """The page header with words, once."""
        master = next(self._margins.iter(n("style:master-page")), None)
        header = master.find(n("style:header")) if master is not None else None
        for line in self._blocks(header) if header is not None else ():
            if _LETTER.search(line):
                yield line

    def _blocks(self, container: etree._Element) -> Iterator[str]:
        for child in container:
            tag = child.tag
            if tag in (P, H):
                yield from self._paragraph(child, "" if tag == P else self._outline_mark(child))
            elif tag == LIST:
                yield from self._list(child, None, 1)
            elif tag == TABLE:
                yield from table_lines(self._rows(child), self._measure)
            elif tag == _SOFT:
                yield PAGE_BREAK
            elif tag not in SKIPPED:
                yield from self._blocks(child)

    def _outline_mark(self, heading: etree._Element) -> str:
        if heading.get(n("text:is-list-header")) == "true":
            return ""
        return self._lists.mark(self._lists.outline, int_of(heading.get(n("text:outline-level")), 1))

    def _list(self, element: etree._Element, around: Run | None, depth: int) -> Iterator[str]:
        run = self._lists.begin(element, around, element.get(n("text:style-name"), ""))
        for item in element:
            mark: str | None = None if item.tag == _ITEM else ""
            for child in item:
                if child.tag in (P, H):
                    if mark is None:
                        mark = self._lists.mark(run, depth, item.get(n("text:start-value")))
                    yield from self._paragraph(child, mark)
                    mark = ""  # only the first paragraph of an item shows it
                elif child.tag == LIST:
                    yield from self._list(child, run, depth + 1)
                elif child.tag not in SKIPPED:
                    yield from self._blocks(child)

    def _paragraph(self, paragraph: etree._Element, mark: str) -> Iterator[str]:
        look = self._styles.paragraph(paragraph.get(n("text:style-name"), ""))
        runs: list[tuple[str, str]] = []
        frames: list[etree._Element] = []
        self._inline(paragraph, look, runs, frames)
        for frame in frames:
            yield from self._blocks(frame)
        text = readable(self._fonts.joined(runs)).strip(" ")
        if look.new_page and not self._soft:
            text = PAGE_BREAK + text
        bare = text.lstrip(PAGE_BREAK)
        yield text[: len(text) - len(bare)] + (mark if bare.strip() else "") + bare

    def _inline(
        self, element: etree._Element, look: Look, runs: list[tuple[str, str]], frames: list[etree._Element]
    ) -> None:
        self._say(element.text, look, runs)
        for child in element:
            tag = child.tag
            if tag == _SPAN:
                own = self._styles.run(child.get(n("text:style-name"), ""), look)
                self._inline(child, own, runs, frames)
            elif tag == _SPACES:
                spaces = min(int_of(child.get(n("text:c")), 1), MOST_SPACES)
                self._measure.spend(spaces)
                runs.append((" " * spaces, ""))
            elif tag in _BREAKS:
                runs.append((_BREAKS[tag], ""))
            elif tag == _SOFT:
                runs.append((PAGE_BREAK, ""))
            elif tag == _NOTE:
                self._note(child, runs)
            elif tag in FRAMES:
                frames.append(child)
            elif tag not in SKIPPED:
                self._inline(child, look, runs, frames)
            self._say(child.tail, look, runs)

    def _say(self, text: str | None, look: Look, runs: list[tuple[str, str]]) -> None:
        if text and not look.hidden:
            words = _SPACE.sub(" ", text)
            runs.append((words.upper() if look.capitals else words, look.font or ""))

    def _note(self, note: etree._Element, runs: list[tuple[str, str]]) -> None:
        body = note.find(n("text:note-body"))
        if body is not None:
            self._notes.append(body)
            runs.append((f"[{len(self._notes)}]", ""))

    def _rows(self, table: etree._Element) -> Iterator[list[Cell]]:
        for row in _rows_of(table):
            cells: list[Cell] = []
            for cell in row:
                if cell.tag == _CELL:
                    text = "\n".join(self._blocks(cell))
                    across = int_of(cell.get(n("table:number-columns-spanned")), 1)
                    down = int_of(cell.get(n("table:number-rows-spanned")), 1)
                    times = int_of(cell.get(n("table:number-columns-repeated")), 1)
                    cells += [Cell(text, across, down)] * min(times, MOST_COLUMNS)
                    check_width(len(cells))
            yield cells


def _rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Rows, also inside header rows and groups of rows."""
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag in (n("table:table-header-rows"), n("table:table-rows"), n("table:table-row-group")):
            yield from _rows_of(child)
