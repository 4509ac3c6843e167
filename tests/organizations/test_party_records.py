"""Records of Party members: kept encrypted, read by few and noted, corrected by new rows, carried through joining."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.append_only import AppendOnlyError
from thongsuot.audit.models import Act, Reading
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Evaluation, Membership, PartyRecord, Person
from thongsuot.organizations.queries import party_record_of
from thongsuot.organizations.queries.party import can_keep_party_record, can_see_party_record
from thongsuot.organizations.services import (
    add_person,
    correct_evaluation,
    enter_evaluation,
    keep_party_record,
    merge_people,
    move_member,
    undo_merge,
)

DECIDED: dict[str, Any] = {"decided_on": dt.date(2025, 12, 20), "decided_by": "12-QĐ/ĐU"}
REMARK = "Được tặng Giấy khen"


@pytest.fixture
def person(cast: Cast) -> Person:
    return cast.person(cast.member)


@pytest.fixture
def evaluation(cast: Cast, person: Person) -> Evaluation:
    """A record and one year of it."""
    keep_party_record(
        by=cast.ward_leader,
        person=person,
        admitted_on=dt.date(1999, 5, 19),
        official_on=dt.date(2000, 5, 19),
        note=REMARK,
    )
    return enter_evaluation(
        by=cast.ward_leader, person=person, year=2025, grade="good", note=REMARK, **DECIDED
    )


def refused(code: str, act: Any, **arguments: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**arguments)
    assert caught.value.code == code


def everything_stored() -> str:
    """All the database holds about records and acts, as text."""
    text = []
    for table in ("organizations_partyrecord", "organizations_evaluation", "audit_act", "audit_reasonwords"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            text += [str(row) for row in cursor.fetchall()]
    return "\n".join(text)


def test_it_is_read_back_and_lies_nowhere_in_clear(
    cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    kept = party_record_of(person)
    assert (kept.admitted_on, kept.official_on) == (dt.date(1999, 5, 19), dt.date(2000, 5, 19))
    assert [(year.year, year.grade, year.note) for year in kept.years] == [(2025, "good", REMARK)]
    stored = everything_stored()
    assert "12-QĐ/ĐU" in stored, "what is not encrypted would be seen here"
    for secret in (REMARK, "Giấy", "1999", "2000-05", "good"):
        assert secret not in stored
    changed = Act.objects.get(verb="party_record.changed")
    assert changed.detail == {"fields": ["admitted_on", "official_on", "note"]}
    assert Act.objects.get(verb="evaluation.entered").detail == {"year": 2025}
    assert not keep_party_record(
        by=cast.ward_leader,
        person=person,
        admitted_on=kept.admitted_on,
        official_on=kept.official_on,
        note=kept.note,
    ), "nothing new is no act"
    assert Act.objects.filter(verb="party_record.changed").count() == 1


def test_a_correction_is_a_new_row_and_the_first_one_wins(
    cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    fixed = correct_evaluation(
        by=cast.ward_leader, evaluation=evaluation, grade="excellent", note="", **DECIDED
    )
    year = party_record_of(person).years[0]
    assert (year.key, year.grade) == (fixed.pk, "excellent")
    assert [old.grade for old in year.corrected] == ["good"]
    refused(
        "corrected_already",
        correct_evaluation,
        by=cast.ward_leader,
        evaluation=evaluation,
        grade="done",
        note="",
        **DECIDED,
    )
    refused(
        "evaluated_already",
        enter_evaluation,
        by=cast.ward_leader,
        person=person,
        year=2025,
        grade="done",
        note="",
        **DECIDED,
    )
    with pytest.raises(AppendOnlyError):
        fixed.save()
    with pytest.raises(AppendOnlyError):
        Evaluation.objects.all().delete()


def test_days_and_grades_that_cannot_be_are_refused(cast: Cast, person: Person) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    keep: dict[str, Any] = {"by": cast.ward_leader, "person": person, "note": ""}
    refused("too_late", keep_party_record, admitted_on=tomorrow, official_on=None, **keep)
    early = {"admitted_on": dt.date(2000, 1, 1), "official_on": dt.date(1999, 1, 1)}
    refused("official_before", keep_party_record, **early, **keep)
    enter: dict[str, Any] = {"by": cast.ward_leader, "person": person, "note": ""}
    refused("no_year", enter_evaluation, year=clock.today().year + 1, grade="good", **DECIDED, **enter)
    refused("not_valid", enter_evaluation, year=2024, grade="best of all", **DECIDED, **enter)
    late = {"decided_on": tomorrow, "decided_by": "1-QĐ"}
    refused("too_late", enter_evaluation, year=2024, grade="good", **late, **enter)


def test_who_reads_and_who_keeps_it(cast: Cast, person: Person, evaluation: Evaluation) -> None:
    readers = {name for name, user in cast.everybody.items() if can_see_party_record(user, person)}
    assert readers == {"city_leader", "ward_leader", "cell_head", "member"}
    keepers = {name for name, user in cast.everybody.items() if can_keep_party_record(user, person)}
    assert keepers == {"city_leader", "ward_leader"}
    for name, user in cast.everybody.items():
        assert PartyRecord.objects.visible_to(user).exists() == (name in readers), name
        assert Evaluation.objects.visible_to(user).exists() == (name in readers), name
    own = cast.person(cast.ward_leader)
    Membership.objects.filter(person=own).delete()
    Membership.objects.create(person=own, unit=cast.cell, valid_from=dt.date(2020, 1, 1))
    assert can_see_party_record(cast.ward_leader, own)
    assert not can_keep_party_record(cast.ward_leader, own), "nobody writes their own"
    with pytest.raises(PermissionDenied):
        enter_evaluation(by=cast.cell_head, person=person, year=2024, grade="good", note="", **DECIDED)


def test_a_member_who_moved_is_read_by_the_new_cell_only(
    cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    move_member(by=cast.administrator, person=person, cell=cast.other_cell, on=clock.today())
    assert not can_see_party_record(User.objects.get(pk=cast.cell_head.pk), person)
    assert not Evaluation.objects.visible_to(cast.ward_leader).exists()
    assert can_see_party_record(cast.other_cell_head, person)
    assert PartyRecord.objects.visible_to(cast.other_ward_leader).exists()


def twin(cast: Cast) -> Person:
    return add_person(
        by=cast.administrator, name="Đỗ Thị Mơ", cell=cast.second_cell, since=dt.date(2020, 1, 1)
    )


def test_joining_carries_the_records_and_separating_gives_them_back(
    cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    duplicate = twin(cast)
    earlier = enter_evaluation(
        by=cast.ward_leader, person=duplicate, year=2024, grade="done", note="", **DECIDED
    )
    merge = merge_people(by=cast.administrator, kept=person, duplicate=duplicate)
    joined = party_record_of(person)
    assert [(year.year, year.grade) for year in joined.years] == [(2025, "good"), (2024, "done")]
    refused(
        "evaluated_already",
        enter_evaluation,
        by=cast.ward_leader,
        person=person,
        year=2024,
        grade="good",
        note="",
        **DECIDED,
    )
    correct_evaluation(by=cast.ward_leader, evaluation=earlier, grade="good", note="", **DECIDED)
    assert Evaluation.objects.visible_to(cast.cell_head).count() == 3
    undo_merge(by=cast.administrator, merge=merge)
    assert [year.year for year in party_record_of(person).years] == [2025]
    back = party_record_of(duplicate)
    assert [(year.year, year.grade) for year in back.years] == [(2024, "good")]
    assert back.changed_at is None


def test_a_record_of_the_joined_entry_is_kept_where_it_is(
    cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    kept = twin(cast)
    merge = merge_people(by=cast.administrator, kept=kept, duplicate=_without_account(person))
    assert party_record_of(kept).note == REMARK
    days = {"admitted_on": dt.date(1999, 5, 19), "official_on": None}
    assert keep_party_record(by=cast.ward_leader, person=kept, note="Đã sửa", **days) == [
        "official_on",
        "note",
    ]
    undo_merge(by=cast.administrator, merge=merge)
    assert party_record_of(person).note == "Đã sửa"
    assert party_record_of(kept).is_empty


def _without_account(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(user=None)
    person.refresh_from_db()
    return person


def test_restricted_data_is_read_by_whoever_keeps_it_and_changed_by_nobody(
    cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    Person.objects.filter(pk=person.pk).update(restricted_at=clock.now())
    person.refresh_from_db()
    assert not can_see_party_record(cast.cell_head, person)
    assert not Evaluation.objects.visible_to(cast.cell_head).exists()
    for user in (cast.member, cast.ward_leader):
        assert can_see_party_record(user, person)
        assert PartyRecord.objects.visible_to(user).exists()
    again = {"grade": "done", "note": ""} | DECIDED
    refused("restricted", correct_evaluation, by=cast.ward_leader, evaluation=evaluation, **again)
    Person.objects.filter(pk=person.pk).update(restricted_at=None, erased_at=clock.now())
    with pytest.raises(PermissionDenied):
        correct_evaluation(by=cast.ward_leader, evaluation=evaluation, **again)


def page_of(person: Person) -> str:
    return reverse("people:party_record", args=[person.pk])


def test_the_page_shows_it_and_notes_who_looked(
    client: Client, cast: Cast, person: Person, evaluation: Evaluation
) -> None:
    correct_evaluation(by=cast.ward_leader, evaluation=evaluation, grade="excellent", note="", **DECIDED)
    client.force_login(cast.cell_head)
    with CaptureQueriesContext(connection) as few:
        answer = client.get(page_of(person))
    text = assert_whole(answer)
    assert "no-store" in answer["Cache-Control"]
    for shown in ("19/05/1999", "19/05/2000", REMARK, "Hoàn thành xuất sắc", "Hoàn thành tốt", "12-QĐ/ĐU"):
        assert shown in text
    assert "danh-gia" not in text, "who only reads is offered no form"
    read = Reading.objects.get(what="party_record.read")
    assert (read.by_id, read.person_id, read.unit_id) == (cast.cell_head.pk, person.pk, cast.cell.pk)
    for year in range(2005, 2025):
        enter_evaluation(by=cast.city_leader, person=person, year=year, grade="good", note="", **DECIDED)
    with CaptureQueriesContext(connection) as many:
        client.get(page_of(person))
    assert len(many) == len(few)
    client.force_login(cast.member)
    assert REMARK in assert_whole(client.get(page_of(person)))
    assert Reading.objects.filter(what="party_record.read").count() == 2, "one's own record is no reading"
    assert page_of(person) in assert_whole(client.get(person.get_absolute_url()))


def test_entering_and_correcting_by_hand(client: Client, cast: Cast, person: Person) -> None:
    client.force_login(cast.ward_leader)
    base = page_of(person)
    days = {"admitted_on": "1999-05-19", "official_on": "", "note": REMARK}
    assert client.post(f"{base}sua/", days).status_code == 302
    assert 'value="1999-05-19"' in assert_whole(client.get(f"{base}sua/"))
    entered = {"year": "2025", "grade": "done", "note": "", "decided_on": "2025-12-20", "decided_by": "9-QĐ"}
    assert client.post(f"{base}danh-gia/", entered).status_code == 302
    twice = client.post(f"{base}danh-gia/", entered)
    assert "đã được đánh giá" in assert_whole(twice)
    made = Evaluation.objects.get()
    address = reverse("people:correct_evaluation", args=[person.pk, made.pk])
    assert_whole(client.get(address))
    assert client.post(address, entered | {"grade": "good"}).status_code == 302
    other = cast.person(cast.second_member)
    assert client.get(reverse("people:correct_evaluation", args=[other.pk, made.pk])).status_code == 404
    assert [year.grade for year in party_record_of(person).years] == ["good"]
