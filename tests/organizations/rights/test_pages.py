"""The pages about rights: the two questions, giving step by step, roles and loans, as their readers use them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.rights.test_giving import again, give, in_days, role
from tests.organizations.rights.test_lending import lend
from tests.pages import assert_whole
from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import BuiltIn, Permission
from thongsuot.audit.models import Reading
from thongsuot.core import clock
from thongsuot.organizations.models import Delegation, RoleGrant, Unit
from thongsuot.organizations.queries.rights import holders_in, what_can
from thongsuot.organizations.reach import can

P = Permission


def get(client: Client, user: User, name: str, *args: Any, **asked: Any) -> str:
    client.force_login(user)
    return assert_whole(client.get(reverse(name, args=args), asked))


def post(client: Client, user: User, address: str, data: dict[str, Any]) -> Any:
    client.force_login(user)
    return client.post(address, data)


def test_who_can_do_this_says_through_what_and_since_when(client: Client, cast: Cast) -> None:
    lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward, until=in_days(5))
    html = get(client, cast.city_leader, "rights:who", noi=cast.cell.pk, quyen=P.TASK_ASSIGN)
    for person in (cast.city_leader, cast.ward_leader, cast.cell_head, cast.ward_officer):
        assert str(person) in html
    assert f"thay mặt {cast.ward_leader}" in html
    assert f"{in_days(4):%d/%m/%Y}" in html, "the last day, not the first day without it"
    assert str(cast.ward_clerk) not in html
    assert Reading.objects.get().count == 3


def test_a_permission_nobody_knows_asks_about_all_of_them(client: Client, cast: Cast) -> None:
    html = get(client, cast.ward_leader, "rights:who", quyen="fly")
    assert str(cast.ward_officer) in html
    assert client.get(reverse("rights:who"), {"noi": cast.other_ward.pk}).status_code == 404
    assert "Chi bộ khu phố 1" in get(client, cast.ward_leader, "rights:who", q="khu pho 1")


def test_holders_and_answers_agree_with_the_rights_themselves(cast: Cast) -> None:
    lend(cast.city_leader, cast.city_leader, cast.second_member, cast.city, permissions=[P.TASK_READ, P.URGE])
    users = list(User.objects.all())  # each reads their rights once
    for unit in (cast.city, cast.ward, cast.cell):
        for permission in P:
            told = {holder.user for holder in holders_in(unit, permission)}
            assert told == {user for user in users if can(user, permission, unit)}, (unit, permission)
    units = [unit for unit in vars(cast).values() if isinstance(unit, Unit)]
    for user in (again(cast.ward_officer), again(cast.second_member)):
        told_rights = {answer.permission for subject in what_can(user, user) for answer in subject.answers}
        assert told_rights == {one for one in P for unit in units if can(user, one, unit)}


def test_what_can_this_person_do_names_each_reason(client: Client, cast: Cast) -> None:
    lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward)
    give(cast.administrator, cast.ward_officer, cast.cell, BuiltIn.CLERK, since=in_days(10))
    html = get(client, cast.ward_leader, "rights:person", cast.ward_officer.pk)
    assert "giao nhiệm vụ" in html
    assert f"thay mặt {cast.ward_leader}" in html
    assert f"{in_days(10):%d/%m/%Y}" in html
    assert Reading.objects.filter(what="rights.person").count() == 1
    client.force_login(cast.ward_officer)
    assert client.get(reverse("rights:mine")).url == reverse("rights:person", args=[cast.ward_officer.pk])  # type: ignore[attr-defined]
    get(client, cast.ward_officer, "rights:person", cast.ward_officer.pk)
    assert Reading.objects.filter(what="rights.person").count() == 1, "one's own rights are no secret"


def test_rights_elsewhere_are_not_told(client: Client, cast: Cast) -> None:
    give(cast.administrator, cast.ward_officer, cast.other_ward, BuiltIn.CLERK)
    assert "Gò Bưởi" not in get(client, cast.ward_leader, "rights:person", cast.ward_officer.pk)
    assert "Gò Bưởi" in get(client, cast.city_leader, "rights:person", cast.ward_officer.pk)


@pytest.mark.parametrize("name", ["rights:who", "rights:person"])
def test_both_answers_come_as_a_file(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.ward_leader)
    args = [cast.ward_officer.pk] if name == "rights:person" else []
    answer = client.get(reverse(name, args=args), {"csv": 1})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Đảng ủy phường Cầu Ván" in text
    assert Reading.objects.get().way == "export"


def test_a_role_is_given_in_three_steps(client: Client, cast: Cast) -> None:
    admin = cast.administrator
    name = cast.person(cast.member).name
    assert f"nguoi={cast.member.pk}" in get(client, admin, "rights:give", q=name.lower())
    assert f"noi={cast.ward.pk}" in get(client, admin, "rights:give", nguoi=cast.member.pk, q="cau van")
    asked = f"?nguoi={cast.member.pk}&noi={cast.ward.pk}"
    assert "Văn thư" in get(client, admin, "rights:give", nguoi=cast.member.pk, noi=cast.ward.pk)
    sent = {
        "role": "clerk",
        "since": f"{clock.today()}",
        "last_day": f"{in_days(9)}",
        "decided_by": "3-QĐ/ĐU",
    }
    answer = post(client, admin, reverse("rights:give") + asked, sent)
    assert answer.status_code == 302
    grant = RoleGrant.objects.get(user=cast.member, role=BuiltIn.CLERK)
    assert (grant.valid_to, grant.decided_by, grant.reaches_subtree) == (in_days(10), "3-QĐ/ĐU", False)
    again_sent = assert_whole(post(client, admin, reverse("rights:give") + asked, sent))
    assert "Hãy kéo dài vai trò đang có" in again_sent


def test_people_and_units_out_of_reach_are_not_offered(client: Client, cast: Cast) -> None:
    give(cast.administrator, cast.ward_officer, cast.ward, BuiltIn.ADMINISTRATOR)
    local = again(cast.ward_officer)
    client.force_login(local)
    for asked in ({"nguoi": cast.other_member.pk}, {"nguoi": cast.member.pk, "noi": cast.other_ward.pk}):
        assert client.get(reverse("rights:give"), asked).status_code == 404
    other = cast.person(cast.other_member).name
    assert f"nguoi={cast.other_member.pk}" not in get(client, local, "rights:give", q=other)


def test_ending_and_prolonging(client: Client, cast: Cast) -> None:
    grant = give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, until=in_days(3))
    address = reverse("rights:prolong", args=[grant.pk])
    assert "Ngày kết thúc mới" in assert_whole(
        post(client, cast.administrator, address, {"last_day": f"{in_days(1)}"})
    )
    assert post(client, cast.administrator, address, {"last_day": f"{in_days(9)}"}).status_code == 302
    address = reverse("rights:end", args=[grant.pk])
    assert post(client, cast.administrator, address, {"on": f"{clock.today()}"}).status_code == 302
    assert not can(again(cast.member), P.DOCUMENT_REGISTER, cast.ward)
    last = RoleGrant.objects.get(user=cast.administrator)
    address = reverse("rights:end", args=[last.pk])
    assert "không còn ai phân quyền" in assert_whole(
        post(client, cast.administrator, address, {"on": f"{clock.today()}"})
    )


def test_the_list_is_found_by_name_role_and_time(client: Client, cast: Cast) -> None:
    give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, since=in_days(4))
    admin, name = cast.administrator, cast.person(cast.member).name
    assert f"{in_days(4):%d/%m/%Y}" not in get(client, admin, "rights:list")
    assert f"{in_days(4):%d/%m/%Y}" in get(client, admin, "rights:list", luc="sap-toi")
    assert str(cast.city_leader) not in get(client, admin, "rights:list", **{"vai-tro": "clerk"})
    address = reverse("rights:person", args=[cast.member.pk])
    assert address in get(client, admin, "rights:list", q=name)
    assert address not in get(client, admin, "rights:list", luc="da-het", q=name)


def test_a_role_is_made_changed_put_back_and_retired(client: Client, cast: Cast) -> None:
    admin = cast.administrator
    sent = {"name": "Lưu trữ", "permissions": [P.DOCUMENT_READ, "nonsense"]}
    assert_whole(post(client, admin, reverse("rights:new_role"), sent))
    sent["permissions"] = [P.DOCUMENT_READ]
    assert post(client, admin, reverse("rights:new_role"), sent).status_code == 302
    assert "Lưu trữ" in get(client, admin, "rights:roles")
    address = reverse("rights:role", args=["member"])
    assert post(client, admin, address, {"name": "", "permissions": [P.TASK_READ]}).status_code == 302
    assert role("member").can_do >= {P.TASK_READ, P.DOCUMENT_READ}
    assert post(client, admin, reverse("rights:reset_role", args=["member"]), {}).status_code == 302
    assert P.TASK_READ not in role("member").can_do
    give(admin, cast.member, cast.ward, "luu-tru")
    assert post(client, admin, reverse("rights:retire_role", args=["luu-tru"]), {}).status_code == 302
    assert Role.objects.get(pk="luu-tru").retired_at is None
    assert "Còn người đang giữ" in get(client, admin, "rights:role", "luu-tru")


def test_a_leader_lends_on_the_page_and_takes_back(client: Client, cast: Cast) -> None:
    leader, name = cast.ward_leader, cast.person(cast.ward_officer).name
    found = get(client, leader, "rights:lend", q=name)
    assert f"nguoi={cast.ward_officer.pk}" in found
    address = reverse("rights:lend") + f"?nguoi={cast.ward_officer.pk}"
    sent = {
        "unit": cast.ward.pk,
        "since": f"{clock.today()}",
        "last_day": f"{in_days(6)}",
        "reaches_subtree": "on",
    }
    assert "Hãy chọn nội dung ủy quyền" in assert_whole(post(client, leader, address, sent))
    assert post(client, leader, address, sent | {"permissions": [P.TASK_ASSIGN]}).status_code == 302
    assert can(again(cast.ward_officer), P.TASK_ASSIGN, cast.cell)
    assert "giao nhiệm vụ" in get(client, cast.ward_officer, "rights:loans")
    loan = Delegation.objects.get()
    assert loan.last_day == in_days(6)
    post(client, leader, reverse("rights:revoke", args=[loan.pk]), {})
    assert "đã thu hồi" in get(client, leader, "rights:loans")


def test_an_administrator_lends_for_somebody_with_a_decision(client: Client, cast: Cast) -> None:
    address = reverse("rights:lend") + f"?cua={cast.ward_leader.pk}&nguoi={cast.ward_officer.pk}"
    sent = {
        "unit": cast.ward.pk,
        "since": f"{clock.today()}",
        "last_day": f"{in_days(6)}",
        "permissions": [P.TASK_ASSIGN],
    }
    assert_whole(post(client, cast.administrator, address, sent))
    assert not Delegation.objects.exists()
    assert post(client, cast.administrator, address, sent | {"decided_by": "9-QĐ/ĐU"}).status_code == 302
    assert Delegation.objects.get().principal == cast.ward_leader


@pytest.mark.parametrize("name", ["rights:list", "rights:who", "rights:roles", "rights:loans"])
def test_a_page_costs_the_same_for_two_rows_and_for_twenty(client: Client, cast: Cast, name: str) -> None:
    def queries() -> int:
        client.force_login(cast.city_leader)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            get(client, cast.city_leader, name)
        return len(caught)

    lend(cast.city_leader, cast.city_leader, cast.member, cast.city)
    few = queries()
    for user in User.objects.filter(username__startswith="dangvien")[:18]:
        give(cast.administrator, user, cast.city, BuiltIn.OFFICER)
        Delegation.objects.create(
            principal=cast.city_leader,
            delegate=user,
            unit=cast.city,
            permissions=[P.TASK_READ],
            valid_from=clock.today(),
            valid_to=clock.today() + dt.timedelta(days=1),
            made_by=cast.city_leader,
        )
    assert queries() == few
    assert few <= 16, few
