"""Which column of a meeting system's list is which, and where its rows begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from thongsuot.core.text import fold

COLUMNS = {
    "name": _("Full name"),
    "surname": _("Family name, when it has a column of its own"),
    "code": _("Member code"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "joined": _("Joined at"),
    "left": _("Left at"),
    "minutes": _("How long"),
}
# Who of them says whom a row means.
NAMING = ("name", "code", "email", "phone")
_ALSO_CALLED = {
    "name": (
        "name",
        "full name",
        "name original name",
        "ho va ten",
        "ho ten",
        "ten",
        "participant",
        "first name",
    ),
    "surname": ("last name", "surname", "ho", "ho dem"),
    "code": ("code", "member code", "ma dang vien", "ma so", "ma", "so the"),
    "email": ("email", "user email", "e mail", "thu dien tu", "participant id upn", "upn"),
    "phone": ("phone", "telephone", "dien thoai", "so dien thoai", "sdt"),
    "joined": (
        "join time",
        "first join",
        "time joined",
        "joined",
        "thoi gian tham gia",
        "gio vao",
        "vao luc",
        "joined at",
    ),
    "left": (
        "leave time",
        "last leave",
        "time exited",
        "left",
        "thoi gian roi",
        "thoi gian roi di",
        "gio ra",
        "ra luc",
        "left at",
    ),
    "minutes": (
        "minutes",
        "phut",
        "duration",
        "duration minutes",
        "total duration minutes",
        "in meeting duration",
        "thoi luong",
        "thoi luong phut",
        "tong thoi gian",
        "tong thoi gian phut",
        "so phut",
        "how long",
    ),
}
LOOKED_AT = 40
MOST_COLUMNS = 20
MOST_CELL = 200
# "3. In-Meeting Activities": a section of its own, in which the same people stand once more.
_SECTION = re.compile(r"\d{1,2}\.\s+\S")


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """By field, the column that is probably meant."""
    folded = [_plain(cell) for cell in header]
    found: dict[str, int] = {}
    for name, words in _ALSO_CALLED.items():
        position = next((folded.index(one) for one in words if one in folded), None)
        if position is not None and position not in found.values():
            found[name] = position
    return found


def header_and_rows(rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """The line of headings, the first of those that are best known, and what stands below it to the next section."""
    if not rows:
        return [], []
    best = max(range(min(len(rows), LOOKED_AT)), key=lambda at: (len(guess_columns(rows[at])), -at))
    below: list[list[str]] = []
    for row in rows[best + 1 :]:
        said = [cell for cell in row if cell]
        if len(said) == 1 and len(rows[best]) > 1 and _SECTION.match(said[0]):
            break
        if said:
            below.append([cell[:MOST_CELL] for cell in row[:MOST_COLUMNS]])
    return [cell[:MOST_CELL] for cell in rows[best][:MOST_COLUMNS]], below


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
