"""How right the reader was on the papers people have checked and registered."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from thongsuot.documents import items
from thongsuot.documents.queries.accuracy import Tally, accuracy
from thongsuot.documents.queries.accuracy_tables import Line, tables_of

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
        if options["json"]:
            data = {
                name: {key: as_data(tally) for key, tally in getattr(found, name).items()}
                for name in ("by_item", "by_document", "by_version", "by_confidence", "by_rule")
            }
            self.stdout.write(json.dumps({"papers": found.papers} | data, ensure_ascii=False, indent=1))
            return
        lines = [_("%(papers)s papers were read, checked and registered.") % {"papers": found.papers}]
        for table in tables_of(found):
            lines += ["", _head(table.title), *map(_line, table.lines)]
        self.stdout.write("\n".join(lines))


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


def _line(line: Line) -> str:
    tally = line.tally
    counts = (tally.proposed, tally.accepted, tally.edited + tally.joined, tally.rejected, tally.added)
    shares = (tally.exact, tally.precision, tally.recall, tally.stated)
    told = [*map(str, counts), *("-" if share is None else f"{share:.1%}" for share in shares)]
    changes = f"  ({line.changes})" if line.changes else ""
    return f"{line.name[:WIDTH]:<{WIDTH}}" + "".join(f"{cell:>13}" for cell in told) + changes
