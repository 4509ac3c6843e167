"""Whom a requirement means; who joins, leaves or is exempt while it runs; residents as numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, TODAY, make_dispatch, make_session
from tests.organizations.test_affiliations import SINCE, a_branch, head_of
from tests.pages import assert_whole
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.audience.whom import HowMany, Wanted, how_many, titles_under
from thongsuot.dissemination.forms.audience import RequireForm
from thongsuot.dissemination.models import (
    CoverageTotal,
    Exemption,
    Posts,
    Receipt,
    ReflectionCall,
    Requirement,
    ResidentCount,
)
from thongsuot.dissemination.services import (
    Terms,
    confirm_reading,
    correct_residents,
    count_residents,
    end_exemption,
    exempt_member,
    mark_attendance,
    require_dissemination,
    require_of_dispatch,
    vouch_reading,
)
from thongsuot.dissemination.services.following import follow_everybody, follow_people, forget
from thongsuot.documents.models import Delivery, Document, Recall
from thongsuot.organizations.models import Membership, Person, Position, Unit
from thongsuot.organizations.services import enrol_people, join_organisation, leave_organisation

LONG_AGO = dt.date(2020, 1, 1)


def require(cast: Cast, document: Document, *units: Unit, due: dt.date = DUE, **terms: object) -> None:
    said = Terms(**terms) if terms else None  # type: ignore[arg-type]  # named in each test
    require_dissemination(
        by=cast.city_clerk, document=document, unit=cast.city, units=units, due=due, terms=said
    )


def numbers(document: Document, unit: Unit) -> dict[str, int]:
    names = ("required", "reached", "exempt", "gone", "released", "key", "key_reached", "cells", "residents")
    total = CoverageTotal.objects.filter(unit=unit, document=document).values(*names).first()
    return {name: number for name, number in (total or {}).items() if number}


def whole(client: Client, address: str) -> str:
    answer = client.get(address)
    assert_whole(answer)
    return answer.content.decode()


def joins(cell: Unit, name: str = "Lê Văn Mới", since: dt.date = LONG_AGO) -> Person:
    (person,) = enrol_people([(name, cell)], since=since)
    return person


def test_holders_of_posts_are_asked_once_where_they_belong(cast: Cast, document: Document) -> None:
    heads = Wanted(members=False, posts=Posts.HEADS)
    units = [cast.ward.pk]
    # The leader of the ward in the ward itself, the two heads of cells in their cells.
    assert how_many(cast.city, units, heads, document, TODAY) == HowMany(people=3, have_it=0, key=3)
    require(cast, document, cast.ward, wanted=heads, key_due=TODAY + dt.timedelta(days=2))
    places = Receipt.objects.order_by("unit__path").values_list("unit", "is_key", "due")
    early = TODAY + dt.timedelta(days=2)
    assert list(places) == [(u.pk, True, early) for u in (cast.ward, cast.cell, cast.second_cell)]
    assert numbers(document, cast.city) == {"required": 3, "key": 3, "cells": 2}
    everybody = Wanted(posts=Posts.EVERYBODY)
    assert how_many(cast.city, units, everybody, document, TODAY).have_it == 3
    require(cast, document, cast.ward, wanted=everybody)
    posts = Position.objects.filter(unit=cast.ward).count()
    assert Receipt.objects.count() == Receipt.objects.values("person").distinct().count() == 10 + posts
    confirm_reading(by=cast.cell_head, document=document)
    assert_counts_equal_the_rows()
    assert numbers(document, cast.city)["key_reached"] == 1


def test_posts_may_be_named_as_they_are_called(cast: Cast, document: Document) -> None:
    assert "Văn thư" in titles_under([cast.ward.pk], TODAY, 5)
    clerks = Wanted(members=False, titles=("Văn thư",))
    require(cast, document, cast.ward, cast.other_ward, wanted=clerks)
    assert set(Receipt.objects.values_list("unit", "is_key")) == {
        (cast.ward.pk, False),
        (cast.other_ward.pk, False),
    }
    assert numbers(document, cast.city) == {"required": 2}, "an office is no cell"
    for terms, code in (
        (Terms(wanted=Wanted(members=False)), "nobody"),
        (Terms(key_due=DUE + dt.timedelta(days=1)), "key_due"),
    ):
        with pytest.raises(Refused) as refusal:
            require_dissemination(
                by=cast.city_clerk,
                document=document,
                unit=cast.city,
                units=[cast.ward],
                due=DUE,
                terms=terms,
            )
        assert refusal.value.code == code


def test_who_joins_is_asked_while_there_is_time_and_once(cast: Cast, document: Document) -> None:
    require(cast, document, cast.ward)
    before = numbers(document, cast.city)["required"]
    person, other = joins(cast.cell), joins(cast.other_cell, "Lê Văn Khác")
    # Both ways at once, and again: the act itself and the job find the same.
    assert follow_people(person.pk, other.pk) == 1
    assert follow_people(person.pk) == follow_everybody() == 0
    assert Receipt.objects.get(person=person).due == DUE
    second = joins(cast.second_cell, "Lê Văn Hai")
    assert follow_everybody() == 1
    assert numbers(document, cast.city)["required"] == before + 2
    Membership.objects.filter(person=second).update(valid_to=TODAY)
    Membership.objects.create(person=second, unit=cast.cell, valid_from=TODAY)
    assert follow_people(second.pk) == 0, "moved within what requires it: asked where it was"
    assert_counts_equal_the_rows()
    joins(cast.cell, "Lê Văn Muộn")
    with clock.at(NOON + dt.timedelta(days=30)):
        assert follow_everybody() == 0, "the day has passed"


def test_who_joins_a_unit_it_was_sent_to_is_asked_until_it_is_taken_back(
    cast: Cast, document: Document
) -> None:
    dispatch = make_dispatch(cast.city_clerk, cast.city, document, [cast.ward], DUE)
    require_of_dispatch(dispatch)
    assert follow_people(joins(cast.cell).pk) == 1
    recall = Recall.objects.create(document=document, unit=cast.city, reason="Nhầm", asked_by=cast.city_clerk)
    Delivery.objects.filter(dispatch=dispatch).update(state="15", recall=recall, before_recall="03")
    assert follow_people(joins(cast.cell, "Lê Văn Sau").pk) == 0
    assert_counts_equal_the_rows()


def test_who_leaves_is_no_longer_asked_unless_reached(cast: Cast, document: Document) -> None:
    require(cast, document, cast.ward)
    confirm_reading(by=cast.member, document=document)
    reached, open_one = cast.person(cast.member), cast.person(cast.second_member)
    Membership.objects.filter(person__in=[reached, open_one]).update(valid_to=TODAY)
    assert follow_people(reached.pk, open_one.pk) == 1
    assert follow_everybody() == 0
    assert numbers(document, cast.ward) | {"key": 0} == {
        "required": 9, "reached": 1, "gone": 1, "cells": 2, "key": 0,
    }  # fmt: skip
    with pytest.raises(Refused):
        confirm_reading(by=cast.second_member, document=document)
    Membership.objects.create(person=open_one, unit=cast.second_cell, valid_from=TODAY)
    assert follow_everybody() == 1, "back again"
    assert numbers(document, cast.ward)["required"] == 10
    assert_counts_equal_the_rows()


def test_an_import_that_is_undone_takes_along_what_it_asked(cast: Cast, document: Document) -> None:
    require(cast, document, cast.ward)
    before = numbers(document, cast.city)
    person = joins(cast.cell)
    follow_people(person.pk)
    assert forget([person.pk]) == 1
    assert numbers(document, cast.city) == before
    Membership.objects.filter(person=person).delete()
    person.delete()
    assert_counts_equal_the_rows()


def test_exempt_members_are_counted_apart_and_taken_back(cast: Cast, document: Document) -> None:
    sick, away = cast.person(cast.second_member), cast.person(cast.member)
    said = {"by": cast.cell_head, "unit": cast.cell, "kind": "health", "reason": "Nghỉ thai sản"}
    standing = exempt_member(**said, person=sick, until=TODAY + dt.timedelta(days=3))  # type: ignore[arg-type]
    require(cast, document, cast.ward)
    once = exempt_member(**said, person=away, document=document)  # type: ignore[arg-type]
    assert numbers(document, cast.ward)["required"] == 8
    assert numbers(document, cast.ward)["exempt"] == 2
    with pytest.raises(Refused) as refusal:
        exempt_member(**said, person=away, document=document)  # type: ignore[arg-type]
    assert refusal.value.code == "exempt_already"
    end_exemption(by=cast.cell_head, exemption=once)
    confirm_reading(by=cast.member, document=document)
    exempt_member(**said, person=away, document=document)  # type: ignore[arg-type]
    assert (numbers(document, cast.ward)["reached"], numbers(document, cast.ward)["exempt"]) == (1, 1)
    assert_counts_equal_the_rows()
    with clock.at(NOON + dt.timedelta(days=4)):
        assert follow_everybody() == 1
        assert numbers(document, cast.ward)["required"] == 10
        assert_counts_equal_the_rows()
    for user in (cast.ward_leader, cast.other_cell_head, cast.member):
        with pytest.raises(PermissionDenied):
            end_exemption(by=user, exemption=standing)
    for changes, code in (
        ({"reason": " "}, "no_reason"),
        ({}, "no_end"),
        ({"person": cast.person(cast.other_member)}, "no_member"),
    ):
        with pytest.raises(Refused) as refusal:
            exempt_member(**({**said, "person": cast.person(cast.cell_head)} | changes))  # type: ignore[arg-type]
        assert refusal.value.code == code


def test_an_exempt_member_who_takes_part_all_the_same_is_asked_and_reached(
    cast: Cast, document: Document
) -> None:
    require(cast, document, cast.ward)
    said = {"by": cast.cell_head, "unit": cast.cell, "kind": "away", "reason": "Học xa", "document": document}
    reader, guest, told = (
        cast.person(cast.member),
        cast.person(cast.second_member),
        cast.person(cast.cell_head),
    )
    for person in (reader, guest, told):
        exempt_member(**said, person=person)  # type: ignore[arg-type]
    assert numbers(document, cast.ward) | {"cells": 2} == {"required": 7, "exempt": 3, "key": 1, "cells": 2}
    confirm_reading(by=cast.member, document=document)
    confirm_reading(by=cast.member, document=document)
    vouch_reading(by=cast.cell_head, document=document, unit=cast.cell, person=told, reason="Đọc tại nhà")
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    marked = {"by": cast.ward_leader, "session": session, "unit": cast.cell, "excused": set[int]()}
    mark_attendance(**marked, present={guest.pk})  # type: ignore[arg-type]
    total = numbers(document, cast.ward)
    assert (total["required"], total["reached"], total.get("exempt", 0)) == (10, 3, 0)
    assert_counts_equal_the_rows()
    # They stay as they are while they are reached; when the mark is taken back, the exemption holds again.
    assert follow_everybody() == 0
    mark_attendance(**marked, present=set())  # type: ignore[arg-type]
    assert follow_people(guest.pk) == 1
    total = numbers(document, cast.ward)
    assert (total["required"], total["reached"], total["exempt"]) == (9, 2, 1)
    assert_counts_equal_the_rows()
    # Whoever is exempt from a document that was taken back stays out of it.
    Receipt.objects.filter(person=guest).update(recalled=True)
    with pytest.raises(Refused):
        confirm_reading(by=cast.second_member, document=document)


def test_members_of_mass_organisations_are_asked_in_their_branch_and_once(
    client: Client, cast: Cast, document: Document
) -> None:
    branch, other = a_branch(cast), a_branch(cast, "Công đoàn phường")
    both = cast.person(cast.member)
    (only,) = enrol_people([("Đỗ Thị Mơ", None)], since=LONG_AGO)
    for person, unit in ((both, branch), (only, branch), (only, other)):
        join_organisation(by=cast.administrator, person=person, unit=unit, since=SINCE)
    women, units = Wanted(members=False, organisations=True), [branch.pk, other.pk]
    assert how_many(cast.city, units, women, document, TODAY).people == 2
    require(cast, document, branch, other, wanted=women)
    assert set(Receipt.objects.values_list("person", "unit")) == {(both.pk, branch.pk), (only.pk, branch.pk)}
    assert numbers(document, cast.ward) == {"required": 2}, "a branch is no cell"
    # As a member of the cell the same person is not asked a second time.
    require(cast, document, cast.ward, wanted=Wanted(organisations=True))
    assert Receipt.objects.filter(person=both).get().unit == branch
    assert Receipt.objects.count() == Receipt.objects.values("person").distinct().count() == 11
    # Whoever joins is asked; whoever leaves every unit below is not.
    (late,) = enrol_people([("Lê Thị Nụ", None)], since=LONG_AGO)
    join_organisation(by=cast.administrator, person=late, unit=other, since=TODAY)
    assert follow_people(late.pk) == 0, "the act itself has asked"
    assert Receipt.objects.get(person=late).unit == other
    assert_counts_equal_the_rows()
    row = only.affiliations.get(unit=branch)
    leave_organisation(by=cast.administrator, affiliation=row, on=TODAY)
    assert follow_people(only.pk) == 0, "still a member of another one below"
    # The head of the branch sees the branch, by name, and nothing beside it.
    head = head_of(cast, branch)
    client.force_login(head)
    address = reverse("dissemination:coverage", args=[document.pk])
    page = whole(client, f"{address}?don-vi={branch.pk}")
    assert only.name in page
    assert late.name not in page
    assert client.get(f"{address}?don-vi={other.pk}").status_code == 404
    vouch_reading(by=head, document=document, unit=branch, person=only, reason="Đã nghe phổ biến")
    assert numbers(document, cast.ward)["reached"] == 1
    client.force_login(cast.city_clerk)
    assert "mass" in dict(RequireForm(units=[], titles=[]).fields["whom"].choices)  # type: ignore[attr-defined]


def test_papers_of_their_own_are_asked_for_in_the_same_act(
    client: Client, cast: Cast, document: Document
) -> None:
    client.force_login(cast.city_clerk)
    address = reverse("dissemination:require", args=[document.pk])
    sent = {"due": str(DUE), "units": [cast.ward.pk], "whom": "members", "papers": ["commitment"]}
    assert client.post(address, sent | {"papers_due": "2020-01-01"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302, "asked for already: the requirement stands alone"
    call = ReflectionCall._default_manager.get()
    assert (call.unit, call.kind, call.due) == (cast.city, "commitment", DUE)


def test_residents_are_numbers_corrected_with_a_trace(cast: Cast, document: Document) -> None:
    require(cast, document, cast.ward)
    said = {"document": document, "who": "residents", "channel": "loa_truyen_thanh", "day": TODAY}
    row = count_residents(by=cast.ward_clerk, unit=cast.cell, number=240, **said)  # type: ignore[arg-type]
    count_residents(by=cast.cell_head, unit=cast.cell, number=60, **said)  # type: ignore[arg-type]
    assert numbers(document, cast.city)["residents"] == 300
    correct_residents(by=cast.cell_head, unit=cast.cell, key=row.id, number=204, reason="Gõ nhầm")
    with pytest.raises(Refused) as refusal:
        correct_residents(by=cast.cell_head, unit=cast.cell, key=row.id, number=1, reason="Gõ nhầm")
    assert refusal.value.code == "corrected_already"
    assert numbers(document, cast.ward)["residents"] == 264
    of_list = count_residents(by=cast.cell_head, unit=cast.cell, number=40, expected=50, **said)  # type: ignore[arg-type]
    total = CoverageTotal.objects.get(unit=cast.city, document=document)
    assert (total.residents, total.came, total.invited) == (304, 40, 50)
    assert_counts_equal_the_rows()
    correct_residents(by=cast.cell_head, unit=cast.cell, key=of_list.id, number=0, reason="Chưa họp")
    total.refresh_from_db()
    assert (total.residents, total.came, total.invited) == (264, 0, 0)
    assert ResidentCount.objects.count() == 5
    assert_counts_equal_the_rows()
    with pytest.raises(PermissionDenied):
        count_residents(by=cast.member, unit=cast.cell, number=1, **said)  # type: ignore[arg-type]
    for changes, code in (
        ({"number": 0}, "number"),
        ({"expected": 4}, "expected"),
        ({"day": TODAY + dt.timedelta(days=1)}, "too_late"),
        ({"day": LONG_AGO}, "before_document"),
    ):
        with pytest.raises(Refused) as refusal:
            count_residents(**({"by": cast.cell_head, "unit": cast.cell, "number": 5} | said | changes))  # type: ignore[arg-type]
        assert refusal.value.code == code


def test_the_number_is_said_before_it_is_done(client: Client, cast: Cast, document: Document) -> None:
    client.force_login(cast.city_clerk)
    address = reverse("dissemination:require", args=[document.pk])
    assert "Sẽ yêu cầu 30 người" in whole(client, address)
    given = {"due": f"{DUE:%Y-%m-%d}", "units": [cast.ward.pk], "whom": "heads", "expected": "30"}
    part = client.post(address, given | {"asking": "1"}).content.decode()
    assert part.startswith('<div id="so-nguoi"')
    assert "Sẽ yêu cầu 3 người" in part
    again = client.post(address, given).content.decode()
    assert "Chưa yêu cầu ai" in again
    assert "Sẽ yêu cầu 3 người" in client.post(address, given | {"count": "1"}).content.decode()
    assert not Receipt.objects.exists()
    more = {"expected": "3", "key_due": f"{TODAY:%Y-%m-%d}", "asked_forms": ["loa_truyen_thanh"]}
    assert client.post(address, given | more).status_code == 302
    asked = Requirement.objects.get()
    assert (asked.key_due, asked.forms, asked.of_posts) == (TODAY, ["loa_truyen_thanh"], "heads")
    for wrong in ({"whom": "named"}, {"key_due": "2027-01-01"}):
        refused = client.post(address, given | {"expected": "0" if "whom" in wrong else "3"} | wrong)
        assert refused.status_code == 422


def test_the_pages_of_who_is_counted_apart(client: Client, cast: Cast, document: Document) -> None:
    require(cast, document, cast.ward)
    client.force_login(cast.cell_head)
    cell, person = cast.cell.pk, cast.person(cast.member)
    coverage = reverse("dissemination:coverage", args=[document.pk])
    form = f"{reverse('dissemination:exempt', args=[cell])}?van-ban={document.pk}&nguoi={person.pk}"
    assert form.replace("&", "&amp;") in client.get(coverage).content.decode()
    whole(client, form)
    given = {"person": person.pk, "scope": "one", "kind": "away", "reason": "Đi làm xa"}
    assert client.post(form, given).status_code == 302
    exempt_list, numbers_list = (
        reverse("dissemination:exemptions", args=[cell]),
        reverse("dissemination:residents", args=[document.pk, cell]),
    )
    assert "Được miễn, đếm riêng" in client.get(coverage).content.decode()
    entered = {"number": "60", "channel": "to_dan_pho", "day": f"{TODAY:%Y-%m-%d}", "who": "residents"}
    assert client.post(numbers_list, entered).status_code == 302
    row = ResidentCount.objects.get()
    correct = reverse("dissemination:correct_residents", args=[document.pk, cell, row.id])
    whole(client, correct)
    assert client.post(correct, {"number": "55", "reason": "Đếm lại"}).status_code == 302
    for address in (exempt_list, numbers_list):
        page = whole(client, address)
        assert page.count("<tr data-item>") == (1 if address == exempt_list else 2)
    costs = []
    for more in (2, 20):
        people = enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(more)], since=LONG_AGO)
        rows = [
            Exemption(
                unit=cast.cell,
                person=one,
                document=document,
                kind="away",
                valid_from=TODAY,
                by=cast.cell_head,
            )
            for one in people
        ]
        Exemption.objects.bulk_create(rows)
        ResidentCount.objects.bulk_create(
            ResidentCount(
                unit=cast.cell, document=document, channel="to_roi", day=TODAY, number=1, by=cast.ward_clerk
            )
            for _one in people
        )
        with CaptureQueriesContext(connection) as asked:
            client.get(exempt_list)
            client.get(numbers_list)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 24
