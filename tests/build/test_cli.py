"""The command line: what works without Django, and what it says when it cannot go on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from thongsuot.config import processes, words

LETTER = "ĐẢNG ỦY PHƯỜNG 4\nSố 12-CT/ĐU\nCHỈ THỊ\nvề việc không xả rác xuống kênh rạch\n"
SHOW_WHAT_WAS_LOADED = """
import sys
from thongsuot.config.cli import main
code = main({arguments!r})
print("django" in sys.modules, file=sys.stderr)
sys.exit(code)
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("THONGSUOT_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean | {"PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_help_names_every_verb_without_a_database() -> None:
    done = run("-m", "thongsuot.config.cli", "--help", DATABASE_URL="nonsense://")
    assert done.returncode == 0, done.stderr
    for verb in ("demo", "found", "serve", "worker", "migrate", "check", "read", "manage"):
        assert verb in done.stdout


def test_reading_a_file_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    file = tmp_path / "chi-thi.txt"
    file.write_text(LETTER, "utf-8")
    program = SHOW_WHAT_WAS_LOADED.format(arguments=["read", "--json", str(file)])
    done = run("-c", program, DATABASE_URL="nonsense://")
    assert done.returncode == 0, done.stderr
    assert "12-CT/ĐU" in done.stdout
    assert done.stderr.strip().endswith("False")


def test_a_missing_key_stops_the_start_in_words(tmp_path: Path) -> None:
    done = run("-m", "thongsuot.config.cli", "manage", "check", THONGSUOT_HOME=str(tmp_path))
    assert done.returncode != 0
    assert "set THONGSUOT_SECRET_KEY" in done.stderr


def test_a_port_in_use_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments = ("demo", "--port", str(port), "--home", str(tmp_path / "home"))
        done = run("-m", "thongsuot.config.cli", *arguments, LC_ALL="en_US.UTF-8")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {port} is used by another program; choose another, for example --port {port + 1}."
    )
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("vi_VN.UTF-8", "Xong."), ("en_GB.UTF-8", "Done."), ("C.UTF-8", "Xong.\nDone.")],
)
def test_the_terminal_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, language: str, expected: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    assert words.in_words("Xong.", "Done.") == expected


def test_a_child_that_ends_by_itself_is_noticed() -> None:
    child = processes.start("Tiến trình", "The child", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(processes.Refused, match=r"The child stopped unexpectedly \(code 3\)"):
        processes.watch([child])


def test_stopping_ends_all_children() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    children = [processes.start("Một", "One", command), processes.start("Hai", "Two", command)]
    assert [child.process.poll() for child in children] == [None, None]
    processes.stop(children)
    assert all(child.process.poll() is not None for child in children)


SUPERVISOR = """
import sys
from thongsuot.config import processes
processes.take_requests_to_stop()
command = [sys.executable, "-c", "import time; time.sleep(600)"]
children = []
try:
    children.append(processes.start("Một", "One", command))
    children.append(processes.start("Hai", "Two", command))
    print(*(child.process.pid for child in children), flush=True)
    processes.watch(children)
except processes.Asked:
    print("asked", flush=True)
finally:
    processes.stop(children)
    print("stopped", *(child.process.poll() is not None for child in children), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
def test_ctrl_c_stops_the_children_even_when_pressed_twice() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout
        assert len(supervisor.stdout.readline().split()) == 2
        supervisor.send_signal(signal.SIGINT)
        assert supervisor.stdout.readline() == "asked\n"
        supervisor.send_signal(signal.SIGINT)
        assert supervisor.stdout.readline() == "stopped True True\n"
    assert supervisor.returncode == 0
