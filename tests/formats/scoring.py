"""How right a reading is, item by item: the few rules the tests of whole papers need.

The rules follow those of the development corpus: a task matches a label when their words overlap by 60 % (Jaccard),
one to one; of alternatives ("A || B") any is right, and "-" means that nothing is right as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from thongsuot.core.text import fold

Labels = dict[str, Any]
OVERLAP = 0.6
_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tp": "thanh pho",
    "mttq": "mat tran to quoc",
}


@dataclass
class Tally:
    """Right, proposed and labelled of one kind."""

    right: int = 0
    proposed: int = 0
    labelled: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.proposed + self.labelled) if self.proposed + self.labelled else 1.0

    @property
    def accuracy(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


def plain(text: object) -> str:
    """Words only, without case, marks, punctuation and the usual short forms."""
    words = re.findall(r"\w+", fold(str(text or "")).replace("y", "i"))
    return " ".join(_SHORT.get(word, word) for word in words)


def words(text: object) -> set[str]:
    return set(plain(text).split())


def overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def alternatives(label: object) -> list[str]:
    return [part.strip() for part in str(label or "-").split("||")]


def is_right(label: object, said: object) -> bool:
    """One field: equal words, or rightly empty."""
    return any(plain(one) == plain(said) if one != "-" else not said for one in alternatives(label))


def pairs(
    labels: Sequence[Labels], said: Sequence[Labels], score: Callable[[Labels, Labels], float]
) -> list[tuple[Labels, Labels]]:
    """One to one, the best first."""
    found = sorted(
        ((score(a, b), i, j) for i, a in enumerate(labels) for j, b in enumerate(said)), key=lambda x: -x[0]
    )
    left, right, matched = set(range(len(labels))), set(range(len(said))), []
    for value, i, j in found:
        if value > 0 and i in left and j in right:
            left.discard(i)
            right.discard(j)
            matched.append((labels[i], said[j]))
    return matched
