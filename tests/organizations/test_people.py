"""People: who may see whom, posts and memberships from day to day, and entries that turn out to be one person."""

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
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.models import Act, Reading
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Membership, Person, PersonMerge, Position, Unit
from thongsuot.organizations.queries import people
from thongsuot.organizations.queries.people import PeopleFilter
from thongsuot.organizations.services import (
    Post,
    add_person,
    correct_person,
    end_position,
    enrol_people,
    give_position,
    grant_role,
    merge_people,
    move_member,
    undo_merge,
)

EARLIER = dt.date(2020, 1, 1)


def page(client: Client, user: User, address: str, **asked: Any) -> str:
    client.force_login(user)
    return assert_whole(client.get(address, asked))


def people_of(unit: Unit) -> str:
    return reverse("organizations:people", args=[unit.pk])


def newcomer(cast: Cast, name: str = "Đỗ Thị Mơ", cell: Unit | None = None, **known: Any) -> Person:
    since = known.pop("since", EARLIER)
    return add_person(by=cast.administrator, name=name, cell=cell or cast.cell, since=since, **known)


def refused(code: str, act: Any, **arguments: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**arguments)
    assert caught.value.code == code


# --- who sees whom


def test_posts_are_seen_by_who_looks_into_the_unit_members_by_who_keeps_their_list(
    client: Client, cast: Cast
) -> None:
    member = cast.person(cast.member)
    assert member.name not in page(client, cast.city_clerk, people_of(cast.ward), la="member")
    assert "Bí thư Đảng ủy phường Cầu Ván" in page(client, cast.city_clerk, people_of(cast.ward))
    assert member.name in page(client, cast.ward_leader, people_of(cast.ward), la="member")
    assert client.get(people_of(cast.other_ward)).status_code == 404
    reading = Reading.objects.filter(by=cast.ward_leader).get()
    assert (reading.unit_id, reading.count) == (cast.ward.pk, 10)


def test_a_list_of_people_is_read_as_far_as_it_is_shown(cast: Cast) -> None:
    everybody = people.people_in(cast.ward_leader, PeopleFilter(unit=cast.ward))
    assert isinstance(everybody, people.PeopleList)
    # Ten members and the three officials; the heads of the two cells are members as well.
    assert (everybody.count_up_to(100), everybody.count_up_to(13), everybody.count_up_to(4)) == (13, 13, 4)
    shown = [*everybody[0:6], *everybody[6:100]]
    assert shown == sorted(shown, key=lambda one: (one.sort_key, one.pk))
    assert len(set(shown)) == 13
    members = people.people_in(cast.ward_leader, PeopleFilter(unit=cast.ward, only="member"))
    assert isinstance(members, people.PeopleList)
    assert (members.count_up_to(100), len(members[0:100])) == (10, 10)


def test_the_list_is_narrowed_by_name_part_and_post(client: Client, cast: Cast) -> None:
    newcomer(cast)
    assert page(client, cast.ward_leader, people_of(cast.ward), q="do thi mo").count("data-item") == 1
    heads = page(client, cast.ward_leader, people_of(cast.ward), la="head")
    assert heads.count("data-item") == 3
    cells = page(client, cast.ward_leader, people_of(cast.ward), **{"chuc-vu": "Bí thư chi bộ"})
    assert cells.count("data-item") == 2
    assert "Không có ai phù hợp" in page(client, cast.ward_leader, people_of(cast.ward), q="Không Có Ai")


def test_the_page_of_a_person_shows_what_the_right_reaches(client: Client, cast: Cast) -> None:
    person = newcomer(cast, phone="0900 111 222")
    give_position(by=cast.administrator, person=person, post=Post(cast.economy, "Phó phòng", EARLIER))
    clerk = page(client, cast.city_clerk, person.get_absolute_url())
    assert "Phó phòng" in clerk
    assert "0900" not in clerk
    assert cast.cell.name not in clerk
    leader = page(client, cast.ward_leader, person.get_absolute_url())
    assert cast.cell.name in leader
    assert "0900 111 222" in leader
    assert Reading.objects.filter(by=cast.ward_leader, person_id=person.pk).exists()
    client.force_login(cast.other_ward_leader)
    assert client.get(person.get_absolute_url()).status_code == 404
    own = cast.person(cast.member)
    assert cast.cell.name in page(client, cast.member, own.get_absolute_url())
    assert not Reading.objects.filter(by=cast.member).exists()


