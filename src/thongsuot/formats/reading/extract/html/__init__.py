"""Web pages and Word's own HTML, read from memory. Nothing a page points to is fetched."""

import re

from lxml import etree
from lxml import html as lxml_html

from thongsuot.formats.reading.errors import Broken, EmptyFile, TooLarge
from thongsuot.formats.reading.extract.html.beside import words_beside
from thongsuot.formats.reading.extract.html.pictured import insets_of
from thongsuot.formats.reading.extract.html.walk import SKIPPED, Walk
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.extract.trees import MOST_TAGS

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
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
    apart = words_beside(root, data, encoding_of(data))
    return Raw("\n".join(lines), converted_notice(fonts.converted), apart, insets_of(data))


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
