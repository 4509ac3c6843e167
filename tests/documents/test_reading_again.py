"""Reading a waiting paper again: the newer reader proposes, what a person has decided stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.cast import Cast, gather
from tests.documents import sheets
from tests.documents.test_intake import taken
from tests.documents.test_review_race import simultaneous
from tests.pages import assert_whole
from thongsuot.core.refusals import Refused
from thongsuot.documents import items, jobs, services
from thongsuot.documents.items import in_order, waiting
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.reading import proposals, reading_of
from thongsuot.documents.services import rereading
from thongsuot.formats.reading import Reading, Task

NEW = "99.0"
Row = tuple[int, str, str, Any, Any, str]


def rows_of(intake: Intake) -> list[Row]:
    rows = intake.items.order_by("ordinal")
    return [(r.ordinal, r.kind, r.name, r.proposed, r.decided, r.decision) for r in rows]


def task(intake: Intake, beginning: str) -> ReadingItem:
    found = [
        row
        for row in intake.items.filter(kind=ItemKind.TASK)
        if str((row.decided or row.proposed or {})["text"]).startswith(beginning)
    ]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives the function that installs a newer reader, which reads as it is told."""

    def install(change: Any = None) -> None:
        def reads(intake: Intake) -> Reading:
            reading = reading_of(intake)
            return change(reading) if change else reading

        monkeypatch.setattr(jobs, "reading_of", reads)
        monkeypatch.setattr(jobs, "READER_VERSION", NEW)
        monkeypatch.setattr(proposals, "READER_VERSION", NEW)

    return install


def without(reading: Reading, beginning: str) -> Reading:
    return replace(reading, tasks=tuple(t for t in reading.tasks if not t.action.startswith(beginning)))


def changed(reading: Reading, beginning: str, **changes: Any) -> Reading:
    def one(found: Task) -> Task:
        return replace(found, **changes) if found.action.lower().startswith(beginning.lower()) else found

    return replace(reading, tasks=tuple(map(one, reading.tasks)))


def test_the_same_reading_again_changes_nothing(cast: Cast) -> None:
    intake = taken(cast)
    services.decide(by=cast.city_clerk, item=task(intake, "Xây dựng"), decision="accepted")
    before = rows_of(intake)
    assert services.read_again(by=cast.city_clerk, intake=intake)
    assert rows_of(intake) == before


def test_what_nobody_decided_is_proposed_anew_under_new_numbers(cast: Cast, newer: Any) -> None:
    intake = taken(cast)
    old = task(intake, "Chủ trì")
    newer(lambda reading: changed(reading, "chủ trì", assignees=("Công an thành phố",)))
    services.read_again(by=cast.city_clerk, intake=intake)
    new = task(intake, "Chủ trì")
    assert (new.proposed or {})["lead_text"] == "Công an thành phố"
    assert new.ordinal > old.ordinal
    assert not intake.items.filter(ordinal=old.ordinal).exists()  # the number of what was shown before
    assert new.reader_version == NEW
    intake.refresh_from_db()
    assert intake.reader_version == NEW
    places = [row.span_start or 0 for row in in_order(intake.items.all()) if row.kind in ("task", "target")]
    assert places == sorted(places)


def test_what_a_person_decided_stays_with_the_reader_it_was_decided_under(cast: Cast, newer: Any) -> None:
    intake = taken(cast)
    version = intake.reader_version
    accepted, edited = task(intake, "Xây dựng"), task(intake, "Chủ trì")
    rejected = task(intake, "Theo dõi")
    services.decide(by=cast.city_clerk, item=accepted, decision="accepted")
    mine = (edited.proposed or {}) | {"lead_text": "Phòng Y tế", "lead_units": []}
    services.decide(by=cast.city_clerk, item=edited, decision="edited", value=mine)
    services.decide(by=cast.city_clerk, item=rejected, decision="rejected")
    subject = intake.items.get(name="subject")
    services.decide(by=cast.city_clerk, item=subject, decision="edited", value={"value": "Về rác"})
    before = {row[0]: row for row in rows_of(intake)}
    newer(
        lambda reading: changed(
            changed(without(reading, "xây dựng"), "chủ trì", deadline_text=None, due=None),
            "theo dõi",
            product="x",
        )
    )
    services.read_again(by=cast.city_clerk, intake=intake)
    after = {row[0]: row for row in rows_of(intake)}
    for item in (accepted, edited, rejected, subject):
        assert after[item.ordinal] == before[item.ordinal]
        assert intake.items.get(ordinal=item.ordinal).reader_version == version
    assert len(after) == len(before)


