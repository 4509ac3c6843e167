"""Rows of a file as fields, and the values in them as days, kinds and answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from thongsuot.core.text import fold
from thongsuot.organizations.columns import ALSO_CALLED, PEOPLE_COLUMNS, UNIT_COLUMNS
from thongsuot.organizations.models import ImportSubject, RowState, UnitKind

COLUMNS = {ImportSubject.UNITS: UNIT_COLUMNS, ImportSubject.PEOPLE: PEOPLE_COLUMNS}
NEEDED = {ImportSubject.UNITS: ("name",), ImportSubject.PEOPLE: ("name",)}
LOOKED_AT = 20  # rows above which the line of headings stands
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YES = {"x", "1", "co", "true", "yes", "dung", "c"}
_NO = {"", "0", "khong", "false", "no", "k"}

Note = tuple[str, dict[str, Any]]


class WrongRowError(Exception):
    """A row that cannot go in; ``code`` has a sentence in ``sentences``."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


@dataclass
class Row:
    number: int
    values: dict[str, str]

    def get(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass
class Result:
    """What becomes of a row."""

    state: str = RowState.SAME
    notes: list[Note] = field(default_factory=list)

    @classmethod
    def wrong(cls, error: WrongRowError) -> Result:
        return cls(RowState.WRONG, [(error.code, error.parameters)])

    def change(self, name: str, before: str, after: str) -> None:
        if self.state == RowState.SAME:
            self.state = RowState.CHANGED
        self.notes.append(("change", {"field": name, "before": before, "after": after}))

    def plain(self) -> list[Any]:
        return [str(self.state), [list(note) for note in self.notes]]


def heading_row(rows: Sequence[Sequence[str]], subject: str) -> int:
    """Which of the first rows names the columns: the one in which most cells are known."""

    def known(position: int) -> tuple[int, int]:
        return len(guess_columns(rows[position], subject)), -position

    return max(range(min(len(rows), LOOKED_AT)), key=known, default=0)


def guess_columns(
    header: Sequence[str], subject: str, earlier: Mapping[str, str] | None = None
) -> dict[str, int]:
    """By field, the column that is probably meant; ``earlier`` says which heading the office meant last time."""
    folded = [_plain(cell) for cell in header]
    found: dict[str, int] = {}
    for name, words in COLUMNS[ImportSubject(subject)].items():
        for wanted in (
            _plain((earlier or {}).get(name, "")),
            name.replace("_", " "),
            _plain(words),
            *ALSO_CALLED.get(name, ()),
        ):
            if wanted and wanted in folded and folded.index(wanted) not in found.values():
                found[name] = folded.index(wanted)
                break
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def rows_of(rows: Sequence[Any], columns: Mapping[str, int]) -> list[Row]:
    """The rows of a part with their cells by name."""
    return [
        Row(number, {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()})
        for number, cells in rows
    ]


def day_of(text: str, otherwise: dt.date | None = None) -> dt.date | None:
    if not text:
        return otherwise
    if found := _DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise WrongRowError("no_day", value=text[:40])
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise WrongRowError("no_day", value=text[:40]) from error


def yes_of(text: str) -> bool:
    folded = fold(text)
    if folded not in _YES | _NO:
        raise WrongRowError("no_answer", value=text[:40])
    return folded in _YES


def kinds() -> dict[str, str]:
    """By folded word, the kind: its name in Vietnamese and in English, and its code."""
    found: dict[str, str] = {}
    for language in ("vi", "en"):
        with translation.override(language):
            found |= {fold(str(kind.label)): kind.value for kind in UnitKind}
    return found | {fold(kind.value): kind.value for kind in UnitKind}


def check_lengths(values: Mapping[str, str], most: Mapping[str, int]) -> None:
    for name, longest in most.items():
        if len(values.get(name, "")) > longest:
            raise WrongRowError("too_long", field=name, most=longest)


def check_email(text: str) -> None:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise WrongRowError("no_email", value=text[:80]) from error
