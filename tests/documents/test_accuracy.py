"""How right the reader was in real use, counted from what people decided."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.test_intake import taken
from tests.pages import assert_whole
from thongsuot.config.cli import main
from thongsuot.core.clock import today
from thongsuot.documents import services
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.queries.accuracy import accuracy, parts_changed


def tasks_of(intake: Intake) -> list[ReadingItem]:
    return list(intake.items.filter(kind="task", proposed__isnull=False).order_by("ordinal"))


def checked(cast: Cast, mark: str = "") -> Intake:
    """A paper of three tasks: one accepted, one with another deadline, one rejected; one more was missed."""
    text = sheets.DIRECTIVE.replace("12-CT/ThU", f"12{mark}-CT/ThU")
    intake = taken(cast, sheets.plain(text))
    accepted, edited, rejected = tasks_of(intake)[:3]
    by = cast.city_clerk
    services.decide(by=by, item=accepted, decision="accepted")
    later = (edited.proposed or {}) | {"due": "2027-01-31", "deadline_text": "xong trong tháng 01/2027"}
    services.decide(by=by, item=edited, decision="edited", value=later)
    services.decide(by=by, item=rejected, decision="rejected")
    services.add_item(by=by, intake=intake, kind="task", value={"text": "Báo cáo kho thóc Gò Dưa"})
    signer = intake.items.get(name="signer")
    services.decide(by=by, item=signer, decision="edited", value={"value": "Trần Thị Bé"})
    urgency = intake.items.get(name="urgency")
    services.decide(by=by, item=urgency, decision="edited", value={"value": "khan"})
    for item in waiting(intake.items.all()):
        services.decide(by=by, item=item, decision="accepted")
    services.register_intake(by=by, intake=intake)
    return intake


def test_every_fate_of_a_proposal_is_counted_once(cast: Cast) -> None:
    intake = checked(cast)
    taken(cast, sheets.plain(f"{sheets.DIRECTIVE}\n2"))  # waits: nobody has said anything about it
    found = accuracy()
    assert found.papers == 1
    task = found.by_item["task"]
    assert (task.proposed, task.accepted, task.edited, task.rejected, task.added) == (3, 1, 1, 1, 1)
    assert task.parts == {"deadline": 1}
    assert (task.exact, task.precision, task.recall) == (0.333, 0.667, 0.667)
    signer, urgency = found.by_item["field.signer"], found.by_item["field.urgency"]
    assert (signer.edited, signer.proposed, signer.parts) == (1, 1, {"value": 1})
    assert (urgency.proposed, urgency.added, urgency.precision, urgency.recall) == (0, 1, None, 0.0)
    assert "field.sign_authority" in found.by_item
    proposals = intake.items.filter(proposed__isnull=False).count()
    for table in (found.by_document, found.by_version, found.by_confidence):
        assert sum(tally.proposed for tally in table.values()) == proposals
    assert list(found.by_document) == ["chi_thi"]
    assert {tally.recall for tally in found.by_version.values()} == {None}
    assert list(found.by_version) == [intake.reader_version]


def test_what_was_cut_or_joined_is_not_missed(cast: Cast) -> None:
    intake = taken(cast)
    first, second, third = tasks_of(intake)[:3]
    by = cast.city_clerk
    services.merge_items(by=by, item=first, other=second)
    words = (third.proposed or {})["text"]
    cut = words.index("báo cáo")
    services.split_item(by=by, item=third, parts=[words[:cut], words[cut:]])
    for item in waiting(intake.items.all()):
        services.decide(by=by, item=item, decision="accepted")
    services.register_intake(by=by, intake=intake)
    task = accuracy().by_item["task"]
    assert (task.joined, task.rejected, task.added, task.recall) == (1, 0, 0, 1.0)
    assert task.parts["cut"] >= 1


def test_confidence_is_held_against_what_came_true(cast: Cast) -> None:
    intake = checked(cast)
    low = intake.items.filter(kind="task", decision="rejected")
    low.update(confidence=0.31)
    band = accuracy().by_confidence["0.00-0.50"]
    assert (band.proposed, band.stated, band.precision) == (1, 0.31, 0.0)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"lead_units": [1]}, {"lead"}),
        ({"for_recipients": True, "due": "2026-01-01"}, {"lead", "deadline"}),
        ({"text": "x"}, {"text"}),
        ({"product": "", "note": "x", "document": 3}, set()),
        ({"span": [0, 3]}, {"cut"}),
        ({"value": "3"}, {"figure"}),
        ({"coordinator_text": "Sở Y tế"}, {"coordinators"}),
    ],
)
def test_what_was_changed_has_a_name(changes: dict[str, Any], parts: set[str]) -> None:
    proposed = {"text": "a", "lead_units": [], "for_recipients": False, "due": None, "product": None}
    assert parts_changed(proposed, proposed | changes) == parts


def test_the_count_costs_the_same_for_one_paper_and_for_four(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        if number in (1, 3):
            with django_assert_num_queries(3):
                assert accuracy().papers == number
        checked(cast, str(number))


def test_only_papers_since_a_day_are_counted(cast: Cast) -> None:
    checked(cast)
    assert accuracy(today()).papers == 1
    assert accuracy(today() + dt.timedelta(days=1)).papers == 0


def test_the_report_has_counts_and_no_words(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    checked(cast)
    call_command("read_report")
    shown = capsys.readouterr().out
    assert "chỉ thị" in shown.lower()
    assert "66.7%" in shown
    assert main(["read-report", "--json", "--since", "2020-01-01"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["by_item"]["task"]["parts"] == {"deadline": 1}
    assert data["papers"] == 1
    for word in ("Gò Dưa", "Trần Thị Bé", str(cast.city_clerk), "kênh"):
        assert word not in shown
        assert word not in json.dumps(data, ensure_ascii=False)


def test_a_clerk_sees_the_counts_of_the_own_register(cast: Cast, client: Client) -> None:
    checked(cast)
    client.force_login(cast.city_clerk)
    page = assert_whole(client.get("/van-ban/nhan/do-chinh-xac/"))
    assert "1 văn bản đã được đọc" in page
    assert "thời hạn 1" in page
    assert "66,7 %" in page
    assert "Gò Dưa" not in page
    client.force_login(cast.ward_clerk)
    assert "Chưa có văn bản nào" in assert_whole(client.get("/van-ban/nhan/do-chinh-xac/"))
    assert accuracy(seen_by=cast.ward_clerk).papers == 0


@pytest.mark.usefixtures("cast")
def test_nothing_to_count_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_report")
    assert "0 " in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"2026-11-01"):
        call_command("read_report", "--since", "hôm qua")
