"""Whom the rows mean among those called: by code, e-mail and telephone, then by name, and what stays to be asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from thongsuot.core.text import fold
from thongsuot.dissemination.meetings.online.times import minutes_of, moment_of, together


@dataclass(frozen=True)
class Called:
    """Somebody called to the session."""

    person_id: int
    unit_id: int
    name: str
    place: str
    state: str
    code: str = ""
    email: str = ""
    phone: str = ""


@dataclass
class Stay:
    """The rows of one person, or of one name: how often they came in and how long they were there."""

    shown: str
    rows: int = 0
    spans: list[tuple[float, float]] = field(default_factory=list)
    sums: float = 0.0
    unknown: int = 0

    def add(self, other: Stay) -> None:
        self.rows += other.rows
        self.spans += other.spans
        self.sums += other.sums
        self.unknown += other.unknown

    @property
    def minutes(self) -> int | None:
        """None where the list says nothing about time."""
        if self.unknown == self.rows:
            return None
        return round(together(self.spans) + self.sums)

    def is_enough(self, least: float) -> bool:
        return self.minutes is None or self.minutes >= least


@dataclass(frozen=True)
class Ask:
    """A name that may mean several of those called, or one of them only perhaps."""

    key: str
    stay: Stay
    candidates: list[Called]
    preset: int | None


@dataclass(frozen=True)
class Matched:
    found: dict[int, Stay]
    asked: list[Ask]
    strangers: list[Stay]


def match(rows: Sequence[Sequence[str]], columns: Mapping[str, int], called: Iterable[Called]) -> Matched:
    """Each row to the person it means. Nobody is guessed: what is not certain is asked."""
    known = _Known(called)
    found: dict[int, Stay] = {}
    open_ones: dict[str, Stay] = {}
    for row in rows:
        values = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        stay = _stay(values)
        person = known.certain(values)
        if person is not None:
            found.setdefault(person, Stay(stay.shown)).add(stay)
        elif stay.shown:
            open_ones.setdefault(_words(stay.shown), Stay(stay.shown)).add(stay)
    asked, strangers = [], []
    for key, stay in sorted(open_ones.items()):
        candidates = known.perhaps(key)
        if candidates:
            preset = candidates[0].person_id if len(candidates) == 1 else None
            asked.append(Ask(key, stay, candidates, preset))
        else:
            strangers.append(stay)
    return Matched(found, asked, strangers)


def _stay(values: Mapping[str, str]) -> Stay:
    shown = " ".join(part for part in (values.get("surname", ""), values.get("name", "")) if part)
    stay = Stay(shown or values.get("email", "") or values.get("code", "") or values.get("phone", ""), 1)
    joined, left = moment_of(values.get("joined", "")), moment_of(values.get("left", ""))
    minutes = minutes_of(values.get("minutes", ""))
    if joined is not None and left is not None:
        stay.spans = [(joined, left)]
    elif minutes is not None:
        stay.sums = minutes
    else:
        stay.unknown = 1
    return stay


class _Known:
    """Those called, by what they are found by; what two of them share finds nobody."""

    def __init__(self, called: Iterable[Called]) -> None:
        self.called = list(called)
        self.by: dict[str, dict[str, set[int]]] = {
            "code": defaultdict(set),
            "email": defaultdict(set),
            "phone": defaultdict(set),
        }
        self.by_name: dict[str, list[Called]] = defaultdict(list)
        for one in self.called:
            for name, index in self.by.items():
                if key := _key(name, getattr(one, name)):
                    index[key].add(one.person_id)
            self.by_name[_words(one.name)].append(one)

    def certain(self, values: Mapping[str, str]) -> int | None:
        for name, index in self.by.items():
            people = index.get(_key(name, values.get(name, "")), set())
            if len(people) == 1:
                return next(iter(people))
        for shown in _orders(values):
            people = {one.person_id for one in self.by_name.get(_words(shown), ())}
            if len(people) == 1:
                return next(iter(people))
        return None

    def perhaps(self, words: str) -> list[Called]:
        """Those of that very name, else those whose whole name stands in it ("KP1 - Nguyễn Văn A")."""
        if same := self.by_name.get(words):
            return same
        inside = [
            one for name, people in self.by_name.items() if f" {name} " in f" {words} " for one in people
        ]
        return [one for one in inside if " " in _words(one.name)]


def _orders(values: Mapping[str, str]) -> list[str]:
    """Family name first as it is written here, and last as some systems have it."""
    name, surname = values.get("name", ""), values.get("surname", "")
    return [f"{surname} {name}", f"{name} {surname}"] if surname else [name]


def _key(name: str, value: str) -> str:
    if name == "phone":
        digits = re.sub(r"\D", "", value)
        return digits[-9:] if len(digits) >= 9 else ""
    return value.strip().casefold()


def _words(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))
