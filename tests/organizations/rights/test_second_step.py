"""Roles that ask for a second step at signing in: who is led where, who is told, and that nobody is locked out."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.test_own import with_app
from tests.accounts.test_sign_in import attempt
from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts.models import Role, User
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.demo.place import PASSWORD
from thongsuot.organizations.models import Delegation, RoleGrant
from thongsuot.organizations.services.rights import change_role

pytestmark = pytest.mark.django_db

WORK, PAGE = reverse("home:my_work"), reverse("rights:second_step")
LIST = reverse("rights:without_second_step")


def asks(role: str, days_ago: int = 30) -> None:
    since = clock.today() - dt.timedelta(days=days_ago)
    Role.objects.filter(pk=role).update(second_step_since=since)


def signed_in(user: User) -> Client:
    client = Client()
    attempt(client, user, PASSWORD)
    return client


def test_who_holds_the_role_sets_one_up_before_anything_else(cast: Cast) -> None:
    asks("leader")
    Delegation.objects.create(
        principal=cast.ward_leader,
        delegate=cast.ward_officer,
        unit=cast.ward,
        permissions=["task.assign"],
        valid_from=clock.today() - dt.timedelta(days=20),
        valid_to=clock.today() + dt.timedelta(days=9),
        made_by=cast.ward_leader,
    )
    leader = signed_in(cast.ward_leader)
    assert leader.get(WORK)["Location"] == PAGE
    assert leader.get(WORK, headers={"HX-Request": "true"})["HX-Redirect"] == PAGE
    assert leader.post(reverse("rights:give"))["Location"] == PAGE
    assert reverse("mfa_activate_totp") in assert_whole(leader.get(PAGE))
    assert signed_in(cast.ward_officer).get(WORK)["Location"] == PAGE, "what is lent asks for it too"
    assert signed_in(cast.ward_clerk).get(WORK).status_code == 200
    with_app(leader)
    assert leader.get(WORK).status_code == 200
    assert leader.get(PAGE)["Location"] == reverse("accounts:own")
    leader.post(reverse("account_logout"))
    assert leader.get(WORK).status_code == 302


def test_for_some_days_it_is_only_said_once(cast: Cast, settings: Any) -> None:
    settings.SECOND_STEP_DAYS = 7
    asks("leader", days_ago=2)
    leader = signed_in(cast.ward_leader)
    last = clock.today() + dt.timedelta(days=4)
    told = f"trước hết ngày {last:%d/%m/%Y}"
    assert told in assert_whole(leader.get(WORK))
    assert told not in assert_whole(leader.get(WORK))
    with clock.at(clock.moment(last + dt.timedelta(days=1), 8, 0)):
        RoleGrant.objects.filter(user=cast.other_ward_leader).update(valid_from=clock.today())
        later = Client()
        later.force_login(cast.ward_leader)
        assert later.get(WORK)["Location"] == PAGE
        later.force_login(cast.other_ward_leader)
        assert later.get(WORK).status_code == 200, "who has just got the role has as many days"


def test_the_offices_sign_in_is_enough_where_it_is_trusted(cast: Cast, settings: Any) -> None:
    asks("leader")
    client = signed_in(cast.ward_leader)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "provider": "office"}]
    session.save()
    assert client.get(WORK)["Location"] == PAGE
    settings.OFFICE_IS_SECOND_STEP = True
    assert client.get(WORK).status_code == 200
    assert signed_in(cast.ward_leader).get(WORK)["Location"] == PAGE, "a password alone is no office"


def test_administrators_see_who_has_none(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    assert "Chưa có vai trò nào" in assert_whole(client.get(LIST))
    asks("leader", days_ago=0)
    RoleGrant.objects.filter(user=cast.other_ward_leader).update(
        valid_from=clock.today() - dt.timedelta(days=2)
    )
    Authenticator.objects.create(user=cast.city_leader, type="totp", data={})

    def cost() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    before = cost()
    page = assert_whole(client.get(LIST))
    assert cast.ward_leader.display_name in page
    assert cast.city_leader.display_name not in page.split("<main")[1]
    for number in range(20):
        user = User.objects.create_user(f"x{number}", display_name=f"X {number}")
        user.grants.create(unit=cast.ward, role_id="leader", valid_from=clock.today())
    assert cost() == before
    ward = Client()
    ward.force_login(cast.ward_leader)
    page = assert_whole(ward.get(LIST))
    assert cast.other_ward_leader.display_name not in page.split("<main")[1]


def test_the_role_says_so_and_keeps_its_day(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    page = reverse("rights:role", args=["leader"])
    role = Role.objects.get(pk="leader")
    client.post(page, {"second_step": "on"})
    role.refresh_from_db()
    assert role.second_step_since == clock.today()
    Role.objects.filter(pk="leader").update(second_step_since=dt.date(2026, 1, 1))
    client.post(page, {"second_step": "on", "reaches_subtree": "on"})
    role.refresh_from_db()
    assert role.second_step_since == dt.date(2026, 1, 1)
    assert "lãnh đạo" in assert_whole(client.get(reverse("rights:roles"))).split("đăng nhập hai bước:")[1]
    change_role(by=cast.administrator, role=role, permissions=(), second_step=False)
    role.refresh_from_db()
    assert role.second_step_since is None


def test_the_last_administrator_is_not_locked_out(cast: Cast) -> None:
    asks("administrator")
    administrator = signed_in(cast.administrator)
    assert administrator.get(WORK)["Location"] == PAGE
    with_app(administrator)
    assert administrator.get(WORK).status_code == 200
    # The telephone is lost, and nobody else may help: whoever keeps the computer does.
    call_command("second_step", "--remove", cast.administrator.username, stdout=StringIO())
    again = signed_in(cast.administrator)
    assert again.get(WORK)["Location"] == PAGE
    out = StringIO()
    call_command("second_step", stdout=out)
    assert "administrator" in out.getvalue()
    call_command("second_step", "--not-required", "administrator", stdout=out)
    assert again.get(WORK).status_code == 200
    verbs = ("account.second_factor_removed_for", "role.second_step_waived")
    assert Act.objects.filter(verb__in=verbs, by=None).count() == 2
    for wrong in (("--remove", "ai.do"), ("--not-required", "administrator")):
        with pytest.raises(CommandError):
            call_command("second_step", *wrong)