def test_lists_and_pages_ask_the_same_for_two_rows_and_for_twenty(client: Client, cast: Cast) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    client.force_login(cast.administrator)
    twin = newcomer(cast)
    newcomer(cast)
    person = cast.person(cast.member)
    alike = reverse("organizations:alike", args=[cast.city.pk])
    addresses = [people_of(cast.city), alike, person.get_absolute_url(), twin.get_absolute_url()]
    few = [asked(address) for address in addresses]
    enrol_people([(f"Nguyễn Văn {n % 9}", cast.cell) for n in range(20)], since=EARLIER)
    unit = Unit.objects.get(pk=cast.economy.pk)
    for n in range(20):
        post = Post(unit, f"Phó phòng {n}", EARLIER, until=EARLIER + dt.timedelta(days=9))
        give_position(by=cast.administrator, person=person, post=post)
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 18


# --- adding and correcting


def added(client: Client, user: User, unit: Unit, **entered: Any) -> Any:
    client.force_login(user)
    data = {"name": "Đỗ Thị Mơ", "since": "2024-01-01", "as_member": "on"} | entered
    return client.post(reverse("organizations:add_person", args=[unit.pk]), data)


def test_somebody_new_belongs_to_a_cell_or_holds_a_post(client: Client, cast: Cast) -> None:
    answer = added(client, cast.administrator, cast.cell, title="Phó bí thư chi bộ", appointed_by="01-QĐ/ĐU")
    person = Person.objects.get(name="Đỗ Thị Mơ")
    assert answer["Location"] == person.get_absolute_url()
    assert person.memberships.get().valid_from == dt.date(2024, 1, 1)
    assert person.positions.get().appointed_by == "01-QĐ/ĐU"
    verbs = set(Act.objects.filter(object_id=str(person.pk)).values_list("verb", flat=True))
    assert verbs == {"person.added", "member.joined", "position.given"}
    nowhere = added(client, cast.administrator, cast.cell, name="Ai Đó", as_member="")
    assert "thuộc đâu" in nowhere.content.decode()
    assert "title" in added(client, cast.administrator, cast.ward, name="Ai Đó").context["form"].errors


def test_who_may_be_here_already_is_shown_before_adding(client: Client, cast: Cast) -> None:
    newcomer(cast, phone="0900 111 222")
    again = added(client, cast.administrator, cast.cell)
    assert "Đã có người trùng tên" in again.content.decode()
    by_phone = added(client, cast.administrator, cast.second_cell, phone="0900 111 222")
    assert "Đã có người trùng tên" in by_phone.content.decode()
    assert Person.objects.filter(name="Đỗ Thị Mơ").count() == 1
    assert (
        added(client, cast.administrator, cast.second_cell).status_code == 302
    )  # another cell: another person
    assert added(client, cast.administrator, cast.cell, is_another="on").status_code == 302
    assert Person.objects.filter(name="Đỗ Thị Mơ").count() == 3


def test_corrections_are_recorded_without_what_they_were(client: Client, cast: Cast) -> None:
    person = newcomer(cast)
    client.force_login(cast.administrator)
    data = {"name": "Đỗ Thị Mơ", "phone": "0911.222.333", "email": "", "code": "ĐV-1"}
    assert client.post(reverse("people:edit", args=[person.pk]), data).status_code == 302
    act = Act.objects.get(verb="person.corrected")
    assert set(act.detail["fields"]) == {"phone", "code"}
    assert "0911.222.333" not in str(vars(act))
    other = newcomer(cast, name="Người Khác")
    with pytest.raises(Refused):
        correct_person(by=cast.administrator, person=other, code="ĐV-1")
    with pytest.raises(PermissionDenied):
        correct_person(by=cast.ward_leader, person=person, name="X")


# --- posts


