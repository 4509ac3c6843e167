"""The words of a web page that are not in the flow of its text: margins, boxes, values, descriptions, remarks."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.html.walk import SKIPPED

_INLINE = {
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "font",
    "a",
    "sub",
    "sup",
    "small",
    "big",
    "o:p",
    "bdo",
    "bdi",
}
_DRAWN = re.compile(rb"textpath[^<>]{0,500}?\bstring\s*=\s*[\"']([^\"'<>]{1,200})")
_SILENT = {"script", "style", "head", "nav"}  # no words, or many of no interest
_ASIDE = SKIPPED - _SILENT
_DESCRIPTIONS = ("alt", "title", "value", "placeholder", "aria-label")
_CONTENT = re.compile(r"content\s*:\s*([\"'])([^\"'{}]{1,200})\1", re.IGNORECASE)
MOST_DRAWN = 500
MOST_REMARKS = 2_000
LONGEST_PAGE_INSIDE = 200_000
LONGEST_REMARK = 20_000


def words_beside(root: etree._Element, data: bytes, encoding: str) -> str:
    """Every place beside the text, the first lines of the page as they stand, and what its styles write last."""
    places = _places(root, data, encoding)
    return "\n".join((lines_apart(places, _plain_lines(root)), lines_apart(_of_styles(root))))


def _places(root: etree._Element, data: bytes, encoding: str) -> Iterator[str]:
    for match in islice(_DRAWN.finditer(data), MOST_DRAWN):  # Word keeps them in remarks of its own
        yield match.group(1).decode(encoding, "replace")
    for place in root.iter(etree.Element):
        if place.get("title") == "footer" or _is_footer(place):
            yield from _plain_lines(place)
    for place in root.iter(*_ASIDE):
        yield from _plain_lines(place)
    for element in root.iter(etree.Element):
        if not _is_unchosen(element):
            yield from (str(element.get(name, "")) for name in _DESCRIPTIONS)
        if inside := element.get("srcdoc"):
            yield from _of_page(inside[:LONGEST_PAGE_INSIDE])
    yield from _of_remarks(data, encoding)


def _is_unchosen(element: etree._Element) -> bool:
    """One of several values a form offers, and not the one it has: the form of a search lists every level."""
    if element.tag == "option":
        return element.get("selected") is None
    return element.get("type", "").lower() in ("radio", "checkbox") and element.get("checked") is None


def _is_footer(element: etree._Element) -> bool:
    return element.tag in ("footer", "header") or "mso-element:" in element.get("style", "").replace(" ", "")


def _of_remarks(data: bytes, encoding: str) -> Iterator[str]:
    """What Word drew, kept in remarks for programs that can draw it."""
    start = 0
    for _remark in range(MOST_REMARKS):
        start = data.find(b"<!--[if", start)
        if start < 0:
            return
        end = data.find(b"<![endif]-->", start)
        remark = data[start : end if end >= 0 else len(data)][:LONGEST_REMARK]
        if b"textbox" in remark:
            yield from _of_page(remark.partition(b">")[2].decode(encoding, "replace"))
        start += 7


def _of_page(text: str) -> Iterator[str]:
    try:
        yield from _plain_lines(lxml_html.fragment_fromstring(text, create_parent="div"))
    except (etree.LxmlError, ValueError):
        return


def _of_styles(root: etree._Element) -> Iterator[str]:
    for sheet in root.iter("style"):
        yield from (
            match.group(2) for match in _CONTENT.finditer(str(sheet.text or "")[:LONGEST_PAGE_INSIDE])
        )


def _plain_lines(root: etree._Element) -> Iterator[str]:
    """Every line as it stands, whatever the reading text makes of it."""
    line: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag not in _INLINE:
            yield " ".join("".join(line).split())
            line.clear()
        if element.tag in ("script", "style") or _is_unchosen(element):
            silent += 1 if event == "start" else -1
        if event == "end" and element is root:
            break
        words = str((element.text if event == "start" else element.tail) or "")
        line.append("" if silent else words)
    yield " ".join("".join(line).split())
