"""What every answer says to the browser about safety, and what the log says about people: nothing."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.demo.place import PASSWORD
from thongsuot.organizations.models import Person

PAGES = ["/tai-khoan/dang-nhap/", "/giao-dien/", "/khong-co/"]


def directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_allows_our_own_files_only(client: Client, cast: Cast, address: str) -> None:
    if address != PAGES[0]:
        client.force_login(cast.member)
    answer = client.get(address)
    policy = directives(answer["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "*" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_out_of_reach_of_scripts(client: Client, cast: Cast) -> None:
    client.get(PAGES[0])
    client.post(PAGES[0], {"login": cast.member.username, "password": PASSWORD})
    assert set(client.cookies) >= {"csrftoken", "sessionid"}
    for name in ("csrftoken", "sessionid"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_a_name_of_the_machine_that_is_not_ours_is_refused(client: Client, db: None) -> None:
    assert client.get(PAGES[0], headers={"Host": "example.org"}).status_code == 400


def test_the_log_names_nobody(client: Client, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(
        logging.INFO, "django.db.backends"
    )  # statements with values are shown only to developers
    client.post(PAGES[0], {"login": cast.member.username, "password": "sai"})
    client.post(PAGES[0], {"login": cast.member.username, "password": PASSWORD})
    shown = "".join(client.get(address).content.decode() for address in ("/giao-dien/", "/", "/khong-co/"))
    client.get("/van-ban/999999/")
    client.get("/don-vi/999999/")
    client.post("/tai-khoan/dang-xuat/")
    assert cast.member.display_name in shown
    assert "/khong-co/" in caplog.text  # the log was on
    names = {*Person.objects.values_list("name", flat=True), cast.member.username, PASSWORD}
    assert not [name for name in names if name in caplog.text]


def test_the_first_page_of_a_stranger_is_the_sign_in(client: Client, db: None) -> None:
    answer = client.get("/giao-dien/", follow=True)
    assert answer.redirect_chain[0][1] == 302
    assert_whole(answer)
