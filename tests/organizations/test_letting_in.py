"""Who may let whom in, and the pages with which they do it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts.codes import code_of
from thongsuot.accounts.models import Invitation, MailState, Role, User
from thongsuot.accounts.queries import State
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.models import Reading
from thongsuot.audit.services import record
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations import letting_in
from thongsuot.organizations.letting_in.services import suggest_usernames
from thongsuot.organizations.models import Membership, Person
from thongsuot.organizations.services import enrol_people, grant_role
from thongsuot.organizations.services.rights import give_role

LIST, SHEETS = reverse("organizations:accounts"), reverse("organizations:account_sheets")
SITE = "http://testserver"


def enrolled(cast: Cast, *names: str) -> list[Person]:
    """People of the ward's first cell who have no account."""
    return enrol_people([(name, cast.cell) for name in names], since=clock.today())


def page_of(person: Person) -> str:
    return reverse("organizations:account", args=[person.pk])


# --- rights --------------------------------------------------------------------------------------------------------


def test_a_clerk_lets_in_members_of_the_own_cells_and_nobody_who_may_do_more(cast: Cast) -> None:
    people = {part: cast.person(user) for part, user in cast.everybody.items()}
    names = {person.pk: part for part, person in people.items()}
    allowed = letting_in.whom_may_invite(cast.ward_clerk, people.values())
    assert {names[key] for key in allowed} == {"member", "second_member"}
    assert not letting_in.whom_may_manage(cast.ward_clerk, people.values())


def test_an_administrator_lets_in_everybody_in_reach_but_not_themselves(cast: Cast) -> None:
    people = [cast.person(user) for user in cast.everybody.values()]
    for allowed in (
        letting_in.whom_may_invite(cast.administrator, people),
        letting_in.whom_may_manage(cast.administrator, people),
    ):
        assert allowed == {person.pk for person in people} - {cast.person(cast.administrator).pk}


@pytest.fixture
def ward_administrator(cast: Cast) -> User:
    user = User.objects.create_user("quantri.cauvan", display_name="Quản trị phường")
    grant_role(user=user, unit=cast.ward, role=BuiltIn.ADMINISTRATOR, since=clock.today())
    return user


