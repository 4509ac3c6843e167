"""What `thongsuot read --json` promises is written down, and every reading keeps it."""

import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading import read, to_json

TABLE = STATE_PLAN.replace(
    "I. MỤC ĐÍCH",
    "STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\n1 | Rà soát đạt 95% | Trạm Y tế | Quý II/2026\n\nI. MỤC ĐÍCH",
)


@pytest.fixture(scope="module")
def schema() -> Any:
    text = resources.files("thongsuot.formats.reading").joinpath("schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def test_the_schema_is_one(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "paper", [STATE_PLAN, PARTY_RESOLUTION, TABLE, "Một dòng.", "English only, no letterhead."]
)
def test_every_reading_keeps_the_schema(schema: Any, paper: str) -> None:
    written = json.dumps(to_json(read(paper.encode(), "a.txt")), ensure_ascii=False)
    Draft202012Validator(schema).validate(json.loads(written))


def test_the_schema_can_fail(schema: Any) -> None:
    said = to_json(read(STATE_PLAN.encode(), "a.txt"))
    said["tasks"][0]["somebody"] = "else"
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(json.loads(json.dumps(said)))


def test_every_kind_of_item_was_seen(schema: Any) -> None:
    said = to_json(read(TABLE.encode(), "a.txt"))
    for key in ("references", "tasks", "targets", "structure", "summary"):
        assert said[key], key
    assert said["plainness"]["sentences"]
