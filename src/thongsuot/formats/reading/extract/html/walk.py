"""A web page as lines: block elements are lines, layout tables are read cell by cell, lists keep their figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from thongsuot.formats.reading.extract.html.styles import Styles, font_of, is_hidden, keeps_breaks, list_form
from thongsuot.formats.reading.extract.layout import Cell, table_lines
from thongsuot.formats.reading.extract.legacy import Fonts
from thongsuot.formats.reading.extract.measure import Measure
from thongsuot.formats.reading.extract.numerals import bullet, figure
from thongsuot.formats.reading.extract.symbols import readable
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

SKIPPED = {
    *("script", "style", "head", "noscript", "template", "svg", "iframe", "object", "nav", "button", "aside"),
    *("select", "del", "video", "audio", "canvas", "map"),
}
_BLOCKS = {
    *(
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "section",
        "article",
        "header",
        "footer",
    ),
    *(
        "blockquote",
        "pre",
        "center",
        "dd",
        "dt",
        "dl",
        "hr",
        "address",
        "main",
        "figure",
        "body",
        "title",
        "form",
    ),
    *("figcaption", "fieldset", "details", "summary", "caption"),
}
# Here a line break of the source is one: a text file saved as a page, or pasted into it.
_KEEPS_BREAKS = {"pre", "xmp", "listing", "plaintext", "textarea"}
_BREAK = re.compile(r"\r\n?|\n")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# Word writes the printed number of a list item, or its bullet, as words of this kind.
_PRINTED_NUMBER = "ignore"


@dataclass(frozen=True, slots=True)
class Around:
    """What an element hands down."""

    font: str = ""
    hidden: bool = False
    form: str = ""  # of the list it is an item of
    keeps_breaks: bool = False


class Walk:
    def __init__(self, root: etree._Element, fonts: Fonts) -> None:
        self._styles, self._fonts, self._measure = Styles(root), fonts, Measure()
        self.lines: list[str] = []
        self._runs: list[tuple[str, str]] = []
        self._mark = ""
        self._counts: list[int] = []

    def read(self, element: etree._Element) -> list[str]:
        self._element(element, Around())
        self._end_line()
        return self.lines

    def _element(self, element: etree._Element, around: Around) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED or element.get("title") == "footer":
            return
        if tag == "br":
            self._end_line()
            return
        said = self._styles.of(element)
        here = replace(
            around,
            font=font_of(element, said) or around.font,
            hidden=around.hidden or is_hidden(element, said),
            keeps_breaks=around.keeps_breaks or tag in _KEEPS_BREAKS or keeps_breaks(said),
        )
        if said.get("page-break-before") == "always":
            self._end_line()
            self._runs.append((PAGE_BREAK, ""))
        if said.get("mso-list", "").lower() == _PRINTED_NUMBER:
            self._printed_number(element)
        elif tag == "table":
            self._table(element, here)
        elif tag in ("ol", "ul"):
            self._list(element, replace(here, form=list_form(element, said)))
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "li":
                self._item(element, here)
            self._inside(element, here)
            self._end_line()
        else:
            self._inside(element, here)

    def _inside(self, element: etree._Element, here: Around) -> None:
        self._say(element.text, here)
        for child in element:
            self._element(child, here)
            self._say(child.tail, here)

    def _say(self, text: str | None, here: Around) -> None:
        if not text or here.hidden:
            return
        for i, line in enumerate(_BREAK.split(text) if here.keeps_breaks else [text]):
            if i:
                self._end_line()
            self._runs.append((_SPACE.sub(" ", line), here.font))

    def _end_line(self) -> None:
        line = _SPACE.sub(" ", readable(self._fonts.joined(self._runs))).strip(" ")
        pages = PAGE_BREAK * sum(text == PAGE_BREAK for text, _ in self._runs)
        self._runs.clear()
        if line:
            self.lines.append(pages + self._mark + line)
            self._mark = ""
        elif pages or (self.lines and self.lines[-1]):
            self.lines.append(pages)

    def _printed_number(self, element: etree._Element) -> None:
        words = " ".join("".join(element.itertext()).split())
        if words:
            single = len(words) == 1 and (not words.isalnum() or words in "o§")
            self._runs.append(((bullet("-") if single else f"{words[:40]} "), ""))

    def _list(self, element: etree._Element, here: Around) -> None:
        self._end_line()
        start = element.get("start", "")
        self._counts.append(int(start) - 1 if start.isdecimal() and len(start) < 6 else 0)
        self._inside(element, here)
        self._end_line()
        self._counts.pop()

    def _item(self, element: etree._Element, here: Around) -> None:
        if not here.form or not self._counts:
            return
        given = element.get("value", "")
        self._counts[-1] = int(given) if given.isdecimal() and len(given) < 6 else self._counts[-1] + 1
        if here.form == "bullet":
            self._mark = bullet("-")
        elif here.form != "none":
            self._mark = figure(self._counts[-1], here.form) + ". "

    def _table(self, table: etree._Element, here: Around) -> None:
        self._end_line()
        cells = [[self._cell(cell, here) for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
        self.lines += ["", *table_lines(cells, self._measure), ""]

    def _cell(self, cell: etree._Element, here: Around) -> Cell:
        outside, self.lines, self._mark = self.lines, [], ""
        counts, self._counts = self._counts, []
        self._inside(cell, replace(here, form=""))
        self._end_line()
        text = "\n".join(self.lines).strip()
        self.lines, self._counts, self._mark = outside, counts, ""
        return Cell(text, _spanned(cell, "colspan"), _spanned(cell, "rowspan"))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag not in ("table", "td", "th"):
            yield from _rows(child)


def _spanned(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1