def test_a_wards_administrator_does_not_get_into_the_account_of_a_leader_of_the_city(
    cast: Cast, ward_administrator: User
) -> None:
    leader = cast.person(cast.city_leader)
    Membership.objects.filter(person=leader).delete()
    Membership.objects.create(person=leader, unit=cast.cell, valid_from=clock.today())
    assert leader in letting_in.people_in_charge_of(ward_administrator)
    assert not letting_in.whom_may_invite(ward_administrator, [leader])
    assert not letting_in.whom_may_manage(ward_administrator, [leader])
    for act in (
        lambda: letting_in.invite_people(by=ward_administrator, people=[leader], origin=SITE),
        lambda: letting_in.close_account_of(by=ward_administrator, person=leader),
        lambda: letting_in.revoke_invitations_of(by=ward_administrator, person=leader),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert letting_in.whom_may_manage(ward_administrator, [cast.person(cast.ward_leader)])


def test_looking_after_accounts_alone_opens_no_door_to_wider_rights(cast: Cast) -> None:
    """Who may manage accounts and give no rights lets in whoever may do no more, and is told who lets in the others."""
    role = Role.objects.create(
        code="tai-khoan",
        name="Quản lý tài khoản",
        permissions=["account.manage", "unit.read", "document.read"],
        reaches_subtree=True,
    )
    keeper = User.objects.create_user("taikhoan", display_name="Trần Giữ Khóa")
    keeper.grants.create(unit=cast.city, role=role, valid_from=clock.today(), reaches_subtree=True)
    member, leader = cast.person(cast.member), cast.person(cast.ward_leader)
    assert letting_in.whom_may_invite(keeper, [member, leader]) == {member.pk}
    assert letting_in.whom_may_manage(keeper, [leader]) == {leader.pk}, "closing gives nobody a way in"
    for act in (
        lambda: letting_in.invite_people(by=keeper, people=[leader], origin=SITE),
        lambda: letting_in.link_office_account_of(by=keeper, person=leader, uid="mine"),
        lambda: letting_in.remove_second_factors_of(by=keeper, person=leader),
    ):
        with pytest.raises(PermissionDenied, match=cast.administrator.display_name):
            act()
    client = Client()
    client.force_login(keeper)
    page = assert_whole(client.get(page_of(leader)))
    assert f"Người có thể cấp lối vào: {cast.administrator.display_name}" in page
    assert 'name="way"' not in page


def test_the_page_of_an_account_shows_acts_as_far_as_the_record_may_be_read(
    cast: Cast, clerk: Client
) -> None:
    """What was done to the account elsewhere is no business of a clerk who reads no record of acts."""
    member = cast.person(cast.member)
    with transaction.atomic():
        record("account.closed", by=cast.administrator, on=cast.member, unit_id=cast.city.pk)
        record("account.opened", by=cast.ward_clerk, on=cast.member, unit_id=cast.cell.pk)
    closed, opened = "đã khóa tài khoản", "đã mở lại tài khoản"
    page = assert_whole(clerk.get(page_of(member)))
    assert opened in page
    assert closed not in page
    administrator = Client()
    administrator.force_login(cast.administrator)
    page = assert_whole(administrator.get(page_of(member)))
    assert closed in page


def test_a_role_in_one_unit_alone_does_not_cover_one_that_reaches_below(cast: Cast) -> None:
    user = User.objects.create_user("chi-mot-cap", display_name="Chỉ một cấp")
    grant = grant_role(user=user, unit=cast.ward, role=BuiltIn.ADMINISTRATOR, since=clock.today())
    type(grant).objects.filter(pk=grant.pk).update(reaches_subtree=False)
    assert not letting_in.whom_may_manage(user, [cast.person(cast.ward_leader)])
    assert letting_in.whom_may_manage(user, [cast.person(cast.ward_officer)])


# --- acts ----------------------------------------------------------------------------------------------------------


def test_people_without_accounts_get_one_each_and_a_name_to_sign_in_with(cast: Cast) -> None:
    people = enrolled(cast, "Nguyễn Văn An", "Nguyễn Vân Ân", "Đỗ Thị Ưu")
    made = letting_in.invite_people(by=cast.ward_clerk, people=people, origin=SITE)
    names = [Person.objects.get(pk=person.pk).user.username for person in people]  # type: ignore[union-attr]  # made
    assert names == ["an.nguyenvan", "an.nguyenvan2", "uu.dothi"]
    assert len(made) == 3
    assert not any(invitation.user.has_usable_password() for invitation in made)
    # Again: the same accounts, new invitations.
    letting_in.invite_people(by=cast.ward_clerk, people=people, origin=SITE)
    assert User.objects.filter(username__startswith="an.nguyenvan").count() == 2
    assert Invitation.objects.open().filter(user__username__startswith="an.").count() == 2


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Nguyễn Thị Minh Khai", "khai.nguyenthiminh"),
        ("Điểu", "dieu"),
        ("Ô", "o00"),
        ("李", "nguoidung"),
        ("H'Hen Niê", "nie.hhen"),
    ],
)
def test_names_to_sign_in_with_are_typed_on_every_keyboard(db: None, name: str, suggested: str) -> None:
    assert suggest_usernames([name]) == [suggested]


def test_too_many_at_once_and_closed_accounts_are_refused(cast: Cast) -> None:
    member = cast.person(cast.member)
    with pytest.raises(Refused) as refusal:
        letting_in.invite_people(by=cast.ward_clerk, people=[member] * 201, origin=SITE)
    assert refusal.value.code == "too_many"
    letting_in.close_account_of(by=cast.administrator, person=member)
    with pytest.raises(Refused) as refusal:
        letting_in.invite_people(by=cast.ward_clerk, people=[member], origin=SITE)
    assert refusal.value.code == "account_closed"


def test_the_letter_goes_to_the_address_of_the_person(cast: Cast, mailoutbox: list[Any]) -> None:
    person = enrolled(cast, "Nguyễn Văn An")[0]
    Person.objects.filter(pk=person.pk).update(email="an@vamco.example")
    person.refresh_from_db()
    invitation = letting_in.invite_people(by=cast.ward_clerk, people=[person], origin=SITE)[0]
    invitation.refresh_from_db()
    assert invitation.mail_state == MailState.SENT
    assert [letter.to for letter in mailoutbox] == [["an@vamco.example"]]


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def clerk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ward_clerk)
    return client


