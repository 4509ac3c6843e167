"""OpenDocument texts (.odt), read from memory.

Not odfdo: what it would save is opening the archive and the XML; lists as printed, merged cells, revisions and
fonts are not in it, and it has no bounds for a stranger's file.
"""

import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from thongsuot.formats.reading.errors import Broken, Encrypted
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.odt.names import FRAMES, H, P, n
from thongsuot.formats.reading.extract.odt.pictured import insets_of
from thongsuot.formats.reading.extract.odt.walk import Walk
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.extract.trees import parsed

_NO_STYLES = b"<none/>"
MOST_EMBEDDED = 100
_BESIDE = (*FRAMES, *map(n, ("office:annotation", "text:note-body")))
_DESCRIPTIONS = (n("svg:title"), n("svg:desc"))
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}*"
_VALUES = tuple(_FORM[:-1] + name for name in ("current-value", "value", "current-label", "title"))
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
            embedded = _embedded(archive)
            insets = insets_of(archive, (styles, content))
        fonts = Fonts()
        text = "\n".join(Walk(content, styles, fonts).lines())
        return Raw(text, converted_notice(fonts.converted), _apart(content, styles, embedded), insets)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        etree.LxmlError,
        RecursionError,
        NotImplementedError,
    ) as e:
        raise Broken(type(e).__name__) from e


def _apart(content: etree._Element, styles: etree._Element, embedded: list[etree._Element]) -> str:
    """Page margins, boxes, remarks, descriptions and fields, the words of embedded files; then the first lines."""
    roots = (styles, content, *embedded)
    places = itertools.chain(
        (line for root in (styles, *embedded) for line in _lines(root)),
        (line for root in roots for part in root.iter(*_BESIDE) for line in _lines(part)),
        (" ".join("".join(part.itertext()).split()) for root in roots for part in root.iter(*_DESCRIPTIONS)),
        (part.get(name, "") for root in roots for part in root.iter(_FORM) for name in _VALUES),
    )
    return lines_apart(places, _lines(content))


def _embedded(archive: zipfile.ZipFile) -> list[etree._Element]:
    names = [name for name in archive.namelist() if name.endswith(("/content.xml", "/styles.xml"))]
    return [parsed(archive.read(name)) for name in names[:MOST_EMBEDDED]]


def _lines(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(P, H):
        pieces: list[str] = []
        for part in paragraph.iter():
            pieces += ["\n" if part.tag in _BREAKS else part.text or ""]
            pieces += [part.tail or ""] if part is not paragraph else []
        yield "".join(pieces)
