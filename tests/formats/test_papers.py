"""Whole invented papers of every kind, level and layout: how much of them the reader gets right.

The floors lie a little under what was measured, so that a change of the grammar that loses something is seen. The
papers were written and labelled without a look at the grammar; docs/reader.md has the figures.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.formats.scoring import (
    OVERLAP,
    Labels,
    Tally,
    alternatives,
    is_right,
    overlap,
    pairs,
    plain,
    words,
)
from thongsuot.formats.reading import Extracted, to_json, understand

PAPERS = Path(__file__).parent / "papers"


@cache
def read_papers() -> tuple[tuple[str, Labels, Labels], ...]:
    """Name, labels and reading of every paper."""
    found = []
    for path in sorted(PAPERS.glob("*.txt")):
        labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        found.append((path.stem, labels, to_json(understand(Extracted(text, (), "text/plain")))))
    return tuple(found)


def test_there_is_a_paper_of_many_kinds_and_levels() -> None:
    names = [name.split("-") for name, _labels, _said in read_papers()]
    assert len(names) >= 30
    assert len({kind for _number, kind, _level in names}) >= 12
    assert len({level for _number, _kind, level in names}) >= 5


@pytest.mark.parametrize(
    ("field", "floor"),
    [
        ("number", 0.98),
        ("date", 0.98),
        ("doc_type", 0.95),
        ("place", 0.98),
        ("issuing_body", 0.9),
        ("signer", 0.98),
        ("signer_title", 0.95),
        ("subject", 0.97),
    ],
)
def test_the_frame(field: str, floor: float) -> None:
    tally = Tally()
    for name, labels, said in read_papers():
        right = is_right(labels["metadata"].get(field), said["metadata"][field])
        tally.labelled += 1
        tally.right += right
        if not right:
            tally.wrong.append(f"{name}: {said['metadata'][field]}")
    assert tally.accuracy >= floor, tally.wrong


@cache
def matched_tasks() -> tuple[Tally, tuple[tuple[Labels, Labels], ...]]:
    tally, matched = Tally(), []
    for name, labels, said in read_papers():
        score = _task_score
        found = pairs(labels["tasks"], said["tasks"], score)
        taken = {id(task) for _label, task in found}
        extra = [t for t in said["tasks"] if id(t) not in taken and not _is_open(t, labels["ignore"])]
        tally.right += len(found)
        tally.labelled += len(labels["tasks"])
        tally.proposed += len(found) + len(extra)
        tally.wrong += [f"{name}: {task['action'][:60]}" for task in extra]
        matched += found
    return tally, tuple(matched)


def _task_score(label: Labels, task: Labels) -> float:
    value = overlap(words(label["action"]), words(task["action"]))
    return value if value >= OVERLAP else 0.0


def _is_open(task: Labels, ignored: list[Labels]) -> bool:
    """A proposal where reasonable readers differ is neither right nor wrong."""
    said = words(task["action"])
    return any(len(said & words(passage["text"])) >= 0.7 * len(said) for passage in ignored)


def test_the_tasks() -> None:
    tally, _matched = matched_tasks()
    assert tally.labelled >= 300
    assert tally.f1 >= 0.9, tally.wrong


def _same_units(label: list[str], said: list[str]) -> bool:
    wanted = [set(map(plain, alternatives(unit))) for unit in label]
    given = {plain(unit) for unit in said}
    return all(given & unit for unit in wanted if plain("-") not in unit) and len(given) <= len(wanted)


def test_who_leads() -> None:
    _tally, matched = matched_tasks()
    right = sum(_same_units(label["assignees"], task["assignees"]) for label, task in matched)
    assert right / len(matched) >= 0.85


def test_by_when() -> None:
    _tally, matched = matched_tasks()
    wrong = [
        f"{label['deadline']} {task['deadline']}"
        for label, task in matched
        if not _same_deadline(label["deadline"], task["deadline"])
    ]
    assert 1 - len(wrong) / len(matched) >= 0.85, wrong


def _same_deadline(label: Labels | None, said: Labels | None) -> bool:
    if label is None or said is None:
        return label is said
    if label["type"] == said["type"] == "event":
        return True
    return label["type"] == said["type"] and said["value"] in alternatives(label["value"])


def test_the_documents_cited() -> None:
    tally = Tally()
    for name, labels, said in read_papers():
        wanted = [set(map(plain, alternatives(r["number"] or r["title"]))) for r in labels["references"]]
        given = {plain(r["number"] or r["title"]): r for r in said["references"]}
        right = [key for key in given if any(key in one for one in wanted)]
        tally.right += len(right)
        tally.labelled += len(wanted)
        # A law by name that the labels leave out is no mistake.
        tally.proposed += sum(key in right or bool(r["number"]) for key, r in given.items())
        tally.wrong += [f"{name}: {key}" for key in given if key not in right]
    assert tally.f1 >= 0.95, tally.wrong


def test_the_targets() -> None:
    tally = Tally()
    for _name, labels, said in read_papers():
        tally.right += len(pairs(labels["targets"], said["targets"], _target_score))
        tally.labelled += len(labels["targets"])
        tally.proposed += len(said["targets"])
    assert tally.f1 >= 0.75


def _target_score(label: Labels, target: Labels) -> float:
    if plain(label["value"]) != plain(target["value"]):
        return 0.0
    return max(
        overlap(words(label[one]), words(target[other]))
        for one in ("indicator", "text")
        for other in ("indicator", "text")
    )


def test_confidence_keeps_its_word() -> None:
    """Of the tasks called so sure, about so many match a label."""
    bands: dict[int, list[bool]] = defaultdict(list)
    for task, right in _judged():
        bands[int(task["confidence"] * 10)].append(right)
    for band, rights in bands.items():
        if len(rights) >= 30:
            assert sum(rights) / len(rights) >= band / 10 - 0.1, (band, len(rights))


def _judged() -> Iterator[tuple[Labels, bool]]:
    for _name, labels, said in read_papers():
        taken = {id(task) for _label, task in pairs(labels["tasks"], said["tasks"], _task_score)}
        for task in said["tasks"]:
            if id(task) in taken or not _is_open(task, labels["ignore"]):
                yield task, id(task) in taken
