"""Reflections and commitments: counted like receipts, read by the writer and the head of the cell alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act, Reading
from thongsuot.core import clock
from thongsuot.core.holdings import Subject
from thongsuot.core.refusals import Refused
from thongsuot.core.retention import remove_expired
from thongsuot.dissemination.erasing import erase
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import Reflection, ReflectionKind, ReflectionState, ReflectionText
from thongsuot.dissemination.queries import my_papers, papers_by_unit
from thongsuot.dissemination.services import (
    ask_for_papers,
    hand_in,
    hand_in_file,
    note_on_paper,
    require_dissemination,
    return_paper,
)
from thongsuot.documents.models import Document
from thongsuot.organizations.services import enrol_people

KIND = ReflectionKind.REFLECTION
WORDS = "Tôi nhận giữ sạch đoạn kênh trước nhà."


@pytest.fixture
def asked(cast: Cast, document: Document) -> Document:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    ask_for_papers(by=cast.ward_leader, document=document, unit=cast.ward, kind=KIND, due=DUE)
    return document


def count(document: Document, cast: Cast) -> tuple[int, int]:
    assert_counts_equal_the_rows()
    fold_coverage()
    [ward] = papers_by_unit(document, cast.ward, [])
    [figure] = ward.counts
    return figure.handed_in, figure.required


def test_handed_in_counts_once_and_is_returned_once(cast: Cast, asked: Document) -> None:
    person = cast.person(cast.member)
    assert [duty.due for duty in my_papers(cast.member)] == [DUE]
    for _twice in range(2):
        hand_in(by=cast.member, document=asked, kind=KIND, text=f" {WORDS} ")
    assert my_papers(cast.member) == []
    with pytest.raises(Refused) as refusal:
        hand_in(by=cast.member, document=asked, kind=KIND, text="Khác")
    assert refusal.value.code == "handed_in_already"
    assert count(asked, cast) == (1, 10)
    stored = connection.cursor()
    stored.execute(f"SELECT text FROM {ReflectionText._meta.db_table}")  # our own table
    assert WORDS not in stored.fetchone()[0]

    def give_back(by: User) -> Reflection:
        return return_paper(
            by=by, document=asked, unit=cast.cell, person=person, kind=KIND, word="Nêu rõ việc làm"
        )

    for user in (cast.ward_leader, cast.city_leader, cast.member, cast.other_cell_head):
        with pytest.raises(PermissionDenied):
            give_back(user)
    give_back(cast.cell_head)
    assert count(asked, cast) == (0, 10)
    assert len(my_papers(cast.member)) == 1
    hand_in(by=cast.member, document=asked, kind=KIND, text="Mỗi thứ Bảy tôi vớt rác.")
    assert count(asked, cast) == (1, 10)
    with pytest.raises(Refused) as refusal:
        give_back(cast.cell_head)
    assert refusal.value.code == "not_returnable"
    acts = Act.objects.filter(verb__startswith="reflection.")
    assert {act.verb for act in acts} == {"reflection.asked_for", "reflection.returned"}
    assert not any("kênh" in str(act.detail) or person.name in str(act.detail) for act in acts)


def test_on_paper_counts_like_any_other(cast: Cast, asked: Document) -> None:
    person = cast.person(cast.second_member)
    for _twice in range(2):
        row = note_on_paper(by=cast.cell_head, document=asked, unit=cast.cell, person=person, kind=KIND)
    assert (row.state, row.noted_by) == (ReflectionState.ON_PAPER, cast.cell_head)
    assert count(asked, cast) == (1, 10)
    with pytest.raises(PermissionDenied):
        note_on_paper(by=cast.ward_leader, document=asked, unit=cast.cell, person=person, kind=KIND)
    with pytest.raises(Refused) as refusal:
        note_on_paper(
            by=cast.cell_head, document=asked, unit=cast.cell, person=person, kind=ReflectionKind.COMMITMENT
        )
    assert refusal.value.code == "not_asked"


def test_who_is_not_asked_hands_nothing_in(cast: Cast, asked: Document) -> None:
    for user, kind in (
        (cast.other_member, KIND),
        (cast.ward_leader, KIND),
        (cast.member, ReflectionKind.COMMITMENT),
    ):
        with pytest.raises(Refused) as refusal:
            hand_in(by=user, document=asked, kind=kind, text=WORDS)
        assert refusal.value.code == "not_asked"
    with pytest.raises(Refused):
        ask_for_papers(by=cast.ward_leader, document=asked, unit=cast.ward, kind=KIND, due=DUE)
    with pytest.raises(PermissionDenied):
        ask_for_papers(by=cast.member, document=asked, unit=cast.cell, kind=KIND, due=DUE)
    # The city asks for it too, earlier: one paper, and the first day binds.
    ask_for_papers(
        by=cast.city_leader, document=asked, unit=cast.city, kind=KIND, due=DUE - dt.timedelta(days=2)
    )
    assert [duty.due for duty in my_papers(cast.member)] == [DUE - dt.timedelta(days=2)]


def test_a_file_gives_its_words_and_a_secret_one_leaves_nothing(cast: Cast, asked: Document) -> None:
    with pytest.raises(Refused) as refusal:
        hand_in_file(
            by=cast.member, document=asked, kind=KIND, content="MẬT\n\nBài thu hoạch".encode(), name="bai.txt"
        )
    assert refusal.value.code == "secret"
    assert not Reflection.objects.exists()
    hand_in_file(by=cast.member, document=asked, kind=KIND, content=WORDS.encode(), name="bai.txt")
    assert ReflectionText._default_manager.get().text == WORDS


def test_words_end_and_the_count_stays(cast: Cast, asked: Document) -> None:
    for user in (cast.member, cast.second_member):
        hand_in(by=user, document=asked, kind=KIND, text=WORDS)
    erase(Subject((cast.person(cast.member).pk,), cast.member.pk))
    assert ReflectionText._default_manager.get().person == cast.person(cast.second_member)
    with clock.at(NOON + dt.timedelta(days=731)):
        assert remove_expired("dissemination.reflections") == 1
    assert count(asked, cast) == (2, 10)


def test_the_pages(client: Client, cast: Cast, asked: Document) -> None:
    def page(user: User, name: str, *args: object, query: str = "") -> tuple[str, int]:
        client.force_login(user)
        address = reverse(f"dissemination:{name}", args=args) + query
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert_whole(response)
        return str(response.content.decode()), len(queries)

    assert reverse("dissemination:papers", args=[asked.pk]) in page(cast.member, "read", asked.pk)[0]
    page(cast.member, "papers", asked.pk)
    address = reverse("dissemination:papers", args=[asked.pk])
    assert client.post(address, {"kind": "reflection", "text": ""}).status_code == 422
    upload = SimpleUploadedFile("bai.txt", WORDS.encode())
    assert client.post(address, {"kind": "reflection", "file": upload}).status_code == 302
    assert WORDS in page(cast.member, "papers", asked.pk)[0]
    person = cast.person(cast.member)
    listed, few = page(cast.cell_head, "reflections", asked.pk)
    assert person.name in listed
    assert WORDS not in listed
    opened, _queries = page(cast.cell_head, "reflection", asked.pk, cast.cell.pk, person.pk, "reflection")
    assert WORDS in opened
    assert Reading.objects.filter(what="members.paper", person_id=person.pk, by=cast.cell_head).exists()
    above, _queries = page(cast.ward_leader, "reflections", asked.pk)
    assert person.name not in above
    people = enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(18)], since=dt.date(2020, 1, 1))
    require_dissemination(by=cast.city_clerk, document=asked, unit=cast.city, units=[cast.ward], due=DUE)
    assert len(people) == 18
    assert page(cast.cell_head, "reflections", asked.pk)[1] == few
