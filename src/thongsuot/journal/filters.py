"""What the record is asked for, from the address of the page; what does not make sense counts as not asked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from thongsuot.accounts.roles import Permission
from thongsuot.audit.models import Act, Reading
from thongsuot.audit.queries import sentences
from thongsuot.core.clock import end_of, moment
from thongsuot.core.keys import number_in
from thongsuot.core.search import searchable
from thongsuot.journal import queries
from thongsuot.journal.objects import kind_of
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import own_unit_ids

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

LONGEST = 200
_OBJECT = re.compile(r"[a-z_]+\.[a-z_]+:[0-9a-zA-Z:_-]{1,80}")
_PLACE = re.compile(r"%\(\w+\)[a-z]")


@dataclass
class RecordFilters:
    """Who, where, what, on what, when, and words of the reason."""

    user: Viewer
    asked: QueryDict

    @cached_property
    def person(self) -> str:
        return self._text("nguoi")

    @cached_property
    def words(self) -> str:
        """The words as typed; signs alone are no words."""
        typed = self._text("q")
        return typed if searchable(typed) else ""

    @cached_property
    def verb(self) -> str:
        chosen = self._text("viec")
        return chosen if chosen in sentences() else ""

    @cached_property
    def subject(self) -> str:
        """The one object asked about: "documents.document:12"."""
        chosen = self._text("doi-tuong")
        return chosen if _OBJECT.fullmatch(chosen) else ""

    @property
    def subject_label(self) -> str:
        kind, _, key = self.subject.partition(":")
        return f"{kind_of(kind)} {key}"

    @cached_property
    def since(self) -> dt.date | None:
        return _day(self.asked.get("tu"))

    @cached_property
    def until(self) -> dt.date | None:
        return _day(self.asked.get("den"))

    @cached_property
    def unit(self) -> Unit | None:
        key = number_in(self.asked.get("don-vi"))
        return queries.units_read_by(self.user).filter(pk=key).first() if key else None

    @cached_property
    def units(self) -> list[Unit]:
        """The units the filter offers: one's own, those directly below, and the one that is chosen."""
        own = own_unit_ids(self.user, Permission.AUDIT_READ)
        rows = queries.units_read_by(self.user).valid_on().filter(Q(parent__in=own) | Q(pk__in=own))
        offered = list(rows.order_by("depth", "sort_key", "pk"))
        if self.unit and self.unit not in offered:
            offered.insert(0, self.unit)
        return offered

    @cached_property
    def verbs(self) -> list[tuple[str, str]]:
        """Every act that has a sentence, with "…" where the sentence takes a figure, in the order of the words."""
        said = {verb: _PLACE.sub("…", str(sentence)) for verb, sentence in sentences().items()}
        return sorted(said.items(), key=lambda item: (item[1].casefold(), item[0]))

    @property
    def acts(self) -> QuerySet[Act]:
        rows = self._narrowed(queries.acts_visible_to(self.user), "by_id", "on_behalf_of_id")
        if self.verb:
            rows = rows.filter(verb=self.verb)
        if self.subject:
            kind, _, key = self.subject.partition(":")
            rows = rows.filter(object_type=kind, object_id=key)
        return queries.with_reason(rows, self.words) if self.words else rows

    @property
    def readings(self) -> QuerySet[Reading]:
        return self._narrowed(queries.readings_visible_to(self.user), "by_id")

    @property
    def is_narrowed(self) -> bool:
        return any(
            self.asked.get(name) for name in ("nguoi", "q", "viec", "doi-tuong", "tu", "den", "don-vi")
        )

    @property
    def codes(self) -> dict[str, Any]:
        """What was asked for, without names and words: for the act that says the record was exported."""
        given = {
            "unit": self.unit.pk if self.unit else None,
            "verb": self.verb,
            "subject": self.subject,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "by_person": bool(self.person),
            "by_words": bool(self.words),
        }
        return {name: value for name, value in given.items() if value}

    def _narrowed(self, rows: QuerySet[Any], *people: str) -> QuerySet[Any]:
        if self.unit:
            below = Unit.objects.filter(path__gte=self.unit.path, path__lt=self.unit.path + "~")
            rows = rows.filter(unit_id__in=below.values("pk"))
        if self.since:
            rows = rows.filter(at__gte=moment(self.since, 0))
        if self.until:
            rows = rows.filter(at__lte=end_of(self.until))
        if self.person:
            meant = queries.accounts_named(self.person)
            wanted = Q(pk__in=[])
            for field in people:
                wanted |= Q(**{f"{field}__in": meant})
            rows = rows.filter(wanted)
        return rows

    def _text(self, name: str) -> str:
        return self.asked.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _day(text: str | None) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if dt.date(1900, 1, 1) <= day <= dt.date(9000, 1, 1) else None
