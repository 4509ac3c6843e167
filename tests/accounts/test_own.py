"""My account: the password, second steps, sessions; and what an administrator does when a device is lost."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.accounts.test_sign_in import SIGN_IN, attempt
from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts import services
from thongsuot.accounts.codes import code_of
from thongsuot.accounts.devices import device_in_words
from thongsuot.audit.models import Act
from thongsuot.core.refusals import Refused
from thongsuot.demo.place import PASSWORD
from thongsuot.organizations import letting_in

NEW = "dong-song-lang-lo-7"
OWN = reverse("accounts:own")


@pytest.fixture
def member(cast: Cast) -> Client:
    """Signed in by the form, as a browser does."""
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"})
    attempt(client, cast.member, PASSWORD)
    return client


def confirm(client: Client) -> None:
    """The password once more, before what changes how one signs in."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_now(secret: str, step: int = 0) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + step)))


def with_app(client: Client) -> tuple[str, str]:
    """Set the app up; its secret and the page of recovery codes."""
    confirm(client)
    page = assert_whole(client.get(reverse("mfa_activate_totp")))
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    plain = secret[1].replace(" ", "")
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(plain)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return plain, assert_whole(client.get(answer["Location"]))


# --- the page ------------------------------------------------------------------------------------------------------


def test_one_page_says_who_i_am_and_how_and_where_i_am_signed_in(cast: Cast, member: Client) -> None:
    html = assert_whole(member.get(OWN))
    for words in (
        cast.member.display_name,
        cast.member.username,
        cast.cell.short_name,
        "Chrome, Windows",
        "đang ở đây",
    ):
        assert words in html
    assert f'href="{OWN}"' in assert_whole(member.get(reverse("home:my_work")))


def test_the_look_is_chosen_in_place_as_in_the_menu(cast: Cast, member: Client) -> None:
    """The script knows the form by its mark, which stands once more here than on a page with the menu alone."""
    elsewhere = member.get(reverse("home:my_work")).content.count(b" data-choice")
    assert member.get(OWN).content.count(b" data-choice") == elsewhere + 1


def test_the_page_costs_the_same_for_two_and_for_twenty_sessions(
    cast: Cast, member: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 20):
        for _ in range(number):
            UserSession.objects.create(
                user=cast.member, ip="10.0.0.1", session_key=f"{number}-{_}", user_agent="Firefox/1"
            )
        with django_assert_max_num_queries(20) as caught:
            assert_whole(member.get(OWN))
        counts.append(len(caught.captured_queries))
    assert counts[0] == counts[1]


def test_the_first_second_step_ends_what_began_without_one(
    cast: Cast, member: Client, django_capture_on_commit_callbacks: Any
) -> None:
    elsewhere = Client()
    attempt(elsewhere, cast.member, PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        with_app(member)
    assert member.get(OWN).status_code == 200
    assert elsewhere.get(OWN).status_code == 302, "signed in by the password alone"


def test_looking_at_pages_writes_no_session_row(cast: Cast, member: Client) -> None:
    before = UserSession.objects.values_list("pk", "last_seen_at").get(user=cast.member)
    for _ in range(3):
        member.get(OWN)
    assert UserSession.objects.values_list("pk", "last_seen_at").get(user=cast.member) == before


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/133.0 Chrome/127.0 Safari/537.36",
            "Cốc Cốc, Windows",
        ),
        ("curl/8", "curl/8"),
        ("", "–"),
    ],
)
def test_devices_have_names_people_know(says: str, words: str) -> None:
    assert device_in_words(says) == words


# --- the password --------------------------------------------------------------------------------------------------


def test_changing_the_password_ends_sessions_elsewhere(cast: Cast, member: Client) -> None:
    elsewhere = Client()
    attempt(elsewhere, cast.member, PASSWORD)
    page = reverse("account_change_password")
    assert_whole(member.get(page))
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert "không phải mật khẩu hiện tại" in assert_whole(member.post(page, given | {"oldpassword": "sai"}))
    assert "quá ngắn" in assert_whole(member.post(page, given | {"password1": "ngan", "password2": "ngan"}))
    assert "không trùng nhau" in assert_whole(member.post(page, given | {"password2": NEW + "x"}))
    assert member.post(page, given)["Location"] == OWN
    assert "Đã đổi mật khẩu" in assert_whole(member.get(OWN))
    assert elsewhere.get(OWN).status_code == 302
    assert Act.objects.filter(verb="account.password_changed", by=cast.member).count() == 1