def test_a_proposal_that_vanished_goes_unless_somebody_looked_at_it(cast: Cast, newer: Any) -> None:
    intake = taken(cast)
    looked_at = task(intake, "Xây dựng")
    services.decide(by=cast.city_clerk, item=looked_at, decision="rejected")
    services.decide(by=cast.city_clerk, item=looked_at, decision="pending")
    newer(lambda reading: replace(reading, tasks=(), references=()))
    services.read_again(by=cast.city_clerk, intake=intake)
    assert [row.pk for row in intake.items.filter(kind=ItemKind.TASK)] == [looked_at.pk]
    assert not intake.items.filter(kind=ItemKind.REFERENCE).exists()
    assert intake.items.filter(kind=ItemKind.FIELD).count() == len(items.FIELDS)


def test_what_a_person_added_stays_and_is_not_proposed_again(cast: Cast, newer: Any) -> None:
    newer(lambda reading: without(reading, "chủ trì"))
    intake = taken(cast)
    assert not intake.items.filter(kind="task", proposed__text__startswith="Chủ trì").exists()
    start = intake.text.index("rà soát các điểm")
    words = "Rà soát các điểm tập kết rác tự phát, xử lý xong trong quý IV năm 2026"
    added = services.add_item(
        by=cast.city_clerk,
        intake=intake,
        kind="task",
        value={"text": words, "lead_text": "Phòng Kinh tế, Hạ tầng"},
        span=(start, start + len(words)),
    )
    newer()
    services.read_again(by=cast.city_clerk, intake=intake)
    assert task(intake, "Rà soát").pk == added.pk
    assert not intake.items.filter(kind="task", proposed__text__startswith="Chủ trì").exists()


def test_a_part_of_what_was_accepted_as_one_is_not_proposed_again(cast: Cast, newer: Any) -> None:
    intake = taken(cast)
    whole = task(intake, "Chủ trì")
    services.decide(by=cast.city_clerk, item=whole, decision="accepted")

    def in_two(reading: Reading) -> Reading:
        (found,) = [t for t in reading.tasks if t.action.lower().startswith("chủ trì")]
        cut = intake.text.index("xử lý xong")
        first = replace(
            found, action="rà soát các điểm tập kết rác tự phát", coordinators=(), span=(found.span[0], cut)
        )
        second = replace(found, action="xử lý xong trong quý IV năm 2026", span=(cut, found.span[1]))
        others = [t for t in reading.tasks if t is not found]
        return replace(reading, tasks=(*others, first, second))

    newer(in_two)
    before = rows_of(intake)
    services.read_again(by=cast.city_clerk, intake=intake)
    assert rows_of(intake) == before


def test_two_tasks_of_one_place_do_not_swallow_each_other(cast: Cast, newer: Any) -> None:
    text = sheets.DIRECTIVE.replace(
        "2. Phòng Kinh tế, Hạ tầng chủ trì, phối hợp với Công an thành phố rà soát",
        "2. Phòng Kinh tế, Hạ tầng chủ trì rà soát",
    )
    intake = taken(cast, sheets.plain(text))
    one = task(intake, "Chủ trì rà soát")

    def twice(reading: Reading) -> Reading:
        (found,) = [t for t in reading.tasks if t.action.lower().startswith("chủ trì")]
        return replace(
            reading,
            tasks=(*reading.tasks, replace(found, action="chủ trì", assignees=("Đội Trật tự đô thị",))),
        )

    newer(twice)
    services.decide(by=cast.city_clerk, item=one, decision="accepted")
    services.read_again(by=cast.city_clerk, intake=intake)
    leads = {
        (row.proposed or {})["lead_text"] for row in intake.items.filter(kind="task", decision="pending")
    }
    assert "Đội Trật tự đô thị" in leads


