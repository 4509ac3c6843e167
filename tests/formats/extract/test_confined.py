"""The process that takes pages apart: what it may not do, and what happens to the caller when it dies."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.formats.extract.paper import Sheet, lines, pdf
from thongsuot.formats.reading import ReadingError, extract
from thongsuot.formats.reading.extract import confined

PAPER = pdf(*[Sheet(lines(["Một câu ngắn của văn bản."]))] * 3)


def start_with(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Another program in the place of the reader."""
    monkeypatch.setattr(confined, "_START", program)


def code_of(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, "a.pdf")
    return caught.value.code


@pytest.mark.parametrize(
    ("death", "code"),
    [
        ("os.kill(os.getpid(), 11)", "broken"),  # a fault in a library
        ("os.kill(os.getpid(), 6)", "too_large"),  # a library out of memory gives up like this
        ("os.kill(os.getpid(), 9)", "too_large"),  # and so does the system with it
        ("sys.exit(3)", "broken"),
        ("print('no json')", "broken"),
    ],
)
def test_its_death_is_a_refusal_and_nothing_worse(
    monkeypatch: pytest.MonkeyPatch, death: str, code: str
) -> None:
    start_with(
        monkeypatch, f"import os, sys, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); {death}"
    )
    assert code_of(PAPER) == code


def test_a_page_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    start_with(monkeypatch, "import subprocess; subprocess.run(['sleep', '60'])")
    begin = time.monotonic()
    with pytest.raises(ReadingError) as caught:
        confined.ask("pdf", PAPER, lambda done, pages: None, patience=0.5)
    assert caught.value.code == "too_large"
    assert time.monotonic() - begin < 20


def test_what_progress_raises_ends_the_work() -> None:
    class Stop(Exception):
        pass

    def stop(done: int, pages: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        extract(PAPER, "a.pdf", progress=stop)


def test_it_can_write_no_file(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv[1:] = [];"
        "from thongsuot.formats.reading.extract.child import _bound; _bound();"
        f"open({str(tmp_path / 'kept')!r}, 'wb', buffering=0).write(b'x')"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, check=False)
    assert b"File too large" in ended.stderr
    assert (tmp_path / "kept").stat().st_size == 0


OPENED: list[tuple[str, Any]] = []
LISTENING = threading.Event()


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if LISTENING.is_set() and event in ("open", "socket.connect", "subprocess.Popen"):
        OPENED.append((event, arguments))


sys.addaudithook(_listen)


def test_the_caller_hands_on_no_path_writes_nothing_and_asks_nobody() -> None:
    extract(PAPER, "a.pdf")  # modules are loaded now
    OPENED.clear()
    LISTENING.set()
    try:
        extract(PAPER, "vi-du.pdf")
    finally:
        LISTENING.clear()
    written = [
        a
        for event, a in OPENED
        if event == "open" and isinstance(a[0], str) and a[1] not in ("r", "rb", None)
    ]
    assert written == []
    assert [event for event, _ in OPENED if event == "socket.connect"] == []
    started = [a for event, a in OPENED if event == "subprocess.Popen"]
    assert len(started) == 1
    assert not any("vi-du" in str(part) for part in started[0][1])


def test_the_hook_hears_what_it_listens_for(tmp_path: Path) -> None:
    OPENED.clear()
    LISTENING.set()
    try:
        (tmp_path / "a").write_bytes(b"x")
        with socket.socket() as probe, pytest.raises(OSError, match="refused"):
            probe.connect(("127.0.0.1", 9))
    finally:
        LISTENING.clear()
    assert {"open", "socket.connect"} <= {event for event, _ in OPENED}


def test_it_knows_no_secret_of_the_service_and_leaves_no_image_of_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("THONGSUOT_SECRET_KEY", "khoa-bi-mat")
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@c/d")
    monkeypatch.setenv("TESSDATA_PREFIX", "/opt/tessdata")
    start_with(
        monkeypatch,
        "import json, os, resource; from thongsuot.formats.reading.extract.child import _bound; _bound();"
        "print(json.dumps({'known': dict(os.environ), 'core': resource.getrlimit(resource.RLIMIT_CORE)}))",
    )
    said = confined.ask("pdf", PAPER, lambda done, pages: None, patience=60)
    allowed = {*confined._HANDED_ON, "PYTHONPATH", "OMP_THREAD_LIMIT"}
    assert set(said["known"]) <= allowed
    assert said["known"]["TESSDATA_PREFIX"] == "/opt/tessdata"
    assert said["core"] == [0, 0]
