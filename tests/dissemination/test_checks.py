"""The check of understanding: drawn for good, counted once, told to nobody else."""

from __future__ import annotations

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE
from tests.dissemination.test_versions import publish
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.answers.chance import draw, is_understood
from thongsuot.dissemination.answers.suppression import FEWEST_PEOPLE, tellable
from thongsuot.dissemination.jobs import fold_responses
from thongsuot.dissemination.models import (
    CheckAnswer,
    CheckQuestion,
    CheckTaken,
    QuestionCounter,
    ResponseCounter,
    ResponseTotal,
)
from thongsuot.dissemination.queries import own_check, questions_with_figures, understanding_in
from thongsuot.dissemination.services import (
    QuestionData,
    answer_question,
    correct_question,
    require_dissemination,
    start_again,
    withdraw_question,
    write_question,
)
from thongsuot.documents.counting import bump
from thongsuot.documents.models import Document
from thongsuot.home.proofs.counting import questions
from thongsuot.organizations.models import Unit
from thongsuot.organizations.services import enrol_people


def test_the_draw_is_the_same_whenever_it_is_asked_for() -> None:
    bank = range(1, 21)
    first = draw(bank, 7, 1)
    assert first == draw(reversed(bank), 7, 1)
    assert len(set(first)) == 5
    second = draw(bank, 7, 2, last=first)
    assert not set(second) & set(first)
    assert set(draw(range(1, 5), 7, 2, last=[1, 2, 3, 4])) == {1, 2, 3, 4}
    assert draw([1, 2], 7, 1) == []
    assert len({tuple(draw(bank, person, 1)) for person in range(50)}) > 40


@pytest.mark.parametrize(("asked", "needed"), [(3, 3), (4, 4), (5, 4)])
def test_four_fifths_have_to_be_right(asked: int, needed: int) -> None:
    assert is_understood(needed, asked, 0.8)
    assert not is_understood(needed - 1, asked, 0.8)
    assert not is_understood(0, 0, 0.8)


def test_no_group_of_fewer_than_five_can_be_worked_out() -> None:
    chance = random.Random(5)
    for _step in range(2000):
        parts = {key: chance.choice([0, 1, 3, 4, 5, 6, 9, 30]) for key in range(chance.randint(0, 7))}
        own = chance.choice([0, 0, 2, 8])
        whole = sum(parts.values()) + own
        shown = tellable(parts, whole)
        rest = whole - sum(parts[key] for key in shown)
        assert all(parts[key] >= FEWEST_PEOPLE for key in shown)
        assert not shown or rest == 0 or rest >= FEWEST_PEOPLE
    assert tellable({"a": 8, "b": 3, "c": 9}, 20) == {"c"}
    assert tellable({"a": 8, "b": 12}, 20) == {"a", "b"}


def data(text: str = "Ai xây dựng kế hoạch?", paragraph: int | None = 3) -> QuestionData:
    options = [("Đảng ủy phường, xã", True), ("Chi bộ", False), ("Cấp ủy các cấp", True)]
    return QuestionData(text=text, options=options, explanation="Xem mục I.1.", paragraph=paragraph)


@pytest.fixture
def bank(cast: Cast, document: Document) -> list[CheckQuestion]:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return [
        write_question(by=cast.city_clerk, document=document, unit=cast.city, data=data(f"Câu {number}"))
        for number in range(3)
    ]


def take(user: User, document: Document, right: int = 3) -> None:
    """Answer the questions of this try, so many of them rightly."""
    check = own_check(user, document)
    assert check is not None
    for place, step in enumerate(check.steps):
        chosen = step.question.right_ones if place < right else {1}
        answer_question(by=user, document=document, question=step.question.pk, chosen=chosen)


