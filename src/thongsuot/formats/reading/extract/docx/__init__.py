"""Word documents (.docx, .docm, both forms of the standard), read from memory. Macros are never looked at."""

import zlib
from collections.abc import Iterator
from zipfile import BadZipFile

from lxml import etree

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.docx.names import DRAWN_WORD, MATH_TEXT, TEXT, P, w
from thongsuot.formats.reading.extract.docx.package import Package
from thongsuot.formats.reading.extract.docx.walk import Walk
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw

_BREAKS = {w("br"), w("cr"), w("tab"), w("ptab")}


def docx_text(data: bytes) -> Raw:
    try:
        package, fonts = Package(data), Fonts()
        text = "\n".join(Walk(package, fonts).lines())
        return Raw(text, converted_notice(fonts.converted), _apart(package))
    except (BadZipFile, zlib.error, EOFError, etree.LxmlError, RecursionError, NotImplementedError) as error:
        raise Broken(type(error).__name__) from error


def _apart(package: Package) -> str:
    """Page margins first, then every line as it stands, decorated words among them: where a stamp may be."""
    roots = [*package.all_parts("header"), *package.all_parts("footer"), package.main()]
    return lines_apart(line for root in roots for line in _lines(root))


def _lines(root: etree._Element) -> Iterator[str]:
    yield from (str(word.get("string", "")) for word in root.iter(DRAWN_WORD))
    for paragraph in root.iter(P):
        yield "".join(
            "\n" if part.tag in _BREAKS else part.text or ""
            for part in paragraph.iter(TEXT, MATH_TEXT, *_BREAKS)
        )
