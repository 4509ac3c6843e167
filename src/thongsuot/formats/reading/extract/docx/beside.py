"""The words of a Word file that are not in the flow of its text: margins, boxes, remarks, drawings, fields of forms."""

from collections.abc import Iterator

from lxml import etree

from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.docx.names import (
    BOX,
    DRAWN_TEXT,
    DRAWN_WORD,
    MATH_TEXT,
    TEXT,
    VAL,
    P,
    w,
)
from thongsuot.formats.reading.extract.docx.package import Package

_BREAKS = {w("br"), w("cr"), w("tab"), w("ptab")}
_DRAWN_PARAGRAPH = DRAWN_TEXT.removesuffix("t") + "p"
# In their order: margins carry stamps, and few papers have any of the others.
_KINDS = ("footer", "header", "comments", "footnotes", "endnotes", "data", "drawing", "document")
_DESCRIBED = ("{*}docPr", "{*}cNvPr", "{*}shape", "{*}rect", "{*}imagedata", "{*}textbox")
_DESCRIPTIONS = ("descr", "title", "alt", "{urn:schemas-microsoft-com:office:office}title")


def words_beside(package: Package) -> str:
    """Every place beside the text, whether or not the text refers to it, then the text's first lines."""
    return lines_apart(_places(package), _lines(package.main()))


def _places(package: Package) -> Iterator[str]:
    for root in package.every_part(_KINDS):
        if root.tag != w("document"):
            yield from _lines(root)
        yield from _of_drawings(root)
    main = package.main()
    yield from _of_drawings(main)


def _of_drawings(root: etree._Element) -> Iterator[str]:
    """Boxes, decorated words, descriptions and chosen entries of lists of one part."""
    yield from (str(word.get("string", "")) for word in root.iter(DRAWN_WORD))
    for box in root.iter(BOX):
        yield from _lines(box)
    for paragraph in root.iter(_DRAWN_PARAGRAPH):
        yield "".join(str(part.text or "") for part in paragraph.iter(DRAWN_TEXT))
    for element in root.iter(*_DESCRIBED):
        yield from (str(element.get(name, "")) for name in _DESCRIPTIONS)
    for choices in root.iter(w("ddList")):
        yield _chosen(choices)


def _chosen(choices: etree._Element) -> str:
    entries = [str(entry.get(VAL, "")) for entry in choices.iterchildren(w("listEntry"))]
    told = (choices.find(w(name)) for name in ("result", "default"))
    number = next((str(mark.get(VAL, "")) for mark in told if mark is not None), "0")
    told_of_one = number.isdecimal() and len(number) < 5 and int(number) < len(entries)
    return entries[int(number)] if told_of_one else ""


def _lines(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(P):
        yield "".join(
            "\n" if part.tag in _BREAKS else part.text or ""
            for part in paragraph.iter(TEXT, MATH_TEXT, *_BREAKS)
        )
