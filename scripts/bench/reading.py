"""The reader: processor time and memory of papers from one page to a thousand, each read in a fresh process.

Reading is taking the text out of the file and understanding it; what it costs is measured against taking out alone.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

from . import sheets
from .table import Line, show

PAGES = (1, 10, 100, 1_000)
LIMITS = {("pdf", 100): 5.0, ("docx", 20): 1.0}  # seconds, for taking out and understanding
MOST_MEGABYTES, MOST_RATIO, MOST_GROWTH = 300, 3.0, 12.0
# The dense page has twice the tasks of the labelled real papers (docs/performance.md): more is understood in it than
# in any paper that was seen, so it may cost a little more than the ratio that holds for papers.
MOST_RATIO_DENSE = 3.5
MAKERS = {"pdf": sheets.pdf, "docx": sheets.word}


@dataclass(frozen=True)
class Read:
    """Processor seconds and megabytes of one reading; ``tasks`` shows that it was read."""

    extraction: float
    understanding: float
    megabytes: float
    tasks: int

    @property
    def seconds(self) -> float:
        return self.extraction + self.understanding


def run() -> None:
    """Measure and print."""
    found = {
        (kind, pages): measured(kind, MAKERS[kind](pages))
        for kind in MAKERS
        for pages in sorted({*PAGES, *(n for k, n in LIMITS if k == kind)})
    }
    show("The reader (processor seconds)", ("taken out", "understood", "a page", "MB", "tasks", "limit"), [
        _line(kind, pages, read) for (kind, pages), read in found.items()
    ])  # fmt: skip
    sparse = measured("docx", sheets.word(100, dense=False))
    show("The reader: ratios", ("value", "limit"), [
        *_ratios(found),
        _ratio("docx, every second part without tasks", sparse, MOST_RATIO),
    ])  # fmt: skip


def _line(kind: str, pages: int, read: Read) -> Line:
    limit = LIMITS.get((kind, pages))
    cells = (
        f"{read.extraction:.2f}",
        f"{read.understanding:.2f}",
        f"{read.seconds / pages * 1000:.0f} ms",
        f"{read.megabytes:.0f}",
        f"{read.tasks}",
        f"{limit:.0f} s, {MOST_MEGABYTES} MB" if limit else f"{MOST_MEGABYTES} MB",
    )
    ok = read.megabytes <= MOST_MEGABYTES and (limit is None or read.seconds <= limit)
    return Line(f"{kind}, {pages} pages", cells, ok)


def _ratios(found: dict[tuple[str, int], Read]) -> list[Line]:
    lines = []
    for kind in MAKERS:
        small, large = found[kind, 100], found[kind, 1_000]
        growth = large.seconds / small.seconds
        lines += [
            _ratio(f"{kind}, dense", small, MOST_RATIO_DENSE),
            Line(
                f"{kind}: 1,000 pages to 100", (f"{growth:.1f}", f"{MOST_GROWTH:.0f}"), growth <= MOST_GROWTH
            ),
        ]
    return lines


def _ratio(paper: str, read: Read, limit: float) -> Line:
    ratio = read.seconds / read.extraction
    title = f"{paper}: reading to taking out alone, 100 pages"
    return Line(title, (f"{ratio:.1f}", f"{limit:g}"), ratio <= limit)


def measured(kind: str, data: bytes) -> Read:
    """One reading in a process of its own, the file handed to it by a pipe."""
    answer = subprocess.run(
        [sys.executable, "-m", "scripts.bench.reading", kind], input=data, capture_output=True, check=True
    )
    return Read(**json.loads(answer.stdout))


def once(kind: str, data: bytes) -> Read:
    """What this process, and those it starts, spend on one paper; loading the program is not counted."""
    from thongsuot.formats.reading import extract, understand

    # Patterns are compiled and the calendar of holidays is loaded at their first use.
    page = [*(words for _x, words in sheets.HEAD), *sheets.lines_of(1)]
    understand(extract("\n".join(page).encode(), "a.txt"))
    begin = _spent()
    extracted = extract(data, f"a.{kind}")
    extraction = _spent() - begin
    begin = time.process_time()
    reading = understand(extracted)
    understanding = time.process_time() - begin
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Read(extraction, understanding, max(peaks) / 1024, len(reading.tasks))


def _spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[1], sys.stdin.buffer.read()).__dict__))
