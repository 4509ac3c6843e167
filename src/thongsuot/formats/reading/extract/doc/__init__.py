"""Word 97-2003 documents (.doc), read from memory.

Converters want a file on the disk, and a paper marked as a State secret may not touch one. So the text is taken from
the pieces of the file itself ([MS-DOC]), with its lists, tables, revisions and old fonts. No macro is looked at.
"""

import re
import struct

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.doc.fib import DRAWINGS, DocFile
from thongsuot.formats.reading.extract.doc.pictured import insets_of
from thongsuot.formats.reading.extract.doc.walk import Walk
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw

# Words inside the drawings: decorated words (WordArt) are kept among the properties of their shape.
_DRAWN = re.compile(rb"(?:[\x20-\x7e\xc0-\xff]\x00|[\x00-\xff][\x01\x03\x1e]){3,60}")
MOST_DRAWN = 500
_ENDS = re.compile("[\x07\x0b\x0c\r]")


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
    drawn = _DRAWN.findall(file.part(DRAWINGS))
    margins = file.text[file.headers_at : file.remarks_at]
    words = "\r".join(word.decode("utf-16-le", "ignore") for word in drawn[:MOST_DRAWN])
    # Remarks, boxes and endnotes lie behind the margins, footnotes before them.
    beside = (words, margins, file.text[file.remarks_at :], file.text[file.notes_at : file.headers_at])
    apart = lines_apart(map(_in_lines, beside), [_in_lines(file.text[: file.notes_at])])
    return Raw(text, converted_notice(fonts.converted), apart, insets_of(file))


def _in_lines(text: str) -> str:
    return _ENDS.sub("\n", text)