def test_the_list_shows_the_own_people_only_and_finds_them(cast: Cast, clerk: Client) -> None:
    enrolled(cast, "Nguyễn Văn An")
    html = assert_whole(clerk.get(LIST))
    assert cast.member.display_name in html
    assert cast.other_member.display_name not in html
    found = assert_whole(clerk.get(LIST, {"q": "nguyen an", "state": "none"}))
    assert "Nguyễn Văn An" in found
    assert cast.member.username not in found
    assert cast.member.username in assert_whole(
        clerk.get(LIST, {"state": "in_use", "unit": str(cast.cell.pk)})
    )
    assert "Không có ai phù hợp" in assert_whole(clerk.get(LIST, {"q": "không ai"}))
    # A unit out of reach is no choice.
    assert cast.other_member.display_name not in assert_whole(
        clerk.get(LIST, {"unit": str(cast.other_ward.pk)})
    )


def test_the_list_costs_the_same_for_two_and_for_twenty(
    cast: Cast, clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for names in (["Nguyễn Văn An"], [f"Trần Văn Số {number}" for number in range(20)]):
        letting_in.invite_people(by=cast.ward_clerk, people=enrolled(cast, *names), origin=SITE)
        with django_assert_max_num_queries(20) as caught:
            assert_whole(clerk.get(LIST))
        counts.append(len(caught.captured_queries))
    assert counts[0] == counts[1]


def test_from_the_list_to_the_sheet_to_the_account(cast: Cast, clerk: Client) -> None:
    people = enrolled(cast, "Nguyễn Văn An", "Đỗ Thị Ưu")
    answer = clerk.post(
        reverse("organizations:account_invite"), {"people": [person.pk for person in people], "way": "paper"}
    )
    html = assert_whole(clerk.get(answer["Location"]))
    codes = [code_of(invitation.pk) for invitation in Invitation.objects.open()]
    assert len(codes) == 2
    assert all(code in html for code in codes)
    assert html.count('<svg class="qr"') + html.count('class="qr"') >= 2
    assert clerk.get(answer["Location"])["Cache-Control"].count("no-store")
    page = assert_whole(clerk.get(page_of(people[0])))
    assert "đã mời" in page
    assert "Khóa tài khoản" not in page  # the administrator's


def test_everybody_who_matches_is_invited_at_once_without_those_one_may_not(
    cast: Cast, clerk: Client
) -> None:
    enrolled(cast, *(f"Trần Văn Số {number}" for number in range(7)))
    matching = f"unit={cast.cell.pk}"
    clerk.post(
        reverse("organizations:account_invite"), {"all_matching": "1", "matching": matching, "way": "paper"}
    )
    invited = {
        invitation.user.display_name for invitation in Invitation.objects.open().select_related("user")
    }
    assert {f"Trần Văn Số {number}" for number in range(7)} <= invited
    assert cast.member.display_name in invited
    assert cast.cell_head.display_name not in invited


def test_sheets_of_others_are_empty(cast: Cast) -> None:
    person = enrolled(cast, "Nguyễn Văn An")[0]
    letting_in.invite_people(by=cast.ward_clerk, people=[person], origin=SITE)
    client = Client()
    client.force_login(cast.other_ward_clerk)
    html = assert_whole(client.get(SHEETS, {"people": str(person.pk)}))
    assert "Nguyễn Văn An" not in html
    assert "Không có giấy mời để in" in html


def test_a_sheet_printed_before_the_secret_key_changed_still_works_and_is_not_printed_again(
    cast: Cast, clerk: Client, settings: Any
) -> None:
    person = enrolled(cast, "Nguyễn Văn An")[0]
    invitation = letting_in.invite_people(by=cast.ward_clerk, people=[person], origin=SITE)[0]
    printed = code_of(invitation.pk)
    session = clerk.session
    settings.SECRET_KEY = "another"
    clerk.force_login(cast.ward_clerk)
    assert session
    assert "Không có giấy mời để in" in assert_whole(clerk.get(SHEETS, {"people": str(person.pk)}))
    assert Client().get(reverse("accounts:enter", args=[printed])).status_code == 200


def test_closing_and_opening_from_the_page(cast: Cast) -> None:
    client, person = Client(), cast.person(cast.member)
    client.force_login(cast.administrator)
    client.post(reverse("organizations:account_close", args=[person.pk]), {"reason": "Nghỉ hưu"})
    html = assert_whole(client.get(page_of(person)))
    assert "đã khóa tài khoản" in html
    assert "Nghỉ hưu" in html
    assert (
        letting_in.account_of(
            cast.administrator, Person.objects.select_related("user").get(pk=person.pk)
        ).state
        == State.CLOSED
    )
    client.post(reverse("organizations:account_reopen", args=[person.pk]))
    assert "đã mở lại tài khoản" in assert_whole(client.get(page_of(person)))


def test_the_last_administrator_is_not_closed(cast: Cast) -> None:
    other = User.objects.create_user("quantri2", display_name="Quản trị thứ hai")
    person = Person.objects.create(name="Quản trị thứ hai", user=other)
    grant_role(user=other, unit=cast.city, role=BuiltIn.ADMINISTRATOR, since=clock.today())
    letting_in.close_account_of(by=other, person=cast.person(cast.administrator))
    letting_in.open_account_of(by=other, person=cast.person(cast.administrator))
    letting_in.close_account_of(by=cast.administrator, person=person)
    User.objects.filter(pk=other.pk).update(is_active=True)
    User.objects.filter(pk=cast.administrator.pk).update(is_active=False)
    with pytest.raises(Refused) as refusal:
        letting_in.close_account_of(by=cast.administrator, person=person)
    assert refusal.value.code == "last_administrator"


def test_who_looks_at_names_and_codes_is_noted(cast: Cast, clerk: Client) -> None:
    person = enrolled(cast, "Nguyễn Văn An")[0]
    letting_in.invite_people(by=cast.ward_clerk, people=[person], origin=SITE)
    clerk.get(LIST)
    clerk.get(SHEETS, {"people": str(person.pk)})
    clerk.get(page_of(person))
    noted = Reading.objects.filter(by=cast.ward_clerk).order_by("at").values_list("what", "person_id")
    assert list(noted) == [
        ("people.accounts", None),
        ("people.invitations", None),
        ("people.accounts", person.pk),
    ]


def test_who_has_no_account_cannot_be_closed(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    person = enrolled(cast, "Nguyễn Văn An")[0]
    assert client.post(reverse("organizations:account_close", args=[person.pk])).status_code == 409


@pytest.mark.parametrize("people", [[], ["x"], ["9" * 30], ["-1"]])
def test_nonsense_invites_nobody(cast: Cast, clerk: Client, people: list[str]) -> None:
    answer = clerk.post(reverse("organizations:account_invite"), {"people": people, "way": "mail"})
    assert answer.status_code == 302
    assert not Invitation.objects.exists()


def test_a_role_that_begins_tomorrow_counts_today(cast: Cast) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    give_role(
        by=cast.administrator,
        user=cast.member,
        unit=cast.ward,
        role=Role.objects.get(pk="leader"),
        since=tomorrow,
    )
    assert not letting_in.whom_may_invite(cast.ward_clerk, [cast.person(cast.member)])


def test_who_may_let_nobody_in_lets_in_nobody(cast: Cast) -> None:
    [person] = enrolled(cast, "Đỗ Thị Mơ")
    with pytest.raises(PermissionDenied):
        letting_in.invite_people(by=cast.member, people=[person], origin=SITE)


def test_a_printed_way_in_ends_when_the_person_may_do_more_than_who_printed_it(cast: Cast) -> None:
    weak, strong = cast.person(cast.member), cast.person(cast.second_member)
    letting_in.invite_people(by=cast.ward_clerk, people=[weak], origin=SITE)
    letting_in.invite_people(by=cast.administrator, people=[strong], origin=SITE)
    for user in (cast.member, cast.second_member):
        give_role(
            by=cast.administrator,
            user=user,
            unit=cast.ward,
            role=Role.objects.get(pk="leader"),
            since=clock.today(),
        )
    assert list(Invitation.objects.open().values_list("user", flat=True)) == [cast.second_member.pk]
