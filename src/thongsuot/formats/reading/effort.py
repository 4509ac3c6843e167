"""Whether a file announces itself as long: asked before the work, at the price of looking at its table of contents.

A caller that answers a person reads a short file at once and gives a long one to the background. The answer is a
guess about time, never about safety: what is broken counts as short, and reading it will say why.
"""

from __future__ import annotations

import io
import zipfile
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
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Effort:
    """What a file says of itself: ``pages`` where it counts them, ``pictures`` where letters must be recognised.

    ``slow``: it has more parts than its size tells, or took too long to say anything.
    """

    pages: int = 0
    pictures: bool = False
    size: int = 0
    slow: bool = False

    @property
    def is_long(self) -> bool:
        return self.slow or self.pictures or self.pages > LONG_PAGES or self.size > LONG_BYTES


def effort_of(data: bytes) -> Effort:
    """The effort of reading these bytes, told by their first bytes and not by a name."""
    if len(data) > MAX_BYTES:  # refused at once, like an archive that unpacks to too much
        return Effort()
    if data.startswith(_PICTURES):
        return Effort(pages=1, pictures=True)
    if data.startswith(b"PK\x03\x04"):
        return Effort(size=_unpacked_text(data))
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data)
    return Effort(size=len(data), slow=_has_many_parts(data))


def _has_many_parts(data: bytes) -> bool:
    return data.count(b"<") > LONG_TAGS or data.count(b"{") > LONG_GROUPS


def _unpacked_text(data: bytes) -> int:
    """Bytes of the parts that hold text; pictures in a Word file are carried along, not read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist() if member.filename.endswith(".xml"))
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0
    return size if size <= MAX_UNPACKED else 0


def _of_pdf(data: bytes) -> Effort:
    try:
        said = ask("effort", data, lambda _done, _pages: None, patience=PATIENCE)
    except TooLarge as error:
        return Effort(slow=error.detail == OUT_OF_TIME)
    except ReadingError:  # whoever reads the file says what is wrong with it
        return Effort()
    return Effort(pages=said["pages"], pictures=said["pictures"])