def test_who_never_chose_a_password_is_told_how_to_get_one(cast: Cast) -> None:
    cast.member.set_unusable_password()
    cast.member.save()
    client = Client()
    client.force_login(cast.member)
    answer = client.get(reverse("account_change_password"))
    assert answer["Location"] == OWN
    assert "chưa có mật khẩu" in assert_whole(client.get(OWN))


# --- sessions ------------------------------------------------------------------------------------------------------


def test_a_session_elsewhere_is_ended_and_nobody_elses(cast: Cast, member: Client) -> None:
    elsewhere, stranger = Client(), Client()
    attempt(elsewhere, cast.member, PASSWORD)
    attempt(stranger, cast.second_member, PASSWORD)
    theirs = UserSession.objects.get(user=cast.second_member)
    assert member.post(reverse("accounts:end_session", args=[theirs.pk])).status_code == 404
    mine = UserSession.objects.filter(user=cast.member).latest("created_at")
    member.post(reverse("accounts:end_session", args=[mine.pk]))
    assert elsewhere.get(OWN).status_code == 302
    assert member.get(OWN).status_code == 200
    assert stranger.get(OWN).status_code == 200


def test_everywhere_else_at_once(cast: Cast, member: Client) -> None:
    others = [Client() for _ in range(3)]
    for client in others:
        attempt(client, cast.member, PASSWORD)
    member.post(reverse("accounts:end_other_sessions"))
    assert [client.get(OWN).status_code for client in others] == [302] * 3
    assert "Đã kết thúc 3 phiên khác" in assert_whole(member.get(OWN))
    assert Act.objects.get(verb="account.sessions_ended").detail["sessions"] == 3


# --- the second step -----------------------------------------------------------------------------------------------


def test_setting_the_app_up_asks_for_the_password_first(member: Client) -> None:
    answer = member.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert "Xác nhận đúng là đồng chí" in assert_whole(member.get(answer["Location"]))
    assert "không phải mật khẩu" in assert_whole(member.post(answer["Location"], {"password": "sai"}))


def test_with_the_app_a_password_alone_opens_nothing(
    cast: Cast, member: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = with_app(member)
    assert "Còn 10 trên 10 mã" in codes
    assert "đang bật" in assert_whole(member.get(OWN))
    assert Act.objects.filter(verb="account.second_factor_added", by=cast.member).count() == 2
    stored = str(Authenticator.objects.values_list("data", flat=True).get(type="totp"))
    assert secret not in stored, "the database alone must not tell the codes"

    thief = Client()
    answer = attempt(thief, cast.member, PASSWORD)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    page = assert_whole(thief.get(answer["Location"]))
    assert "Bước thứ hai" in page
    assert thief.get(OWN).status_code == 302
    assert "Mã chưa đúng" in assert_whole(thief.post(reverse("mfa_authenticate"), {"code": "000000"}))
    assert thief.get(OWN).status_code == 302

    owner = Client()
    attempt(owner, cast.member, PASSWORD)
    assert owner.post(reverse("mfa_authenticate"), {"code": code_now(secret, 1)}).status_code == 302
    assert owner.get(OWN).status_code == 200


def test_a_recovery_code_works_once(cast: Cast, member: Client) -> None:
    _, page = with_app(member)
    code = re.findall(r"<li>(\d{8})</li>", page)[0]
    for expected in (200, 302):
        client = Client()
        attempt(client, cast.member, PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get(OWN).status_code == expected
    confirm(member)
    assert "Còn 9 trên 10" in assert_whole(member.get(reverse("mfa_view_recovery_codes")))
    assert_whole(member.get(reverse("mfa_generate_recovery_codes")))
    member.post(reverse("mfa_generate_recovery_codes"))
    assert code not in assert_whole(member.get(reverse("mfa_view_recovery_codes")))


def test_guessing_the_code_is_stopped(cast: Cast, member: Client) -> None:
    secret, _ = with_app(member)
    thief = Client()
    attempt(thief, cast.member, PASSWORD)
    for _ in range(6):
        said = thief.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Đã thử quá nhiều lần" in said
    thief.post(reverse("mfa_authenticate"), {"code": code_now(secret, 1)})
    assert thief.get(OWN).status_code == 302


def test_an_invitation_does_not_get_round_the_second_step(cast: Cast, member: Client) -> None:
    with_app(member)
    invitation = services.issue_invitations(
        by=cast.administrator, users=[cast.member], origin="http://testserver"
    )[0]
    client = Client()
    answer = client.post(
        reverse("accounts:enter", args=[code_of(invitation.pk)]), {"password1": NEW, "password2": NEW}
    )
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(OWN).status_code == 302


def test_switching_the_app_off(cast: Cast, member: Client) -> None:
    with_app(member)
    assert_whole(member.get(reverse("mfa_deactivate_totp")))
    member.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    client = Client()
    attempt(client, cast.member, PASSWORD)
    assert client.get(OWN).status_code == 200


def test_after_a_new_secret_key_codes_fail_and_nothing_breaks(
    cast: Cast, member: Client, settings: Any
) -> None:
    secret, _ = with_app(member)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]
    client = Client()
    attempt(client, cast.member, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret, 1)})
    assert client.get(OWN).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    client = Client()
    attempt(client, cast.member, PASSWORD)
    assert "Mã chưa đúng" in assert_whole(
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret, 0)})
    )


