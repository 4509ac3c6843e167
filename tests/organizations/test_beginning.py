"""The first unit and the first administrator: once, from the command line, without a password as an argument."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts.models import Invitation, User
from thongsuot.accounts.roles import Permission
from thongsuot.audit.models import Act
from thongsuot.config import cli, preparation
from thongsuot.organizations.models import Person, Unit, UnitKind
from thongsuot.organizations.reach import can
from thongsuot.organizations.services import beginning

FOUND = ["found", "--unit", "Tỉnh ủy Đồng Lau", "--person", "Nguyễn Văn Ổn", "--url", "https://d.example/"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the test as it is, and an English terminal."""
    monkeypatch.setattr(preparation, "migrate", lambda: None)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("THONGSUOT_SECRET_KEY", "a key that is there")


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "is_founded", lambda: False)


@pytest.mark.usefixtures("terminal", "empty")
def test_the_first_administrator_is_given_a_way_in(
    client: Client, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(FOUND) == 0
    unit, user = Unit.objects.get(name="Tỉnh ủy Đồng Lau"), User.objects.get(username="on.nguyenvan")
    assert (unit.kind, unit.parent, str(unit.valid_from)) == (UnitKind.PROVINCE_COMMITTEE, None, "2025-07-01")
    assert can(user, Permission.RIGHTS_GIVE, unit)
    assert not can(user, Permission.RIGHTS_GIVE, cast.city)
    assert Person.objects.get(user=user).name == "Nguyễn Văn Ổn"
    assert Act.objects.filter(verb="installation.founded", object_id=str(unit.pk)).count() == 1
    said = capsys.readouterr().out
    link = next(line.strip() for line in said.splitlines() if "https://d.example/" in line)
    assert "█" in said
    assert Invitation.objects.get(user=user).by == user
    assert_whole(client.get(link.removeprefix("https://d.example")))


@pytest.mark.usefixtures("terminal")
def test_a_founded_place_is_left_alone(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    before = (Unit.objects.count(), User.objects.count())
    assert cli.main(FOUND) == 1
    assert capsys.readouterr().err.strip() == (
        "This installation has been founded already; nothing was changed."
    )
    assert (Unit.objects.count(), User.objects.count()) == before


@pytest.mark.usefixtures("terminal", "empty", "cast")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--unit", "Cơ quan"], "add --kind"),
        (["--username", "Ố"], "Three letters at least"),
        (["--email", "nobody"], "valid email"),
        (["--since", "2999-01-01"], "future"),
        (["--password"], "needs a terminal"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_founded(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = User.objects.count()
    assert cli.main([*FOUND, *arguments]) == 1
    assert sentence in capsys.readouterr().err
    assert User.objects.count() == before


@pytest.mark.usefixtures("terminal", "empty", "cast")
def test_a_chosen_password_needs_no_invitation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("thongsuot.config.founding.getpass", lambda _prompt: "năm chữ cho dễ nhớ")
    assert cli.main([*FOUND, "--password", "--username", "nguoidau"]) == 0
    user = User.objects.get(username="nguoidau")
    assert user.check_password("năm chữ cho dễ nhớ")
    assert not Invitation.objects.filter(user=user).exists()


def test_the_sign_in_page_says_how_to_begin(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "thongsuot found" not in assert_whole(client.get(reverse("account_login")))
    monkeypatch.setattr("thongsuot.accounts.queries.has_accounts", lambda: False)
    html = assert_whole(client.get(reverse("account_login")))
    assert "Nơi này chưa được thành lập" in html
    assert "thongsuot found" in html
