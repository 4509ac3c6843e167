"""Which questions of a bank somebody is asked: by chance, and the same ones whenever the page is opened again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from math import ceil

FEWEST, MOST = 3, 5


def draw(question_ids: Iterable[int], person_id: int, attempt: int, last: Iterable[int] = ()) -> list[int]:
    """Up to five of the bank, in the order in which they are asked; none of a bank with fewer than three.

    Another attempt asks others first; of ``last``, the questions of the one before, it takes only what is missing.
    """
    asked = set(last)
    ranked = sorted(question_ids, key=lambda key: (key in asked, _chance(key, person_id, attempt)))
    return ranked[:MOST] if len(ranked) >= FEWEST else []


def _chance(question_id: int, person_id: int, attempt: int) -> str:
    # Nothing secret: whoever knew the order would know no answer.
    return hashlib.sha256(f"{question_id}:{person_id}:{attempt}".encode()).hexdigest()


def is_understood(right: int, asked: int, share: float) -> bool:
    """Whether so many right answers are enough: four of five with a share of 0.8, three of three."""
    return asked > 0 and right >= ceil(asked * share - 1e-9)
