"""The text of a document as HTML: drawn once for all its readers, because a morning brings thousands of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from thongsuot.dissemination.reading_page.parts import (
    ReadingPart,
    letterhead_of,
    minutes_to_read,
    parts_of,
)

TEXTS_KEPT = 32
LONGEST_LINE = 110
_END_OF_PARAGRAPH = re.compile(r"<!--doan (\d+)-->")


@dataclass(frozen=True)
class Line:
    """A line of the table of contents and the anchor it leads to."""

    anchor: str
    text: str


@dataclass(frozen=True)
class DrawnText:
    """What a page needs of a text. Paragraph 12 has the anchor ``doan-12``."""

    html: str
    parts: int
    minutes: int
    contents: tuple[Line, ...]
    list_of_contents: SafeString

    def with_remarks(self, remarks: Mapping[int, str]) -> SafeString:
        """The text with what others say below its paragraphs: HTML by number of the paragraph."""

        def said(end: re.Match[str]) -> str:
            return remarks.get(int(end.group(1)), "")

        html = _END_OF_PARAGRAPH.sub(said, self.html) if remarks else self.html
        return mark_safe(html)  # noqa: S308 - rendered, and escaped, by templates


def drawn_text(document_id: int, text: str) -> DrawnText:
    """The text in parts, with a table of contents; the same for everybody who reads it in this language."""
    return _drawn(document_id, text, get_language() or "")


@lru_cache(maxsize=TEXTS_KEPT)
def _drawn(document_id: int, text: str, language: str) -> DrawnText:
    parts = parts_of(text)
    said = {"parts": parts, "document_id": document_id, "letterhead": letterhead_of(parts)}
    html = render_to_string("dissemination/_text.html", said)
    contents = tuple(_contents(parts))
    sheet = render_to_string("dissemination/_contents.html", {"contents": contents})
    return DrawnText(html, len(parts), minutes_to_read(text), contents, sheet)


def _contents(parts: list[ReadingPart]) -> list[Line]:
    """The headings, or where there are none the first words of each part; a single line leads nowhere."""
    blocks = [block for part in parts for block in part.blocks]
    leading = [block for block in blocks if block.is_heading]
    if len(leading) < 2:
        leading = [part.blocks[0] for part in parts]
    lines = [Line(f"doan-{b.number}", Truncator(b.text).chars(LONGEST_LINE)) for b in leading]
    return lines if len(lines) > 1 else []
