"""The end of the chain, noted outside the database: what tells that a whole tail is gone with its seals."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FILE_NAME = "audit-anchor"
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


def anchor_file() -> Path:
    return Path(settings.HOME) / FILE_NAME


def noted() -> Anchor | None:
    """What the file says; nothing when there is none yet."""
    try:
        return parse(anchor_file().read_text())
    except FileNotFoundError:
        return None


def note(anchor: Anchor) -> None:
    """Put the file in place as a whole: whoever dies in between leaves the old one."""
    file = anchor_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{FILE_NAME}-")
    with os.fdopen(descriptor, "w") as stream:
        stream.write(f"{anchor}\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(name, file)  # one step, which is the point
