"""Where paragraphs begin on paper: after a wider distance, or set in from the left edge of the text."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from thongsuot.formats.reading.extract.page.columns import Block

WIDER = 1.18  # times the usual distance of lines
FEW = 4
SET_IN = (10.0, 60.0)  # points
FULL = 0.85  # of the width of the text: such a line goes on in the next one
_LISTED = re.compile(r"\s*(?:[-–+•*]|[a-zđ]\)|\d{1,3}[.)]|\(\d{1,2}\)|[IVXLC]{1,5}\.)(?:\s|$)")


def with_gaps(blocks: list[Block]) -> list[Block]:
    """The same lines; an empty line before each that begins a paragraph."""
    usual = _usual_distance(blocks)
    left, right = _edges([block for block in blocks if not block.right])
    spaced = blocks[:1]
    for i, (before, block) in enumerate(itertools.pairwise(blocks), start=1):
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        far = usual > 0 and _distance(before, block) > WIDER * usual
        begins = far or (after is not None and _is_set_in(block, after, left, right))
        spaced.append(replace(block, text="\n" + block.text) if begins and not block.right else block)
    return spaced


def _edges(lines: Sequence[Block]) -> tuple[float, float]:
    """The left and the right edge of the text."""
    if len(lines) < FEW:
        return 0.0, 0.0
    left = Counter(round(line.x0) for line in lines).most_common(2)
    return float(min(x for x, _ in left)), statistics.quantiles([line.x1 for line in lines], n=10)[-1]


def _is_set_in(line: Block, after: Block, left: float, right: float) -> bool:
    """Its first line is set in and full, the next one begins at the edge; items of a list hang the other way."""
    return (
        SET_IN[0] < line.x0 - left < SET_IN[1]
        and abs(after.x0 - left) < SET_IN[0] / 2
        # A title in the middle of the page is as far from the right edge as from the left.
        and abs((line.x0 + line.x1) - (left + right)) > SET_IN[0] * 0.8
        and line.x1 - left > FULL * (right - left)
        and not _LISTED.match(after.text)
    )


def _distance(before: Block, block: Block) -> float:
    """From line to line, in heights of the letters."""
    return (block.bottom - before.bottom) / max(block.height, 1.0)


def _usual_distance(blocks: Sequence[Block]) -> float:
    """The most frequent distance of two lines, in heights; 0 where there are too few to say."""
    steps = Counter(
        round(_distance(a, b) * 20) / 20
        for a, b in itertools.pairwise(blocks)
        if not a.right and not b.right and b.bottom > a.bottom
    )
    if sum(steps.values()) < FEW:
        return 0.0
    return max(steps, key=lambda step: (steps[step], -step))
