"""Web pages and Word's own HTML, read from memory. Nothing a page points to is fetched."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from thongsuot.formats.reading.errors import Broken, EmptyFile, TooLarge
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.html.walk import SKIPPED, Walk
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.extract.trees import MOST_TAGS

_INLINE = {"b", "i", "u", "em", "strong", "span", "font", "a", "sub", "sup", "small", "big", "o:p"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DRAWN = re.compile(rb"textpath[^<>]{0,500}?\bstring\s*=\s*[\"']([^\"'<>]{1,200})")
_ARTICLES = "//article | //main | //*[@itemprop='articleBody']"
MOST_OF_IT = 0.6  # of the letters of a page: then an article is what the page is for
ENOUGH = 400  # letters
MOST_ARTICLES = 5


def html_text(data: bytes) -> Raw:
    if data.count(b"<") > MOST_TAGS:
        raise TooLarge("more elements than a document can hold")
    parser = lxml_html.HTMLParser(
        encoding=encoding_of(data), no_network=True, remove_comments=True, remove_pis=True
    )
    fonts = Fonts()
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
        lines = Walk(root, fonts).read(_article_of(root))
    except etree.ParserError as error:
        raise EmptyFile("no elements") from error
    except (etree.LxmlError, RecursionError, ValueError, LookupError) as error:
        raise Broken(type(error).__name__) from error
    return Raw("\n".join(lines), converted_notice(fonts.converted), lines_apart(_lines_apart(root, data)))


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


def _article_of(root: etree._Element) -> etree._Element:
    """The article of a news page, where it holds most of the words; else the whole page."""
    found, letters = root, _letters(root)
    for article in root.xpath(_ARTICLES)[:MOST_ARTICLES]:
        own = _letters(article)
        if own >= max(MOST_OF_IT * letters, ENOUGH):
            found = article
    return found


def _letters(element: etree._Element) -> int:
    if element.tag in SKIPPED:
        return 0
    count = len((element.text or "").strip()) if isinstance(element.tag, str) else 0
    return count + sum(_letters(child) + len((child.tail or "").strip()) for child in element)


def _lines_apart(root: etree._Element, data: bytes) -> Iterator[str]:
    """Decorated words, which Word keeps in remarks of its own, then every line."""
    for match in islice(_DRAWN.finditer(data), 60):
        yield match.group(1).decode(encoding_of(data), "replace")
    yield from _plain_lines(root)


def _plain_lines(root: etree._Element) -> Iterator[str]:
    """Every line as it stands, whatever the reading text makes of it."""
    line: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag not in _INLINE:
            yield " ".join("".join(line).split())
            line.clear()
        line.append(str((element.text if event == "start" else element.tail) or ""))
    yield " ".join("".join(line).split())
