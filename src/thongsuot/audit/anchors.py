"""The end of the chain, noted outside the database: what tells that a whole tail is gone with its seals."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LENGTH = 64


@dataclass(frozen=True)
class Anchor:
    """The number and digest of a seal, as one can write them down: ``1234:9f86…``."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class BrokenAnchorError(ValueError):
    """What was noted cannot be read as an anchor."""


def parse(text: str) -> Anchor:
    number, _, digest = text.strip().partition(":")
    if not (number.isascii() and number.isdigit() and len(digest) == LENGTH):
        message = "An anchor is the number of a seal, a colon and 64 letters and digits."
        raise BrokenAnchorError(message)
    return Anchor(int(number), digest.lower())


def anchor_file() -> Path | None:
    """Where the end is noted: in the home folder, or where ``THONGSUOT_AUDIT_ANCHOR`` says (another machine's disk)."""
    return Path(settings.AUDIT_ANCHOR) if settings.AUDIT_ANCHOR else None


def noted() -> Anchor | None:
    """What the file says; nothing when there is none yet."""
    file = anchor_file()
    try:
        return parse(file.read_text()) if file else None
    except FileNotFoundError:
        return None


def forget() -> None:
    file = anchor_file()
    if file:
        file.unlink(missing_ok=True)


def note(anchor: Anchor) -> None:
    """Put the file in place as a whole: whoever dies in between leaves the old one."""
    file = anchor_file()
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    with os.fdopen(descriptor, "w") as stream:
        stream.write(f"{anchor}\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(name, file)  # one step, which is the point