def test_a_post_is_given_and_ended_on_pages(client: Client, cast: Cast) -> None:
    person = newcomer(cast)
    client.force_login(cast.administrator)
    address = reverse("people:give_post", args=[person.pk])
    assert "Phòng Kinh tế, Hạ tầng" in assert_whole(client.get(address, {"q": "kinh te"}))
    data = {"unit": cast.economy.pk, "title": "Phó phòng", "since": "2024-01-01", "appointed_by": "12-QĐ/TU"}
    assert client.post(address, data).status_code == 302
    post = person.positions.get()
    page(client, cast.administrator, reverse("people:end_post", args=[person.pk, post.pk]))
    client.post(
        reverse("people:end_post", args=[person.pk, post.pk]), {"until": "2026-01-01", "ended_by": "9-QĐ/TU"}
    )
    post.refresh_from_db()
    assert (post.valid_to, post.ended_by) == (dt.date(2026, 1, 1), "9-QĐ/TU")
    shown = page(client, cast.administrator, person.get_absolute_url())
    assert "từ 01/01/2024 đến 01/01/2026" in shown
    forged = client.post(address, data | {"unit": "9" * 40})
    assert forged.status_code == 200


def test_posts_that_cannot_be_are_refused(cast: Cast) -> None:
    person, by = newcomer(cast), cast.administrator
    today = clock.today()
    far = today + dt.timedelta(days=400)

    def give(code: str, *given: Any, **more: Any) -> None:
        refused(code, give_position, by=by, person=person, post=Post(*given, **more))

    give_position(by=by, person=person, post=Post(cast.economy, "Phó phòng", EARLIER))
    give("already_held", cast.economy, "PHÓ PHÒNG", today)
    give("has_a_head", cast.ward, "Bí thư", today, is_head=True)
    give("too_far_ahead", cast.economy, "Phó ban", far)
    give("before_the_unit", cast.economy, "Phó ban", dt.date(1990, 1, 1))
    give("ends_before", cast.economy, "Phó ban", today, today)
    Unit.objects.filter(pk=cast.other_ward.pk).update(valid_to=today)
    give("after_the_unit", cast.other_ward, "Phó bí thư", EARLIER)
    post = person.positions.get()
    refused("ends_before", end_position, by=by, position=post, until=EARLIER)
    refused("too_far_ahead", end_position, by=by, position=post, until=far)
    # A head whose time is over makes room for the next.
    head = Position.objects.get(unit=cast.ward, is_head=True)
    end_position(by=by, position=head, until=today)
    refused("ended_already", end_position, by=by, position=head, until=today)
    give_position(by=by, person=person, post=Post(cast.ward, "Bí thư", today, is_head=True))
    stale = Position(
        pk=post.pk, unit=post.unit, person=person, valid_from=EARLIER, valid_to=dt.date(2099, 1, 1)
    )
    refused("ended_already", end_position, by=by, position=stale, until=today)


# --- memberships


def test_a_member_moves_in_one_act(client: Client, cast: Cast) -> None:
    person = newcomer(cast)
    address = reverse("people:move", args=[person.pk])
    shown = page(client, cast.administrator, address)
    assert cast.second_cell.name in shown
    assert client.post(address, {"unit": cast.second_cell.pk, "on": "2026-03-01"}).status_code == 302
    spells = list(person.memberships.order_by("valid_from").values_list("unit", "valid_from", "valid_to"))
    assert spells == [
        (cast.cell.pk, EARLIER, dt.date(2026, 3, 1)),
        (cast.second_cell.pk, dt.date(2026, 3, 1), None),
    ]
    act = Act.objects.get(verb="member.moved")
    assert (act.before, act.after) == ({"unit": cast.cell.pk}, {"unit": cast.second_cell.pk})
    assert client.post(address, {"leaves": "on", "on": "2026-05-01"}).status_code == 302
    assert not person.memberships.filter(valid_to=None).exists()
    neither = client.post(address, {"on": "2026-06-01"})
    assert "Hãy chọn một chi bộ" in neither.content.decode()