def test_a_reader_that_fails_takes_nothing_away(cast: Cast, newer: Any) -> None:
    intake = taken(cast)
    before = rows_of(intake)

    def fails(_reading: Reading) -> Reading:
        raise RuntimeError

    newer(fails)
    services.read_again(by=cast.city_clerk, intake=intake)
    assert rows_of(intake) == before
    intake.refresh_from_db()
    assert intake.reader_version != NEW


def test_after_a_failure_the_paper_can_be_read_after_all(cast: Cast, client: Client) -> None:
    def fails(_intake: Intake) -> Reading:
        raise RuntimeError

    broken = pytest.MonkeyPatch()
    broken.setattr(jobs, "reading_of", fails)
    intake = taken(cast)
    broken.undo()
    assert intake.is_worth_reading_again
    client.force_login(cast.city_clerk)
    answer = client.post(f"{intake.get_absolute_url()}doc-lai/", follow=True)
    assert "đã được đọc lại" in assert_whole(answer)
    again = Intake.objects.get(pk=intake.pk)
    assert not again.is_worth_reading_again
    assert again.warnings == []
    assert intake.items.filter(kind=ItemKind.TASK).exists()
    numbers = [row.name for row in in_order(intake.items.filter(kind="field"))]
    assert numbers[:3] == ["symbol", "kind", "issued_on"]


def test_a_long_paper_is_read_again_in_a_job(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(rereading, "LETTERS_AT_ONCE", 10)
    monkeypatch.setattr(rereading, "enqueue", lambda *job: queued.append(job))
    intake = taken(cast)
    assert not services.read_again(by=cast.city_clerk, intake=intake)
    assert queued == [(jobs.read_again, intake.pk)]


def test_a_registered_paper_is_not_read_again(cast: Cast, client: Client) -> None:
    intake = taken(cast)
    for item in waiting(intake.items.all()):
        services.decide(by=cast.city_clerk, item=item, decision="accepted")
    services.register_intake(by=cast.city_clerk, intake=intake)
    before = rows_of(intake)
    intake.refresh_from_db()
    with pytest.raises(Refused):
        services.read_again(by=cast.city_clerk, intake=intake)
    jobs.read_again(intake.pk)
    client.force_login(cast.city_clerk)
    assert client.post(f"{intake.get_absolute_url()}doc-lai/").status_code == 302
    assert rows_of(intake) == before


def test_after_an_update_all_waiting_papers_are_read_again(cast: Cast, newer: Any, capsys: Any) -> None:
    first, second = taken(cast), taken(cast, sheets.plain(f"{sheets.DIRECTIVE}\n2"))
    Intake.objects.filter(pk=first.pk).update(reader_version="0.9")
    call_command("read_again")
    assert "1 papers were read again" in capsys.readouterr().out
    first.refresh_from_db()
    assert first.reader_version == second.reader_version


def test_a_decision_during_the_reading_is_not_lost(
    transactional_db: None, tmp_path: Path, newer: Any
) -> None:
    place = gather()
    intake = taken(place)
    item = task(intake, "Chủ trì")
    newer(lambda reading: replace(reading, tasks=()))

    def decide() -> object:
        mine = ReadingItem.objects.select_related("intake__unit").filter(pk=item.pk).first()
        if mine is None:
            return None
        try:
            return services.decide(by=place.city_clerk, item=mine, decision="accepted")
        except ReadingItem.DoesNotExist:
            return None

    def read() -> object:
        jobs.read_again(intake.pk)
        return None

    with simultaneous(tmp_path) as run:
        decided, *_others = run([decide, read, read])
        (left,) = run([lambda: list(ReadingItem.objects.filter(intake=intake, kind="task"))])
    # Whoever came first: a decision that was taken is still there, and nothing undecided is.
    assert isinstance(left, list)
    assert [row.decision for row in left] == ([Decision.ACCEPTED] if decided else [])
