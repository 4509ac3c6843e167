"""What rows about units mean. All rows of a file are looked at together: a parent may stand below its children."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.text import fold, nfc
from thongsuot.core.ui.words import day as in_words
from thongsuot.organizations.columns import ALIAS_SEPARATOR
from thongsuot.organizations.imports.places import Places, same_name
from thongsuot.organizations.imports.values import (
    Result,
    Row,
    WrongRowError,
    check_email,
    check_lengths,
    day_of,
    kinds,
)
from thongsuot.organizations.models import RowState, Unit, UnitAlias
from thongsuot.organizations.services.describing import CONTACTS, MOST_ALIASES, SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Import

DEEPEST = 20
FIELDS = (*SIGNS, *CONTACTS)
# What a reorganisation changes and a table can say; days of life it cannot.
REORGANIZED = {"name", "short_name", "kind", "parent_code"}
LONGEST = {
    name: getattr(Unit._meta.get_field(name), "max_length", 0) for name in ("name", "short_name", *FIELDS)
}


@dataclass(eq=False)
class UnitRow:
    """A row on its way: the unit it means, or the one it founds and below what."""

    row: Row
    result: Result = field(default_factory=Result)
    unit: Unit | None = None
    parent: Unit | UnitRow | None = None
    kind: str = ""
    since: dt.date | None = None
    fields: dict[str, str] = field(default_factory=dict)
    aliases: list[str] | None = None

    @property
    def is_wrong(self) -> bool:
        return self.result.state == RowState.WRONG


class UnitsPlan:
    def __init__(self, batch: Import, by: User) -> None:
        self.top, self.since = batch.unit, batch.since
        self.places = Places(by, batch.unit, Permission.UNIT_MANAGE)
        self.kinds = kinds()
        self.by_code: dict[str, UnitRow] = {}
        self.by_name: dict[str, list[UnitRow]] = defaultdict(list)

    def plan(self, rows: Sequence[Row]) -> list[UnitRow]:
        """Every row with its result; those to be founded stand after the rows they hang below."""
        lines = [UnitRow(row) for row in rows]
        self._take_codes(lines)
        for step in (self._check_values, self._find):
            for line in lines:
                _guarded(line, step)
        self._load_aliases()
        for line in _parents_first(lines):
            _guarded(line, self._compare)
        self._refuse_loops(lines)
        self._refuse_twins(lines)
        self._check_below(lines)
        return lines

    def _take_codes(self, lines: Iterable[UnitRow]) -> None:
        codes = {line.row.get("code") for line in lines if line.row.get("code")}
        # Codes of units out of reach are taken as well.
        self.taken = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
        for line in lines:
            code = line.row.get("code")
            if code and code in self.by_code:
                line.result = Result.wrong(WrongRowError("twice", row=self.by_code[code].row.number))
                continue
            if code:
                self.by_code[code] = line
            for name in {same_name(line.row.get("name")), same_name(line.row.get("short_name"))} - {""}:
                self.by_name[name].append(line)

    def _check_values(self, line: UnitRow) -> None:
        row = line.row
        if not row.get("name"):
            raise WrongRowError("no_name")
        check_lengths(row.values, LONGEST)
        check_email(row.get("email"))
        if row.get("kind"):
            line.kind = self.kinds.get(fold(row.get("kind")), "")
            if not line.kind:
                raise WrongRowError("unknown_kind", value=row.get("kind")[:80])
        line.since = day_of(row.get("valid_from"))
        day_of(row.get("valid_to"))
        line.fields = {name: nfc(row.get(name)) for name in FIELDS if row.get(name)}
        if row.get("aliases"):
            parts = row.get("aliases").split(ALIAS_SEPARATOR.strip())
            line.aliases = [nfc(part).strip() for part in parts if part.strip()]
            if len(line.aliases) > MOST_ALIASES:
                raise WrongRowError("too_many_aliases", most=MOST_ALIASES)

    # --- which unit, below what ----------------------------------------------------------------------------------

    def _find(self, line: UnitRow) -> None:
        code, above = line.row.get("code"), line.row.get("parent_code")
        line.unit = self.places.by_code.get(code) if code else None
        if line.unit is None and code in self.taken:
            raise WrongRowError("code_elsewhere", value=code)
        line.parent = self._parent(line, above) if above else None
        if line.unit is not None:
            return
        if isinstance(line.parent, UnitRow):
            return  # whether that one is new is known when all have been found
        if line.parent is not None or not above:
            line.unit = self._by_name(line)
        if line.unit is None and line.parent is None:
            line.parent = self.top

    def _load_aliases(self) -> None:
        self.aliases: dict[int, dict[str, str]] = defaultdict(dict)
        rows = UnitAlias.objects.filter(unit__in=Unit.objects.under(self.top)).order_by("pk")
        for key, folded, name in rows.values_list("unit", "folded", "name").iterator():
            self.aliases[key][folded] = name

    def _by_name(self, line: UnitRow) -> Unit | None:
        name = same_name(line.row.get("name"))
        if isinstance(line.parent, Unit):
            found = self.places.by_place.get((line.parent.pk, name), [])
        else:
            found = [unit for unit in self.places.by_name.get(name, []) if same_name(unit.name) == name]
        # Whatever has another code in the office's list is another unit.
        found = [unit for unit in found if not unit.code or not line.row.get("code")]
        if len(found) > 1:
            raise WrongRowError("ambiguous_unit", value=line.row.get("name")[:80], count=len(found))
        return found[0] if found else None

    def _parent(self, line: UnitRow, above: str) -> Unit | UnitRow:
        if above in self.places.by_code:
            return self.places.by_code[above]
        if above in self.by_code:
            return self.by_code[above]
        if found := self.places.find(above):
            return found
        rows = [other for other in self.by_name.get(same_name(above), []) if other is not line]
        if len(rows) > 1:
            raise WrongRowError("ambiguous_unit", value=above[:80], count=len(rows))
        if not rows:
            raise WrongRowError("unknown_parent", value=above[:80])
        return rows[0]

    # --- what changes --------------------------------------------------------------------------------------------

    def _compare(self, line: UnitRow) -> None:
        if line.unit is None and isinstance(line.parent, UnitRow) and line.parent.unit is not None:
            line.parent = line.parent.unit
            line.unit = self._by_name(line)
        if line.unit is None:
            line.result.state = RowState.NEW
            self._check_new(line)
            return
        self._refuse_reorganization(line, line.unit)
        for name, value in line.fields.items():
            before = getattr(line.unit, name)
            if value != before:
                line.result.change(name, before, value)
        if line.aliases is not None:
            self._compare_aliases(line, line.unit)
        self._clean(line, line.unit)

    def _compare_aliases(self, line: UnitRow, unit: Unit) -> None:
        own = {fold(unit.name), fold(unit.short_name)}
        before = {folded: name for folded, name in self.aliases[unit.pk].items() if folded not in own}
        wanted = {fold(name): name for name in line.aliases or () if fold(name) not in own}
        if before == wanted:
            line.aliases = None
        else:
            line.result.change(
                "aliases", ALIAS_SEPARATOR.join(before.values()), ALIAS_SEPARATOR.join(wanted.values())
            )

    def _refuse_reorganization(self, line: UnitRow, unit: Unit) -> None:
        row = line.row
        parent = line.parent.unit if isinstance(line.parent, UnitRow) else line.parent
        differs = {
            "name": same_name(row.get("name")) != same_name(unit.name),
            "short_name": bool(row.get("short_name"))
            and same_name(row.get("short_name")) != same_name(unit.short_name),
            "kind": bool(line.kind) and line.kind != unit.kind,
            "parent_code": bool(row.get("parent_code")) and (parent is None or parent.pk != unit.parent_id),
            "valid_from": line.since is not None and line.since != unit.valid_from,
            "valid_to": bool(row.get("valid_to")) and day_of(row.get("valid_to")) != unit.valid_to,
        }
        if unit.pk == self.top.pk and unit.parent_id not in self.places.units:
            differs["parent_code"] = False  # what stands above the unit is not this file's affair
        if fields := [name for name, is_so in differs.items() if is_so]:
            if wants := self._wants(line, unit, fields):
                raise WrongRowError("reorganize", fields=fields, wants=wants)
            raise WrongRowError("not_drafted", fields=fields)

    def _wants(self, line: UnitRow, unit: Unit, fields: Sequence[str]) -> dict[str, object] | None:
        """What a draft of a reorganisation could take over: the unit and its new name, kind or place."""
        parent = line.parent.unit if isinstance(line.parent, UnitRow) else line.parent
        if not set(fields) <= REORGANIZED or ("parent_code" in fields and parent is None):
            return None
        values = {
            "name": nfc(line.row.get("name")),
            "short_name": nfc(line.row.get("short_name")),
            "kind": line.kind,
            "parent_code": parent.pk if parent else None,
        }
        found = {"parent" if name == "parent_code" else name: values[name] for name in fields}
        return {"unit": unit.pk, **found}

    def _check_new(self, line: UnitRow) -> None:
        if not line.kind:
            raise WrongRowError("no_kind")
        if line.row.get("valid_to"):
            raise WrongRowError("new_has_end")
        line.since = line.since or self.since
        if line.since > today():
            raise WrongRowError("founded_later")
        name = nfc(line.row.get("name"))
        short = nfc(line.row.get("short_name")) or name[:80]
        unit = Unit(name=name, short_name=short, kind=line.kind, valid_from=line.since, **line.fields)
        self._clean(line, unit)

    def _clean(self, line: UnitRow, unit: Unit) -> None:
        """What the fields themselves refuse; the words of the database's own rules are for a person, too."""
        copy = Unit(**{name: getattr(unit, name) for name in ("name", "short_name", "kind", "valid_from")})
        for name in FIELDS:
            setattr(copy, name, line.fields.get(name, getattr(unit, name)))
        try:
            copy.clean_fields(exclude=["parent", "path", "depth", "search_text", "sort_key"])
        except ValidationError as error:
            raise WrongRowError("not_valid", field=next(iter(error.message_dict))) from error

    # --- all together --------------------------------------------------------------------------------------------

    def _refuse_loops(self, lines: Sequence[UnitRow]) -> None:
        """A chain of new units has to end at one that is there; a row below a wrong one is wrong."""
        settled: set[int] = set()
        for line in lines:
            chain: dict[int, UnitRow] = {}
            at: Unit | UnitRow | None = line
            while isinstance(at, UnitRow) and at.unit is None and not at.is_wrong:
                if id(at) in settled or id(at) in chain:
                    break
                chain[id(at)] = at
                at = at.parent
            settled |= chain.keys()
            if isinstance(at, UnitRow) and id(at) in chain:
                self._mark_loop(list(chain.values()), at)
            if isinstance(at, UnitRow) and at.is_wrong:
                for below in chain.values():
                    if not below.is_wrong:
                        below.result = Result.wrong(WrongRowError("parent_wrong", row=at.row.number))

    def _mark_loop(self, chain: list[UnitRow], first: UnitRow) -> None:
        for member in chain[chain.index(first) :]:
            member.result = Result.wrong(WrongRowError("loop", row=first.row.number))

    def _refuse_twins(self, lines: Sequence[UnitRow]) -> None:
        seen: dict[object, UnitRow] = {}
        for line in lines:
            if line.is_wrong:
                continue
            above = (
                line.parent.row.number
                if isinstance(line.parent, UnitRow)
                else -(line.parent.pk if line.parent else 0)
            )
            key: object = line.unit.pk if line.unit else (above, same_name(line.row.get("name")), "new")
            if key in seen:
                line.result = Result.wrong(WrongRowError("twice", row=seen[key].row.number))
            seen.setdefault(key, line)

    def _check_below(self, lines: Sequence[UnitRow]) -> None:
        """Depth and days, from the top down: nobody is older than what they hang below."""
        for level, line in in_levels(lines):
            parent = line.parent
            if parent is None:
                continue
            if isinstance(parent, UnitRow) and parent.is_wrong:
                line.result = Result.wrong(WrongRowError("parent_wrong", row=parent.row.number))
                continue
            begins = parent.since if isinstance(parent, UnitRow) else parent.valid_from
            if level >= DEEPEST:
                line.result = Result.wrong(WrongRowError("too_deep", most=DEEPEST))
            elif line.since and begins and line.since < begins:
                line.result = Result.wrong(WrongRowError("before_parent", day=in_words(begins)))
            elif isinstance(parent, Unit) and parent.valid_to:
                line.result = Result.wrong(
                    WrongRowError("unit_ends", day=in_words(parent.valid_to), unit=parent.name)
                )


