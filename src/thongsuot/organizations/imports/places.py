"""The units a file may speak of, found by code or by name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.text import nfc
from thongsuot.organizations.imports.values import WrongRowError
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def same_name(text: str) -> str:
    """Names are compared to the letter, but for capitals and spaces."""
    return " ".join(nfc(text).casefold().split())


class Places:
    """The units in force at or below one, as far as a person's right reaches: read once for a whole file."""

    def __init__(self, by: User, top: Unit, permission: Permission) -> None:
        rows = Unit.objects.under(top).valid_on(today()).filter(reach(by, permission, field=""))
        self.units: dict[int, Unit] = {unit.pk: unit for unit in rows.order_by("path")}
        self.by_code: dict[str, Unit] = {}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        self.by_place: dict[tuple[int | None, str], list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.code:
                self.by_code[unit.code] = unit
            for name in {same_name(unit.name), same_name(unit.short_name)}:
                self.by_name[name].append(unit)
            self.by_place[unit.parent_id, same_name(unit.name)].append(unit)

    def find(self, text: str) -> Unit | None:
        """The unit of this code or name; an ambiguous name is an error, an unknown one is nothing."""
        if text in self.by_code:
            return self.by_code[text]
        named = self.by_name.get(same_name(text), [])
        if len(named) > 1:
            raise WrongRowError("ambiguous_unit", value=text[:80], count=len(named))
        return named[0] if named else None

    def get(self, text: str) -> Unit:
        unit = self.find(text)
        if unit is None:
            raise WrongRowError("unknown_unit", value=text[:80])
        return unit
