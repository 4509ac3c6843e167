"""The tree as a file for a spreadsheet, with the columns an import reads (``columns``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils import translation

from thongsuot.core.ui.words import day
from thongsuot.organizations.columns import ALIAS_SEPARATOR, UNIT_COLUMNS
from thongsuot.organizations.models import UnitAlias, UnitKind
from thongsuot.organizations.models.units import UnitVersionQuerySet

CHUNK = 500
HEADER = tuple(UNIT_COLUMNS.values())
# What is read of each row: of the day, of the unit as it is known now, of the unit above.
_OF_THE_DAY = ("name", "short_name", "kind", "symbol")
_OF_THE_UNIT = (
    *("code", "identifier", "old_identifier", "area_code", "place", "address", "phone", "email"),
    *("valid_from", "valid_to"),
)


def unit_rows(versions: UnitVersionQuerySet) -> Iterator[list[str]]:
    """Each unit after the one it hangs below; names as on the day, contacts as they are known now.

    A file to exchange: it speaks Vietnamese whatever the language of the page.
    """
    with translation.override("vi"):
        kinds = {kind.value: str(kind.label) for kind in UnitKind}
    rows = versions.order_by("path").values(
        "unit_id",
        *_OF_THE_DAY,
        *(f"unit__{name}" for name in (*_OF_THE_UNIT, "name", "short_name")),
        "parent__code",
        "parent__name",
    )
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        aliases = _aliases_of([row["unit_id"] for row in chunk])
        for row in chunk:
            yield _cells(row, kinds, aliases[row["unit_id"]])


def _aliases_of(units: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = UnitAlias.objects.filter(unit__in=units).order_by("unit", "name", "pk")
    for unit, name in rows.values_list("unit_id", "name"):
        found[unit].append(name)
    return found


def _cells(row: dict[str, Any], kinds: dict[str, str], aliases: list[str]) -> list[str]:
    own = {row["name"], row["short_name"], row["unit__name"], row["unit__short_name"]}
    cells = {name: row[f"unit__{name}"] for name in _OF_THE_UNIT} | {
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": kinds[row["kind"]],
        "symbol": row["symbol"],
        "parent_code": row["parent__code"] or row["parent__name"] or "",
        "aliases": ALIAS_SEPARATOR.join(name for name in aliases if name not in own),
        "valid_from": day(row["unit__valid_from"]),
        "valid_to": day(row["unit__valid_to"]),
    }
    return [cells[name] for name in UNIT_COLUMNS]
