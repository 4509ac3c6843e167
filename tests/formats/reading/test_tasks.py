"""The grammar of obligations on invented papers: `tasks/*.txt` say what is written and what must be read in it.

A case is a title after #, the lines of a section, and after => what is expected: assignees | coordinators | action,
with several units parted by semicolons, `||` between readings that are both right, … for words left out and
@ before a deadline that is read with it. "none" means that nothing may be taken for a task.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.formats.samples import STATE_PLAN
from thongsuot.formats.reading import Extracted, Task, understand

FOLDER = Path(__file__).parent / "tasks"


@dataclass(frozen=True)
class Case:
    name: str
    lines: tuple[str, ...]
    expected: tuple[str, ...]


def cases() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, *lines = block.strip("\n").split("\n")
            written = tuple(line for line in lines if not line.startswith("=> "))
            expected = tuple(line[3:] for line in lines if line.startswith("=> "))
            found.append(Case(f"{path.stem}: {title}", written, expected))
    return found


def plan_with(*lines: str) -> str:
    """A plan whose body is these lines."""
    head, rest = STATE_PLAN.split("I. MỤC ĐÍCH", 1)
    closing = rest.split("Trên đây là", 1)[1]
    return f"{head}{chr(10).join(lines)}\nTrên đây là{closing}"


def tasks_in(*lines: str) -> tuple[Task, ...]:
    """The tasks of a plan whose body is these lines."""
    return understand(Extracted(text=plan_with(*lines), pages=(), media_type="text/plain")).tasks


def reads(task: Task, expected: str) -> bool:
    lead, helpers, action = (part.strip() for part in expected.replace("||", "¦").split("|"))
    action, _, deadline = action.partition(" @")
    said = task.deadline.value if task.deadline else ""
    return (
        "; ".join(task.assignees) in [words.strip() for words in lead.split("¦")]
        and "; ".join(task.coordinators) in [words.strip() for words in helpers.split("¦")]
        and _says(task.action, action)
        and (not deadline or said == deadline)
    )


def _says(action: str, expected: str) -> bool:
    beginning, _, end = expected.partition("…")
    whole = "…" not in expected
    return (
        action == expected if whole else action.startswith(beginning.strip()) and action.endswith(end.strip())
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_an_invented_section_gives_its_tasks(case: Case) -> None:
    tasks = tasks_in(*case.lines)
    expected = [words for words in case.expected if words != "none"]
    told = [(task.assignees, task.coordinators, task.action) for task in tasks]
    assert len(tasks) == len(expected), told
    for task, words in zip(tasks, expected, strict=True):
        assert reads(task, words), (words, told)
