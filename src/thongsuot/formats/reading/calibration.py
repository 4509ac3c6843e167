"""Confidence that keeps its word: of the items called 90 % sure, nine of ten are right.

Each grammar says which construction found an item and how well the form fitted. How often that construction was
right on labelled papers is counted in ``confidence.json`` (written by ``scripts/calibrate.py``); the share, drawn
towards the share of the whole construction and of the whole kind where few were seen, is the confidence we state.
The drawing together is the posterior mean of a beta-binomial with ``STRENGTH`` earlier observations (Gelman et al.,
Bayesian Data Analysis, 3rd ed., section 2.4), applied level by level.
"""

import json
from bisect import bisect_right
from dataclasses import fields, replace
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from thongsuot.formats.reading.model import Item, Metadata, Reading, Reference, Target, Task

BANDS = (0.5, 0.7, 0.85, 0.95)  # how well the form fitted, in the words of the grammar
STRENGTH = 4.0
UNSEEN = (1.0, 2.0)  # a kind nobody has counted: right as often as not

_Found = TypeVar("_Found", Item, Reference, Task, Target)


def keys_of(kind: str, rule: str, fit: float) -> tuple[str, str, str]:
    """What an item is counted under: its kind, its construction, and how well the form fitted there."""
    construction = f"{kind}/{rule}"
    return kind, construction, f"{construction}/{bisect_right(BANDS, fit)}"


def calibrated(reading: Reading) -> Reading:
    """The same reading with confidences that were measured."""
    return replace(
        reading,
        metadata=_metadata(reading.metadata),
        references=tuple(_measured("reference", found) for found in reading.references),
        tasks=tuple(_measured("task", found) for found in reading.tasks),
        targets=tuple(_measured("target", found) for found in reading.targets),
    )


def _metadata(metadata: Metadata) -> Metadata:
    return Metadata(
        **{field.name: _field(field.name, getattr(metadata, field.name)) for field in fields(metadata)}
    )


def _field(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_measured(name, item) for item in value)
    return _measured(name, value) if value else None


def _measured(kind: str, found: _Found) -> _Found:
    return replace(found, confidence=confidence(kind, found.rule, found.confidence))


def confidence(kind: str, rule: str, fit: float) -> float:
    """The share that was right among what was found in this way, between 0 and 1, rounded to hundredths.

    A kind of which nothing was ever counted (the secrecy mark, say) keeps what its grammar says.
    """
    counted = _counted()
    if kind not in counted:
        return fit
    share = UNSEEN[0] / UNSEEN[1]
    for key in keys_of(kind, rule, fit):
        right, seen = counted.get(key, (0, 0))
        share = (right + STRENGTH * share) / (seen + STRENGTH)
    return round(share, 2)


@cache
def _counted() -> dict[str, tuple[int, int]]:
    text = (
        resources.files("thongsuot.formats.reading").joinpath("confidence.json").read_text(encoding="utf-8")
    )
    return {key: (right, seen) for key, (right, seen) in json.loads(text)["counts"].items()}
