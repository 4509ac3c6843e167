"""What the command line says: Vietnamese, English, or both where the terminal names neither."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def in_words(vi: str, en: str) -> str:
    """The sentence in the terminal's language; both, Vietnamese first, when it has none."""
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if language.startswith("vi"):
        return vi
    if language.startswith("en"):
        return en
    return f"{vi}\n{en}"


def show(text: str, *, to: TextIO | None = None) -> None:
    """Print at once, even where output is buffered or the terminal knows no Vietnamese letters."""
    stream = to or sys.stdout
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)


def say(vi: str, en: str, *, to: TextIO | None = None) -> None:
    """Print a sentence in the terminal's language."""
    show(in_words(vi, en), to=to)
