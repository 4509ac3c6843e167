"""The numbered parts of a paper as a tree, each with an address by which people cite it (III.2.b, Điều 5.2.a)."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.formats.reading.model import Section, SectionKind
from thongsuot.formats.reading.paragraphs import Paragraph

_KINDS: dict[str, tuple[SectionKind, int]] = {
    "part": ("part", 1),
    "chapter": ("chapter", 2),
    "capital": ("capital", 2),
    "roman": ("roman", 3),
    "article": ("article", 4),
    "number": ("number", 5),
    "letter": ("letter", 8),
    "bullet": ("dash", 9),
}
HEADING_LENGTH = 220
LABEL_LENGTH = 20
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số\s+)?(?P<label>[IVX]{1,5}|\d{1,2}[A-Za-z]?))?\b"
)
_WORDS = re.compile(r"(?P<word>Điều|Phần|Chương|Mục)\s+(?P<label>thứ\s+\w+|[\w]+)", re.IGNORECASE)
# Articles are numbered through the whole paper and parts stand on top of everything: cited without what is around.
_ON_ITS_OWN = {"part", "article", "appendix"}


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


@dataclass
class _Part:
    """A numbered paragraph on its way into the tree."""

    kind: SectionKind
    level: int
    label: str
    paragraph: Paragraph


def structure_of(body: Sequence[Paragraph], appendix: Sequence[Paragraph] = ()) -> tuple[Section, ...]:
    """The parts of the body and of the appendices in the order of the paper, each with all it contains.

    Dashes have no address of their own and are left to the part they stand in. Where the paper numbers two parts
    alike, the second is told apart: "II.3 (2)".
    """
    parts = [*_parts(body, appendix=False), *_parts(appendix, appendix=True)]
    if not parts:
        return ()
    last = (list(appendix) or list(body))[-1]
    starts = [part.paragraph.offsets[0] for part in parts]
    ends = _ends([part.level for part in parts], starts, last.offsets[-1] + 1)
    sections: list[Section] = []
    open_parts: list[tuple[_Part, Section]] = []
    taken: Counter[str] = Counter()
    for part, start, end in zip(parts, starts, ends, strict=True):
        while open_parts and open_parts[-1][0].level >= part.level:
            open_parts.pop()
        address = _address(part, open_parts)
        taken[address] += 1
        if taken[address] > 1:
            address = f"{address} ({taken[address]})"
        section = Section(
            kind=part.kind,
            mark=part.paragraph.mark.strip() or part.label,
            heading=part.paragraph.body if is_heading(part.paragraph) or part.kind == "appendix" else None,
            level=len(open_parts) + 1,
            span=(start, end),
            address=address,
            parent=open_parts[-1][1].address if open_parts else None,
        )
        sections.append(section)
        open_parts.append((part, section))
    return tuple(sections)


class Addresses:
    """Answers where in the paper a place is. Sections in the order of the paper, as ``structure_of`` gives them."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._starts = [section.span[0] for section in sections]
        self._by_address = {section.address: section for section in sections}

    def at(self, offset: int) -> str | None:
        """The address of the innermost part that holds this offset of the text, or None outside all parts."""
        before = bisect_right(self._starts, offset) - 1
        found = self._sections[before] if before >= 0 else None
        while found is not None and offset >= found.span[1]:
            found = self._by_address.get(found.parent or "")
        return found.address if found else None


def _parts(paragraphs: Sequence[Paragraph], *, appendix: bool) -> list[_Part]:
    found: list[_Part] = []
    for paragraph in paragraphs:
        title = (
            _APPENDIX.match(paragraph.text) if appendix and len(paragraph.text) <= HEADING_LENGTH else None
        )
        if title:
            number = title.group("label") or str(1 + sum(part.kind == "appendix" for part in found))
            found.append(_Part("appendix", 0, f"PL{number}", paragraph))
        elif paragraph.kind not in (None, "bullet"):
            kind = _KINDS[paragraph.kind or ""][0]
            found.append(_Part(kind, level_of(paragraph), _label(kind, paragraph.mark), paragraph))
    return found


def _label(kind: SectionKind, mark: str) -> str:
    """The mark as it is cited: without points and brackets, chapters and articles with their word."""
    words = _WORDS.match(mark.strip())
    if kind in ("part", "chapter", "article") and words:
        return f"{words.group('word').capitalize()} {words.group('label')}"[:LABEL_LENGTH]
    return mark.strip(" .()-–:/")[:LABEL_LENGTH]


def _address(part: _Part, above: Sequence[tuple[_Part, Section]]) -> str:
    if part.kind in _ON_ITS_OWN:
        outer = next((section for other, section in above if other.kind == "appendix"), None)
        return f"{outer.address}.{part.label}" if outer else part.label
    if not above:
        return part.label
    parent, section = above[-1]
    label = part.label
    # "2.1" under "2" says both already.
    if part.kind == parent.kind == "number" and label.startswith(f"{parent.label}."):
        label = label.removeprefix(f"{parent.label}.")
    return f"{section.address}.{label}"


def _ends(levels: list[int], starts: list[int], end: int) -> list[int]:
    """Each part ends where the next one of its level or above begins."""
    ends = [end] * len(levels)
    waiting: list[int] = []
    for i, level in enumerate(levels):
        while waiting and levels[waiting[-1]] >= level:
            ends[waiting.pop()] = starts[i]
        waiting.append(i)
    return ends
