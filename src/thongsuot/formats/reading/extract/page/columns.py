"""Letterhead and signature stand side by side: the left column is read first, then the right one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thongsuot.formats.reading.extract.page.words import Line

HEAD_LINES = 20
_HEAD = re.compile(r"CỘNG\s+H[ÒO][ÀA]|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập\s*[-–]")
_DATE = re.compile(r"ngày.*tháng.*năm|V/v")
_TO = re.compile(r"Kính\s+gửi")
_RECIPIENTS = re.compile(r"^\s*N[ơo]i\s*nhận\s*:?", re.IGNORECASE)
_ITEM = re.compile(r"^\s*[-–+]\s")
_TITLE = re.compile(
    r"^\s*(?:NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|KẾT LUẬN|KẾ HOẠCH|THÔNG BÁO|BÁO CÁO|CHƯƠNG TRÌNH|HƯỚNG DẪN)\b"
)


@dataclass(frozen=True, slots=True)
class Block:
    """Text that is read in one go, and where it stands on the page. ``right``: a second column, read after it."""

    top: float
    text: str
    bottom: float
    height: float
    x0: float
    x1: float
    right: str = ""
    is_signature: bool = False

    @property
    def lines(self) -> list[str]:
        return [*self.text.split("\n"), *(["", *self.right.split("\n")] if self.right else [])]


def has_letterhead(lines: Sequence[Line]) -> bool:
    return any(_HEAD.search(line.text) for line in lines[:4])


def blocks_of(lines: Sequence[Line], width: float, *, in_signature: bool = False) -> list[Block]:
    """Lines in reading order; most of them are a block of their own.

    ``in_signature``: the page before ended among the recipients, this one may begin with more of them.
    """
    middle = width / 2
    head_end = _head_end(lines, middle)
    rest = lines[head_end:]
    begin = next((i for i, line in enumerate(rest) if begins_signature(line)), len(rest))
    if in_signature and rest and not head_end and _ITEM.match(rest[0].text):
        begin = 0
    # The authority line may stand a little above the words Nơi nhận.
    while 0 < begin < len(rest) and rest[begin - 1].x0 > middle * 0.9 and not _is_far(rest, begin):
        begin -= 1
    end = _signature_end(rest, begin, middle)
    return [
        *_side_by_side(lines[:head_end], middle),
        *_singly(rest[:begin]),
        *(replace(block, is_signature=True) for block in _side_by_side(rest[begin:end], middle)),
        *_singly(rest[end:]),
    ]


def begins_signature(line: Line) -> bool:
    return bool(_RECIPIENTS.match(line.text))


def _singly(lines: Sequence[Line]) -> list[Block]:
    return [Block(line.top, line.text, line.bottom, line.height, line.x0, line.x1) for line in lines]


def _is_far(lines: Sequence[Line], i: int) -> bool:
    return lines[i].top - lines[i - 1].bottom > 3 * lines[i].height


def _head_end(lines: Sequence[Line], middle: float) -> int:
    """The number of lines of a letterhead at the top of the page, 0 without one."""
    top = lines[:16]
    if not any(_HEAD.search(line.text) for line in top):
        return 0
    stop = next((i for i, line in enumerate(top) if _ends_head(line, middle)), len(top))
    top = top[:stop]
    ends = [i for i, line in enumerate(top) if _DATE.search(line.text)]
    end = ends[-1] + 1 if ends else 0
    if not end:
        return 0
    # A subject under the number (V/v ...) continues on the left half only.
    cut = _gutter(lines[:end], middle)
    while end < min(len(lines), HEAD_LINES) and lines[end].x1 < cut and not _TO.search(lines[end].text):
        end += 1
    return end


def _ends_head(line: Line, middle: float) -> bool:
    """A title, the addressees, or a line that runs over both columns."""
    if line.gaps():
        return bool(_TO.search(line.text))
    return bool(_TITLE.match(line.text) or _TO.search(line.text)) or _is_wide(line, middle)


def _is_wide(line: Line, middle: float) -> bool:
    return line.x0 < middle * 0.75 and line.x1 > middle * 1.4


def _gutter(lines: Sequence[Line], middle: float) -> float:
    """The x of the space between two columns: in the gaps of most lines, crossed by the fewest words."""
    words = [word for line in lines for word in line.words]
    gaps = [gap for line in lines for gap in line.gaps()]
    places = {x for a, b in gaps for x in (a + 1, (a + b) / 2, b - 1) if abs(x - middle) < middle * 0.6}
    if not places:
        return middle

    def cost(x: float) -> tuple[int, float]:
        crossed = sum(word.x0 < x < word.x1 for word in words)
        return 2 * crossed - sum(a < x < b for a, b in gaps), abs(x - middle)

    return min(places, key=cost)


def _signature_end(lines: Sequence[Line], begin: int, middle: float) -> int:
    """Where lines run over both columns again: an appendix or a note under the signature."""
    for i in range(begin + 1, len(lines)):
        if not lines[i].gaps() and _is_wide(lines[i], middle):
            return i
    return len(lines)


def _side_by_side(lines: Sequence[Line], middle: float) -> list[Block]:
    if not lines:
        return []
    cut = _gutter(lines, middle)
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        crossing = any(word.x0 < cut < word.x1 for word in line.words)
        if crossing and not line.gaps():
            (right if line.x0 >= middle * 0.85 else left).append(line.text)
            continue
        here = min((gap[0] for gap in line.gaps()), key=lambda x: abs(x - cut)) if crossing else cut
        for column, words in (
            (left, [w for w in line.words if w.x0 <= here]),
            (right, [w for w in line.words if w.x0 > here]),
        ):
            if words:
                column.append(" ".join(word.text for word in words))
    first, last = lines[0], lines[-1]
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return [Block(first.top, "\n".join(left), last.bottom, first.height, x0, x1, "\n".join(right))]
