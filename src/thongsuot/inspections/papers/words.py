"""Words that both papers use: counts with their base, how a day stands to its deadline."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from thongsuot.core.ui import words
from thongsuot.documents.letterheads import (
    Letterhead,
    letterhead_of,
    list_of,
    reference_to,
    short_reference_to,
)

__all__ = [
    "Letterhead",
    "against",
    "letterhead_of",
    "list_of",
    "reference_to",
    "share",
    "short_reference_to",
]


def share(part: int, whole: int) -> str:
    """A count with its base: "70/75 (93,3 %)"."""
    with translation.override("vi"):
        return f"{words.count(part)}/{words.count(whole)} ({words.percent(part, whole)})"


def against(day: dt.date, deadline: dt.date | None) -> str:
    """How a day stands to its deadline: "đúng hạn", "chậm 3 ngày so với hạn 01/11/2026"."""
    if deadline is None:
        return "không đặt thời hạn"
    late = (day - deadline).days
    return f"chậm {late} ngày so với hạn {deadline:%d/%m/%Y}" if late > 0 else f"đúng hạn {deadline:%d/%m/%Y}"
