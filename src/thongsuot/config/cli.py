"""The ``thongsuot`` command: one door for the demonstration, the server, the worker and the reader.

Django is loaded only by the verbs that need it: ``thongsuot read`` works without settings and without a database.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from thongsuot.config import founding, processes
from thongsuot.config.words import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the answer is the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
    if given and given[0] in _PASSED_ON:
        return _PASSED_ON[given[0]](given[1:])
    options = _parser().parse_args(given)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except processes.Refused as refusal:
        say(refusal.vi, refusal.en, to=sys.stderr)
        return 1


def _read(arguments: list[str]) -> int:
    from thongsuot.formats.reading.cli import main as read

    return read(arguments)


def _manage(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["thongsuot manage", *arguments])
    return 0


def _read_report(arguments: list[str]) -> int:
    return _manage(["read_report", *arguments])


def _rotate_keys(arguments: list[str]) -> int:
    return _manage(["rotate_keys", *arguments])


def _second_step(arguments: list[str]) -> int:
    return _manage(["second_step", *arguments])


_PASSED_ON: dict[str, Callable[[list[str]], int]] = {
    "read": _read,
    "read-report": _read_report,
    "rotate-keys": _rotate_keys,
    "second-step": _second_step,
    "manage": _manage,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thongsuot",
        description="From the sheet of paper to daily life: register, send down, understand, carry out, inspect.",
        epilog="THONGSUOT_HOME names the folder of data; DATABASE_URL a PostgreSQL instead of the SQLite file in it.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    demo = verbs.add_parser("demo", help="start a filled demonstration on this computer")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--home", type=Path, help="folder of the demonstration (default: THONGSUOT_HOME)")
    demo.set_defaults(run=_demo)

    found = verbs.add_parser("found", help="found the first unit with its administrator, once")
    founding.arguments(found)
    found.set_defaults(run=founding.run)

    serve = verbs.add_parser("serve", help="answer web requests")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    verbs.add_parser("worker", help="do the work that was put off").set_defaults(run=_worker)
    verbs.add_parser("migrate", help="bring the database to this version").set_defaults(run=_migrate)
    check = verbs.add_parser("check", help="prove the settings, the data and the record of acts")
    check.add_argument(
        "--anchor", metavar="NUMBER:DIGEST", help="an end of the record of acts that was noted elsewhere"
    )
    check.add_argument(
        "--totals", action="store_true", help="prove only that what is counted equals its rows"
    )
    check.set_defaults(run=_check)
    again = verbs.add_parser("rebuild-totals", help="make all totals anew while the site is in use")
    again.add_argument("--counters", action="store_true", help="count the counters anew from the rows first")
    again.add_argument("--anew", action="store_true", help="begin anew, not where the last run was ended")
    again.set_defaults(run=_rebuild_totals)
    verbs.add_parser(
        "read",
        help="FILE or FOLDER... [--json] [--out DIR] [--jobs N]: print what documents say; needs no database",
    )
    verbs.add_parser(
        "read-report",
        help="[--since DATE] [--json]: how right the reader was on the papers people have checked",
    )
    verbs.add_parser(
        "rotate-keys", help="[--drop-unused]: encrypt personal data with a new key (docs/personal-data.md)"
    )
    verbs.add_parser(
        "second-step",
        help="[--remove USER] [--not-required ROLE]: for an administrator who has lost the telephone",
    )
    verbs.add_parser("manage", help="COMMAND...: Django's own commands")
    return parser


def _demo(options: argparse.Namespace) -> int:
    from thongsuot.config import demonstration

    return demonstration.run(home=options.home, port=options.port)


def _serve(options: argparse.Namespace) -> int:
    from thongsuot.config import preparation

    processes.require_free_port(options.host, options.port)
    preparation.start_django()
    preparation.require_data_keys()
    preparation.collect_static_files()
    return processes.run_in_place(processes.web_command(options.host, options.port))


def _worker(_options: argparse.Namespace) -> int:
    from thongsuot.config import preparation
    from thongsuot.formats.calendars import learn_holidays

    preparation.start_django()
    preparation.require_data_keys()
    # Here once, instead of in every process that the worker starts.
    learn_holidays(datetime.now(tz=UTC).year)
    return _manage(["qcluster"])


def _migrate(_options: argparse.Namespace) -> int:
    from thongsuot.config import preparation

    preparation.start_django()
    preparation.migrate()
    return 0


def _check(options: argparse.Namespace) -> int:
    from django.core.management import get_commands

    _manage(["check"])
    # The totals are proved by a command of the app that keeps them.
    if "check_data" in get_commands():
        anchor = ["--anchor", options.anchor] if options.anchor else []
        _manage(["check_data", *anchor, *(["--totals"] if options.totals else [])])
    return 0


def _rebuild_totals(options: argparse.Namespace) -> int:
    flags = [f"--{name}" for name in ("counters", "anew") if getattr(options, name)]
    return _manage(["rebuild_totals", *flags])


if __name__ == "__main__":
    sys.exit(main())
