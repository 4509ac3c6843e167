"""A mark that is changed keeps what stood there before; what else reached a person still counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, make_session
from tests.pages import assert_whole
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import AttendanceCorrection, Channel, Receipt
from thongsuot.dissemination.services import confirm_reading, mark_attendance, require_dissemination
from thongsuot.documents.models import Document


def test_a_late_correction_says_why_and_keeps_both_values(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    person = cast.person(cast.member).pk

    def mark(present: set[int], reason: str = "") -> None:
        mark_attendance(
            by=cast.cell_head, session=session, unit=cast.cell, present=present, excused=set(), reason=reason
        )

    mark({person})
    assert not AttendanceCorrection.objects.exists()
    with clock.at(NOON + dt.timedelta(days=3)):
        mark(set())  # the last day without a reason
        mark(set())
    with clock.at(NOON + dt.timedelta(days=4)):
        with pytest.raises(Refused) as refusal:
            mark({person})
        assert refusal.value.code == "no_reason"
        assert Receipt.objects.get(person=person).reached_at is None
        mark({person}, "Đến muộn, chưa kịp ký tên")
    facts = AttendanceCorrection.objects.order_by("at").values_list(
        "person", "before", "after", "noted_at", "noted_by", "by", "reason"
    )
    assert list(facts) == [
        (person, "present", "absent", NOON, cast.cell_head.pk, cast.cell_head.pk, ""),
        (
            person,
            "absent",
            "present",
            NOON + dt.timedelta(days=3),
            cast.cell_head.pk,
            cast.cell_head.pk,
            "Đến muộn, chưa kịp ký tên",
        ),
    ]
    assert Receipt.objects.get(person=person).reached_on == session.starts_at.date()
    assert_counts_equal_the_rows()


def test_who_also_confirmed_stays_reached_when_the_attendance_is_corrected(
    cast: Cast, document: Document
) -> None:
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    reader, other = cast.person(cast.member).pk, cast.person(cast.second_member).pk
    mark_attendance(
        by=cast.cell_head, session=session, unit=cast.cell, present={reader, other}, excused=set()
    )
    for _ in range(2):
        confirm_reading(by=cast.member, document=document)
    mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=set(), excused=set())
    still = Receipt.objects.exclude(reached_at=None).values_list("person", "channel", "reached_at")
    assert list(still) == [(reader, Channel.READING, NOON)]
    assert_counts_equal_the_rows()


def test_the_page_takes_the_reason_and_names_only_where_names_may_be_seen(
    client: Client, cast: Cast, document: Document
) -> None:
    session = make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])
    person = cast.person(cast.member)
    mark = {f"p{person.pk}": "present"}
    client.force_login(cast.cell_head)
    client.post(session.get_absolute_url(), mark)
    with clock.at(NOON + dt.timedelta(days=4)):
        client.force_login(cast.cell_head)
        changed = {f"p{person.pk}": "excused"}
        silent = client.post(session.get_absolute_url(), changed, follow=True).content.decode()
        assert "cần nêu lý do" in silent
        client.post(session.get_absolute_url(), changed | {"why": "Ghi nhầm người cùng tên"})
        page = client.get(session.get_absolute_url())
        assert_whole(page)
        assert "Ghi nhầm người cùng tên" in page.content.decode()
        for other in (cast.ward_clerk, cast.member):
            client.force_login(other)
            assert "Ghi nhầm người cùng tên" not in client.get(session.get_absolute_url()).content.decode()
