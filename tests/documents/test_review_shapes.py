"""The pages that cut, merge, take back, add from a selection and choose units; stale pages and second clicks."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.cast import Cast
from tests.documents.test_intake import taken
from tests.documents.test_review import item_of, task_of, value_of
from tests.documents.test_review_reshaping import second_clerk
from tests.pages import assert_whole
from thongsuot.core.clock import at, moment
from thongsuot.documents import items, services
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision
from thongsuot.documents.queries.review_doubts import DEADLINE_NOTES

HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.city_clerk)
    return client


@pytest.fixture
def intake(cast: Cast) -> Intake:
    """Taken in on the day after it was issued: none of its deadlines has passed."""
    with at(moment(dt.date(2026, 11, 3))):
        return taken(cast)


def act_on(item: ReadingItem, act: str) -> str:
    return reverse(f"documents:{act}", args=[item.intake_id, item.ordinal])


def test_an_item_is_cut_at_an_offered_place(clerk: Client, intake: Intake) -> None:
    task = task_of(intake, 1)
    words = "Rà soát các điểm tập kết rác; xử lý xong trong quý IV"
    ReadingItem.objects.filter(pk=task.pk).update(proposed=value_of(task) | {"text": words})
    page = assert_whole(clerk.get(f"{intake.get_absolute_url()}?muc={task.ordinal}&tach=1"))
    (at,) = re.findall(r'name="at" value="(\d+)"', page)
    response = clerk.post(act_on(task, "split"), {"at": at, "seen": ""})
    part = intake.items.get(split_from=task)
    assert response["Location"].endswith(f"?muc={part.ordinal}#muc-{part.ordinal}")
    assert value_of(part)["text"] == "Xử lý xong trong quý IV"
    page = assert_whole(clerk.get(response["Location"]))
    assert page.index(f'id="muc-{task.ordinal}"') < page.index(f'id="muc-{part.ordinal}"')
    assert f'data-marks="{part.ordinal}"' in page


def test_a_cut_that_is_none_says_so_and_keeps_what_was_typed(clerk: Client, intake: Intake) -> None:
    task = task_of(intake, 1)
    page = assert_whole(clerk.post(act_on(task, "split"), {"parts": "Chỉ một việc thôi"}), 409)
    assert "Hãy chọn chỗ tách" in page
    assert "Chỉ một việc thôi" in page
    assert assert_whole(clerk.post(act_on(task, "split"), {"parts": ""})).count('class="errors"') == 1
    assert not intake.items.filter(split_from=task).exists()


def test_after_a_cut_the_marks_in_the_paper_come_with_the_panel(clerk: Client, intake: Intake) -> None:
    task = task_of(intake, 1)
    answer = clerk.post(
        act_on(task, "split"), {"parts": "Rà soát\nXử lý xong"}, headers=HTMX
    ).content.decode()
    assert 'id="van-ban" hx-swap-oob="true"' in answer
    plain = clerk.post(act_on(task, "decide"), {"decision": "accepted"}, headers=HTMX).content.decode()
    assert 'id="van-ban"' not in plain  # a decision changes no mark


def test_two_tasks_become_one_and_the_undo_names_it(clerk: Client, intake: Intake) -> None:
    first, second = task_of(intake, 0), task_of(intake, 1)
    clerk.post(act_on(first, "merge"), {"with": str(second.ordinal)})
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    assert f"đã gộp vào mục {first.ordinal}" in page
    assert f"hoàn tác mục {first.ordinal}" in page
    stamp = items.stamp_of(intake.items.get(pk=first.pk))
    clerk.post(act_on(first, "undo"), {"seen": stamp})
    assert not intake.items.exclude(decision=Decision.PENDING).exists()
    assert (
        clerk.post(act_on(first, "undo"), {"seen": stamp}).status_code == 302
    )  # a second click does no harm


def test_nonsense_is_not_merged(clerk: Client, intake: Intake) -> None:
    task = task_of(intake, 0)
    for given in ("", "x", "9999", "-1"):
        assert clerk.post(act_on(task, "merge"), {"with": given}).status_code == 404
    assert clerk.post(act_on(task, "merge"), {"with": str(task.ordinal)}).status_code == 409
    assert clerk.post(act_on(item_of(intake, "kind"), "split"), {"at": "3"}).status_code == 409
    for query in ("them=task&tu=5", "them=task&tu=9&den=3", "them=task&tu=0&den=99999999999", "tach=1&muc=1"):
        assert_whole(clerk.get(f"{intake.get_absolute_url()}?{query}"))


def test_a_stale_page_does_not_overwrite_what_a_colleague_decided(
    clerk: Client, cast: Cast, intake: Intake
) -> None:
    signer = item_of(intake, "signer")
    colleague = second_clerk(cast)
    services.decide(by=colleague, item=signer, decision="edited", value={"value": "Lê Tư"})
    given = {"decision": "edited", "value": "Trần Bích", "seen": ""}
    page = assert_whole(clerk.post(act_on(signer, "decide"), given), 409)
    assert f"{colleague} vừa quyết định mục {signer.ordinal}" in page
    assert 'value="Trần Bích"' in page  # what was typed is not lost
    stamp = items.stamp_of(intake.items.get(pk=signer.pk))
    assert f'name="seen" value="{stamp}"' in page
    clerk.post(act_on(signer, "decide"), given | {"seen": stamp})
    assert item_of(intake, "signer").decided == {"value": "Trần Bích"}


def test_selected_words_fill_the_form_and_change_kind_without_being_lost(
    clerk: Client, intake: Intake
) -> None:
    start = intake.text.index("rà soát các điểm")
    place = f"tu={start}&den={start + 16}"
    page = assert_whole(clerk.get(f"{intake.get_absolute_url()}?them=task&{place}"))
    assert ">\nRà soát các điểm</textarea>" in page
    assert 'value="Phòng Kinh tế, Hạ tầng"' in page  # the task before it in the same paragraph says who
    assert f"them=target&amp;tu={start}" in page
    cited = intake.text.index("09-NQ/ThU")
    page = assert_whole(
        clerk.get(f"{intake.get_absolute_url()}?them=reference&tu={cited - 4}&den={cited + 9}")
    )
    assert 'value="09-NQ/ThU"' in page
    given = {"kind": "task", "text": "Rà soát các điểm", "tu": str(start), "den": str(start + 16)}
    clerk.post(reverse("documents:add_item", args=[intake.pk]), given)
    added = intake.items.order_by("-ordinal")[0]
    assert (added.span_start, added.span_end) == (start, start + 16)


def test_the_list_of_what_to_look_at_closely_stays_chosen(clerk: Client, intake: Intake) -> None:
    doubtful = task_of(intake, 2)
    ReadingItem.objects.filter(pk=doubtful.pk).update(confidence=0.6)
    ReadingItem.objects.filter(intake=intake).exclude(pk=doubtful.pk).update(confidence=0.95)
    address = f"{intake.get_absolute_url()}?xem=ky"
    page = assert_whole(clerk.get(address))
    assert f'id="muc-{doubtful.ordinal}"' in page
    assert f'id="muc-{task_of(intake, 0).ordinal}"' not in page
    assert "khoảng 6 mục đúng" in page
    assert "xem kỹ</span>" in page
    response = clerk.post(act_on(doubtful, "decide") + "?xem=ky", {"decision": "accepted"})
    assert "xem=ky" in response["Location"]


def test_a_deadline_that_had_passed_is_looked_at_and_not_accepted_with_the_rest(
    clerk: Client, cast: Cast
) -> None:
    with at(moment(dt.date(2026, 11, 20))):
        intake = taken(cast)
    plan, clear = task_of(intake, 0), task_of(intake, 1)
    intake.items.update(confidence=0.95)
    assert "Thời hạn đã qua khi văn bản đến (12/11/2026)." in assert_whole(
        clerk.get(intake.get_absolute_url())
    )
    clerk.post(reverse("documents:accept_certain", args=[intake.pk]))
    plan.refresh_from_db()
    clear.refresh_from_db()
    assert (plan.decision, clear.decision) == (Decision.PENDING, Decision.ACCEPTED)


@pytest.mark.parametrize("code", sorted(DEADLINE_NOTES))
def test_why_a_deadline_is_doubtful_is_said_in_words(clerk: Client, intake: Intake, code: str) -> None:
    task = task_of(intake, 1)
    value = value_of(task) | {"note": f"hour_stated {code}", "due": None}
    ReadingItem.objects.filter(pk=task.pk).update(proposed=value)
    with override("vi"):
        sentence = str(DEADLINE_NOTES[code])
    assert sentence in assert_whole(clerk.get(intake.get_absolute_url()))


def test_units_are_offered_by_name_and_by_class(clerk: Client, cast: Cast, intake: Intake) -> None:
    address = reverse("documents:assignees", args=[intake.pk])
    found = clerk.get(address, {"lead_add": "Ban Tuyên giáo; cau van"}).content.decode()
    assert f'data-unit="{cast.ward.pk}"' in found  # what stands after the last semicolon counts
    both = clerk.get(address, {"coordinator_add": "các phường"}).content.decode()
    assert all(f'data-unit="{unit.pk}"' in both for unit in cast.communes)
    assert "3 đơn vị" in both
    assert "Không có đơn vị" in clerk.get(address, {"lead_add": "bộ tài chính"}).content.decode()
    assert clerk.get(address).content.strip() == b""


def test_an_unknown_name_is_an_error_and_unticked_units_stay_away(
    clerk: Client, cast: Cast, intake: Intake
) -> None:
    plan = task_of(intake, 0)
    value = value_of(plan)
    assert set(value["lead_units"]) == {unit.pk for unit in cast.communes}
    given: dict[str, Any] = {"decision": "edited", "text": value["text"], "lead_text": value["lead_text"]}
    page = assert_whole(clerk.post(act_on(plan, "decide"), given | {"lead_add": "Bộ Tài chính"}))
    assert "Không có đơn vị trực thuộc nào tên là Bộ Tài chính" in page
    clerk.post(
        act_on(plan, "decide"),
        given | {"lead_units": [str(cast.ward.pk)], "lead_add": "phong kinh te, ha tang"},
    )
    plan.refresh_from_db()
    assert set(value_of(plan)["lead_units"]) == {cast.ward.pk, cast.economy.pk}
    assert value_of(plan)["for_recipients"] is False


def test_many_units_are_one_line_that_opens(clerk: Client, cast: Cast, intake: Intake) -> None:
    plan = task_of(intake, 0)
    everybody = [*cast.communes, cast.cell, cast.second_cell]
    value = value_of(plan) | {"lead_units": [unit.pk for unit in everybody]}
    services.decide(by=cast.city_clerk, item=plan, decision="edited", value=value)
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    assert re.search(r"<details class=\"many\"><summary>5 đơn vị</summary>", page)


def test_two_hundred_items_cost_the_questions_of_two(
    clerk: Client, cast: Cast, intake: Intake, django_assert_max_num_queries: Any
) -> None:
    sample, address = task_of(intake, 1), intake.get_absolute_url()
    intake.items.filter(kind__in=("task", "target")).exclude(pk=sample.pk).delete()
    clerk.get(address)
    answers = []
    for many in (2, 200):
        last = intake.items.order_by("-ordinal")[0].ordinal
        ReadingItem.objects.bulk_create(
            ReadingItem(
                intake=intake,
                ordinal=last + step,
                kind="task",
                proposed=sample.proposed,
                confidence=0.9,
                span_start=sample.span_start,
                span_end=sample.span_end,
            )
            for step in range(1, many)
        )
        with django_assert_max_num_queries(30) as page:
            assert_whole(clerk.get(address))
        with django_assert_max_num_queries(40) as act:
            clerk.post(
                act_on(sample, "decide"), {"decision": "accepted" if many == 2 else "rejected"}, headers=HTMX
            )
        answers.append((len(page), len(act)))
    assert answers[0] == answers[1]


def test_the_page_speaks_english_too(clerk: Client, intake: Intake) -> None:
    clerk.cookies["django_language"] = "en"
    task = task_of(intake, 1)
    page = assert_whole(clerk.get(f"{intake.get_absolute_url()}?muc={task.ordinal}"))
    for words in (
        "Merge with the next",
        "Leave out",
        "undo" if "hoan-tac" in page else "Split",
        "Keys of this page",
    ):
        assert words in page
    assert "Gộp với mục sau" not in page
