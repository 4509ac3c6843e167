"""What stands apart from the flow of the text: page margins, text boxes, the lines of a cell, a decorated word.

The reading text joins the lines of a cell and leaves page footers out. A stamp may stand in just such a place,
so these lines are kept beside the text for the one question whether the paper is marked.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice

from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html

from thongsuot.formats.reading.extract.container import Kind
from thongsuot.formats.reading.extract.html import encoding_of

MOST_LINES = 200
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_DRAWN = "{urn:schemas-microsoft-com:vml}textpath"
_BREAKS = {qn("w:br"), qn("w:cr"), qn("w:tab"), qn("w:ptab")}
_INLINE = {"b", "i", "u", "em", "strong", "span", "font", "a", "sub", "sup", "small", "big", "o:p"}


def lines_apart(kind: Kind, data: bytes) -> str:
    """The lines, margins first; nothing for kinds that are laid out by the page or have no layout."""
    readers = {Kind.DOCX: _of_word, Kind.HTML: _of_html}
    if kind not in readers:
        return ""
    return "\n".join(islice((line for line in readers[kind](data) if line.strip()), MOST_LINES))


def _of_word(data: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        margins = sorted(name for name in archive.namelist() if _MARGINS.fullmatch(name))
        for name in (*margins, "word/document.xml"):
            yield from _paragraphs(etree.fromstring(archive.read(name), parser))


def _paragraphs(root: etree._Element) -> Iterator[str]:
    yield from (str(word.get("string", "")) for word in root.iter(_DRAWN))
    for paragraph in root.iter(qn("w:p")):
        pieces = [
            "\n" if part.tag in _BREAKS else part.text or "" for part in paragraph.iter(qn("w:t"), *_BREAKS)
        ]
        yield "".join(pieces)


def _of_html(data: bytes) -> Iterator[str]:
    parser = lxml_html.HTMLParser(encoding=encoding_of(data), no_network=True, remove_comments=True)
    root = lxml_html.document_fromstring(data, parser=parser)
    line: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag not in _INLINE:
            yield " ".join("".join(line).split())
            line.clear()
        line.append(str((element.text if event == "start" else element.tail) or ""))
    yield " ".join("".join(line).split())
