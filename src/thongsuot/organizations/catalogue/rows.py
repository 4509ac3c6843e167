"""The official list as rows of a table of units, such as an office would send them: what follows is an import."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from thongsuot.core.text import fold
from thongsuot.formats.areas import Commune, Province, kind_and_name, provinces
from thongsuot.organizations.catalogue.bodies import Body, bodies, chosen, words_of, words_of_area
from thongsuot.organizations.columns import ALIAS_SEPARATOR
from thongsuot.organizations.models import FormerArea, Unit, UnitAlias, UnitKind
from thongsuot.organizations.models.areas import in_small
from thongsuot.organizations.models.units import COMMUNE_LEVEL
from thongsuot.organizations.services.describing import MOST_ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = (
    "code",
    "parent_code",
    "name",
    "short_name",
    "kind",
    "symbol",
    "area_code",
    "place",
    "aliases",
)
NATION = "nation"
PROVINCE_LEVEL = (UnitKind.PROVINCE_COMMITTEE, UnitKind.CITY_COMMITTEE)
LONGEST_ALIAS = 200


@dataclass(frozen=True)
class Choice:
    """What is to be founded: the nation, a province with all its communes, or one commune; and which bodies."""

    province: str = NATION
    commune: str = ""
    province_bodies: tuple[str, ...] = ()
    commune_bodies: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Choice:
        lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
        return cls(**(plain | lists))

    @property
    def provinces(self) -> list[Province]:
        return [one for one in provinces() if self.province in (NATION, one.code)]

    @property
    def only(self) -> Commune | None:
        """The one commune that is meant, when not all are."""
        found = (one for province in self.provinces for one in province.communes if one.code == self.commune)
        return next(found, None) if self.commune else None


def is_committee_of(unit: Unit, area: Province | Commune) -> bool:
    """Whether this unit is the committee of this province or commune, by its code or else by its name."""
    if unit.kind not in (PROVINCE_LEVEL if isinstance(area, Province) else COMMUNE_LEVEL):
        return False
    if unit.area_code:
        return unit.area_code == area.code
    return f" {fold(unit.name)}".endswith(f" {_ending(area)}")


def area_meant_by(unit: Unit) -> Province | Commune | None:
    """The one province or commune this unit is the committee of; of two with one name none."""
    areas: list[Province | Commune] = list(provinces())
    areas += [commune for province in provinces() for commune in province.communes]
    found = [area for area in areas if is_committee_of(unit, area)]
    return found[0] if len(found) == 1 else None


def _ending(area: Province | Commune) -> str:
    """How the name of its committee ends: "Tỉnh ủy Tây Ninh", but "Đảng ủy phường Long An"."""
    return fold(kind_and_name(area.name)[1] if isinstance(area, Province) else area.name)


def how_many(choice: Choice, unit: Unit) -> int:
    """Units of the choice altogether, the chosen unit among them where it is the province or commune itself."""
    in_commune = len(chosen("commune", choice.commune_bodies))
    if choice.only:
        return in_commune
    in_province = len(chosen("province", choice.province_bodies))
    return sum(in_province + in_commune * len(one.communes) for one in choice.provinces)


def rows_of(choice: Choice, unit: Unit) -> list[list[str]]:
    """The cells of every row, in the order of ``COLUMNS``; the top of a level stands before what is below it."""
    rows = list(_all_rows(choice, unit, _Past(choice)))
    known = _Known(unit)
    for row in rows:
        known.complete(row)
    return [[row.get(name, "") for name in COLUMNS] for row in rows]


def _all_rows(choice: Choice, unit: Unit, past: _Past) -> Iterator[dict[str, str]]:
    if commune := choice.only:
        yield from _of_area("commune", commune, choice.commune_bodies, unit, "", past)
        return
    for province in choice.provinces:
        top, *others = _of_area("province", province, choice.province_bodies, unit, "", past)
        yield from (top, *others)
        for commune in province.communes:
            yield from _of_area("commune", commune, choice.commune_bodies, unit, top["code"], past)


def _of_area(
    level: str,
    area: Province | Commune,
    keys: tuple[str, ...],
    unit: Unit,
    above: str,
    past: _Past,
) -> Iterator[dict[str, str]]:
    """The rows of one area; where the chosen unit is the area itself, its row only adds the codes."""
    words, wanted, made = words_of_area(area), chosen(level, keys), dict[str, str]()
    for place, body in enumerate(wanted):
        row = _row(body, area, words, past)
        if place == 0 and not above and is_committee_of(unit, area):
            row = {
                "code": unit.code or row["code"],
                "name": unit.name,
                "area_code": area.code,
                "aliases": row["aliases"],
            }
        else:
            row["parent_code"] = above if place == 0 else made.get(body.below) or made[wanted[0].key]
        made[body.key] = row["code"]
        yield row


def _row(body: Body, area: Province | Commune, words: dict[str, str], past: _Past) -> dict[str, str]:
    kind = body.kind
    if body.kind == UnitKind.COMMUNE_COMMITTEE and words["area"].startswith("phường "):
        kind = UnitKind.WARD_COMMITTEE
    elif body.kind == UnitKind.PROVINCE_COMMITTEE and words["head"] == "Thành ủy":
        kind = UnitKind.CITY_COMMITTEE
    names = [pattern % words for pattern in body.aliases] + past.names_of(body, area.code)
    return {
        "code": f"DVHC-{area.code}-{body.key}",
        "name": body.name % words,
        "short_name": body.short_name % words,
        "kind": str(kind),
        "symbol": body.symbol,
        "area_code": area.code if body.area else "",
        "place": words["name"],
        "aliases": ALIAS_SEPARATOR.join(
            dict.fromkeys(name for name in names[:MOST_ALIASES] if len(name) <= LONGEST_ALIAS)
        ),
    }


class _Past:
    """What papers of before 1 July 2025 called the bodies of today."""

    def __init__(self, choice: Choice) -> None:
        areas: list[Province | Commune] = list(choice.provinces)
        areas += [commune for one in choice.provinces for commune in one.communes]
        today = {area.code: area.name for area in areas}
        rows = FormerArea.objects.order_by("district", "name", "pk")
        if choice.province != NATION:
            rows = rows.filter(area_code__in=today)
        self.rows: dict[str, list[FormerArea]] = defaultdict(list)
        for row in rows:
            self.rows[row.area_code].append(row)
        self.today = {fold(name) for name in today.values()}
        self.number = Counter(fold(row.name) for group in self.rows.values() for row in group)

    def names_of(self, body: Body, code: str) -> list[str]:
        """With the district always; without it only where the old name meant one unit, and means none today."""
        names = []
        for row in self.rows[code] if body.former else ():
            kind, name = kind_and_name(row.name)
            words = words_of(kind, name, is_city=kind == "thành phố")
            district = f", {in_small(row.district)}" if row.district else ""
            if district and body.key == bodies()["commune"][0].key:
                names.append(row.name + district)
            if self.number[fold(row.name)] == 1 and fold(row.name) not in self.today:
                district = ""
            if not row.is_part:
                names += [pattern % words + district for pattern in body.former]
        return names


class _Known:
    """Units founded from the list before: only what the list knows better is said of them again."""

    def __init__(self, unit: Unit) -> None:
        self.top = unit
        within = Unit.objects.under(unit)
        self.units = {one.code: one for one in within.exclude(code="")}
        self.aliases: dict[int, list[str]] = defaultdict(list)
        names = UnitAlias.objects.filter(unit__in=within).order_by("pk").values_list("unit", "name")
        for key, name in names.iterator():
            self.aliases[key].append(name)

    def complete(self, row: dict[str, str]) -> None:
        unit = self.units.get(row["code"]) or (self.top if "kind" not in row else None)
        if unit is None:
            return
        # What the office has changed since stays: its short name, its place in the tree, its signs.
        for name in ("short_name", "parent_code", "symbol", "place"):
            row.pop(name, None)
        own = {fold(unit.name), fold(unit.short_name)}
        wanted: dict[str, str] = {}
        for name in (*self.aliases[unit.pk], *row["aliases"].split(ALIAS_SEPARATOR)):
            if name and fold(name) not in own:
                wanted.setdefault(fold(name), name)
        row["aliases"] = ALIAS_SEPARATOR.join(list(wanted.values())[:MOST_ALIASES])
