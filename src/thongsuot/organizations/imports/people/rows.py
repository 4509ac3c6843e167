"""One row about a person by itself: every value in order, every unit there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from thongsuot.core.clock import today
from thongsuot.core.ui.words import day as in_words
from thongsuot.organizations.imports.places import Places
from thongsuot.organizations.imports.roles import RolesOfFile, WantedRole
from thongsuot.organizations.imports.values import (
    Row,
    WrongRowError,
    check_email,
    check_lengths,
    day_of,
    yes_of,
)
from thongsuot.organizations.models import MASS_KINDS, Unit, UnitKind
from thongsuot.organizations.services.people import MOST_DAYS_AHEAD

LONGEST = {"name": 120, "code": 40, "phone": 40, "email": 254, "title": 120, "appointed_by": 120}


@dataclass(frozen=True)
class Wanted:
    """A row understood: every value is in order and every unit is there."""

    row: Row
    cell: Unit | None
    member_since: dt.date
    unit: Unit | None
    is_head: bool
    since: dt.date
    until: dt.date | None
    role: WantedRole | None = None
    organisation: Unit | None = None
    affiliated_since: dt.date | None = None

    @property
    def place(self) -> Unit | None:
        """Where the row says that somebody belongs."""
        return self.cell or self.organisation or self.unit

    def get(self, name: str) -> str:
        return self.row.get(name)


class Understanding:
    """``since``: the day that a row means which names none."""

    def __init__(self, places: Places, roles: RolesOfFile, since: dt.date | None) -> None:
        self.places, self.roles, self.since = places, roles, since
        self.day_ahead = today() + dt.timedelta(days=MOST_DAYS_AHEAD)

    def understood(self, row: Row) -> Wanted | WrongRowError:
        try:
            return self._checked(row)
        except WrongRowError as error:
            return error

    def _checked(self, row: Row) -> Wanted:
        if not row.get("name"):
            raise WrongRowError("no_name")
        check_lengths(row.values, LONGEST)
        check_email(row.get("email"))
        code = row.get("code")
        if len(code) == 12 and code.isdigit():
            raise WrongRowError("citizen_number")
        cell = self.places.get(row.get("cell")) if row.get("cell") else None
        title = row.get("title")
        organisation = self.places.get(row.get("organisation")) if row.get("organisation") else None
        unit = self.places.get(row.get("unit")) if row.get("unit") else cell or organisation
        if unit is None:
            raise WrongRowError("belongs_nowhere")
        if row.get("unit") and not title:
            raise WrongRowError("no_title")
        since, until = day_of(row.get("valid_from"), self.since), day_of(row.get("valid_to"))
        joined = day_of(row.get("member_since"), self.since)
        assert since is not None  # noqa: S101  # the batch has a day
        assert joined is not None  # noqa: S101
        affiliated = day_of(row.get("affiliated_since"), self.since)
        assert affiliated is not None  # noqa: S101
        begins = ((cell, joined), (organisation, affiliated), (unit if title else None, since))
        self._check_days(begins, since, until)
        if cell and cell.kind != UnitKind.CELL:
            raise WrongRowError("no_cell", value=cell.name)
        if organisation and organisation.kind not in MASS_KINDS:
            raise WrongRowError("no_organisation", value=organisation.name)
        head = yes_of(row.get("is_head"))
        role = self.roles.understood(row, unit)
        post_in = unit if title else None
        return Wanted(row, cell, joined, post_in, head, since, until, role, organisation, affiliated)

    def _check_days(
        self, places: Iterable[tuple[Unit | None, dt.date]], since: dt.date, until: dt.date | None
    ) -> None:
        if until and until <= since:
            raise WrongRowError("ends_before")
        for place, begins in places:
            if place is None:
                continue
            if begins > self.day_ahead:
                raise WrongRowError("too_far_ahead")
            if begins < place.valid_from:
                raise WrongRowError("before_unit", day=in_words(place.valid_from), unit=place.name)
            if place.valid_to:
                raise WrongRowError("unit_ends", day=in_words(place.valid_to), unit=place.name)
