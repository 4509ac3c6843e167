"""A text that changes under those who have confirmed it: who is asked again, and what is counted meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, make_dispatch, make_document, make_session
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import (
    Attendance,
    CoverageTotal,
    ReachEvent,
    Receipt,
    Requirement,
    Session,
)
from thongsuot.dissemination.queries import coverage_of, my_readings
from thongsuot.dissemination.services import (
    confirm_reading,
    mark_attendance,
    readings,
    renewing,
    require_dissemination,
    vouch_reading,
)
from thongsuot.dissemination.services.reaching import reach_people
from thongsuot.documents.hooks import Recalled
from thongsuot.documents.models import Delivery, Document, DocumentRelation, Recall
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.documents.services import publish_version
from thongsuot.home.proofs.counting import coverage_counters, totals


@pytest.fixture
def required(cast: Cast, document: Document) -> Document:
    Document.objects.filter(pk=document.pk).update(issuing_unit=cast.city)
    document.refresh_from_db()
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


def publish(cast: Cast, document: Document, *, material: bool = True, words: str = "Thêm thời hạn") -> str:
    """Another text in force; ``document`` stays as whoever read it before had it. Its hash."""
    fresh = Document.objects.get(pk=document.pk)
    text = f"{fresh.text}\n{words}."
    publish_version(by=cast.city_clerk, document=fresh, material=material, what_changed=words, text=text)
    return fresh.text_sha256


def counts(cast: Cast, document: Document) -> tuple[int, int, int, int]:
    assert_counts_equal_the_rows()
    assert [*coverage_counters(), *totals(CoverageTotal)] == []
    total = coverage_of(document, [cast.city])[cast.city.pk]
    return total.required, total.reached, total.in_time, total.by_session


def reach_three_ways(cast: Cast, document: Document) -> Session:
    """Seven of the ten of the ward: by reading, by the head's word, five at a session."""
    confirm_reading(by=cast.member, document=document)
    head = cast.person(cast.cell_head)
    vouch_reading(by=cast.cell_head, document=document, unit=cast.cell, person=head, reason="Đã đọc")
    session = make_session(cast.ward_leader, cast.ward, [cast.second_cell], [document])
    people = set(Attendance.objects.filter(session=session).values_list("person_id", flat=True))
    mark_attendance(
        by=cast.ward_leader, session=session, unit=cast.second_cell, present=people, excused=set()
    )
    return session


def test_a_change_of_substance_is_asked_of_everybody_again(
    cast: Cast, required: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "AT_ONCE", 3)
    session = reach_three_ways(cast, required)
    assert counts(cast, required) == (10, 7, 7, 5)
    facts = ReachEvent.objects.count()
    publish(cast, required)
    assert counts(cast, required) == (10, 0, 0, 0)
    assert set(Receipt.objects.values_list("version", "due", "channel")) == {(2, DUE, "")}
    assert not Receipt.objects.filter(session__isnull=False).exists()
    taken = ReachEvent.objects.filter(verb="withdrawn")
    assert (taken.count(), ReachEvent.objects.count()) == (7, facts + 7)
    assert set(taken.values_list("by", "reason")) == {(cast.city_clerk.pk, "Văn bản có bản mới")}
    assert [duty.due for duty in my_readings(cast.member)] == [DUE]
    # The session spoke about the text before: marking it once more reaches nobody.
    people = set(Attendance.objects.filter(session=session).values_list("person_id", flat=True))
    for present in (set(), people):
        mark_attendance(
            by=cast.ward_leader, session=session, unit=cast.second_cell, present=present, excused=set()
        )
    assert counts(cast, required) == (10, 0, 0, 0)
    fresh = Document.objects.get(pk=required.pk)
    with clock.at(NOON + dt.timedelta(days=9)):
        later = make_session(
            cast.ward_leader, cast.ward, [cast.second_cell], [fresh], day=DUE + dt.timedelta(days=1)
        )
        for _ in range(2):
            confirm_reading(by=cast.member, document=fresh)
            mark_attendance(
                by=cast.ward_leader, session=later, unit=cast.second_cell, present=people, excused=set()
            )
        assert counts(cast, required) == (10, 6, 0, 5)
        publish(cast, required, words="Thêm nơi nhận")
        assert counts(cast, required) == (10, 0, 0, 0)
    assert set(Receipt.objects.values_list("version", flat=True)) == {3}


def test_a_change_may_set_a_new_day_for_those_it_asks_again(cast: Cast, required: Document) -> None:
    confirm_reading(by=cast.member, document=required)
    later = DUE + dt.timedelta(days=20)
    with clock.at(NOON + dt.timedelta(days=30)):
        # Without one, whoever has read it is late from the first day; with one, until then in time.
        day = clock.today() + dt.timedelta(days=5)
        fresh = Document.objects.get(pk=required.pk)
        publish_version(
            by=cast.city_clerk,
            document=fresh,
            material=True,
            what_changed="Thêm thời hạn",
            text=f"{fresh.text}\nThêm.",
            due=day,
        )
        assert day > later
        assert Receipt.objects.get(person=cast.person(cast.member)).due == day
        assert set(Receipt.objects.exclude(due=day).values_list("due", flat=True)) == {DUE}
        assert Requirement.objects.get().due == day
        confirm_reading(by=cast.member, document=Document.objects.get(pk=required.pk))
        assert counts(cast, required) == (10, 1, 1, 0)


