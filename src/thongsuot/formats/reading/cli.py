"""`python -m thongsuot.formats.reading FILE...`: what the reader understood, as JSON, without any database."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from thongsuot.formats.reading.errors import ReadingError, WrongType
from thongsuot.formats.reading.extract import MAX_BYTES, extract
from thongsuot.formats.reading.jsonform import to_json
from thongsuot.formats.reading.model import Reading
from thongsuot.formats.reading.secrecy import mark_of
from thongsuot.formats.reading.understand import understand

BAR = 30
# What is looked for in a folder; a file that is named is read whatever it is called.
SUFFIXES = frozenset(
    ".docx .docm .dotx .doc .dot .pdf .odt .ott .rtf .htm .html .txt .png .jpg .jpeg .tif .tiff".split()  # noqa: SIM905  # a word list
)
UNREADABLE, SECRET = 1, 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to read, and what its result is called."""

    path: Path
    name: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is printed of one file, or why it was not read."""

    text: str = ""
    error: str = ""
    status: int = 0


def main(argv: list[str] | None = None) -> int:
    """Exit status 0: all read; 1: some file could not be read; 2: wrong use; 3: a paper bears a mark of secrecy."""
    options = _parser().parse_args(argv)
    papers = papers_of(options.files)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    if not papers:
        print("There is no document in these folders.", file=sys.stderr)
        return UNREADABLE
    as_json = options.json or options.out is not None
    work = partial(read_one, as_json=as_json, even_secret=options.even_secret)
    try:
        return _all(papers, _outcomes(work, papers, options.jobs), options.out)
    except BrokenPipeError:
        # Whoever reads the output ("| head") has enough. Python would complain once more when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thongsuot read", description="Read official documents and print what is in them."
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="documents, or folders of documents"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a summary")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write one JSON file per document into this folder"
    )
    parser.add_argument(
        "--jobs", type=_number, default=1, metavar="N", help="read N documents at the same time"
    )
    parser.add_argument(
        "--even-secret",
        action="store_true",
        help="read papers with a mark of State secrecy too: only on a computer the law allows them on",
    )
    return parser


def _number(given: str) -> int:
    number = int(given)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("between 1 and 64")
    return number


def papers_of(given: Iterable[Path]) -> list[Paper]:
    """The files named, and those below the folders named, in the order of their names; none of them twice."""
    found: dict[Path, Paper] = {}
    for path in given:
        if not path.is_dir():
            found.setdefault(path, Paper(path, Path(path.name)))
            continue
        # A link may lead anywhere: who wants that file names it.
        below = sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in SUFFIXES and file.is_file() and not file.is_symlink()
        )
        for file in below:
            found.setdefault(file, Paper(file, file.relative_to(path)))
    return list(found.values())


def read_one(path: Path, *, as_json: bool, even_secret: bool = False) -> Outcome:
    """What one file says. Of a paper with a mark of secrecy nothing is given out but its path."""
    name = _printable(path)
    try:
        extracted = extract(_bytes_of(path), path.name)
        if mark_of(extracted) and not even_secret:
            sentence = "This paper bears a mark of State secrecy; nothing of it was read out."
            return Outcome(error=f"{name}: {sentence} [secret]", status=SECRET)
        reading = understand(extracted)
        return Outcome(text=_json(reading) if as_json else _summary(path, reading))
    except OSError as error:
        return Outcome(error=f"{name}: {error.strerror or error}", status=UNREADABLE)
    except ReadingError as error:
        return Outcome(error=f"{name}: {error.message} [{error.code}]", status=UNREADABLE)
    except Exception as error:  # one file must not keep the others from being read
        return Outcome(error=f"{name}: {type(error).__name__} [failed]", status=UNREADABLE)


def _bytes_of(path: Path) -> bytes:
    """The bytes of a plain file; of one that is too large only enough to be told so."""
    if path.exists() and not path.is_file():
        raise WrongType("not a file")  # a pipe would be waited for without end
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _printable(path: Path) -> str:
    """A name may hold signs that move the cursor of a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))


def _outcomes(work: partial[Outcome], papers: Sequence[Paper], jobs: int) -> Iterator[Outcome]:
    """The outcomes in the order of the papers, each as soon as it and all before it are there."""
    paths = [paper.path for paper in papers]
    if jobs == 1 or len(paths) == 1:
        yield from map(work, paths)
        return
    done = 0
    try:
        with ProcessPoolExecutor(min(jobs, len(paths))) as pool:
            for outcome in pool.map(work, paths):
                done += 1
                yield outcome
    except BrokenProcessPool:
        lost = "The process that read it was ended from outside (memory?) [failed]"
        yield from (Outcome(error=f"{_printable(path)}: {lost}", status=UNREADABLE) for path in paths[done:])


def _all(papers: Sequence[Paper], outcomes: Iterable[Outcome], out: Path | None) -> int:
    statuses = {0}
    names = _names(papers)
    for number, (paper, outcome) in enumerate(zip(papers, outcomes, strict=True), start=1):
        statuses.add(outcome.status)
        if outcome.error:
            print(outcome.error, file=sys.stderr)
        elif out:
            target = out / names[paper.path]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)  # a link that stands there must not lead the result elsewhere
            target.write_text(outcome.text, encoding="utf-8")
        else:
            print(outcome.text)
        if len(papers) > 1:
            _progress(number, len(papers), _printable(Path(paper.path.name)))
    sys.stdout.flush()
    return max(statuses)


def _names(papers: Sequence[Paper]) -> dict[Path, str]:
    """What the results are called: of files that differ only in ending or folder, none overwrites another."""
    stems = Counter(paper.name.with_suffix("") for paper in papers)
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for paper in papers:
        stem = paper.name if stems[paper.name.with_suffix("")] > 1 else paper.name.with_suffix("")
        name, copy = f"{stem}.json", 1
        while name in taken:
            copy += 1
            name = f"{stem}-{copy}.json"
        taken.add(name)
        names[paper.path] = name
    return names


def _json(reading: Reading) -> str:
    return json.dumps(to_json(reading), ensure_ascii=False, indent=1)


def _summary(path: Path, reading: Reading) -> str:
    data = to_json(reading)
    lines = [f"== {_printable(Path(path.name))}"]
    lines += [f"{key}: {_in_words(value)}" for key, value in data["metadata"].items() if value]
    lines += [f"> {r.type} {r.number or r.title} ({r.relation})" for r in reading.references]
    lines += [
        f"* {'; '.join(t.assignees)} | {t.action[:120]} | {t.deadline_text or '-'}" for t in reading.tasks
    ]
    lines += [f"# {t.indicator[:80]} {t.comparator} {t.value} {t.unit or ''}" for t in reading.targets]
    return "\n".join(lines + [f"! {w.message}" for w in reading.warnings])


def _in_words(value: Any) -> str:
    """A value of the frame in one line: several are parted by semicolons, of a recipient only the name is said."""
    if isinstance(value, list):
        return "; ".join(map(_in_words, value))
    return str(value["value"] if isinstance(value, dict) else value)


def _progress(done: int, total: int, name: str) -> None:
    filled = BAR * done // total
    end = "\n" if done == total else ""
    print(
        f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {name[:40]:<40}",
        end=end,
        file=sys.stderr,
        flush=True,
    )
