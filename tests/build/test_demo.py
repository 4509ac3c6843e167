"""``thongsuot demo`` from nothing to a page, and once more without losing anything."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration(home: Path) -> Iterator[tuple[str, str]]:
    """A running demonstration: its address, and what it said until then; it must stop in peace."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("THONGSUOT_", "DJANGO_"))
    }
    clean.pop("DATABASE_URL", None)
    command = [
        sys.executable,
        "-m",
        "thongsuot.config.cli",
        "demo",
        "--home",
        str(home),
        "--port",
        str(free_port()),
    ]
    with subprocess.Popen(
        command,
        env=clean | {"LC_ALL": "en_US.UTF-8", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as program:
        assert program.stdout
        said = ""
        try:
            for line in program.stdout:
                said += line
                if opened := re.search(r"Open (http://\S+)", line):
                    yield opened[1], said
                    break
            else:
                pytest.fail(f"it ended before it said where to look:\n{said}")
        finally:
            program.send_signal(signal.SIGTERM)
            program.communicate(timeout=60)
    assert program.returncode == 0


def test_a_demonstration_starts_from_nothing_and_keeps_what_it_has(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with demonstration(home) as (address, said):
        assert "Sign in as" in said
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Security-Policy"]
            assert "<html" in answer.read().decode()
    key = (home / "secret-key").read_text()
    assert (home / "secret-key").stat().st_mode & 0o777 == 0o600
    with demonstration(home) as (address, said):
        assert "Static files are ready" not in said
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
    assert (home / "secret-key").read_text() == key
