"""A throwaway PostgreSQL is there for the command and gone afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "with_pg"
ASK = """
import json, os, sys, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    version = connection.execute("SELECT version()").fetchone()[0]
folder = os.environ["PGHOST"]
pid = int(open(folder + "/data/postmaster.pid").readline())
print(json.dumps({"version": version, "folder": folder, "pid": pid, "url": os.environ["DATABASE_URL"]}))
sys.exit(7)
"""


def with_pg(*command: str, source: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"THONGSUOT_PG": source}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *command], env=environment, capture_output=True, text=True, check=False
    )


def is_running(pid: int) -> bool:
    try:
        # In a container nobody may collect an orphan that has ended: it stays listed, but it is not running.
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("source", ["system", "embedded"])
def test_the_server_answers_the_command_and_is_gone_afterwards(source: str) -> None:
    done = with_pg(sys.executable, "-c", ASK, source=source)
    if done.returncode == 69:
        pytest.skip(f"no {source} PostgreSQL on this machine")
    assert done.returncode == 7, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["version"].startswith("PostgreSQL")
    assert answer["url"] == f"postgresql://postgres@/postgres?host={answer['folder']}"
    assert not is_running(answer["pid"])
    assert not Path(answer["folder"]).exists()


def test_an_unknown_source_is_refused_in_words() -> None:
    done = with_pg("true", source="oracle")
    assert done.returncode == 1
    assert "may be 'system' or 'embedded'" in done.stderr
