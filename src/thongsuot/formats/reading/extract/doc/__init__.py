"""Word 97-2003 documents (.doc), read from memory.

Converters want a file on the disk, and a paper marked as a State secret may not touch one. So the text is taken from
the pieces of the file itself ([MS-DOC]), with its lists, tables, revisions and old fonts. No macro is looked at.
"""

import struct

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.doc.fib import DocFile
from thongsuot.formats.reading.extract.doc.walk import Walk
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw


def doc_text(data: bytes) -> Raw:
    try:
        file, fonts = DocFile(data), Fonts()
        text = "\n".join(Walk(file, fonts).lines())
    except (
        OSError,
        struct.error,
        IndexError,
        ValueError,
        RecursionError,
        AttributeError,
        TypeError,
    ) as error:
        raise Broken(type(error).__name__) from error
    margins = file.text[file.headers_at : file.remarks_at]
    apart = f"{margins}\r{file.text[file.boxes_at :]}\r{file.text[: file.notes_at]}"
    for end in "\x07\x0b\x0c":
        apart = apart.replace(end, "\r")
    return Raw(text, converted_notice(fonts.converted), lines_apart(apart.split("\r")))