def test_moves_that_cannot_be_are_refused(cast: Cast) -> None:
    person, by, today = newcomer(cast), cast.administrator, clock.today()

    def move(code: str, cell: Unit | None, on: dt.date) -> None:
        refused(code, move_member, by=by, person=person, cell=cell, on=on)

    move("same_cell", cast.cell, today)
    move("no_cell", cast.ward, today)
    move("noted_already", cast.second_cell, EARLIER)
    move("too_far_ahead", cast.second_cell, today + dt.timedelta(days=400))
    move_member(by=by, person=person, cell=cast.second_cell, on=today + dt.timedelta(days=10))
    move("noted_already", cast.other_cell, today)
    alone = add_person(by=by, name="Trần Văn Lẻ", post=Post(cast.economy, "Chuyên viên", EARLIER))
    refused("no_member", move_member, by=by, person=alone, cell=None, on=today)
    refused("not_there", move_member, by=by, person=alone, cell=cast.cell, on=dt.date(2010, 1, 1))
    with pytest.raises(PermissionDenied):
        move_member(by=cast.ward_leader, person=person, cell=None, on=today + dt.timedelta(days=20))
    refused("belongs_nowhere", add_person, by=by, name="Ai Đó")


# --- one person written down twice


def rows() -> dict[str, list[Any]]:
    """Every row a merge may touch, without the trace of it."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in (Person, Position, Membership)
    }


@pytest.fixture
def twins(cast: Cast) -> tuple[Person, Person]:
    """The same Đỗ Thị Mơ twice: a member, and a member with a post, a telephone, a code and an account."""
    kept = newcomer(cast)
    other = newcomer(cast, phone="0900 111 222", code="ĐV-7", since=dt.date(2021, 1, 1))
    give_position(by=cast.administrator, person=other, post=Post(cast.economy, "Phó phòng", EARLIER))
    Person.objects.filter(pk=other.pk).update(user=User.objects.create_user("mo", display_name="Mơ"))
    other.refresh_from_db()
    return kept, other


def test_entries_that_may_be_one_person_are_suggested_and_shown_side_by_side(
    client: Client, cast: Cast, twins: tuple[Person, Person]
) -> None:
    kept, other = twins
    address = reverse("organizations:alike", args=[cast.ward.pk])
    assert page(client, cast.administrator, address).count("data-item") == 1
    merge = reverse("people:merge", args=[kept.pk, other.pk])
    assert merge in page(client, cast.administrator, kept.get_absolute_url())
    shown = page(client, cast.administrator, merge)
    assert "0900 111 222" in shown
    assert "Phó phòng" in shown
    newcomer(cast, name="Đỗ Thị Mơ", cell=cast.other_cell)  # the same name alone is no reason
    assert len(people.alike_in(cast.administrator, cast.city)) == 1


def test_a_merge_leaves_nothing_behind_and_leads_from_the_old_link(
    client: Client, cast: Cast, twins: tuple[Person, Person]
) -> None:
    kept, other = twins
    client.force_login(cast.administrator)
    assert client.post(reverse("people:merge", args=[kept.pk, other.pk])).status_code == 302
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.phone, kept.code, other.code) == ("0900 111 222", "ĐV-7", "")
    assert (kept.user, other.user) == (User.objects.get(username="mo"), None)
    assert other.merged_into == kept
    assert kept.positions.get().title == "Phó phòng"
    # Both were members of the cell: the duplicate's membership ends today, so nothing is required of it any more.
    assert other.memberships.get().valid_to == clock.today()
    assert kept.memberships.get().valid_to is None
    answer = client.get(other.get_absolute_url())
    assert answer["Location"] == kept.get_absolute_url()
    assert "Đỗ Thị Mơ" in page(client, cast.administrator, kept.get_absolute_url())
    assert page(client, cast.administrator, people_of(cast.ward), q="đỗ thị mơ").count("data-item") == 1
    assert set(Person.objects.same_as(kept).values_list("pk", flat=True)) == {kept.pk, other.pk}
    assert "hoàn tác" not in client.get(reverse("people:edit", args=[other.pk])).content.decode()


def test_a_merge_is_taken_back_exactly(client: Client, cast: Cast, twins: tuple[Person, Person]) -> None:
    kept, other = twins
    before = rows()
    merge = merge_people(by=cast.administrator, kept=kept, duplicate=other)
    assert rows() != before
    client.force_login(cast.administrator)
    undo = reverse("people:undo_merge", args=[kept.pk, merge.pk])
    assert client.post(undo).status_code == 302
    assert rows() == before
    refused("undone_already", undo_merge, by=cast.administrator, merge=merge)
    verbs = list(Act.objects.filter(verb__startswith="people.").order_by("pk").values_list("verb", flat=True))
    assert sorted(verbs) == ["people.merged", "people.separated"]
    merge_people(by=cast.administrator, kept=other, duplicate=kept)  # and the other way round


def test_a_chain_of_merges_leads_to_one_and_is_taken_back_from_its_end(
    cast: Cast, twins: tuple[Person, Person]
) -> None:
    first, second = twins
    third = newcomer(cast, name="Đỗ Thị Mơ", cell=cast.second_cell)
    one = merge_people(by=cast.administrator, kept=second, duplicate=first)
    between = rows()
    two = merge_people(by=cast.administrator, kept=third, duplicate=second)
    first.refresh_from_db()
    assert first.merged_into == third
    refused("later_one", undo_merge, by=cast.administrator, merge=one)
    undo_merge(by=cast.administrator, merge=two)
    assert rows() == between


def test_what_a_merge_cannot_settle_is_left_to_a_person(cast: Cast, twins: tuple[Person, Person]) -> None:
    kept, other = twins
    by = cast.administrator
    refused("same_entry", merge_people, by=by, kept=kept, duplicate=kept)
    account = User.objects.create_user("mo2", display_name="Mơ")
    Person.objects.filter(pk=kept.pk).update(user=account)
    refused("two_accounts", merge_people, by=by, kept=kept, duplicate=other)
    User.objects.filter(pk=account.pk).update(is_active=False)
    merge = merge_people(by=by, kept=kept, duplicate=other)
    refused("merged_already", merge_people, by=by, kept=kept, duplicate=other)
    kept.refresh_from_db()
    assert kept.user == User.objects.get(username="mo")
    # What was changed afterwards is not overwritten.
    end_position(by=by, position=kept.positions.get(), until=clock.today())
    moved = kept.positions.get()
    moved.delete()
    refused("changed_since", undo_merge, by=by, merge=merge)
    assert PersonMerge.objects.get().undone_at is None
    late = newcomer(cast, since=clock.today())
    refused("begins_later", merge_people, by=by, kept=kept, duplicate=late)
    with pytest.raises(PermissionDenied):
        merge_people(by=cast.ward_leader, kept=kept, duplicate=late)


# --- where letters to an account go


def as_administrator_of_the_ward(cast: Cast) -> User:
    """An administrator of the ward only, in whose first cell the leader of the city is a member."""
    grant_role(user=cast.ward_officer, unit=cast.ward, role=BuiltIn.ADMINISTRATOR, since=EARLIER)
    leader = cast.person(cast.city_leader)
    leader.memberships.all().delete()
    Membership.objects.create(person=leader, unit=cast.cell, valid_from=EARLIER)
    return User.objects.get(pk=cast.ward_officer.pk)


def test_nobody_turns_the_letters_of_somebody_stronger_to_a_mailbox_of_theirs(cast: Cast) -> None:
    by, leader = as_administrator_of_the_ward(cast), cast.person(cast.city_leader)
    refused("email", correct_person, by=by, person=leader, email="ke.gian@example.org")
    assert correct_person(by=by, person=leader, phone="0900 000 000") == ["phone"]
    member = cast.person(cast.member)
    assert correct_person(by=by, person=member, email="moi@example.org") == ["email"]


@pytest.mark.parametrize("leader_is_kept", [True, False])
def test_nobody_joins_somebody_stronger_with_an_entry_that_has_another_address(
    cast: Cast, leader_is_kept: bool
) -> None:
    by, leader = as_administrator_of_the_ward(cast), cast.person(cast.city_leader)
    Person.objects.filter(pk=leader.pk).update(email="")
    decoy = add_person(by=by, name=leader.name, email="ke.gian@example.org", cell=cast.second_cell)
    kept, duplicate = (leader, decoy) if leader_is_kept else (decoy, leader)
    refused("email", merge_people, by=by, kept=kept, duplicate=duplicate)


def test_nobody_joins_entries_with_posts_beyond_their_reach(cast: Cast) -> None:
    """The leader's post in the city would become a ward member's."""
    by, leader = as_administrator_of_the_ward(cast), cast.person(cast.city_leader)
    member = newcomer(cast)
    Person.objects.filter(pk__in=[leader.pk, member.pk]).update(email="")
    refused("beyond", merge_people, by=by, kept=member, duplicate=leader)
