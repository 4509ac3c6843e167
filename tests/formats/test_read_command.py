"""The command that reads files without a database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading.cli import main


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    plan, resolution = tmp_path / "ke-hoach.txt", tmp_path / "nghi-quyet.txt"
    plan.write_text(STATE_PLAN, encoding="utf-8")
    resolution.write_text(PARTY_RESOLUTION, encoding="utf-8")
    return [str(plan), str(resolution)]


def test_json_of_one_file_goes_to_standard_output(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([files[0], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["metadata"]["number"] == "15/KH-UBND"


def test_several_files_go_to_a_folder_with_a_progress_bar(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files, "--out", str(tmp_path / "out")]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["ke-hoach.json", "nghi-quyet.json"]
    assert "2/2" in capsys.readouterr().err


def test_a_summary_names_number_units_and_deadlines(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([files[1]]) == 0
    shown = capsys.readouterr().out
    assert "09-NQ/ĐU" in shown
    assert "Ban Xây dựng Đảng" in shown


def test_an_unreadable_file_is_named_and_the_others_are_read(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "trong.txt"
    empty.write_bytes(b"")
    assert main([str(empty), str(tmp_path / "missing.txt"), files[0], "--out", str(tmp_path / "out")]) == 1
    errors = capsys.readouterr().err
    assert "[empty]" in errors
    assert "missing.txt" in errors
    assert (tmp_path / "out" / "ke-hoach.json").exists()


def test_files_of_one_name_and_two_endings_are_both_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATE_PLAN, encoding="utf-8")
    (tmp_path / "a.htm").write_text(f"<html><body><pre>{STATE_PLAN}</pre></body></html>", encoding="utf-8")
    assert main([str(tmp_path / "a.txt"), str(tmp_path / "a.htm"), "--out", str(tmp_path / "out")]) == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"a.txt.json", "a.htm.json"}


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STATE_PLAN, encoding="utf-8")
    command = f'"{sys.executable}" -m thongsuot.formats.reading "{file}" --json | true'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
