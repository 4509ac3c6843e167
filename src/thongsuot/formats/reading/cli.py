"""`python -m thongsuot.formats.reading FILE...`: what the reader understood, as JSON, without any database."""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

from thongsuot.formats.reading.errors import ReadingError
from thongsuot.formats.reading.jsonform import to_json
from thongsuot.formats.reading.model import Reading
from thongsuot.formats.reading.understand import read

BAR = 30


def main(argv: list[str] | None = None) -> int:
    """Exit status 0: all read; 1: some file could not be read; 2: wrong use."""
    parser = argparse.ArgumentParser(
        prog="thongsuot read", description="Read official documents and print what is in them."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a summary")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write one JSON file per document into this folder"
    )
    options = parser.parse_args(argv)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    try:
        return _all(options.files, options.out, as_json=options.json)
    except BrokenPipeError:
        # Whoever reads the output ("| head") has enough. Python would complain once more when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _all(files: list[Path], out: Path | None, *, as_json: bool) -> int:
    failures = 0
    names = Counter(path.stem for path in files)
    for number, path in enumerate(files, start=1):
        # Of two files that differ only in their ending, none overwrites the other.
        name = path.stem if names[path.stem] == 1 else path.name
        failures += not _one(path, out / f"{name}.json" if out else None, as_json=as_json)
        if len(files) > 1:
            _progress(number, len(files), path.name)
    sys.stdout.flush()
    return 1 if failures else 0


def _one(path: Path, target: Path | None, *, as_json: bool) -> bool:
    try:
        reading = read(path.read_bytes(), path.name)
    except OSError as error:
        print(f"{path}: {error.strerror or error}", file=sys.stderr)
        return False
    except ReadingError as error:
        print(f"{path}: {error.message} [{error.code}]", file=sys.stderr)
        return False
    if target:
        target.write_text(_json(reading), encoding="utf-8")
    elif as_json:
        print(_json(reading))
    else:
        print(_summary(path, reading))
    return True


def _json(reading: Reading) -> str:
    return json.dumps(to_json(reading), ensure_ascii=False, indent=1)


def _summary(path: Path, reading: Reading) -> str:
    data = to_json(reading)
    lines = [f"== {path.name}"]
    lines += [
        f"{key}: {'; '.join(v) if isinstance(v, list) else v}" for key, v in data["metadata"].items() if v
    ]
    lines += [f"> {r.type} {r.number or r.title} ({r.relation})" for r in reading.references]
    lines += [
        f"* {'; '.join(t.assignees)} | {t.action[:120]} | {t.deadline_text or '-'}" for t in reading.tasks
    ]
    lines += [f"# {t.indicator[:80]} {t.comparator} {t.value} {t.unit or ''}" for t in reading.targets]
    return "\n".join(lines + [f"! {w.message}" for w in reading.warnings])


def _progress(done: int, total: int, name: str) -> None:
    filled = BAR * done // total
    end = "\n" if done == total else ""
    print(
        f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {name[:40]:<40}",
        end=end,
        file=sys.stderr,
        flush=True,
    )
