"""The labelled papers: what the reader makes of them, and which of its proposals are right.

A corpus is a folder of NNN.txt and NNN.json; the rules of what counts as right are those of the score.py that
stands in the folder above it.
"""

import importlib.util
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from thongsuot.formats.reading import Extracted, Reading, ReadingError, extract, to_json

ROOT = Path(__file__).resolve().parent.parent
SINGLE = (
    "issuing_body",
    "issuing_body_parent",
    "doc_type",
    "number",
    "place",
    "date",
    "subject",
    "signer",
    "signer_title",
    "sign_authority",
)
LISTS = ("recipients", "addressees")
Labels = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One proposal and whether it is right. `fit` is the confidence it came with."""

    kind: str
    rule: str
    fit: float
    right: bool


def folder_of(argv: list[str]) -> Path:
    """The corpus named first on the command line, else $THONGSUOT_CORPUS, else the one beside the checkout."""
    if argv and not argv[0].startswith("-"):
        return Path(argv.pop(0))
    return Path(os.environ.get("THONGSUOT_CORPUS", ROOT.parent / "shared" / "corpus" / "dev"))


def rules_of(folder: Path) -> ModuleType:
    """The score.py of a corpus as a module."""
    spec = importlib.util.spec_from_file_location("corpus_rules", folder.resolve().parent / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"There is no score.py above {folder}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(path: Path) -> Extracted:
    """Spans of the labels count in the text as it stands; a ReadingError where the reader refuses the paper."""
    extract(path.read_bytes(), path.name)
    return Extracted(text=path.read_text(encoding="utf-8"), pages=(), media_type="text/plain")


def papers_in(folder: Path) -> Iterator[tuple[Extracted, Labels]]:
    """Every labelled paper that the reader accepts."""
    for path in sorted(folder.glob("[0-9]*.txt")):
        labels: Labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if labels["annotation"] not in ("full", "metadata"):
            continue
        try:
            yield text_of(path), labels
        except ReadingError:
            continue


def verdicts(reading: Reading, labels: Labels, rules: ModuleType) -> Iterator[Verdict]:
    """What is right and what is not among the proposals; where the labels take no side, nothing."""
    said = to_json(reading)
    yield from _frame(reading, said["metadata"], labels["metadata"], rules)
    if labels.get("tasks") is not None:
        yield from _tasks(said["tasks"], labels, rules)
    if labels.get("references") is not None:
        yield from _references(said["references"], labels["references"], rules)
    if labels.get("targets") is not None:
        yield from _targets(said["targets"], labels["targets"], rules)


def _frame(reading: Reading, said: Labels, labels: Labels, rules: ModuleType) -> Iterator[Verdict]:
    for name in SINGLE:
        item = getattr(reading.metadata, name)
        if item is not None:
            right = rules.field_match(name, labels.get(name), said[name])[1]
            yield Verdict(name, item.rule, item.confidence, right)
    for name in LISTS:
        matched = {j for _i, j, _s in rules.list_match(labels.get(name) or [], said[name])}
        for j, item in enumerate(getattr(reading.metadata, name)):
            yield Verdict(name, item.rule, item.confidence, j in matched)


def _tasks(said: list[Labels], labels: Labels, rules: ModuleType) -> Iterator[Verdict]:
    """A task is right when a clerk would change nothing: the words, who leads, by when."""
    gold = labels["tasks"]
    matched = {j: gold[i] for i, j, _s in rules.match_tasks(gold, said)}
    for j, task in enumerate(said):
        if j in matched:
            right = (
                rules.names_match(matched[j]["assignees"], task["assignees"])[1]
                and rules.deadline_match(matched[j].get("deadline"), task["deadline"])[1]
            )
        elif rules.is_neutral(task, labels.get("ignore") or []):
            continue
        else:
            right = False
        yield Verdict("task", task["rule"], task["confidence"], right)


def _references(said: list[Labels], gold: list[Labels], rules: ModuleType) -> Iterator[Verdict]:
    matched = {j: gold[i] for i, j, _s in rules.match_refs(gold, said)}
    for j, reference in enumerate(said):
        if j not in matched and not reference["number"]:
            continue
        right = j in matched and rules.field_match("date", matched[j].get("date"), reference["date"])[1]
        yield Verdict("reference", reference["rule"], reference["confidence"], right)


def _targets(said: list[Labels], gold: list[Labels], rules: ModuleType) -> Iterator[Verdict]:
    pairs = [(rules.target_score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(said)]
    near = {j for score, _i, j in pairs if score > 0}
    matched = {j for _i, j, _s in rules.assign([pair for pair in pairs if pair[0] > 0])}
    for j, target in enumerate(said):
        if j in matched or j not in near:
            yield Verdict("target", target["rule"], target["confidence"], j in matched)
