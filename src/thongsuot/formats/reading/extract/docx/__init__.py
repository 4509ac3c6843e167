"""Word documents (.docx, .docm, both forms of the standard), read from memory. Macros are never looked at."""

import zlib
from zipfile import BadZipFile

from lxml import etree

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.docx.beside import words_beside
from thongsuot.formats.reading.extract.docx.package import Package
from thongsuot.formats.reading.extract.docx.pictured import insets_of
from thongsuot.formats.reading.extract.docx.walk import Walk
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw


def docx_text(data: bytes) -> Raw:
    try:
        package, fonts = Package(data), Fonts()
        text = "\n".join(Walk(package, fonts).lines())
        return Raw(text, converted_notice(fonts.converted), words_beside(package), insets_of(package))
    except (BadZipFile, zlib.error, EOFError, etree.LxmlError, RecursionError, NotImplementedError) as error:
        raise Broken(type(error).__name__) from error
