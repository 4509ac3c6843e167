"""The command that reads files without a database."""

import json
import os
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Papers in a folder and below it, among them one that is none, one marked and one that is no document."""
    below = tmp_path / "papers" / "2026"
    below.mkdir(parents=True)
    (tmp_path / "papers" / "ke-hoach.txt").write_text(STATE_PLAN, encoding="utf-8")
    (below / "ke-hoach.txt").write_text(PARTY_RESOLUTION, encoding="utf-8")
    (below / "ke-hoach.HTM").write_text(
        f"<html><body><pre>{STATE_PLAN}</pre></body></html>", encoding="utf-8"
    )
    (below / "bang.xlsx").write_bytes(b"PK")
    (below / "hong.pdf").write_bytes(b"%PDF-1.7 broken")
    (below / "mat.txt").write_text(f"TUYỆT MẬT\n{PARTY_RESOLUTION}\nkho thóc Gò Dưa", encoding="utf-8")
    return tmp_path / "papers"


def test_of_a_folder_every_document_is_read_and_errors_stop_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main([str(folder), "--out", str(out)]) == 3
    written = {str(file.relative_to(out)) for file in out.rglob("*.json")}
    assert written == {"ke-hoach.json", "2026/ke-hoach.txt.json", "2026/ke-hoach.HTM.json"}
    errors = capsys.readouterr().err
    assert "hong.pdf: The file is damaged. [broken]" in errors
    assert "bang.xlsx" not in errors
    assert "5/5" in errors


def test_of_a_marked_paper_nothing_is_given_out_unless_it_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = str(folder / "2026" / "mat.txt")
    assert main([marked, "--json"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "State secrecy" in said.err
    assert "Gò Dưa" not in said.err
    assert main([marked, "--json", "--even-secret"]) == 0
    assert json.loads(capsys.readouterr().out)["metadata"]["secrecy"] == "tuyet_mat"


def test_several_processes_give_the_same_answers_in_the_same_order(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder)]) == 3
    alone = capsys.readouterr()
    assert main([str(folder), "--jobs", "2"]) == 3
    together = capsys.readouterr()
    assert together.out == alone.out
    assert sorted(together.err.splitlines()) == sorted(alone.err.splitlines())


def test_files_of_one_name_from_two_folders_are_both_kept(folder: Path, tmp_path: Path) -> None:
    first, second = folder / "ke-hoach.txt", folder / "2026" / "ke-hoach.txt"
    out = tmp_path / "out"
    assert main([str(first), str(second), str(first), "--out", str(out)]) == 0
    assert {file.name for file in out.iterdir()} == {"ke-hoach.txt.json", "ke-hoach.txt-2.json"}


def test_a_surprise_in_one_file_is_told_without_its_words(
    files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def surprise(*_given: object) -> None:
        raise ZeroDivisionError("kho thóc Gò Dưa")

    monkeypatch.setattr("thongsuot.formats.reading.cli.understand", surprise)
    assert main([files[0]]) == 1
    assert capsys.readouterr().err == f"{files[0]}: ZeroDivisionError [failed]\n"


@pytest.mark.parametrize("wrong", [["--jobs", "0"], ["--jobs", "x"], []])
def test_wrong_use_ends_with_two(files: list[str], wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([files[0], *wrong] if wrong else [])
    assert ended.value.code == 2


def test_an_empty_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "no document" in capsys.readouterr().err


def test_links_in_a_folder_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (tmp_path / "elsewhere.txt").write_text("Một văn bản ở nơi khác.", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert main([str(folder)]) == 1
    assert "There is no document" in capsys.readouterr().err


def test_a_result_never_goes_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATE_PLAN, encoding="utf-8")
    victim, out = tmp_path / "victim", tmp_path / "out"
    victim.write_text("kept", encoding="utf-8")
    out.mkdir()
    (out / "a.json").symlink_to(victim)
    assert main([str(tmp_path / "a.txt"), "--out", str(out)]) == 0
    assert victim.read_text(encoding="utf-8") == "kept"
    assert not (out / "a.json").is_symlink()


def test_a_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert main([str(tmp_path / "pipe.txt")]) == 1
    assert "[wrong_type]" in capsys.readouterr().err


def test_a_name_cannot_write_on_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\x1b[31m.txt"
    path.write_bytes(b"")
    assert main([str(path)]) == 1
    assert "\x1b" not in capsys.readouterr().err