def test_questions_are_written_by_whoever_may_require(cast: Cast, document: Document) -> None:
    def write(by: User, unit: Unit, said: QuestionData) -> CheckQuestion:
        return write_question(by=by, document=document, unit=unit, data=said)

    for user in (cast.member, cast.ward_officer, cast.city_inspector, cast.ward_clerk):
        with pytest.raises(PermissionDenied):
            write(user, cast.city, data())
    faulty = {
        "options": QuestionData("Câu", [("Một", True)], "Vì"),
        "no_right_one": QuestionData("Câu", [("Một", False), ("Hai", False)], "Vì"),
        "empty": QuestionData("Câu", [("Một", True), ("Hai", False)], " "),
    }
    for code, said in faulty.items():
        with pytest.raises(Refused) as refusal:
            write(cast.city_clerk, cast.city, said)
        assert refusal.value.code == code
    question = write(cast.ward_clerk, cast.ward, data())
    assert correct_question(by=cast.ward_leader, question=question, data=data("Khác")).text == "Khác"
    with pytest.raises(PermissionDenied):
        withdraw_question(by=cast.other_ward_clerk, question=question)
    withdraw_question(by=cast.ward_clerk, question=question)
    assert not CheckQuestion.objects.standing().exists()


def test_a_check_counts_once_and_a_second_tap_changes_nothing(
    cast: Cast, document: Document, bank: list[CheckQuestion]
) -> None:
    take(cast.member, document, right=2)
    for _again in range(2):
        take(cast.member, document, right=3)  # the try is over: what stands is not answered again
    counter = ResponseCounter._default_manager.get()
    assert (counter.unit_id, counter.checked, counter.understood) == (cast.cell.pk, 1, 0)
    start_again(by=cast.member, document=document)
    assert list(questions()) == []
    start_again(by=cast.member, document=document)  # the second tap finds the try begun
    assert CheckTaken._default_manager.get().attempt == 2
    take(cast.member, document)
    counter.refresh_from_db()
    assert (counter.checked, counter.understood) == (1, 1)
    rows = CheckAnswer._default_manager.values_list("right", "right_at_first")
    assert sorted(rows) == [(True, False), (True, True), (True, True)]
    with pytest.raises(Refused) as refusal:
        answer_question(by=cast.other_member, document=document, question=bank[0].pk, chosen={0})
    assert refusal.value.code == "not_required"
    with pytest.raises(Refused) as refusal:
        correct_question(by=cast.city_clerk, question=bank[0], data=data("Khác"))
    assert refusal.value.code == "answered"
    assert_counts_equal_the_rows()


def test_a_change_of_substance_takes_the_checks_back(
    cast: Cast, document: Document, bank: list[CheckQuestion]
) -> None:
    Document.objects.filter(pk=document.pk).update(issuing_unit=cast.city)
    for user in (cast.member, cast.second_member):
        take(user, document)
    fold_responses()
    publish(cast, document, material=False)
    assert ResponseCounter._default_manager.get().understood == 2
    publish(cast, document)
    document.refresh_from_db()
    counter = ResponseCounter._default_manager.get()
    assert (counter.checked, counter.understood) == (0, 0)
    assert not CheckAnswer._default_manager.exists()
    check = own_check(cast.member, document)
    assert check is not None
    assert check.steps == []  # nobody has said yet that the questions hold for this text
    for number, question in enumerate(CheckQuestion.objects.order_by("pk")):
        correct_question(by=cast.city_clerk, question=question, data=data(f"Câu {number}"))
    take(cast.member, document)
    assert_counts_equal_the_rows()
    assert ResponseTotal._default_manager.get(unit=cast.city).checked == 1