def test_a_passkey_gets_the_name_of_its_device(cast: Cast, member: Client) -> None:
    mine, others = (
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "Khóa", "credential": {}})
        for user in (cast.member, cast.second_member)
    )
    page = reverse("accounts:rename_passkey", args=[mine.pk])
    assert member.get(page)["Location"].startswith(reverse("account_reauthenticate"))
    confirm(member)
    assert 'value="Khóa"' in assert_whole(member.get(page))
    assert_whole(member.post(page, {"name": " "}), 422)
    assert member.post(page, {"name": "Điện thoại <b>"}).status_code == 302
    own = assert_whole(member.get(OWN))
    assert "Điện thoại &lt;b&gt;" in own
    assert "chưa dùng lần nào" in own
    assert Act.objects.filter(verb="account.passkey_renamed", by=cast.member).exists()
    assert member.get(reverse("accounts:rename_passkey", args=[others.pk])).status_code == 404


def test_the_administrator_helps_who_has_lost_the_telephone(cast: Cast, member: Client) -> None:
    with_app(member)
    client, person = Client(), cast.person(cast.member)
    client.force_login(cast.administrator)
    page = reverse("organizations:account", args=[person.pk])
    assert "Gỡ bước thứ hai" in assert_whole(client.get(page))
    client.post(reverse("organizations:account_second_factors", args=[person.pk]))
    assert "đã gỡ bước thứ hai cho người bị mất thiết bị" in assert_whole(client.get(page))
    assert not services.remove_second_factors(by=cast.administrator, user=cast.member)
    again = Client()
    attempt(again, cast.member, PASSWORD)
    assert again.get(OWN).status_code == 200


# --- the office's provider, as far as no provider is needed -----------------------------------------------------------


def test_without_a_provider_no_page_speaks_of_one(client: Client, cast: Cast) -> None:
    assert "Đăng nhập bằng khóa truy cập" in (html := assert_whole(client.get(SIGN_IN)))
    assert "/co-quan/" not in html


def test_a_key_of_the_provider_belongs_to_one_person(cast: Cast) -> None:
    person, other = cast.person(cast.member), cast.person(cast.second_member)
    letting_in.link_office_account_of(by=cast.administrator, person=person, uid="cb-17")
    with pytest.raises(Refused):
        letting_in.link_office_account_of(by=cast.administrator, person=other, uid="cb-17")
    letting_in.link_office_account_of(by=cast.administrator, person=person, uid="")
    letting_in.link_office_account_of(by=cast.administrator, person=other, uid="cb-17")
    assert {act.verb for act in Act.objects.filter(object_id=str(cast.member.pk))} >= {
        "account.provider_linked",
        "account.provider_unlinked",
    }


def test_the_library_speaks_vietnamese(member: Client) -> None:
    with_app(member)
    assert "Dùng mã của ứng dụng" in assert_whole(member.get(reverse("account_reauthenticate")))
