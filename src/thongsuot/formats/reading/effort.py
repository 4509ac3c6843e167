"""Whether a file announces itself as long: asked before the work, at the price of looking at its table of contents.

A caller that answers a person reads a short file at once and gives a long one to the background. The answer is a
guess about time, never about safety: what is broken counts as short, and reading it will say why.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from thongsuot.formats.reading.errors import ReadingError, TooLarge
from thongsuot.formats.reading.extract import MAX_BYTES
from thongsuot.formats.reading.extract.confined import OUT_OF_TIME, ask
from thongsuot.formats.reading.extract.container import MAX_UNPACKED

# Above these a reading takes more than a person waits for a page (docs/performance.md).
LONG_PAGES = 60
LONG_BYTES = 4 * 1024 * 1024
LONG_TAGS = 100_000  # of a web page; a printed page has a hundred
LONG_GROUPS = 400_000  # of an RTF file
PATIENCE = 5.0  # seconds for a PDF to say how long it is; one that does not takes long
FEW_PICTURES, SMALL_PICTURES = 2, 150_000  # inside a file, and their bytes: looked at in about a second
MIN_LETTERS = 40  # in the text of a file with pictures; one with fewer is a scan
SHORT_TEXT = 200_000  # bytes of the part that holds it; a longer one has letters enough
_IN_ARCHIVE = re.compile(r"(?:word/media|Pictures|media)/.")
_MAIN_TEXT = re.compile(r"word/document\d{0,3}\.xml|content\.xml")
_TAGS = re.compile(rb"<[^<>]*>")
_HOLD_PICTURES = (b"\\pict", b"data:image/", b"\x6e\x1e\xf0", b"\x46\x1d\xf0")  # of RTF, web pages, Word 97
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Effort:
    """What a file says of itself: ``pages`` where it counts them, ``pictures`` where letters must be recognised.

    ``slow``: it has more parts than its size tells, or took too long to say anything. ``insets``: pictures beside its
    text have to be looked at.
    """

    pages: int = 0
    pictures: bool = False
    size: int = 0
    slow: bool = False
    insets: bool = False

    @property
    def is_long(self) -> bool:
        """Minutes."""
        return self.slow or self.pictures or self.pages > LONG_PAGES or self.size > LONG_BYTES

    @property
    def is_felt(self) -> bool:
        """Minutes, or the seconds in which somebody who waits begins to wonder."""
        return self.is_long or self.insets


def effort_of(data: bytes) -> Effort:
    """The effort of reading these bytes, told by their first bytes and not by a name."""
    if len(data) > MAX_BYTES:  # refused at once, like an archive that unpacks to too much
        return Effort()
    if data.startswith(_PICTURES):
        return Effort(pages=1, pictures=True)
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data)
    held = sum(data.count(word) for word in _HOLD_PICTURES)
    return Effort(
        size=len(data),
        slow=_has_many_parts(data),
        insets=held > FEW_PICTURES or (held > 0 and len(data) > 2 * SMALL_PICTURES),
    )


def _has_many_parts(data: bytes) -> bool:
    return data.count(b"<") > LONG_TAGS or data.count(b"{") > LONG_GROUPS


def _of_archive(data: bytes) -> Effort:
    """By the bytes of the parts that hold text, and by its pictures."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members if member.filename.endswith(".xml"))
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                return Effort()
            pictures = [member.file_size for member in members if _IN_ARCHIVE.match(member.filename)]
            many = len(pictures) > FEW_PICTURES or sum(pictures) > SMALL_PICTURES
            return Effort(size=size, pictures=many and _has_hardly_a_letter(archive), insets=many)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        return Effort()


def _has_hardly_a_letter(archive: zipfile.ZipFile) -> bool:
    texts = [member for member in archive.infolist() if _MAIN_TEXT.fullmatch(member.filename)]
    if any(member.file_size > SHORT_TEXT for member in texts):
        return False
    words = "".join(_TAGS.sub(b"", archive.read(member)).decode("utf-8", "ignore") for member in texts)
    return sum(map(str.isalpha, words)) < MIN_LETTERS


def _of_pdf(data: bytes) -> Effort:
    try:
        said = ask("effort", data, lambda _done, _pages: None, patience=PATIENCE)
    except TooLarge as error:
        return Effort(slow=error.detail == OUT_OF_TIME)
    except ReadingError:  # whoever reads the file says what is wrong with it
        return Effort()
    return Effort(pages=said["pages"], pictures=said["pictures"], insets=said["insets"])
