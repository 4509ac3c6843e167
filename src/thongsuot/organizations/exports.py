"""The tree as a file for a spreadsheet, with the columns an import reads (``columns``)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from thongsuot.core.ui.words import day
from thongsuot.organizations.columns import ALIAS_SEPARATOR, UNIT_COLUMNS
from thongsuot.organizations.models import UnitVersion
from thongsuot.organizations.models.units import UnitVersionQuerySet

CHUNK = 1000
HEADER = tuple(UNIT_COLUMNS.values())


def unit_rows(versions: UnitVersionQuerySet) -> Iterator[list[str]]:
    """Each unit after the one it hangs below; names as on the day, contacts as they are known now.

    A file to exchange: it speaks Vietnamese whatever the language of the page.
    """
    rows = versions.order_by("path").select_related("unit", "parent").prefetch_related("unit__aliases")
    for version in rows.iterator(chunk_size=CHUNK):
        yield _cells(version)


def _cells(version: UnitVersion) -> list[str]:
    unit, parent = version.unit, version.parent
    own = {version.name, version.short_name, unit.name, unit.short_name}
    aliases = sorted({alias.name for alias in unit.aliases.all()} - own)
    with translation.override("vi"):
        kind = str(version.get_kind_display())
    cells = {
        "code": unit.code,
        "parent_code": (parent.code or parent.name) if parent else "",
        "name": version.name,
        "short_name": version.short_name,
        "kind": kind,
        "symbol": version.symbol,
        "identifier": unit.identifier,
        "old_identifier": unit.old_identifier,
        "area_code": unit.area_code,
        "place": unit.place,
        "address": unit.address,
        "phone": unit.phone,
        "email": unit.email,
        "aliases": ALIAS_SEPARATOR.join(aliases),
        "valid_from": day(unit.valid_from),
        "valid_to": day(unit.valid_to),
    }
    return [cells[name] for name in UNIT_COLUMNS]
