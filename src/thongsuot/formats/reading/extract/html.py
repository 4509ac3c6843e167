"""Web pages and Word's own HTML: block elements are lines, layout tables are read cell by cell."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from thongsuot.formats.reading.errors import Broken, EmptyFile
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.layout import is_layout_table, table_row
from thongsuot.formats.reading.extract.raw import Raw

_SKIPPED = {"script", "style", "head", "noscript", "template", "svg", "iframe", "object", "nav", "button"}
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
    *("blockquote", "pre", "center", "dd", "dt", "dl", "hr", "address", "main", "figure", "body", "title"),
}
_INLINE = {"b", "i", "u", "em", "strong", "span", "font", "a", "sub", "sup", "small", "big", "o:p"}
# Here a line break is one: a text file saved as a page, or pasted into it.
_KEEPS_BREAKS = {"pre", "xmp", "listing", "plaintext", "textarea"}
_STYLE_KEEPS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_BREAK = re.compile(r"\r\n?")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")


def html_text(data: bytes) -> Raw:
    parser = lxml_html.HTMLParser(
        encoding=encoding_of(data), no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
        text = "".join(_walk(root))
    except etree.ParserError as error:
        raise EmptyFile("no elements") from error
    except (etree.LxmlError, RecursionError, ValueError, LookupError) as error:
        raise Broken(type(error).__name__) from error
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return Raw("\n".join(lines), [], lines_apart(_plain_lines(root)))


def encoding_of(data: bytes) -> str:
    """The encoding of a web page: UTF-8 where it can be, else what the page says."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        found = _CHARSET.search(data[:4096])
        name = found.group(1).decode("ascii", "ignore") if found else "windows-1258"
        try:
            "".encode(name)
        except LookupError:
            return "windows-1258"
        return name


def _walk(element: etree._Element, *, kept: bool = False) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _SKIPPED:
        return
    if tag == "br":
        yield "\n"
    elif tag == "table":
        yield from _table(element)
    else:
        edge = "\n" if tag in _BLOCKS else ""
        yield edge
        yield from _inside(element, kept=kept)
        yield edge


def _inside(element: etree._Element, *, kept: bool = False) -> Iterator[str]:
    """The words of an element; ``kept``: the line breaks of its source are line breaks."""
    kept = kept or element.tag in _KEEPS_BREAKS or bool(_STYLE_KEEPS.search(element.get("style", "")))
    yield _words(element.text, kept=kept)
    for child in element:
        yield from _walk(child, kept=kept)
        yield _words(child.tail, kept=kept)


def _words(text: str | None, *, kept: bool) -> str:
    return _BREAK.sub("\n", text or "") if kept else _SPACE.sub(" ", text or "")


def _table(table: etree._Element) -> Iterator[str]:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    texts = [["".join(_inside(cell)).strip() for cell in row] for row in cells]
    yield "\n"
    if is_layout_table(texts):
        yield "\n\n".join(text for row in texts for text in row if text)
    else:
        yield "\n".join(filter(None, (table_row(row) for row in texts)))
    yield "\n"


def _plain_lines(root: etree._Element) -> Iterator[str]:
    """Every line as it stands, whatever the reading text makes of it."""
    line: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag not in _INLINE:
            yield " ".join("".join(line).split())
            line.clear()
        line.append(str((element.text if event == "start" else element.tail) or ""))
    yield " ".join("".join(line).split())
