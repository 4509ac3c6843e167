"""A draft of the five lines that say who has to do what by when. Only words of the paper; a person edits it."""

import re
from collections.abc import Sequence

from thongsuot.formats.reading.model import Metadata, SummaryLine, Task

MOST_LINES = 5
LONGEST = 160  # characters of one line's "what"; a phone shows about three rows of it
_CLAUSE_END = re.compile(r"[;:.](?=\s|$)|,(?=\s)")


def summary_of(metadata: Metadata, tasks: Sequence[Task]) -> tuple[SummaryLine, ...]:
    """What the paper is about, then the tasks people ask for first, in the order of the paper."""
    lines = []
    subject = metadata.subject
    if subject is not None and subject.span is not None:
        what, shortened = _shortened(subject.value)
        lines.append(SummaryLine("subject", "", what, "", shortened, subject.span))
    chosen = _chosen(tasks, MOST_LINES - len(lines))
    return (*lines, *map(_line, chosen))


def _chosen(tasks: Sequence[Task], number: int) -> list[Task]:
    """Tasks with a day before those without, each lead once before any comes twice, the surer first."""
    ranked = sorted(
        tasks, key=lambda task: (task.due is None, task.deadline is None, -task.confidence, task.span)
    )
    chosen: list[Task] = []
    leads: set[tuple[str, ...]] = set()
    for repeated in (False, True):
        for task in ranked:
            if len(chosen) < number and task not in chosen and (repeated or task.assignees not in leads):
                chosen.append(task)
                leads.add(task.assignees)
    return sorted(chosen, key=lambda task: task.span)


def _line(task: Task) -> SummaryLine:
    what, shortened = _shortened(task.action)
    when = task.deadline_text or ""
    return SummaryLine(
        "task", "; ".join(task.assignees), what, "" if when in what else when, shortened, task.span
    )


def _shortened(words: str) -> tuple[str, bool]:
    """The beginning of a sentence up to the last clause that fits, or up to a word where no clause is short enough."""
    words = " ".join(words.split()).rstrip(" .;")
    if len(words) <= LONGEST:
        return words, False
    ends = [match.start() for match in _CLAUSE_END.finditer(words, LONGEST // 3, LONGEST)]
    end = ends[-1] if ends else words.rfind(" ", 0, LONGEST)
    return words[: end if end > 0 else LONGEST].rstrip(" ,;:."), True
