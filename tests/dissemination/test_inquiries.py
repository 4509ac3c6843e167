"""Questions about documents: without a name nobody learns who asked, and one answer is for everybody below."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.factories import DUE, NOON
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.holdings import Subject
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.erasing import erase
from thongsuot.dissemination.holdings import HOLDINGS
from thongsuot.dissemination.models import Inquiry, InquiryState, InquirySupport
from thongsuot.dissemination.queries import inquiries_on, inquiries_to_answer, inquiry_of
from thongsuot.dissemination.services import (
    answer_inquiry,
    ask,
    join_inquiry,
    merge_inquiry,
    pass_up,
    require_dissemination,
    set_aside,
)
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit

ASKED = "Chi bộ dọn đoạn kênh nào?"


@pytest.fixture
def required(cast: Cast, document: Document) -> Document:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


def test_without_a_name_no_row_leads_to_the_asker(cast: Cast, required: Document) -> None:
    before = Act.objects.count()
    inquiry = ask(by=cast.member, document=required, text=ASKED, paragraph=3)
    assert (inquiry.unit_id, inquiry.asker, inquiry.asked_on) == (cast.ward.pk, None, clock.today())
    assert Act.objects.count() == before
    person = cast.person(cast.member)
    # Neither their key nor their name in any column of what was written.
    for row in (inquiry, InquirySupport._default_manager.get()):
        for field in row._meta.concrete_fields:
            assert person.name not in str(getattr(row, field.attname))
            if field.remote_field and field.remote_field.model in (Person, User):
                assert getattr(row, field.attname) is None
    assert inquiry.pk.version == 4  # no moment in the key
    assert [row.is_mine for row in inquiries_on(cast.member, required)] == [True]
    for user in (cast.ward_leader, cast.city_leader, cast.ward_clerk):
        seen = inquiry_of(user, inquiry.pk)
        assert seen is not None
        assert (seen.name, seen.may_answer) == ("", True)
    assert inquiry_of(cast.cell_head, inquiry.pk) is None  # for the ward to answer, not for the cell
    assert inquiry_of(cast.other_ward_leader, inquiry.pk) is None


def test_with_a_name_only_who_may_name_members_sees_it(cast: Cast, required: Document) -> None:
    inquiry = ask(by=cast.member, document=required, text=ASKED, with_name=True)
    assert inquiry.unit_id == cast.cell.pk
    name = cast.person(cast.member).name
    names = {
        part: row.name if (row := inquiry_of(user, inquiry.pk)) else None
        for part, user in cast.everybody.items()
    }
    expected = dict.fromkeys(("member", "cell_head", "ward_leader", "city_leader"), name)
    unnamed = dict.fromkeys(("ward_clerk", "city_clerk"), "")
    assert {part: said for part, said in names.items() if said is not None} == expected | unnamed
    assert [row.name for row in inquiries_on(cast.second_member, required)] == [""]


def test_a_name_beside_does_not_lead_to_the_nameless_question(cast: Cast, required: Document) -> None:
    """Neither in the rows nor by joining the two: the number of those who ask says nothing of who they are."""
    nameless = ask(by=cast.member, document=required, text=ASKED)
    named = ask(by=cast.member, document=required, text="Ai dọn?", with_name=True)
    marks = [set(row.supports.values_list("mark", flat=True)) for row in (nameless, named)]
    assert [{row.mark} for row in (nameless, named)] == marks
    assert not marks[0] & marks[1]
    # What was asked before they were kept apart.
    Inquiry.objects.filter(pk=named.pk).update(mark=nameless.mark)
    InquirySupport._default_manager.update(mark=nameless.mark)
    import_module("thongsuot.dissemination.migrations.0018_named_marks").part_from_the_nameless(apps, None)
    named.refresh_from_db()
    assert named.mark != nameless.mark
    assert [row.mark for row in named.supports.all()] == [named.mark]
    assert {row.inquiry.pk for row in inquiries_on(cast.member, required) if row.is_mine} == {
        nameless.pk,
        named.pk,
    }
    with pytest.raises(PermissionDenied):
        join_inquiry(by=cast.other_member, inquiry=named)
    assert join_inquiry(by=cast.member, inquiry=named).askers == 1
    assert merge_inquiry(by=cast.ward_leader, inquiry=named, into=nameless).askers == 2


def test_one_person_asks_so_much_a_day(cast: Cast, required: Document) -> None:
    first = ask(by=cast.member, document=required, text=ASKED)
    assert ask(by=cast.member, document=required, text=f" {ASKED} ") == first
    for number in range(2):
        ask(by=cast.member, document=required, text=f"Câu {number}", with_name=True)
    with pytest.raises(Refused) as refusal:
        ask(by=cast.member, document=required, text="Câu nữa")
    assert refusal.value.code == "too_many"
    with clock.at(NOON + dt.timedelta(days=1)):
        ask(by=cast.member, document=required, text="Câu nữa")
    with pytest.raises(PermissionDenied):
        ask(by=cast.other_member, document=required, text=ASKED)
    with pytest.raises(Refused):
        ask(by=cast.second_member, document=required, text="  ")


def test_the_same_question_is_answered_once_for_all(cast: Cast, required: Document) -> None:
    first = ask(by=cast.member, document=required, text=ASKED)
    other = ask(by=cast.cell_head, document=required, text="Dọn ở đâu?", with_name=True)
    for _twice in range(2):
        assert join_inquiry(by=cast.second_member, inquiry=first).askers == 2
    join_inquiry(by=cast.second_member, inquiry=other)
    for user in (cast.other_member, cast.other_ward_leader):
        with pytest.raises(PermissionDenied):
            join_inquiry(by=user, inquiry=first)
        with pytest.raises(PermissionDenied):
            answer_inquiry(by=user, inquiry=first, text="Có")
    with pytest.raises(Refused) as refusal:
        merge_inquiry(by=cast.ward_leader, inquiry=first, into=other)  # a cell answers for itself alone
    assert refusal.value.code == "not_same"
    main = merge_inquiry(by=cast.ward_leader, inquiry=other, into=first)
    assert main.askers == 3  # who asks both is one person
    answer_inquiry(by=cast.ward_leader, inquiry=main, text="Đoạn từ cầu Ván đến chợ.")
    with pytest.raises(Refused):
        answer_inquiry(by=cast.city_leader, inquiry=main, text="Khác")
    rows = {row.inquiry.pk: row for row in inquiries_on(cast.cell_head, required)}
    assert {row.answered.answer for row in rows.values() if row.answered} == {"Đoạn từ cầu Ván đến chợ."}
    assert rows[other.pk].is_mine
    assert Act.objects.filter(verb__startswith="inquiry.").count() == 3


def test_passed_up_and_set_aside(cast: Cast, required: Document) -> None:
    inquiry = ask(by=cast.member, document=required, text=ASKED, with_name=True)
    for place in (cast.ward, cast.city):
        inquiry = pass_up(by=cast.city_leader if place == cast.city else cast.cell_head, inquiry=inquiry)
        assert inquiry.unit_id == place.pk
    with pytest.raises(PermissionDenied):
        answer_inquiry(by=cast.cell_head, inquiry=inquiry, text="Có")
    with pytest.raises(Refused):
        pass_up(by=cast.city_leader, inquiry=inquiry)
    rude = ask(by=cast.second_member, document=required, text="Nêu tên một người")
    set_aside(by=cast.ward_leader, inquiry=rude, reason="Không phải câu hỏi về văn bản")
    assert [row.inquiry.pk for row in inquiries_on(cast.member, required)] == [inquiry.pk]
    assert {row.inquiry.state for row in inquiries_on(cast.second_member, required)} == {
        InquiryState.OPEN,
        InquiryState.SET_ASIDE,
    }


def test_a_successor_answers_what_was_put_to_a_unit_that_ended(cast: Cast, required: Document) -> None:
    inquiry = ask(by=cast.member, document=required, text=ASKED, with_name=True)
    # As a merger leaves it: the ended cell hangs below the one that took over.
    heir = cast.second_cell
    Unit.objects.filter(pk=cast.cell.pk).update(
        parent=heir,
        path=heir.path + cast.cell.path[-len(heir.path) + len(cast.ward.path) :],
        valid_to=clock.today(),
    )
    leader = User.objects.get(pk=cast.ward_leader.pk)
    assert list(inquiries_to_answer(leader)) == [inquiry]
    answer_inquiry(by=leader, inquiry=Inquiry.objects.get(), text="Có")
    members = heir.memberships.exclude(person__user=None).values_list("person__user", flat=True)
    reader = User.objects.filter(pk__in=members).first()
    if reader is not None:
        assert [row.inquiry.pk for row in inquiries_on(reader, required)] == [inquiry.pk]


def test_erased_the_question_stays_and_leads_to_nobody(cast: Cast, required: Document) -> None:
    ask(by=cast.member, document=required, text=ASKED, with_name=True)
    ask(by=cast.member, document=required, text="Không tên")
    subject = Subject((cast.person(cast.member).pk,), cast.member.pk)
    [mine] = [holding for holding in HOLDINGS if holding.model is Inquiry]
    assert {row.text for row in mine.rows(subject)} == {ASKED, "Không tên"}
    for _twice in range(2):
        erase(subject)
    assert [(row.asker, row.mark, row.askers) for row in Inquiry.objects.all()] == [(None, "", 1)] * 2
    assert not mine.rows(subject).exists()
    assert inquiries_on(cast.member, required)[0].is_mine is False


def test_the_pages(client: Client, cast: Cast, required: Document) -> None:
    questions = reverse("dissemination:questions", args=[required.pk])
    read = reverse("dissemination:read", args=[required.pk])

    def page(user: User, address: str) -> tuple[str, int]:
        client.force_login(user)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address)
        assert_whole(response)
        return str(response.content.decode()), len(queries)

    _page, silent = page(cast.second_member, read)
    assert 'name="paragraph"' in page(cast.member, f"{questions}?doan=3")[0]
    posted = client.post(questions, {"paragraph": "3", "text": ASKED})
    assert posted["Location"] == questions
    inquiry = Inquiry.objects.get()
    client.force_login(cast.second_member)
    assert client.post(reverse("dissemination:join", args=[inquiry.pk])).status_code == 302
    text, few = page(cast.second_member, questions)
    assert "2 người cùng hỏi" in text
    address = inquiry.get_absolute_url()
    assert "Không ai biết người hỏi" in page(cast.ward_leader, address)[0]
    assert client.post(address, {"act": "answer", "answer": ""}).status_code == 422
    assert client.post(address, {"act": "answer", "answer": "Đoạn từ cầu Ván."}).status_code == 302
    text, spoken = page(cast.second_member, read)
    assert "Đoạn từ cầu Ván." in text
    # Where nobody has answered anything the reading page asks no more than before.
    assert spoken - silent <= 5
    for number in range(20):
        Inquiry.objects.create(document=required, unit=cast.ward, text=f"Câu {number}", mark=f"{number}")
    assert page(cast.second_member, questions)[1] == few
    listed, many = page(cast.ward_leader, reverse("dissemination:inquiries"))
    Inquiry.objects.exclude(pk=inquiry.pk).delete()
    assert page(cast.ward_leader, reverse("dissemination:inquiries"))[1] == many
    assert listed.index("Câu 0") < listed.index(ASKED)  # answered: behind what waits
