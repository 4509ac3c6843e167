"""Signing in and out: who gets in, who does not, how often one may try, and what a page answers before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, reverse

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.config import urls
from thongsuot.demo.place import PASSWORD

SIGN_IN = "/tai-khoan/dang-nhap/"
SIGN_OUT = "/tai-khoan/dang-xuat/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"
TOO_OFTEN = "Đã thử quá nhiều lần"


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user))


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    return plain(request)


urlpatterns = [
    path("thu/", plain),
    path("thu-cong-khai/", open_to_all),
    *urls.urlpatterns,
]
pytestmark = pytest.mark.urls(__name__)


def attempt(client: Client, user: User, password: str, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": user.username, "password": password} | more)


def is_in(client: Client) -> bool:
    return client.get("/thu/").status_code == 200


def test_the_right_password_opens_the_place_and_names_who_it_is(client: Client, cast: Cast) -> None:
    assert not is_in(client)
    answer = attempt(client, cast.member, PASSWORD, next="/thu/")
    assert (answer.status_code, answer["Location"]) == (302, "/thu/")
    assert client.get("/thu/").content.decode() == cast.member.display_name


def test_a_session_is_renewed_at_sign_in_and_ends_in_the_evening(client: Client, cast: Cast) -> None:
    client.session.save()
    attempt(client, cast.member, PASSWORD, next="/thu/")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert dt.timedelta(0) < dt.timedelta(seconds=int(cookie["max-age"])) <= dt.timedelta(hours=12)


@pytest.mark.parametrize("password", ["sai", "", PASSWORD.upper(), PASSWORD + " ", "' OR 1=1 --"])
def test_a_wrong_password_is_answered_in_clear_vietnamese(client: Client, cast: Cast, password: str) -> None:
    html = assert_whole(attempt(client, cast.member, password))
    assert WRONG in html or password == ""
    assert not is_in(client)


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(client: Client, cast: Cast) -> None:
    nobody = User(username="khong-co-ai")
    assert WRONG in assert_whole(attempt(client, nobody, PASSWORD))


def test_who_may_no_longer_sign_in_does_not_and_a_running_session_ends(client: Client, cast: Cast) -> None:
    attempt(client, cast.member, PASSWORD)
    assert is_in(client)
    User.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert not is_in(client)
    other = Client()
    assert WRONG in assert_whole(attempt(other, cast.member, "sai"))
    answer = attempt(other, cast.member, PASSWORD)
    assert "không còn được đăng nhập" in assert_whole(other.get(answer["Location"]))
    assert not is_in(other)


def test_an_account_without_a_password_cannot_be_used(client: Client, cast: Cast) -> None:
    user = User.objects.create_user("khong-mat-khau", display_name="Không mật khẩu")
    for password in ("", "!", user.password):
        attempt(client, user, password)
        assert not is_in(client)


def test_an_address_in_a_header_is_believed_only_behind_a_proxy(cast: Cast, settings: Any) -> None:
    client = Client(REMOTE_ADDR="10.0.0.7")
    for number in range(30):
        client.post(
            SIGN_IN,
            {"login": f"doan{number}", "password": "sai"},
            headers={"X-Forwarded-For": f"9.9.9.{number}"},
        )
    wrong = client.post(
        SIGN_IN, {"login": "doan", "password": "sai"}, headers={"X-Forwarded-For": "9.9.9.77"}
    )
    assert TOO_OFTEN in wrong.content.decode()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    wrong = client.post(
        SIGN_IN, {"login": "doan", "password": "sai"}, headers={"X-Forwarded-For": "9.9.9.77"}
    )
    assert WRONG in wrong.content.decode()


def test_signing_out_is_by_post(client: Client, cast: Cast) -> None:
    attempt(client, cast.member, PASSWORD)
    client.get(SIGN_OUT)
    assert is_in(client)
    answer = client.post(SIGN_OUT)
    assert answer["Location"] == SIGN_IN
    assert not is_in(client)
    assert "Đã đăng xuất" in assert_whole(client.get(SIGN_IN))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "http:///example.org",
        "\thttps://example.org",
    ],
)
@pytest.mark.parametrize("way", ["field", "query"])
def test_signing_in_never_leads_to_another_site(client: Client, cast: Cast, elsewhere: str, way: str) -> None:
    fields = {"login": cast.member.username, "password": PASSWORD}
    address = reverse("account_login", query={"next": elsewhere}) if way == "query" else SIGN_IN
    answer = client.post(address, fields | ({"next": elsewhere} if way == "field" else {}))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert "example" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_the_form_carries_the_way_back(client: Client, db: None) -> None:
    answer = client.get("/thu/?trang=2")
    assert answer["Location"] == f"{SIGN_IN}?next=/thu/%3Ftrang%3D2"
    html = assert_whole(client.get(answer["Location"]))
    assert 'value="/thu/?trang=2"' in html


def test_a_form_from_another_site_signs_nobody_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(SIGN_IN)
    assert attempt(client, cast.member, PASSWORD).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "account_set_password"]
)
def test_nobody_makes_an_account_or_a_password_for_themselves(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


# Signing out and the health of the service ask for nobody and tell nothing.
PUBLIC = (
    {"account_login", "account_logout", "home:health", "ui:theme", "ui:language", "ui:single_keys"}
    | {
        # The ways in, and asking for one.
        f"accounts:{name}"
        for name in ("code", "enter", "forgotten", "forgotten_done")
    }
    | {
        # The library's own steps before somebody is signed in.
        *("mfa_authenticate", "mfa_login_webauthn", "openid_connect_login", "openid_connect_callback"),
        *("socialaccount_login_cancelled", "socialaccount_login_error"),
    }
    # Before the screen of a session the phone keeps the moment until its owner has signed in; it tells nothing.
    | {"dissemination:attend"}
)


def _views(patterns: Any, prefix: str = "") -> Any:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(
                pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            )
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback


def test_every_page_but_the_short_public_list_needs_signing_in() -> None:
    views = dict(_views(get_resolver("thongsuot.config.urls").url_patterns))
    assert {name for name, view in views.items() if not getattr(view, "login_required", True)} == PUBLIC


def test_a_page_without_a_word_about_it_is_closed(client: Client, db: None) -> None:
    assert client.get("/thu/").status_code == 302
    assert client.get("/thu-cong-khai/").status_code == 200
    assert client.get("/thu-cong-khai/").content.decode() == "AnonymousUser"


def test_signing_out_makes_the_browser_forget_what_it_kept(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.member)
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("home:my_work")).status_code == 302
