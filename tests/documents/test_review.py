"""Deciding about each item, and the register entry that comes of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.test_intake import taken
from thongsuot.core.clock import at, moment
from thongsuot.core.refusals import Refused
from thongsuot.documents import services
from thongsuot.documents.items import Value, shown_value, waiting
from thongsuot.documents.models import Document, Intake, ReadingItem, RegisterEntry
from thongsuot.documents.models.intake import Decision, IntakeState, ItemKind
from thongsuot.documents.models.register import Part


def item_of(intake: Intake, name: str) -> ReadingItem:
    return intake.items.get(name=name)


def task_of(intake: Intake, position: int) -> ReadingItem:
    return intake.items.filter(kind=ItemKind.TASK).order_by("ordinal")[position]


def value_of(item: ReadingItem) -> Value:
    """The value on the screen."""
    value = shown_value(item)
    assert value is not None
    return value


def accept_all(cast: Cast, intake: Intake) -> None:
    for item in waiting(intake.items.all()):
        services.decide(by=cast.city_clerk, item=item, decision=Decision.ACCEPTED)


def test_one_field_corrected_one_task_rejected_and_the_paper_is_in_the_book(cast: Cast) -> None:
    intake = taken(cast)
    by = cast.city_clerk
    services.decide(
        by=by, item=item_of(intake, "signer"), decision="edited", value={"value": "Trần Thị Bích"}
    )
    services.decide(by=by, item=task_of(intake, 2), decision="rejected")
    accept_all(cast, intake)
    document = services.register_intake(by=by, intake=intake)
    assert (document.symbol, document.kind, document.signer) == ("12-CT/ThU", "chi_thi", "Trần Thị Bích")
    assert document.issued_on == dt.date(2026, 11, 2)
    assert document.recipients == ["Các đảng ủy phường, xã", "Lưu Văn phòng Thành ủy"]
    assert document.text == intake.text
    assert document.file == intake.file
    entry = RegisterEntry.objects.get(document=document)
    assert (entry.unit, entry.number, entry.direction) == (cast.city, 1, "incoming")
    texts = [provision.text for provision in document.provisions.order_by("ordinal")]
    assert any(text.startswith("Xây dựng kế hoạch") for text in texts)
    assert not any(text.startswith("Theo dõi") for text in texts)
    intake.refresh_from_db()
    assert (intake.state, intake.document) == (IntakeState.REGISTERED, document)


def test_provisions_keep_units_deadline_and_place(cast: Cast) -> None:
    intake = taken(cast)
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    plan, clear = document.provisions.filter(kind="task").order_by("ordinal")[:2]
    assert (plan.for_recipients, plan.due) == (False, dt.date(2026, 11, 12))
    assert {row.unit for row in plan.units.all()} == set(cast.communes)
    assert [(row.unit, row.part) for row in clear.units.all()] == [(cast.economy, Part.LEAD)]
    assert "rà soát" in intake.text[clear.span_start : clear.span_end]
    relation = document.relations.get()
    assert (relation.relation, relation.symbol, relation.issued_on) == (
        "implements",
        "09-NQ/ThU",
        dt.date(2026, 3, 18),
    )


def test_the_draft_of_the_lines_to_remember_is_the_persons_to_write(cast: Cast) -> None:
    intake = taken(cast)
    draft = value_of(item_of(intake, "summary"))["value"]
    assert 2 <= len(draft) <= 5
    assert not item_of(intake, "summary").confidence >= 0.8
    services.decide(
        by=cast.city_clerk,
        item=item_of(intake, "summary"),
        decision="edited",
        value={"value": f"{draft[0]}\n\n  Mỗi hộ khai báo một lần trước ngày 30/6.  "},
    )
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    assert document.summary.splitlines() == [draft[0], "Mỗi hộ khai báo một lần trước ngày 30/6."]


def test_an_outgoing_paper_gets_its_number_from_the_book(cast: Cast) -> None:
    intake = taken(cast, direction="outgoing")
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    entry = RegisterEntry.objects.get(document=document)
    assert entry.direction == "outgoing"
    assert document.symbol == f"{entry.number:02d}-CT/{cast.city.symbol}"


def test_nothing_is_registered_unseen(cast: Cast) -> None:
    intake = taken(cast)
    with pytest.raises(Refused) as refusal:
        services.register_intake(by=cast.city_clerk, intake=intake)
    assert refusal.value.code == "unseen"
    intake.refresh_from_db()
    assert intake.state == IntakeState.READY
    assert not Document.objects.exists()


def test_an_optional_field_the_paper_does_not_have_asks_nothing(cast: Cast) -> None:
    intake = taken(cast)
    urgency = item_of(intake, "urgency")
    assert urgency.proposed is None
    assert urgency not in waiting(intake.items.all())
    services.decide(by=cast.city_clerk, item=urgency, decision="edited", value={"value": "khan"})
    accept_all(cast, intake)
    assert services.register_intake(by=cast.city_clerk, intake=intake).urgency == "khan"


def test_a_required_field_is_neither_left_empty_nor_left_out(cast: Cast) -> None:
    intake = taken(cast, sheets.plain("Kính gửi các đồng chí.\n\nHọp lúc tám giờ tại hội trường."))
    subject = item_of(intake, "subject")
    for decision, value in (("rejected", None), ("accepted", None), ("edited", {"value": "  "})):
        with pytest.raises(Refused) as refusal:
            services.decide(by=cast.city_clerk, item=subject, decision=decision, value=value)
        assert refusal.value.code == "value"
    subject.refresh_from_db()
    assert subject.decision == Decision.PENDING


def test_a_field_found_by_the_reader_may_be_required_but_rejected_never(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.decide(by=cast.city_clerk, item=item_of(taken(cast), "kind"), decision="rejected")


def test_editing_to_the_same_value_is_accepting(cast: Cast) -> None:
    intake = taken(cast)
    signer = item_of(intake, "signer")
    decided = services.decide(by=cast.city_clerk, item=signer, decision="edited", value=value_of(signer))
    assert (decided.decision, decided.decided) == (Decision.ACCEPTED, None)
    task = task_of(intake, 0)
    decided = services.decide(by=cast.city_clerk, item=task, decision="edited", value=value_of(task))
    assert decided.decision == Decision.ACCEPTED


def test_the_readers_value_stays_beside_the_persons(cast: Cast) -> None:
    intake = taken(cast)
    signer = item_of(intake, "signer")
    services.decide(by=cast.city_clerk, item=signer, decision="edited", value={"value": "Lê Văn Tư"})
    signer.refresh_from_db()
    assert (signer.proposed, signer.decided) == ({"value": "Nguyễn Văn An"}, {"value": "Lê Văn Tư"})
    assert signer.decided_by == cast.city_clerk
    services.decide(by=cast.city_clerk, item=signer, decision="pending")
    signer.refresh_from_db()
    assert signer.decision == "pending"
    assert not any([signer.decided, signer.decided_by, signer.decided_at])


def test_a_task_may_go_only_to_units_below(cast: Cast) -> None:
    intake = services.take_in(
        by=cast.ward_clerk, unit=cast.ward, direction="incoming", name="a.txt", content=sheets.plain()
    )
    task = task_of(intake, 0)
    value = {"text": "Rà soát điểm rác", "lead_units": [cast.cell.pk], "due": "2026-12-01"}
    kept = services.decide(by=cast.ward_clerk, item=task, decision="edited", value=value)
    assert value_of(kept)["lead_units"] == [cast.cell.pk]
    with pytest.raises(Refused):
        services.decide(
            by=cast.ward_clerk,
            item=task,
            decision="edited",
            value=value | {"lead_units": [cast.other_cell.pk]},
        )


def test_all_certain_items_at_once_but_only_those(cast: Cast) -> None:
    with at(moment(dt.date(2026, 11, 3))):  # before its deadlines
        intake = taken(cast)
    doubtful = task_of(intake, 0)
    ReadingItem.objects.filter(pk=doubtful.pk).update(confidence=0.79)
    left = waiting(intake.items.exclude(name="summary"))  # a draft is never certain
    certain = [item for item in left if item.confidence >= 0.8]
    assert services.accept_certain(by=cast.city_clerk, intake=intake) == len(certain)
    doubtful.refresh_from_db()
    assert doubtful.decision == Decision.PENDING


def test_what_the_reader_did_not_see_is_added_by_hand(cast: Cast) -> None:
    intake = taken(cast)
    by = cast.city_clerk
    added = services.add_item(
        by=by,
        intake=intake,
        kind="task",
        value={
            "text": "Báo cáo kết quả",
            "lead_text": "Các đảng ủy",
            "for_recipients": True,
            "due": "2026-12-20",
        },
    )
    assert (added.proposed, added.decision) == (None, Decision.EDITED)
    services.decide(by=by, item=added, decision="pending")
    added.refresh_from_db()
    assert value_of(added)["text"] == "Báo cáo kết quả"  # undo keeps what was typed
    accept_all(cast, intake)
    document = services.register_intake(by=by, intake=intake)
    last = document.provisions.order_by("ordinal").last()
    assert last is not None
    assert (last.text, last.for_recipients, last.due) == ("Báo cáo kết quả", True, dt.date(2026, 12, 20))
    with pytest.raises(Refused):
        services.add_item(by=by, intake=intake, kind="task", value={"text": "muộn rồi"})


def test_an_item_added_without_words_is_refused(cast: Cast) -> None:
    intake = taken(cast)
    for kind in ("task", "target", "reference", "field"):
        with pytest.raises(Refused):
            services.add_item(by=cast.city_clerk, intake=intake, kind=kind, value={})


def test_the_same_paper_in_another_file_is_refused_and_keeps_every_decision(cast: Cast) -> None:
    first, second = taken(cast), taken(cast, sheets.word(), "chi-thi.docx")
    accept_all(cast, first)
    known = services.register_intake(by=cast.city_clerk, intake=first)
    accept_all(cast, second)
    with pytest.raises(services.DuplicateDocument) as refusal:
        services.register_intake(by=cast.city_clerk, intake=second)
    assert refusal.value.document == known
    second.refresh_from_db()
    assert second.state == IntakeState.READY
    assert not waiting(second.items.all())
    assert RegisterEntry.objects.count() == 1


def test_who_comes_second_is_told_who_was_first(cast: Cast) -> None:
    intake = taken(cast)
    accept_all(cast, intake)
    stale = Intake.objects.get(pk=intake.pk)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    with pytest.raises(services.AlreadyRegistered) as refusal:
        services.register_intake(by=cast.city_clerk, intake=stale)
    assert refusal.value.code == "already_registered"
    assert str(cast.city_clerk) in refusal.value.sentence
    assert refusal.value.document == document
    with pytest.raises(services.AlreadyRegistered):
        services.decide(by=cast.city_clerk, item=item_of(stale, "signer"), decision="pending")
    with pytest.raises(services.AlreadyRegistered):
        services.discard_intake(by=cast.city_clerk, intake=stale)
    assert RegisterEntry.objects.count() == 1


def test_what_is_put_aside_is_decided_no_more(cast: Cast) -> None:
    intake = taken(cast)
    services.discard_intake(by=cast.city_clerk, intake=intake)
    with pytest.raises(Refused) as refusal:
        services.register_intake(by=cast.city_clerk, intake=intake)
    assert refusal.value.code == "state"


def test_only_who_may_register_decides(cast: Cast) -> None:
    intake = taken(cast)
    item = item_of(intake, "signer")
    for user in (cast.city_leader, cast.ward_clerk):
        with pytest.raises(PermissionDenied):
            services.decide(by=user, item=item, decision="accepted")
        with pytest.raises(PermissionDenied):
            services.accept_certain(by=user, intake=intake)
        with pytest.raises(PermissionDenied):
            services.add_item(by=user, intake=intake, kind="task", value={"text": "a"})
        with pytest.raises(PermissionDenied):
            services.discard_intake(by=user, intake=intake)
        with pytest.raises(PermissionDenied):
            services.register_intake(by=user, intake=intake)
