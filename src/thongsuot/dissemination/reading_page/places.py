"""Places on the reading page for what others say about a text: below a paragraph, and at the end.

The end is a panel like any other: ``register_panel("reading", draw, order)``, drawn with a ``Reading``. Below a
paragraph stands what ``say_at_paragraphs`` has registered; each is asked once a page, never once a paragraph.
What is alike for every reader (a link to ask about a paragraph) belongs into ``_text.html``, which is drawn once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from thongsuot.dissemination.models import Receipt
from thongsuot.documents.models import Document


@dataclass(frozen=True)
class Reading:
    """Who reads what: ``receipt`` is the reader's own, or nothing when nobody asks them to read it."""

    document: Document
    receipt: Receipt | None


# HTML from a template by number of the paragraph; the numbers are those of this version of the text.
AtParagraphs = Callable[[HttpRequest, Reading], Mapping[int, str]]
_speakers: list[AtParagraphs] = []


def say_at_paragraphs(speaker: AtParagraphs) -> None:
    """Let ``speaker`` say something below paragraphs of every text that is read."""
    if speaker not in _speakers:
        _speakers.append(speaker)


def said_at_paragraphs(request: HttpRequest, reading: Reading) -> dict[int, str]:
    """All that is said, in the order in which the speakers were registered."""
    said: dict[int, list[str]] = defaultdict(list)
    for speaker in _speakers:
        for number, html in speaker(request, reading).items():
            said[number].append(html)
    return {number: "\n".join(parts) for number, parts in said.items()}
