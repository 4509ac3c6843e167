"""The processes of an installation: the web server and the worker, started and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

SECONDS_TO_STOP = 10
SECONDS_TO_START = 60


class Refused(Exception):
    """Something the person can mend, said in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


class Asked(Exception):
    """Somebody asked the program to stop."""


@dataclass(frozen=True)
class Child:
    """A process we started, and what it is called."""

    vi: str
    en: str
    process: subprocess.Popen[bytes]


def web_command(host: str, port: int) -> list[str]:
    """The server: one worker process; each of its threads keeps one database connection."""
    return [
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--workers",
            "1",
            "--blocking-threads",
            "3",
        ),
        *("--host", host, "--port", str(port), "--log-level", "warning", "thongsuot.config.wsgi:application"),
    ]


def worker_command() -> list[str]:
    """The worker that runs queued and timed jobs."""
    return [sys.executable, "-m", "thongsuot.config.cli", "worker"]


def require_free_port(host: str, port: int) -> None:
    """Refuse, in words, a port that another program has."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Refused(
                f"Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác, ví dụ --port {port + 1}.",
                f"Port {port} is used by another program; choose another, for example --port {port + 1}.",
            ) from problem


def run_in_place(command: Sequence[str]) -> int:
    """Become the command, where the system can; else run it to its end."""
    if os.name == "posix":
        os.execv(command[0], list(command))  # noqa: S606 - our own interpreter, no shell
    return subprocess.run(command, check=False).returncode  # noqa: S603 - the same


def start(vi: str, en: str, command: Sequence[str]) -> Child:
    """Start a child in a session of its own: Ctrl+C reaches us, and we stop the children in order."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    return Child(vi, en, process)


def wait_until_answering(host: str, port: int, child: Child) -> None:
    """Return when the port accepts a connection; refuse when the child ends first or never answers."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        refuse_if_ended(child)
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Refused(f"{child.vi} không trả lời.", f"{child.en} does not answer.")


def refuse_if_ended(child: Child) -> None:
    """Refuse to go on without a child that has ended."""
    code = child.process.poll()
    if code is not None:
        raise Refused(
            f"{child.vi} đã dừng đột ngột (mã {code}).", f"{child.en} stopped unexpectedly (code {code})."
        )


def watch(children: Sequence[Child]) -> None:
    """Stay until somebody asks to stop; refuse when a child ends by itself."""
    while True:
        for child in children:
            refuse_if_ended(child)
        time.sleep(0.5)


def stop(children: Sequence[Child]) -> None:
    """Ask the children to stop, last started first; force those that do not."""
    for child in reversed(children):
        if child.process.poll() is None:
            child.process.terminate()
    end = time.monotonic() + SECONDS_TO_STOP
    for child in reversed(children):
        try:
            child.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            _force(child.process)
            child.process.wait()


def _force(process: subprocess.Popen[bytes]) -> None:
    # The worker has processes of its own in the same session; none of them may stay behind.
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def take_requests_to_stop() -> None:
    """Turn the first Ctrl+C, request to stop or closed terminal into :class:`Asked`.

    The second one changes nothing: the children are being stopped, and that ends by itself.
    """
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def asked(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Asked

    for number in numbers:
        signal.signal(number, asked)
