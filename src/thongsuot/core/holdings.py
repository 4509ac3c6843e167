"""What each subject can tell a person that it holds about them: registered when its app starts, read in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext_lazy as _

from thongsuot.core.personal import Held, Text, held_by, label_of
from thongsuot.core.ui import words


@dataclass(frozen=True)
class Subject:
    """One human being: every key under which they were written down, and their account (0: none, as no row has)."""

    person_ids: tuple[int, ...]
    user_id: int


@dataclass(frozen=True)
class Holding:
    """Where rows about a person lie, newest first. ``shown``: the fields they are told, others' names left out.

    ``said``: how a field is told that does not speak for itself. ``costly``: no index leads there, so it is looked
    through for the export only.
    """

    model: type[models.Model]
    rows: Callable[[Subject], models.QuerySet[Any]]
    shown: tuple[str, ...]
    said: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    costly: bool = False

    @property
    def held(self) -> Held:
        held = held_by(self.model)
        if held is None:
            message = f"{self.model._meta.label} declares nothing (core.personal)."
            raise LookupError(message)
        return held

    @property
    def labels(self) -> list[Text]:
        return [self.label(name) for name in self.shown]

    def label(self, name: str) -> Text:
        about = self.held.fields.get(name)
        if about and about.label:
            return about.label
        if name in LABELS:
            return LABELS[name]
        return label_of(self.model, name)

    def newest(self, subject: Subject, most: int) -> list[Any]:
        """At most so many rows, with what they point at: one query."""
        pointers = [name for name in self.shown if self._points(name)]
        rows = self.rows(subject)
        return list((rows.select_related(*pointers) if pointers else rows)[:most])

    def _points(self, name: str) -> bool:
        return LOOKUP_SEP not in name and bool(
            getattr(self.model._meta.get_field(name), "remote_field", None)
        )

    def cells(self, row: Any) -> list[str]:
        return [self.cell(row, name) for name in self.shown]

    def cell(self, row: Any, name: str) -> str:
        if name in self.said:
            return str(self.said[name](row))
        shown = getattr(row, f"get_{name}_display", None)
        value = shown() if shown else getattr(row, name)
        return in_words(value)


def in_words(value: object) -> str:
    """A value as an official reads it; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, dt.datetime):
        return words.moment(value)
    if isinstance(value, dt.date):
        return words.day(value)
    return str(value)


YES, NO = _("yes"), _("no")
# What fields are called that are not personal themselves and stand beside those that are.
LABELS: dict[str, Text] = {
    "unit": _("unit"),
    "document": _("document"),
    "session": _("session"),
    "task": _("task"),
    "role": _("role"),
    "kind": _("kind"),
    "asked_at": _("asked"),
    "answer_by": _("to be answered by"),
    "at": _("when"),
    "created_at": _("entered"),
    "valid_from": _("from day"),
    "valid_to": _("until"),
    "due": _("deadline"),
    "state": _("state"),
    "channel": _("how"),
    "verb": _("act"),
    "what": _("what was looked at"),
    "purpose": _("what for"),
    "type": _("kind"),
    "inspection": _("inspection"),
    "registered_at": _("entered"),
    "reached_at": _("took note"),
    "marked_at": _("marked"),
    "ended_at": _("ended"),
    "finished_at": _("finished"),
    "understood_at": _("understood"),
    "question": _("question"),
    "right_at_first": _("right at the first try"),
    "right": _("right"),
    "asked_on": _("asked"),
    "inquiry": _("question"),
    "expires_at": _("runs out"),
    "used_at": _("used"),
    "last_used_at": _("last used"),
    "last_seen_at": _("last seen"),
    "is_head": _("as head"),
}

_holdings: list[Holding] = []


def tell_people_of(*more: Holding) -> None:
    """Called by each app when it starts; told twice is told once."""
    known = {(one.model, one.shown) for one in _holdings}
    _holdings.extend(one for one in more if (one.model, one.shown) not in known)


def holdings() -> Sequence[Holding]:
    return tuple(_holdings)
