"""Jobs for the tests of the queue. Each leaves a line in a file, so that every run can be counted."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def note(file: str, line: str) -> None:
    """Add one line."""
    with Path(file).open("a") as stream:
        stream.write(line + "\n")


def die_the_first_time(file: str) -> None:
    """The first worker is killed in the middle of it, as by a power cut; the next one does the work."""
    begun = Path(file + ".begun")
    if not begun.exists():
        begun.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    note(file, "done")


def always_die(file: str) -> None:
    """Kills every worker that begins it."""
    note(file, "begun")
    os.kill(os.getpid(), signal.SIGKILL)


def always_fail(file: str) -> None:
    """Never works."""
    note(file, "tried")
    message = "The disk is full."
    raise OSError(message)


def never_end(file: str) -> None:
    """Waits for something that does not come."""
    note(file, "begun")
    while True:
        signal.pause()
