"""Who may open and do what in inspections."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.inspections.story import concluded, drafted, in_days, noted, opened, required
from tests.permissions import Row
from thongsuot.inspections.models import Inspection
from thongsuot.tasks.services import report_progress

READERS = dict.fromkeys(
    ["city_clerk", "city_leader", "city_inspector", "ward_clerk", "ward_leader", "ward_officer"], 200
)
# Somebody else's inspection does not exist for them.
READ = {"*": 404} | READERS


def act(by: list[str], also_blind: bool = False) -> dict[str, int]:
    """A POST: done by some, forbidden to the others who may read, not there for the rest.

    ``also_blind``: about a finding before the conclusion, of which the inspected side does not know.
    """
    forbidden = dict.fromkeys(READERS, 403)
    if also_blind:
        forbidden |= dict.fromkeys(["ward_clerk", "ward_leader", "ward_officer"], 404)
    return {"*": 404} | forbidden | dict.fromkeys(by, 302)


def inspection(cast: Cast) -> Inspection:
    return opened(cast)


def key(cast: Cast) -> list[Any]:
    return [opened(cast).pk]


def _report(cast: Cast) -> list[Any]:
    return [drafted(cast, opened(cast)).pk]


def _with_draft(cast: Cast) -> list[Any]:
    made = opened(cast)
    drafted(cast, made)
    return [made.pk]


def _finding(cast: Cast) -> list[Any]:
    return [noted(cast, opened(cast)).pk]


def _requirement(cast: Cast) -> list[Any]:
    return [required(cast, opened(cast)).pk]


def _with_shortcoming(cast: Cast) -> list[Any]:
    made = opened(cast)
    noted(cast, made)
    return [made.pk]


def _requirement_data(cast: Cast) -> dict[str, Any]:
    finding = Inspection.objects.latest("pk").findings.get()
    return {"finding": finding.pk, "text": "Dọn xong kênh", "due": in_days(9).isoformat()}


def _handed_in(cast: Cast) -> list[Any]:
    requirement = concluded(cast).requirements.get()
    assert requirement.task is not None
    report_progress(by=cast.ward_leader, task=requirement.task, note="Đã dọn xong", hand_in=True)
    return [requirement.pk]


def _all_closed(cast: Cast) -> list[Any]:
    made = opened(cast)
    noted(cast, made, "strength")
    from thongsuot.inspections.services import conclude

    conclude(by=cast.city_inspector, inspection=made)
    return [made.pk]


INSPECTOR = ["city_inspector"]
LIST = {
    "*": 403,
    **READERS,
    "city_officer": 200,
    "other_ward_clerk": 200,
    "other_ward_leader": 200,
}

ROWS = [
    Row("inspections:list", LIST),
    Row("inspections:open", {"*": 403, "city_inspector": 200}),
    Row("inspections:inspection", READ, key),
    Row("inspections:report_file", READ, _report),
    Row("inspections:report_progress", {"*": 404} | dict.fromkeys(READERS, 302), _report),
    Row("inspections:draft", act([*INSPECTOR, "ward_leader", "ward_officer"]), key, "post"),
    Row("inspections:hand_in", act(["ward_leader", "ward_officer"]), _with_draft, "post"),
    Row(
        "inspections:add_finding",
        act(INSPECTOR),
        key,
        "post",
        lambda cast: {"kind": "strength", "text": "Kịp thời"},
    ),
    Row("inspections:withdraw_finding", act(INSPECTOR, also_blind=True), _finding, "post"),
    Row("inspections:add_requirement", act(INSPECTOR), _with_shortcoming, "post", _requirement_data),
    Row("inspections:withdraw_requirement", act(INSPECTOR, also_blind=True), _requirement, "post"),
    Row("inspections:conclude", act(INSPECTOR), _with_shortcoming, "post"),
    Row("inspections:close_requirement", act(INSPECTOR), _handed_in, "post"),
    Row(
        "inspections:return_requirement",
        {"*": 404} | dict.fromkeys(READERS, 403) | {"city_inspector": 200},
        _handed_in,
    ),
    Row(
        "inspections:return_requirement",
        act(INSPECTOR),
        _handed_in,
        "post",
        lambda cast: {"reason": "Thiếu ảnh hiện trường"},
    ),
    Row("inspections:close", act(INSPECTOR), _all_closed, "post"),
]
