"""The demonstration as somebody starts it: seconds to the first page, memory after a walk, bytes on a phone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from .browsing import Answer, Browser, fonts_of, parts_of, read
from .table import Line, show

HOST = "127.0.0.1"
PASSWORD = "vamco-minh-hoa"  # noqa: S105  # printed by the demonstration itself
MOST_SECONDS, MOST_MEGABYTES, MOST_KILOBYTES = 20, 500, 150
PAGES_WALKED = 32
# Who walks, and from which pages links are followed.
WALKERS = {
    "bithu": ("/dieu-hanh/", "/van-ban/", "/nhiem-vu/", "/pho-bien/"),
    "vanthu.cauvan": ("/van-ban/den/", "/van-ban/", "/viec-cua-toi/"),
    "kiemtra": ("/kiem-tra/", "/tim-kiem/?q=giu+sach"),
    "dangvien11.cauvan": ("/viec-cua-toi/", "/pho-bien/"),
}
_ONE_OF_MANY = re.compile(r"^/[a-z/-]+/\d+/$")
_READING = re.compile(r"/pho-bien/doc/\d+/")


@dataclass(frozen=True)
class Demonstration:
    """A running one."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float
    processor: float

    def browser(self, name: str) -> Browser:
        browser = Browser(HOST, self.port)
        browser.sign_in(name, PASSWORD)
        return browser

    def memory(self) -> dict[str, float]:
        """Megabytes by process: what is shared between processes counts once."""
        parent = psutil.Process(self.process.pid)
        found: dict[str, float] = {}
        for process in (parent, *parent.children(recursive=True)):
            with process.oneshot():
                found[f"{process.pid}"] = process.memory_full_info().pss / 1e6
        return found


def run(*, demo: bool, weight: bool) -> None:
    """Start it once, measure, stop it."""
    with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as home, started(Path(home)) as running:
        if weight:
            lines = _weights(running)
        if demo:
            walked = _walk(running)
            memory = running.memory()
            total, seconds = sum(memory.values()), running.seconds
            show(
                "The demonstration (sqlite)",
                ("value", "limit"),
                [
                    Line(
                        "seconds from nothing to the sign-in page",
                        (f"{seconds:.1f}", f"{MOST_SECONDS}"),
                        seconds <= MOST_SECONDS,
                    ),
                    Line("processor seconds until then", (f"{running.processor:.1f}", "")),
                    Line(
                        f"MB (PSS) of {len(memory)} processes after {walked} pages",
                        (f"{total:.0f}", f"{MOST_MEGABYTES}"),
                        total <= MOST_MEGABYTES,
                    ),
                ],
            )
        if weight:
            show("On a phone, nothing cached (kB over the wire, headers too)", HEADS_OF_WEIGHT, lines)


@contextmanager
def started(home: Path) -> Iterator[Demonstration]:
    """``thongsuot demo`` in an empty home on a free port; stopped by Ctrl+C's signal at the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    ours = ("THONGSUOT_", "DJANGO_", "DATABASE_URL")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-m", "thongsuot.config.cli", "demo"]
    with open(home / "said.txt", "wb") as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--home", str(home / "data"), "--port", str(port)],
            env=clean,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port, home / "said.txt")
            seconds = time.perf_counter() - begin
            yield Demonstration(process, port, seconds, _processor_seconds(process.pid))
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _processor_seconds(pid: int) -> float:
    """What it took of the processor: the same on a busy machine."""
    parent = psutil.Process(pid)
    times = [process.cpu_times() for process in (parent, *parent.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def _wait(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    """Until the first page answers 200."""
    while process.poll() is None:
        try:
            if Browser(HOST, port).follow("/").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    message = f"The demonstration ended:\n{said.read_text()}"
    raise RuntimeError(message)


def _walk(running: Demonstration) -> int:
    """Look at some thirty pages as four people: lists, and the first things they lead to."""
    walked = 0
    for name, doors in WALKERS.items():
        browser = running.browser(name)
        most, seen = walked + PAGES_WALKED // len(WALKERS), dict.fromkeys(doors)
        waiting = list(doors)
        while waiting and walked < most:
            page = browser.follow(waiting.pop(0))
            walked += page.status == 200
            found = [link for link in read(page).links if _ONE_OF_MANY.match(link) and link not in seen]
            seen |= dict.fromkeys(found[:2])
            waiting += found[:2]
    return walked


HEADS_OF_WEIGHT = ("html", "css", "js", "others", "value", "limit", "fonts apart")


def _weights(running: Demonstration) -> list[Line]:
    browser = running.browser("dangvien11.cauvan")
    work = browser.follow("/viec-cua-toi/")
    reading = next((path for path in read(work).links if _READING.search(path)), None)
    if reading is None:
        # Read everything already: any document of theirs has the same page.
        reading = next(path for path in read(browser.follow("/pho-bien/")).links if _READING.search(path))
    return [
        _weight(browser, "home:my_work", work),
        _weight(browser, "dissemination:read", browser.follow(reading)),
    ]


def _weight(browser: Browser, name: str, page: Answer) -> Line:
    sums = {"css": 0, "js": 0, "others": 0}
    fonts: dict[str, None] = {}
    for path in parts_of(page):
        if path.endswith(".woff2"):
            fonts[path] = None
            continue
        part = browser.ask(path)
        kind = path.rpartition(".")[2]
        sums[kind if kind in sums else "others"] += part.weight
        if kind == "css":
            fonts |= dict.fromkeys(fonts_of(part))
    total = page.weight + sum(sums.values())
    apart = sum(browser.ask(path).weight for path in fonts)
    figures = (page.weight, *sums.values(), total)
    return Line(
        f"{name} ({page.path})",
        (*(f"{size / 1000:.1f}" for size in figures), f"{MOST_KILOBYTES}", f"{apart / 1000:.1f}"),
        page.status == 200 and total <= MOST_KILOBYTES * 1000,
    )
