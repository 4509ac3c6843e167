"""Pictures inside a file of a word processor: a stamp of State secrecy may be one of them.

Every reader of such a format gathers them while it has the file open, those of page headers first, then in the order
of the text; looked at they are in the process that reads scans.
"""

import hashlib
from dataclasses import dataclass, field

from thongsuot.formats.reading.model import Notice

NOT_LOOKED_AT = Notice(
    "pictures_not_looked_at",
    "There are pictures in this file that were not looked at: make sure that no stamp of State secrecy is among them.",
)
MOST = 200  # that are looked at; of a scan inside a Word file as many pages are read
MOST_BYTES = 100 * 1024 * 1024
SMALLEST = 100  # bytes; less is a dot that holds a place in a page of the web
_LOOKED_AT = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_BARE_BITMAP = b"\x28\x00\x00\x00"  # as the clipboard has it: without the head of a file

Inches = tuple[float, float]  # width and height as shown


@dataclass(frozen=True, slots=True)
class Inset:
    """One picture; ``inches`` are zero where the file does not tell how large it is shown."""

    content: bytes
    inches: Inches = (0.0, 0.0)


@dataclass(slots=True)
class Insets:
    """``unseen``: there are others, in forms that nobody looks at, or too many."""

    pictures: list[Inset] = field(default_factory=list)
    unseen: bool = False
    _known: set[bytes] = field(default_factory=set)
    _bytes: int = 0

    def add(self, content: bytes, inches: Inches = (0.0, 0.0)) -> None:
        """Each picture once, as it is shown first."""
        known = hashlib.sha256(content).digest()
        if known in self._known or len(content) < SMALLEST:
            return
        self._known.add(known)
        self._bytes += len(content)
        if len(self.pictures) < MOST and self._bytes <= MOST_BYTES and is_dotted(content):
            self.pictures.append(Inset(content, inches))
        else:
            self.unseen = True


def is_dotted(head: bytes) -> bool:
    """Whether these first bytes begin a picture made of dots; drawings (EMF, WMF, SVG) are programs that draw."""
    return head.startswith((*_LOOKED_AT, _BARE_BITMAP)) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def is_drawing(head: bytes) -> bool:
    """Whether these first bytes, 44 at least, begin one of the drawings that Windows keeps as a list of commands."""
    return head.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")) or head[40:44] == b" EMF"
