"""Pages are taken apart in a process of their own, with bounds on time, memory and files.

PDFium, the picture decoders and Tesseract are programs in C that a hostile file can send round in circles for hours
or bring down. Such a file ends the process made for it, not the one that serves people. The bytes go there and the
text comes back through pipes; the system lets the process write no file at all.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from thongsuot.formats.reading.errors import ERRORS, Broken, TooLarge
from thongsuot.formats.reading.extract.raw import Progress, Raw
from thongsuot.formats.reading.model import Notice

PAGE_SECONDS = 90.0  # from one page to the next; a recognised page takes about three
ALL_SECONDS = 1_800.0
OUT_OF_TIME = "time"
LOOK = 0.2  # seconds between two looks at the clock
# Where programs and their libraries are, in which language they speak, where Tesseract keeps its own.
_HANDED_ON = (
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "PYTHONHOME"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT"),
)
_ERRORS = {error.code: error for error in ERRORS}
# Loads the readers of pages and nothing else of this package: the grammar would take longer than a short paper.
_START = """
import sys, types
for name, path in (("thongsuot.formats.reading", sys.argv[1]), ("thongsuot.formats.reading.extract", sys.argv[2])):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
from thongsuot.formats.reading.extract.child import main
main(*sys.argv[3:])
"""


def read_confined(reader: str, data: bytes, progress: Progress) -> Raw:
    """What ``reader`` ("pdf" or "picture") makes of the file, or its refusal; ``progress`` is told of every page."""
    said = ask(reader, data, progress, PAGE_SECONDS)
    return Raw(said["text"], [Notice(*notice) for notice in said["warnings"]], said["apart"])


def ask(
    reader: str,
    data: bytes,
    progress: Progress,
    patience: float,
    *words: int,
    each: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """The answer of a reader as plain data. ``patience``: the seconds it may be silent.

    ``words`` are said to a reader that asks for them; ``each`` is given every part of the answer at once.
    """
    here = Path(__file__).parent
    process = subprocess.Popen(  # noqa: S603  # this very Python, with words of our own
        [sys.executable, "-B", "-c", _START, str(here.parent), str(here), reader, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,  # so that a recogniser it has started ends with it
    )
    with _watched(process, patience) as watch:
        threading.Thread(target=_feed, args=(process, data), daemon=True).start()
        for said in _messages(process):
            if "done" in said:
                watch.at_work()
                progress(*said["done"])
            elif "part" in said:
                watch.at_work()
                if each is not None:
                    each(said["part"])
                    watch.at_work()  # what was done with it is no silence of the process
            else:
                return _accepted(said)
    if watch.ended_it:
        raise TooLarge(OUT_OF_TIME)
    raise _death(process.returncode)


def _environment() -> dict[str, str]:
    """What Python and Tesseract need to start. Keys and passwords of the service are none of a stranger's file."""
    kept = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    return kept | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "OMP_THREAD_LIMIT": "1",
    }


class _Watch:
    """Ends a process that is silent for too long, or takes too long in all."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float) -> None:
        self.process, self.patience = process, patience
        self.latest = time.monotonic() + ALL_SECONDS
        self.deadline = time.monotonic() + patience
        self.finished = threading.Event()
        self.ended_it = False

    def at_work(self) -> None:
        self.deadline = min(time.monotonic() + self.patience, self.latest)

    def __call__(self) -> None:
        while not self.finished.wait(LOOK):
            if time.monotonic() > self.deadline:
                self.ended_it = True
                _end(self.process)
                return


@contextlib.contextmanager
def _watched(process: subprocess.Popen[bytes], patience: float) -> Iterator[_Watch]:
    watch = _Watch(process, patience)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield watch
    finally:
        watch.finished.set()
        watcher.join()
        _end(process)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    if process.stdin:
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(data)
            process.stdin.close()


def _messages(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    for line in process.stdout or ():
        with contextlib.suppress(ValueError):
            yield json.loads(line)


def _accepted(said: dict[str, Any]) -> dict[str, Any]:
    if "refused" in said:
        code, detail = said["refused"]
        raise _ERRORS.get(code, Broken)(detail)
    return said


def _death(status: int) -> Broken | TooLarge:
    """Why a process ended without an answer: of memory and time it had enough for any paper."""
    if -status in (signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL):
        return TooLarge("memory or time")
    return Broken(f"status {status}")
