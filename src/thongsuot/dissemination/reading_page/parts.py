"""The text of a document in parts a thumb can read: nothing is left out, nothing is moved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thongsuot.formats.reading.paragraphs import lines_of, paragraphs_of
from thongsuot.formats.reading.structure import is_heading

WORDS_A_MINUTE = 200
ENOUGH = 1200
MOST_PARTS = 20
# The longest letterhead: body above, body, number, place and day, motto, title and subject, some of them broken in two.
MOST_HEAD = 16
LONGEST_HEAD = 160
_TITLE = re.compile(
    r"\W*(?:NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|QUY ĐỊNH|QUYẾT ĐỊNH|QUY CHẾ|KẾ HOẠCH|CHƯƠNG TRÌNH|HƯỚNG DẪN|THÔNG BÁO"
    r"|THÔNG TRI|BÁO CÁO|ĐỀ ÁN|TỜ TRÌNH|BIÊN BẢN|CÔNG ĐIỆN)\b"
)


@dataclass(frozen=True)
class Block:
    """One paragraph, counted from 1 through the whole text; a heading names what follows."""

    number: int
    text: str
    is_heading: bool


@dataclass(frozen=True)
class ReadingPart:
    number: int
    blocks: tuple[Block, ...]


def blocks_of(text: str) -> list[Block]:
    """Paragraphs as the reader of documents joins them from the lines of the file."""
    written = [p for p in paragraphs_of(lines_of(text)) if p.text.strip()]
    return [Block(number, p.text.strip(), is_heading(p)) for number, p in enumerate(written, start=1)]


def parts_of(text: str) -> list[ReadingPart]:
    """Parts of about a screen or two, cut where a heading or, in long stretches, a paragraph begins."""
    blocks = blocks_of(text)
    length = max(ENOUGH, sum(len(block.text) for block in blocks) // MOST_PARTS)
    groups: list[list[Block]] = []
    for block in blocks:
        written = sum(len(b.text) for b in groups[-1]) if groups else 0
        full = written >= length or (block.is_heading and written >= length // 3)
        # A heading never stands alone at the end of a part.
        if not groups or (full and not groups[-1][-1].is_heading):
            groups.append([])
        groups[-1].append(block)
    return [ReadingPart(number, tuple(group)) for number, group in enumerate(groups, start=1)]


def letterhead_of(parts: list[ReadingPart]) -> int:
    """The number of the last paragraph before the words themselves begin; 0 where no title is found.

    What stands there the head of the page has said already: it is shown small, so that the words come soon.
    """
    head = [block for part in parts for block in part.blocks][:MOST_HEAD]
    title = next((place for place, block in enumerate(head) if _TITLE.match(block.text)), None)
    if title is None or any(len(block.text) > LONGEST_HEAD for block in head[:title]):
        return 0
    last = head[title].number if len(head[title].text) <= 2 * LONGEST_HEAD else 0
    for block in head[title + 1 :] if last else []:
        if not re.match(r"[vV]ề |[-–—_*o]+$|\(", block.text) or block.is_heading:
            break
        last = block.number
    return last


def summary_lines(summary: str) -> list[str]:
    """The lines to remember, without numbers or dashes typed before them."""
    lines = (re.sub(r"^\s*(?:\d+[.)]|[-–•*])\s*", "", line).strip() for line in summary.splitlines())
    return [line for line in lines if line]


def minutes_to_read(*texts: str) -> int:
    """At a calm pace, never less than one."""
    number = sum(len(text.split()) for text in texts)
    return max(1, round(number / WORDS_A_MINUTE))
