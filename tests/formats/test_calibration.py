"""The confidence a reading states: counted, drawn towards what is known of the whole, never beside the facts."""

import json
from importlib import resources

import pytest

from tests.formats.samples import STATE_PLAN
from thongsuot.formats.reading import calibration, read
from thongsuot.formats.reading.calibration import confidence, keys_of
from thongsuot.formats.reading.extract import extract
from thongsuot.formats.reading.understand import proposals


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {
        "task": (80, 100),
        "task/order": (60, 60),
        "task/order/4": (60, 60),
        "task/subject": (20, 40),
        "task/subject/1": (0, 2),
    }
    monkeypatch.setattr(calibration, "_counted", lambda: counts)


def test_a_construction_seen_often_states_its_own_share(counted: None) -> None:
    assert confidence("task", "order", 0.99) >= 0.98
    assert 0.5 <= confidence("task", "subject", 0.99) <= 0.55


def test_two_failures_do_not_make_a_construction_worthless(counted: None) -> None:
    assert 0.3 <= confidence("task", "subject", 0.6) < confidence("task", "subject", 0.99)


def test_an_unknown_construction_is_as_good_as_its_kind(counted: None) -> None:
    assert confidence("task", "never seen", 0.9) == pytest.approx(0.79, abs=0.01)


def test_a_kind_nobody_counted_keeps_the_word_of_its_grammar(counted: None) -> None:
    assert confidence("secrecy", "", 0.42) == 0.42


def test_the_bands_part_how_well_the_form_fitted() -> None:
    bands = [keys_of("task", "order", fit)[-1] for fit in (0.3, 0.5, 0.7, 0.85, 0.95, 1.0)]
    assert bands == [f"task/order/{band}" for band in (0, 1, 2, 3, 4, 4)]


def test_nothing_but_the_confidence_changes() -> None:
    extracted = extract(STATE_PLAN.encode(), "a.txt")
    raw, stated = proposals(extracted), read(STATE_PLAN.encode(), "a.txt")
    assert [task.action for task in raw.tasks] == [task.action for task in stated.tasks]
    assert raw.metadata.recipients[0].value == stated.metadata.recipients[0].value
    assert raw.text == stated.text
    assert {task.confidence for task in stated.tasks} != {task.confidence for task in raw.tasks}


def test_the_counts_are_possible() -> None:
    text = (
        resources.files("thongsuot.formats.reading").joinpath("confidence.json").read_text(encoding="utf-8")
    )
    counts = json.loads(text)["counts"]
    assert counts
    assert all(0 <= right <= seen for right, seen in counts.values())
    for key, (_right, seen) in counts.items():
        parts = [value[1] for other, value in counts.items() if other.rpartition("/")[0] == key]
        assert not parts or sum(parts) == seen, key
