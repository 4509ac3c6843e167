"""Guessing passwords: the guesser is stopped, and the owner gets in all the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.accounts.test_sign_in import TOO_OFTEN, WRONG, attempt
from tests.cast import Cast
from thongsuot.accounts.attempts import DEVICE_COOKIE
from thongsuot.accounts.models import User
from thongsuot.demo.place import PASSWORD


def at(number: int) -> Client:
    """A browser nobody has signed in on, at an address of its own."""
    return Client(REMOTE_ADDR=f"10.{number // 250}.7.{number % 250 + 1}")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def hammer(user: User, times: int, *, browsers: int = 1, first: int = 100) -> str:
    """Guess from several addresses; the last answer."""
    said = ""
    for number in range(times):
        said = attempt(at(first + number % browsers), user, f"sai-{number}").content.decode()
    return said


@pytest.fixture
def owner(cast: Cast) -> Client:
    """The owner's browser: they signed in on it before, and out again."""
    client = at(1)
    attempt(client, cast.member, PASSWORD)
    assert is_in(client)
    client.post("/tai-khoan/dang-xuat/")
    return client


def test_after_five_wrong_guesses_an_address_waits_even_with_the_right_one(cast: Cast) -> None:
    guesser = at(2)
    for _ in range(5):
        assert WRONG in attempt(guesser, cast.member, "sai").content.decode()
    assert TOO_OFTEN in attempt(guesser, cast.member, PASSWORD).content.decode()
    assert not is_in(guesser)
    # Somebody else at the same place is not shut out.
    attempt(guesser, cast.second_member, PASSWORD)
    assert is_in(guesser)


def test_who_is_hammered_from_elsewhere_signs_in_from_any_other_place(cast: Cast) -> None:
    assert TOO_OFTEN in hammer(cast.member, 50)
    unknown = at(3)
    attempt(unknown, cast.member, PASSWORD)
    assert is_in(unknown)


def test_a_crowd_of_addresses_slows_strangers_and_not_the_owners_device(cast: Cast, owner: Client) -> None:
    assert TOO_OFTEN in hammer(cast.member, 101, browsers=101)
    stranger = at(4)
    assert TOO_OFTEN in attempt(stranger, cast.member, PASSWORD).content.decode()
    attempt(owner, cast.member, PASSWORD)
    assert is_in(owner)
    # Of other accounts nothing was used up.
    attempt(stranger, cast.second_member, PASSWORD)
    assert is_in(stranger)


def test_the_owners_device_gets_in_where_the_whole_office_has_used_up_its_tries(
    cast: Cast, owner: Client
) -> None:
    same_office = Client(REMOTE_ADDR=owner.defaults["REMOTE_ADDR"])
    for number in range(31):
        attempt(same_office, User(username=f"doan{number}"), "sai")
    assert TOO_OFTEN in attempt(same_office, cast.second_member, PASSWORD).content.decode()
    attempt(owner, cast.member, PASSWORD)
    assert is_in(owner)


def test_a_known_device_is_no_place_to_guess_for_ever(cast: Cast, owner: Client) -> None:
    for _ in range(15):  # ten of its own, five of a stranger
        assert WRONG in attempt(owner, cast.member, "sai").content.decode()
    assert TOO_OFTEN in attempt(owner, cast.member, PASSWORD).content.decode()


def test_a_device_is_known_only_to_the_account_that_signed_in_on_it(cast: Cast, owner: Client) -> None:
    hammer(cast.second_member, 101, browsers=101)
    assert TOO_OFTEN in attempt(owner, cast.second_member, PASSWORD).content.decode()


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoiYiJ9:1abc:zzz"])
def test_a_forged_device_is_a_stranger(cast: Cast, forged: str) -> None:
    hammer(cast.member, 101, browsers=101)
    guesser = at(5)
    guesser.cookies[DEVICE_COOKIE] = forged
    assert TOO_OFTEN in attempt(guesser, cast.member, PASSWORD).content.decode()


def test_right_passwords_use_nothing_up(cast: Cast) -> None:
    for _ in range(12):
        client = at(6)
        attempt(client, cast.member, PASSWORD)
        assert is_in(client)


def test_unknown_names_are_counted_like_known_ones(cast: Cast) -> None:
    nobody = User(username="khong-co-ai")
    assert WRONG in hammer(nobody, 5)
    assert TOO_OFTEN in hammer(nobody, 1)
    # However the name is written.
    assert TOO_OFTEN in attempt(at(100), User(username=" KHONG-co-ai"), "sai").content.decode()


def test_the_cookie_names_nobody_and_cannot_be_read_by_a_script(cast: Cast, owner: Client) -> None:
    cookie = owner.cookies[DEVICE_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cast.member.username not in cookie.value
    assert dt.timedelta(days=179) < dt.timedelta(seconds=int(cookie["max-age"])) <= dt.timedelta(days=180)


def test_a_shared_computer_remembers_ten_accounts(cast: Cast) -> None:
    client = at(8)
    others = [user for user in cast.everybody.values() if user != cast.member][:10]
    for number, user in enumerate([cast.member, *others]):
        attempt(client, user, PASSWORD)
        assert is_in(client), number
        client.post("/tai-khoan/dang-xuat/")
    hammer(cast.member, 101, browsers=101)
    assert TOO_OFTEN in attempt(client, cast.member, PASSWORD).content.decode()


def test_addresses_of_one_network_of_ipv6_are_one_address(cast: Cast) -> None:
    said = [
        attempt(Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}"), cast.member, "sai").content.decode()
        for number in range(6)
    ]
    assert TOO_OFTEN in said[-1]
    assert WRONG in said[-2]
