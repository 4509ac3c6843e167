"""Measures every page that has no argument in its address, on the demonstration's data.

    python scripts/bench.py [--rounds 15] [--person NAME]

For each page that answers 200: the median time inside the program (no network), the number of queries and the
size of the answer, slowest first. ``scripts/with_pg python scripts/bench.py`` measures PostgreSQL. The figures
belong to the machine and its load; compare only runs of one sitting.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client


@dataclass(frozen=True)
class Figure:
    """What one page costs one person."""

    page: str
    milliseconds: float
    queries: int
    kilobytes: float


def prepare(home: str) -> None:
    """A new place with the demonstration's data."""
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
    from django.core.management import call_command

    call_command("load_demo", verbosity=0)


def pages() -> Iterator[str]:
    """The address of each named page that takes no argument."""
    from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

    def below(patterns: Sequence[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from below(pattern.url_patterns, inner)
            elif pattern.name:
                try:
                    yield reverse(space + pattern.name)
                except NoReverseMatch:
                    continue

    yield from dict.fromkeys(below(get_resolver().url_patterns, ""))


def measured(client: Client, page: str, rounds: int) -> Figure | None:
    """The figure of a page, or nothing when the person gets no page there."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    if answer.status_code != 200 or answer.streaming:
        return None
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        client.get(page)
        times.append((time.perf_counter() - begin) * 1000)
    return Figure(page, statistics.median(times), len(asked), len(answer.content) / 1024)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of one person's pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--person", help="user name (default: the first one of the demonstration)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as home:
        prepare(home)
        from django.contrib.auth import get_user_model
        from django.db import connection
        from django.test import Client

        from thongsuot.demo.place import people_who_can_sign_in

        person = options.person or people_who_can_sign_in()[0].username
        client = Client(raise_request_exception=False)
        client.force_login(get_user_model().objects.get_by_natural_key(person))
        figures = [figure for page in pages() if (figure := measured(client, page, options.rounds))]
        print(f"{connection.vendor}, signed in as {person}, median of {options.rounds}")
        print(f"{'ms':>8} {'queries':>8} {'kB':>8}  page")
        for figure in sorted(figures, key=lambda figure: -figure.milliseconds):
            print(f"{figure.milliseconds:8.1f} {figure.queries:8} {figure.kilobytes:8.1f}  {figure.page}")
        connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
