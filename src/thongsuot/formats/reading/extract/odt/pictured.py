"""The pictures of an ODT file: those of page margins first, then in the order of the text, then any other."""

import base64
import binascii
import posixpath
import zipfile
from collections.abc import Iterable

from lxml import etree

from thongsuot.formats.reading.extract.insets.archived import add_the_others
from thongsuot.formats.reading.extract.insets.gathered import Inches, Insets
from thongsuot.formats.reading.extract.insets.sizes import inches_of
from thongsuot.formats.reading.extract.odt.names import n

_SHOWN = (n("draw:image"), n("style:background-image"), n("draw:fill-image"))
_HREF, _IN_TEXT = n("xlink:href"), n("office:binary-data")


def insets_of(archive: zipfile.ZipFile, roots: Iterable[etree._Element]) -> Insets:
    insets, shown = Insets(), set[str]()
    names = set(archive.namelist())
    for root in roots:
        for element in root.iter(*_SHOWN):
            name = posixpath.normpath(element.get(_HREF, "").removeprefix("./"))
            if name in names and name not in shown:
                shown.add(name)
                insets.add(archive.read(name), _inches(element))
            for written in element.iterchildren(_IN_TEXT):
                _add_written(insets, str(written.text or ""), element)
    add_the_others(insets, archive, shown)
    return insets


def _add_written(insets: Insets, written: str, element: etree._Element) -> None:
    """A picture written out in letters instead of being a member of the archive."""
    try:
        insets.add(base64.b64decode("".join(written.split())), _inches(element))
    except binascii.Error:
        insets.unseen = True


def _inches(element: etree._Element) -> Inches:
    frame = element.getparent()
    return (
        inches_of(frame.get(n("svg:width")), frame.get(n("svg:height"))) if frame is not None else (0.0, 0.0)
    )
