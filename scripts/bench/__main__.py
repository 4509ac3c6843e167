"""Measures what was promised, on data made for it: ``make bench``, or

    python -m scripts.bench [pages] [sets] [demo] [weight] [reading] [record] [tree] [rights] [reorganizing] [import]
        [encrypting] [flow] [attending]
        [--explain PAGE]

``pages``: queries, time and size of every page of the walk, on ten times the demonstration's data. ``sets``: the
services that write a whole audience, against a bare INSERT … SELECT of the same rows. ``demo``: the time to the
first page and the memory of the running demonstration. ``weight``: what two pages weigh on a phone.
``reading``: the reader on papers from one page to a thousand. All of them without a word.
``record``: a million acts signed, sealed and proven; some minutes, only when asked for.
``counted``: receipts by the million (SIZE=small, province or nation), with a server and a worker; only when asked for.
``import``: 12,000 units and 150,000 people from tables; some minutes, only when asked for.
``rights``: units within reach of a role, of 300,000, against the bare range; a minute, only when asked for.
``reorganizing``: 130 communes with 50,000 open tasks merged while somebody reads; only when asked for.
``attending``: 500 people before the screen of a session, with a server; a minute, only when asked for.
``encrypting``: Party records read open and closed, and brought under a new key; only when asked for.
``flow``: the flow map over 3,321 communes and 300,000 cells (SIZE=small: a tenth); some minutes, only when asked for.
``tree``: the pages of units at 12,000 and 300,000 units; some minutes, only when asked for.
``scripts/with_pg python -m scripts.bench pages sets`` measures PostgreSQL.

Times belong to the machine and its load; what counts are the queries, the ratios and the limits. Nothing fails.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Sequence

PARTS = ("pages", "sets", "demo", "weight", "reading")
ONLY_WHEN_ASKED = (
    *("counted", "record", "tree", "rights", "reorganizing", "import", "encrypting", "flow"),
    "attending",
)


def prepare(home: str) -> None:
    """Tables and static files of an empty installation."""
    os.environ.update(
        THONGSUOT_HOME=home,
        THONGSUOT_SECRET_KEY=secrets.token_hex(32),
        THONGSUOT_HOSTS="testserver",
        DJANGO_SETTINGS_MODULE="thongsuot.config.settings",
    )
    from thongsuot.config import preparation

    preparation.start_django()
    preparation.migrate()
    preparation.collect_static_files()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the answer is 0 whatever the figures say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"of {', '.join((*PARTS, *ONLY_WHEN_ASKED))} (default: all but {', '.join(ONLY_WHEN_ASKED)})",
    )
    parser.add_argument("--explain", default="", metavar="PAGE", help="print the queries of these pages")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - {*PARTS, *ONLY_WHEN_ASKED}
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = options.parts or PARTS
    if "demo" in parts or "weight" in parts:
        from scripts.bench import running

        running.run(demo="demo" in parts, weight="weight" in parts)
    if "reading" in parts:
        from scripts.bench import reading

        reading.run()
    if {"pages", "sets", *ONLY_WHEN_ASKED} & set(parts):
        with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as home:
            prepare(home)
            _measure_data(parts, options.explain)
    return 0


def _measure_data(parts: Sequence[str], explain: str) -> None:
    from django.db import connection

    from scripts.bench import (
        attending,
        encrypting,
        flow,
        importing,
        pages,
        record,
        reorganizing,
        rights,
        sets,
        tree,
    )
    from scripts.bench.place import place_ten_times

    if "counted" in parts:
        from scripts.bench import counted

        counted.run()
    if "record" in parts:
        record.run()
    if "import" in parts:
        importing.run()
    if "attending" in parts:
        attending.run()
    if "encrypting" in parts:
        encrypting.run()
    if "tree" in parts:
        tree.run()
    if "flow" in parts:
        flow.run()
    if "rights" in parts:
        rights.run()
    if "reorganizing" in parts:
        reorganizing.run()
    if not {"pages", "sets"} & set(parts):
        return
    place = place_ten_times()
    if "sets" in parts:
        sets.run(place)
    if "pages" in parts:
        pages.run(place, explain=explain)
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