def _parents_first(lines: Iterable[UnitRow]) -> Iterable[UnitRow]:
    told: set[int] = set()
    for line in lines:
        chain: list[UnitRow] = []
        at: Unit | UnitRow | None = line
        while isinstance(at, UnitRow) and id(at) not in told:
            told.add(id(at))
            chain.append(at)
            at = at.parent
        yield from reversed(chain)


def in_levels(lines: Iterable[UnitRow]) -> list[tuple[int, UnitRow]]:
    """The rows that found units with their depth in the tree, highest first."""
    depths: dict[int, int] = {}

    def depth(line: UnitRow) -> int:
        chain = [line]
        while isinstance(parent := chain[-1].parent, UnitRow) and id(parent) not in depths:
            chain.append(parent)
        for one in reversed(chain):
            above = one.parent
            depths[id(one)] = (
                depths[id(above)] + 1 if isinstance(above, UnitRow) else (above.depth + 1 if above else 0)
            )
        return depths[id(line)]

    found = [(depth(line), line) for line in lines if line.result.state == RowState.NEW]
    return sorted(found, key=lambda pair: pair[0])


def _guarded(line: UnitRow, step: Callable[[UnitRow], None]) -> None:
    if line.is_wrong:
        return
    try:
        step(line)
    except WrongRowError as error:
        line.result = Result.wrong(error)
