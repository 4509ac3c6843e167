"""Cutting an item in two, making one of two, and taking every decision back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.documents.test_intake import taken
from tests.documents.test_review import accept_all, item_of, task_of, value_of
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.core.refusals import Refused
from thongsuot.documents import items, services
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision
from thongsuot.organizations.models import RoleGrant


def second_clerk(cast: Cast) -> User:
    """A colleague at the next desk."""
    RoleGrant.objects.create(
        user=cast.city_officer, unit=cast.city, role_id=BuiltIn.CLERK, valid_from=cast.city.valid_from
    )
    return cast.city_officer


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return taken(cast)


@pytest.fixture
def task(intake: Intake) -> ReadingItem:
    """One task with both obligations in it, as a reader takes them."""
    start = intake.text.index("rà soát các điểm")
    end = intake.text.index("xử lý xong") + len("xử lý xong")
    task = task_of(intake, 1)
    words = "Rà soát các điểm tập kết rác tự phát, xử lý xong"
    task.proposed = value_of(task) | {"text": words}
    task.span_start, task.span_end = start, end
    task.save()
    return task


def cut(cast: Cast, task: ReadingItem) -> list[ReadingItem]:
    parts = ["Rà soát các điểm tập kết rác tự phát", "xử lý xong"]
    return services.split_item(by=cast.city_clerk, item=task, parts=parts)


def snapshot(intake: Intake) -> list[tuple[object, ...]]:
    fields = ("ordinal", "proposed", "decided", "decision", "merged_into", "span_start", "span_end")
    return list(intake.items.order_by("ordinal").values_list(*fields))


def test_both_parts_keep_who_and_when_and_have_their_own_place(
    cast: Cast, intake: Intake, task: ReadingItem
) -> None:
    whole = value_of(task)
    first, second = cut(cast, task)
    assert value_of(first)["text"] == "Rà soát các điểm tập kết rác tự phát"
    assert value_of(second)["text"] == "Xử lý xong"
    for key in ("lead_units", "lead_text", "due", "deadline_text", "product"):
        assert value_of(first)[key] == value_of(second)[key] == whole[key]
    here, there = items.span_of(first), items.span_of(second)
    assert here is not None
    assert there is not None
    assert intake.text[slice(*here)] == "rà soát các điểm tập kết rác tự phát"
    assert intake.text[slice(*there)].startswith("xử lý xong")
    first.refresh_from_db()
    assert (first.proposed, first.decision) == (whole, Decision.EDITED)
    assert (second.proposed, second.decision, second.split_from) == (None, Decision.EDITED, first)
    assert (
        items.in_order(intake.items.all()).index(second)
        == items.in_order(intake.items.all()).index(first) + 1
    )


def test_the_parts_become_two_entries_of_the_register_in_the_order_of_the_text(
    cast: Cast, intake: Intake, task: ReadingItem
) -> None:
    cut(cast, task)
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    texts = [provision.text for provision in document.provisions.order_by("ordinal")]
    at = texts.index("Rà soát các điểm tập kết rác tự phát")
    assert texts[at + 1] == "Xử lý xong"
    both = document.provisions.filter(text__in=texts[at : at + 2])
    assert {row.unit for provision in both for row in provision.units.all()} == {cast.economy}


def test_a_part_is_edited_without_losing_its_place(cast: Cast, task: ReadingItem) -> None:
    first, _second = cut(cast, task)
    place = items.span_of(first)
    value = value_of(first) | {"text": "Rà soát"}
    edited = services.decide(by=cast.city_clerk, item=first, decision="edited", value=value)
    assert (value_of(edited)["text"], items.span_of(edited)) == ("Rà soát", place)


def test_left_out_and_taken_again_a_part_stays_a_part(cast: Cast, task: ReadingItem) -> None:
    first, _second = cut(cast, task)
    services.decide(by=cast.city_clerk, item=first, decision="rejected")
    again = services.decide(by=cast.city_clerk, item=first, decision="accepted")
    assert (again.decision, value_of(again)["text"]) == ("edited", "Rà soát các điểm tập kết rác tự phát")


def test_a_second_click_cuts_nothing_more(cast: Cast, intake: Intake, task: ReadingItem) -> None:
    cut(cast, task)
    count = intake.items.count()
    cut(cast, task)
    assert intake.items.count() == count


@pytest.mark.parametrize("parts", [[], ["Cả việc"], ["Một", " ; "], [str(number) for number in range(20)]])
def test_a_cut_without_words_on_both_sides_is_refused(
    cast: Cast, task: ReadingItem, parts: list[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        services.split_item(by=cast.city_clerk, item=task, parts=parts)
    assert refusal.value.code == "value"


def test_a_field_and_a_task_left_out_are_not_cut(cast: Cast, intake: Intake, task: ReadingItem) -> None:
    services.decide(by=cast.city_clerk, item=task, decision="rejected")
    for item in (task, item_of(intake, "subject")):
        with pytest.raises(Refused):
            services.split_item(by=cast.city_clerk, item=item, parts=["Một việc", "Hai việc"])


def test_two_neighbours_become_one(cast: Cast, intake: Intake) -> None:
    plan, clear = task_of(intake, 0), task_of(intake, 1)
    one = services.merge_items(by=cast.city_clerk, item=plan, other=clear)
    value = value_of(one)
    assert value["text"].startswith("Xây dựng kế hoạch thực hiện")
    assert "rà soát các điểm tập kết rác" in value["text"]
    assert cast.economy.pk in value["lead_units"]
    assert value["lead_text"] == "Đảng ủy các phường, xã; Phòng Kinh tế, Hạ tầng"
    assert value["due"] == "2026-11-12"  # the earlier of the two days
    here = items.span_of(one)
    assert here is not None
    assert (here[0], here[1]) == (plan.span_start, clear.span_end)
    clear.refresh_from_db()
    assert (clear.decision, clear.merged_into) == (Decision.REJECTED, plan)
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    assert document.provisions.filter(kind="task").count() == intake.items.filter(kind="task").count() - 1


def test_a_second_click_merges_nothing_more(cast: Cast, intake: Intake) -> None:
    plan, clear = task_of(intake, 0), task_of(intake, 1)
    services.merge_items(by=cast.city_clerk, item=plan, other=clear)
    before = snapshot(intake)
    services.merge_items(by=cast.city_clerk, item=plan, other=clear)
    assert snapshot(intake) == before


def test_only_two_tasks_are_made_one(cast: Cast, intake: Intake) -> None:
    task = task_of(intake, 0)
    for other in (task, item_of(intake, "subject"), intake.items.get(kind="reference")):
        with pytest.raises(Refused):
            services.merge_items(by=cast.city_clerk, item=task, other=other)


def test_every_act_is_taken_back_one_by_one_and_nothing_is_lost(
    cast: Cast, intake: Intake, task: ReadingItem
) -> None:
    by, states = cast.city_clerk, [snapshot(intake)]
    acts = [
        lambda: services.accept_certain(by=by, intake=intake),
        lambda: services.decide(
            by=by, item=item_of(intake, "signer"), decision="edited", value={"value": "Lê Tư"}
        ),
        lambda: services.decide(
            by=by, item=item_of(intake, "signer"), decision="edited", value={"value": "Lê Văn"}
        ),
        lambda: cut(cast, task),
        lambda: services.merge_items(by=by, item=task_of(intake, 0), other=task),
        lambda: services.decide(by=by, item=task_of(intake, 2), decision="rejected"),
    ]
    for act in acts:
        act()
        states.append(snapshot(intake))
    assert len({str(state) for state in states}) == len(states)
    for state in reversed(states[:-1]):
        last = intake.items.exclude(decided_at=None).order_by("-decided_at", "-ordinal").first()
        assert last is not None
        services.undo(by=by, item=last)
        assert snapshot(intake) == state


def test_taking_back_an_addition_leaves_it_out_but_keeps_its_words(cast: Cast, intake: Intake) -> None:
    by = cast.city_clerk
    added = services.add_item(by=by, intake=intake, kind="task", value={"text": "Báo cáo kết quả"})
    services.undo(by=by, item=added)
    added.refresh_from_db()
    assert (added.decision, value_of(added)["text"]) == (Decision.REJECTED, "Báo cáo kết quả")
    assert services.undo(by=by, item=added) == []


def test_a_split_is_not_taken_back_over_a_later_change_of_its_part(cast: Cast, task: ReadingItem) -> None:
    first, second = cut(cast, task)
    value = value_of(second) | {"due": "2026-12-24"}
    services.decide(by=cast.city_clerk, item=second, decision="edited", value=value)
    with pytest.raises(Refused) as refusal:
        services.undo(by=cast.city_clerk, item=first)
    assert refusal.value.code == "later"
    services.undo(by=cast.city_clerk, item=second)
    services.undo(by=cast.city_clerk, item=first)
    assert not ReadingItem.objects.filter(pk=second.pk).exists()


def test_a_decision_of_another_clerk_is_not_overwritten_unseen(cast: Cast, intake: Intake) -> None:
    signer = item_of(intake, "signer")
    seen = items.stamp_of(signer)
    services.decide(
        by=second_clerk(cast), item=signer, decision="edited", value={"value": "Lê Tư"}, seen=seen
    )
    for decision in ("accepted", "rejected", "edited"):
        with pytest.raises(Refused) as refusal:
            services.decide(
                by=cast.city_clerk, item=signer, decision=decision, value={"value": "X"}, seen=seen
            )
        assert refusal.value.code == "stale"
    signer.refresh_from_db()
    services.decide(by=cast.city_clerk, item=signer, decision="rejected", seen=items.stamp_of(signer))


def test_what_was_seen_in_the_text_has_its_place_and_a_second_click_adds_nothing(
    cast: Cast, intake: Intake
) -> None:
    start = intake.text.index("theo dõi")
    span = (start, start + len("theo dõi, kiểm tra"))
    given = {"text": "Theo dõi, kiểm tra", "lead_text": "Ủy ban Kiểm tra"}
    added = services.add_item(by=cast.city_clerk, intake=intake, kind="task", value=given, span=span)
    again = services.add_item(by=cast.city_clerk, intake=intake, kind="task", value=given, span=span)
    assert (again.pk, items.span_of(added)) == (added.pk, span)
    pasted = services.add_item(
        by=cast.city_clerk,
        intake=intake,
        kind="task",
        value={"text": "tổ tự quản hoạt động"},
        span=(-4, 10**9),
    )
    found = items.span_of(pasted)
    assert found is not None
    assert intake.text[slice(*found)] == "tổ tự quản hoạt động"


def test_only_who_may_register_cuts_merges_and_takes_back(
    cast: Cast, intake: Intake, task: ReadingItem
) -> None:
    for user in (cast.city_leader, cast.ward_clerk):
        with pytest.raises(PermissionDenied):
            services.split_item(by=user, item=task, parts=["Một việc", "Hai việc"])
        with pytest.raises(PermissionDenied):
            services.merge_items(by=user, item=task, other=task_of(intake, 0))
        with pytest.raises(PermissionDenied):
            services.undo(by=user, item=task)


def test_a_paper_put_aside_is_reshaped_no_more(cast: Cast, intake: Intake, task: ReadingItem) -> None:
    services.discard_intake(by=cast.city_clerk, intake=intake)
    for act in (
        lambda: cut(cast, task),
        lambda: services.merge_items(by=cast.city_clerk, item=task, other=task_of(intake, 0)),
        lambda: services.undo(by=cast.city_clerk, item=task),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "state"