def test_a_correction_asks_nobody_and_who_joins_later_is_asked_for_the_last_change(
    cast: Cast, required: Document
) -> None:
    reach_three_ways(cast, required)
    corrected = publish(cast, required, material=False, words="Sửa lỗi chính tả")
    assert counts(cast, required) == (10, 7, 7, 5)
    assert not ReachEvent.objects.filter(verb="withdrawn").exists()
    fresh = Document.objects.get(pk=required.pk)
    confirm_reading(by=cast.second_member, document=fresh)
    assert ReachEvent.objects.filter(text_sha256=corrected).count() == 1
    publish(cast, required)
    publish(cast, required, material=False, words="Sửa lỗi lần hai")
    fresh.refresh_from_db()
    require_dissemination(
        by=cast.city_clerk, document=fresh, unit=cast.city, units=[cast.other_ward], due=DUE
    )
    assert set(Receipt.objects.values_list("version", flat=True)) == {3}
    confirm_reading(by=cast.other_member, document=fresh)
    required_now, reached, *_ = counts(cast, required)
    assert (required_now > 10, reached) == (True, 1)


def test_who_confirms_a_text_that_has_just_changed_is_asked_for_the_new_one(
    cast: Cast, required: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = cast.person(cast.second_member)
    publish(cast, required)
    for confirm in (
        lambda: confirm_reading(by=cast.member, document=required),
        lambda: vouch_reading(
            by=cast.cell_head, document=required, unit=cast.cell, person=person, reason="Đã đọc"
        ),
    ):
        with pytest.raises(Refused) as refusal:
            confirm()
        assert refusal.value.code == "text_changed"
    # Published between the look at the text and the writing: the row says which text is asked for.
    seen = Document.objects.get(pk=required.pk)
    place = f"{readings.__name__}.reach_people"

    def publish_first(**values: object) -> object:
        monkeypatch.setattr(place, reach_people)
        publish(cast, required, words="Thêm nơi nhận")
        return reach_people(**values)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(place, publish_first)
    with pytest.raises(Refused) as refusal:
        confirm_reading(by=cast.member, document=seen)
    assert refusal.value.code == "text_changed"
    assert not ReachEvent.objects.exists()
    assert counts(cast, required)[1] == 0


def test_what_was_given_back_is_asked_again_only_when_that_is_undone(cast: Cast, required: Document) -> None:
    make_dispatch(cast.city_clerk, cast.city, required, [cast.ward], DUE)
    reach_three_ways(cast, required)
    recall = Recall.objects.create(document=required, unit=cast.city, reason="Nhầm", asked_by=cast.city_clerk)
    deliveries = Delivery.objects.filter(document=required)
    deliveries.update(state=DeliveryState.GIVEN_BACK, recall=recall, before_recall="03")
    publish(cast, required)
    assert counts(cast, required) == (10, 7, 7, 5)
    deliveries.update(state=DeliveryState.RECEIVED)
    for _ in range(2):
        renewing.ask_after_recall(Recalled(cast.city_clerk, recall, deliveries.all(), NOON))
        assert counts(cast, required) == (10, 0, 0, 0)
    assert ReachEvent.objects.filter(verb="withdrawn").count() == 7


def test_what_another_document_has_replaced_is_not_asked_again(cast: Cast, required: Document) -> None:
    reach_three_ways(cast, required)
    new = make_document(cast.city_clerk, cast.city, number=13)
    replaces = {"document": new, "target": required, "relation": "replaces"}
    relation = DocumentRelation.objects.create(**replaces, settled_at=NOON)
    publish(cast, required)
    assert counts(cast, required) == (10, 7, 7, 5)
    assert set(Receipt.objects.values_list("version", flat=True)) == {1}
    # What is only said to be replaced, and not settled yet, is still asked.
    DocumentRelation.objects.filter(pk=relation.pk).update(settled_at=None)
    publish(cast, required, words="Thêm nơi nhận")
    assert counts(cast, required) == (10, 0, 0, 0)


def test_the_reading_page_says_what_has_changed(client: Client, cast: Cast, required: Document) -> None:
    address = reverse("dissemination:read", args=[required.pk])

    def page(user: object) -> str:
        client.force_login(user)  # type: ignore[arg-type]  # parts of the cast
        return client.get(address).content.decode()

    assert f'name="text" value="{required.text_sha256}"' in page(cast.member)
    assert client.post(address, {"text": required.text_sha256}).status_code == 302
    with clock.at(NOON + dt.timedelta(hours=1)):
        new = publish(cast, required)
        asked = page(cast.member)
        assert "Bản 2, thay đổi ngày 23/11/2026: Thêm thời hạn" in asked
        assert f'name="text" value="{new}"' in asked
        assert "Bản 2, thay đổi" not in page(cast.second_member), "who reads it for the first time"
        # Two taps on a page opened before: nothing is counted, the new text stands there with what changed.
        for given in ({"text": required.text_sha256}, {}):
            refused = client.post(address, given)
            assert refused.status_code == 409
            assert "chưa được tính" in refused.content.decode()
        assert counts(cast, required)[1] == 0
        told = client.post(address, {"text": required.text_sha256}).content.decode()
        assert "Bản 2, thay đổi ngày 23/11/2026: Thêm thời hạn" in told
        assert f'name="text" value="{new}"' in told
        assert client.post(address, {"text": new}).status_code == 302
        assert "Bản 2, thay đổi" not in page(cast.second_member)
        assert counts(cast, required)[1] == 1
    with clock.at(NOON + dt.timedelta(hours=2)):
        publish(cast, required, material=False, words="Sửa lỗi chính tả")
        after = page(cast.second_member)
        assert "Bản 3, thay đổi ngày 23/11/2026: Sửa lỗi chính tả" in after
        assert "vẫn còn giá trị" in after
        assert "Tôi đã đọc và hiểu" not in after
