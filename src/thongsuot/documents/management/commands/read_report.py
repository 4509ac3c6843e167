"""How right the reader was on the papers people have checked and registered."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from thongsuot.documents import items
from thongsuot.documents.kinds import Kind
from thongsuot.documents.models.intake import ItemKind
from thongsuot.documents.queries.accuracy import Tally, accuracy

WIDTH = 44


class Command(BaseCommand):
    help = "What people made of the reader's proposals, in counts: by item, kind of document, reader and confidence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", metavar="DATE", help="only papers registered since this day (2026-11-01)"
        )
        parser.add_argument(
            "--json", action="store_true", help="as data, with the constructions of the reader"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        found = accuracy(_day(options["since"]))
        tables = {
            _("By item"): {_item(key): tally for key, tally in found.by_item.items()},
            _("By kind of document"): {_kind(key): tally for key, tally in found.by_document.items()},
            _("By version of the reader"): found.by_version,
            _("By confidence"): found.by_confidence,
        }
        if options["json"]:
            data = {
                name: {key: as_data(tally) for key, tally in getattr(found, name).items()}
                for name in ("by_item", "by_document", "by_version", "by_confidence", "by_rule")
            }
            self.stdout.write(json.dumps({"papers": found.papers} | data, ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            _("%(papers)s papers were read, checked and registered.") % {"papers": found.papers}
        )
        for title, table in tables.items():
            if table:
                self.stdout.write("")
                self.stdout.write(_head(title))
                for name, tally in table.items():
                    self.stdout.write(_line(name, tally))
        for line in _changes(found.by_item):
            self.stdout.write(line)


def as_data(tally: Tally) -> dict[str, Any]:
    """A tally as plain data."""
    counts = {name: getattr(tally, name) for name in ("proposed", "accepted", "edited", "joined")}
    shares = {name: getattr(tally, name) for name in ("exact", "precision", "recall", "stated")}
    more = {"rejected": tally.rejected, "added": tally.added, "parts": dict(sorted(tally.parts.items()))}
    return counts | more | shares


def _day(given: str | None) -> dt.date | None:
    day = items.date_of(given)
    if given and day is None:
        raise CommandError(_("%(given)s is not a day. Write it as 2026-11-01.") % {"given": given})
    return day


def _head(title: str) -> str:
    names = (_("proposed"), _("accepted"), _("edited"), _("rejected"), _("added"))
    shares = (_("untouched"), _("right"), _("found"), _("stated"))
    return f"{title:<{WIDTH}}" + "".join(f"{name:>13}" for name in (*names, *shares))


def _line(name: str, tally: Tally) -> str:
    counts = (tally.proposed, tally.accepted, tally.edited + tally.joined, tally.rejected, tally.added)
    shares = (tally.exact, tally.precision, tally.recall, tally.stated)
    told = [*map(str, counts), *("-" if share is None else f"{share:.1%}" for share in shares)]
    return f"{name[:WIDTH]:<{WIDTH}}" + "".join(f"{cell:>13}" for cell in told)


def _changes(by_item: dict[str, Tally]) -> list[str]:
    """What was changed most often in what was edited."""
    lines = []
    for key, tally in by_item.items():
        if tally.parts and not key.startswith("field."):
            parts = ", ".join(f"{part} {number}" for part, number in tally.parts.most_common(6))
            lines.append(_("Changed in %(item)s: %(parts)s") % {"item": _item(key), "parts": parts})
    return ["", *lines] if lines else []


def _item(key: str) -> str:
    if key.startswith("field."):
        return str(items.label_of(key.removeprefix("field.")))
    return str(ItemKind(key).label)


def _kind(key: str) -> str:
    return str(Kind(key).label) if key in Kind.values else key
