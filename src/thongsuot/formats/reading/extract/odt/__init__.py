"""OpenDocument texts (.odt), read from memory.

Not odfdo: what it would save is opening the archive and the XML; lists as printed, merged cells, revisions and
fonts are not in it, and it has no bounds for a stranger's file.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from thongsuot.formats.reading.errors import Broken, Encrypted
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.odt.names import H, P, n
from thongsuot.formats.reading.extract.odt.walk import Walk
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.extract.trees import parsed

_NO_STYLES = b"<none/>"
_BREAKS = {n("text:line-break"), n("text:tab")}


def odt_text(data: bytes) -> Raw:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise Encrypted("ODF")
            content = parsed(archive.read("content.xml"))
            styles = parsed(archive.read("styles.xml") if "styles.xml" in names else _NO_STYLES)
        fonts = Fonts()
        text = "\n".join(Walk(content, styles, fonts).lines())
        return Raw(text, converted_notice(fonts.converted), _apart(content, styles))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        etree.LxmlError,
        RecursionError,
        NotImplementedError,
    ) as e:
        raise Broken(type(e).__name__) from e


def _apart(content: etree._Element, styles: etree._Element) -> str:
    """Page headers and footers, then every line: where a stamp may be."""
    return lines_apart(line for root in (styles, content) for line in _lines(root))


def _lines(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(P, H):
        pieces: list[str] = []
        for part in paragraph.iter():
            pieces += ["\n" if part.tag in _BREAKS else part.text or ""]
            pieces += [part.tail or ""] if part is not paragraph else []
        yield "".join(pieces)