def test_totals_are_told_from_five_people_up_and_move_by_five(
    cast: Cast, document: Document, bank: list[CheckQuestion]
) -> None:
    def finish(cell: Unit, people: int) -> None:
        rows = enrol_people([(f"Người {n} {cell.pk}", cell) for n in range(people)], since=DUE)
        CheckTaken._default_manager.bulk_create(
            CheckTaken(unit=cell, document=document, person=person, finished_at="2026-11-23T00:00Z")
            for person in rows
        )
        bump(ResponseCounter, unit_ids=[cell.pk], document_id=document.pk, checked=people)
        fold_responses()

    finish(cast.cell, 4)
    assert not understanding_in(document, cast.city)[0].is_told
    finish(cast.cell, 1)
    whole, parts = understanding_in(document, cast.city)
    assert (whole.checked, [part.is_told for part in parts]) == (5, [True])
    assert understanding_in(document, cast.cell)[0].checked == 5
    finish(cast.cell, 4)
    assert understanding_in(document, cast.cell)[0].checked == 5
    finish(cast.cell, 1)
    assert understanding_in(document, cast.cell)[0].checked == 10
    # Three in the cell beside it, and five elsewhere: taking one figure from another must not tell of the three.
    finish(cast.second_cell, 3)
    finish(cast.other_cell, 5)
    whole, parts = understanding_in(document, cast.city)
    assert (whole.checked, {part.unit.pk: part.is_told for part in parts}) == (
        18,
        {cast.ward.pk: True, cast.other_ward.pk: False},
    )
    assert understanding_in(document, cast.ward)[0].checked == 10
    for unit in (cast.other_ward, cast.other_cell):
        assert not understanding_in(document, unit)[0].is_told
    assert not understanding_in(document, cast.second_cell)[0].is_told
    assert_counts_equal_the_rows()


def test_the_figures_of_a_question_leave_no_few_people_over(
    cast: Cast, document: Document, bank: list[CheckQuestion]
) -> None:
    """Five people and more took the check everywhere, but two of a third ward were asked this question."""
    asked = {cast.ward.pk: 5, cast.other_ward.pk: 6, cast.commune.pk: 2}
    for unit, people in asked.items():
        bump(ResponseCounter, unit_ids=[unit], document_id=document.pk, checked=6)
        of = {"question_id": bank[0].pk}
        bump(QuestionCounter, unit_ids=[unit], document_id=document.pk, of=of, answered=people)
    fold_responses()
    whole, parts = understanding_in(document, cast.city)
    assert all(part.is_told for part in parts)
    told = {
        part.unit.pk: row.answered
        for part in (whole, *parts)
        for row in questions_with_figures(cast.city_leader, document, part.unit, part)
        if row.is_told
    }
    assert told == {cast.city.pk: 13, cast.other_ward.pk: 6}


def test_the_reading_page_leads_to_the_check_only_where_there_are_questions(
    client: Client, cast: Cast, document: Document, bank: list[CheckQuestion]
) -> None:
    client.force_login(cast.member)
    read, check = (reverse(f"dissemination:{name}", args=[document.pk]) for name in ("read", "check"))
    assert f'href="{check}"' in client.get(read).content.decode()
    for question in bank:
        withdraw_question(by=cast.city_clerk, question=question)
    assert f'href="{check}"' not in client.get(read).content.decode()


def test_the_pages_without_a_script(
    client: Client, cast: Cast, document: Document, bank: list[CheckQuestion]
) -> None:
    client.force_login(cast.member)
    address = reverse("dissemination:check", args=[document.pk])

    def page(query: str = "") -> str:
        response = client.get(address + query)
        assert_whole(response)
        return str(response.content.decode())

    assert "Câu hỏi 1/3" in page()
    assert not CheckTaken._default_manager.exists()  # looking writes nothing
    check = own_check(cast.member, document)
    assert check is not None
    answer = client.post(address, {"question": check.steps[0].question.pk})
    assert answer["Location"].endswith("?thieu=1")
    assert "Hãy chọn ít nhất một phương án." in page("?thieu=1")
    for step in check.steps:
        answer = client.post(address, {"question": step.question.pk, "chosen": ["0", "2"]})
        seen = page("?" + answer["Location"].partition("?")[2])
        assert "Xem mục I.1." in seen
        assert "#doan-3" in seen
    assert "Đúng 3/3 câu." in page()
    client.post(address, {"again": "1"})
    assert "Câu hỏi 1/3" in page()
    name = cast.person(cast.member).name
    for user in (cast.cell_head, cast.ward_leader, cast.city_leader):
        client.force_login(user)
        response = client.get(reverse("dissemination:understanding", args=[document.pk]))
        assert_whole(response)
        assert name not in response.content.decode()
