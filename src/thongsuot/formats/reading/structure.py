"""The numbered parts of the body, each with its heading and everything below it."""

import re

from thongsuot.formats.reading.model import Section, SectionKind
from thongsuot.formats.reading.paragraphs import Paragraph

_KINDS: dict[str, tuple[SectionKind, int]] = {
    "part": ("part", 1),
    "chapter": ("chapter", 2),
    "roman": ("roman", 3),
    "article": ("article", 4),
    "number": ("number", 5),
    "letter": ("letter", 8),
    "bullet": ("dash", 9),
}
HEADING_LENGTH = 220


def level_of(paragraph: Paragraph) -> int:
    """How deep a paragraph stands: parts over chapters over articles over numbers over letters over dashes."""
    if paragraph.kind is None:
        return 10
    level = _KINDS[paragraph.kind][1]
    if paragraph.kind == "number":
        level += min(len(re.findall(r"\d+", paragraph.mark)) - 1, 2)
    return level + 1 if paragraph.mark.startswith("+") else level


def is_heading(paragraph: Paragraph) -> bool:
    """A numbered line without a sentence in it: it names what follows."""
    if paragraph.kind in (None, "bullet") or len(paragraph.body) > HEADING_LENGTH:
        return False
    return not paragraph.body.rstrip().endswith((".", ";", "./."))


def structure_of(paragraphs: list[Paragraph]) -> tuple[Section, ...]:
    numbered = [(level_of(p), p) for p in paragraphs if p.kind not in (None, "bullet")]
    end = paragraphs[-1].offsets[-1] + 1 if paragraphs else 0
    sections: list[Section] = []
    depth: list[int] = []
    ends = _ends([level for level, _ in numbered], [p.offsets[0] for _, p in numbered], end)
    for (level, paragraph), last in zip(numbered, ends, strict=True):
        while depth and depth[-1] >= level:
            depth.pop()
        depth.append(level)
        kind = _KINDS[paragraph.kind or "number"][0]
        heading = paragraph.body if is_heading(paragraph) else None
        sections.append(
            Section(kind, paragraph.mark.strip(), heading, len(depth), (paragraph.offsets[0], last))
        )
    return tuple(sections)


def _ends(levels: list[int], starts: list[int], end: int) -> list[int]:
    """Each part ends where the next one of its level or above begins."""
    ends = [end] * len(levels)
    waiting: list[int] = []
    for i, level in enumerate(levels):
        while waiting and levels[waiting[-1]] >= level:
            ends[waiting.pop()] = starts[i]
        waiting.append(i)
    return ends
