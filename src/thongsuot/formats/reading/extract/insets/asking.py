"""Has the pictures inside a file looked at in the process that reads scans, and adds what it saw to the text."""

import json
from typing import Any

from thongsuot.formats.reading.extract.confined import PAGE_SECONDS, ask
from thongsuot.formats.reading.extract.insets.gathered import NOT_LOOKED_AT
from thongsuot.formats.reading.extract.raw import Progress, Raw
from thongsuot.formats.reading.model import Notice

MIN_LETTERS = 40  # fewer beside the picture of a page means: a scan, put into a file of a word processor


def look_at_insets(found: Raw, progress: Progress) -> None:
    """Stamps on the pictures come beside the text; of a scan the words become the text.

    Raises NoOcr for a scan on a machine that cannot recognise letters.
    """
    insets = found.insets
    unseen = insets.unseen
    if insets.pictures:
        is_scan = sum(char.isalpha() for char in found.text) < MIN_LETTERS
        said = ask_about(_question(found, is_scan=is_scan), progress)
        unseen |= said["unseen"]
        found.apart = "\n".join(filter(None, (said["apart"], found.apart)))
        found.text = "\n".join(filter(None, (found.text.strip(), said["text"])))
        found.warnings += [Notice(*notice) for notice in said["warnings"]]
    if unseen:
        found.warnings.append(NOT_LOOKED_AT)


def ask_about(question: bytes, progress: Progress) -> dict[str, Any]:
    return ask("insets", question, progress, PAGE_SECONDS)


def _question(found: Raw, *, is_scan: bool) -> bytes:
    """A line that says how long each picture is and how large it is shown, then the pictures one behind the other."""
    pictures = found.insets.pictures
    sizes = [[len(inset.content), *inset.inches] for inset in pictures]
    head = json.dumps({"is_scan": is_scan, "pictures": sizes}).encode()
    return b"".join([head, b"\n", *(inset.content for inset in pictures)])
