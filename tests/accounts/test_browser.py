"""In Chromium, under the strict policy: passkeys with a virtual device, a real provider, and whether all can use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse
from pypdf import PdfReader

from tests.browser import sign_in
from tests.cast import Cast
from thongsuot.accounts import services
from thongsuot.accounts.codes import code_of
from thongsuot.accounts.models import Invitation, User
from thongsuot.config import office
from thongsuot.demo.place import PASSWORD
from thongsuot.organizations import letting_in
from thongsuot.organizations.models import Person

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., "Page"]
SIGN_IN, OWN = reverse("account_login"), reverse("accounts:own")


def fill_sign_in(page: Page, user: User) -> None:
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")


def with_device(page: Page) -> CDPSession:
    """A device that makes passkeys and whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def test_a_passkey_is_made_and_signs_in_without_a_password(open_page: Open, cast: Cast) -> None:
    page = open_page(OWN)
    with_device(page)
    page.get_by_role("link", name="Thêm").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    assert "Còn 10 trên 10" in page.inner_text("main")
    passkey = Authenticator.objects.get(type="webauthn")
    assert passkey.user == cast.member

    page.goto(page.url.replace(reverse("mfa_view_recovery_codes"), OWN))
    page.locator(".me summary").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url("**/")
    assert cast.member.display_name in page.inner_text(".rail")

    # As a second step after the password, too.
    page.context.clear_cookies(name="sessionid")
    page.goto(page.evaluate("location.origin") + SIGN_IN)
    fill_sign_in(page, cast.member)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url("**/")
    assert cast.member.display_name in page.inner_text(".rail")


def test_a_device_without_a_passkey_is_told_and_nothing_breaks(open_page: Open, cast: Cast) -> None:
    page = open_page(SIGN_IN, signed_in=False)
    session = with_device(page)
    session.send("WebAuthn.disable")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.get_by_text("Chưa dùng được khóa truy cập").wait_for()
    fill_sign_in(page, cast.member)
    page.wait_for_url("**/")


# --- the office's provider -------------------------------------------------------------------------------------------


@pytest.fixture
def provider(
    live_server: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A real provider in a process of its own; its address."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    callback = live_server.url + reverse("openid_connect_callback", args=["office"])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.accounts.provider"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ
        | {
            "PROVIDER_DATABASE": str(tmp_path / "provider.sqlite3"),
            "PROVIDER_KEY": key.decode(),
            "PROVIDER_CALLBACK": callback,
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    try:
        assert process.stdout
        address = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        monkeypatch.setenv("THONGSUOT_OIDC_ISSUER", address)
        monkeypatch.setenv("THONGSUOT_OIDC_CLIENT_ID", "thongsuot")
        monkeypatch.setenv("THONGSUOT_OIDC_CLIENT_SECRET", "bi-mat")
        monkeypatch.setenv("THONGSUOT_OIDC_LABEL", "Cổng cán bộ Vàm Cỏ")
        settings.SOCIALACCOUNT_PROVIDERS = office.provider_from_environment()
        policy = json.loads(json.dumps(settings.CONTENT_SECURITY_POLICY, default=str))
        policy["DIRECTIVES"]["form-action"] += office.origins_of_provider()
        settings.CONTENT_SECURITY_POLICY = policy
        yield address
    finally:
        process.communicate("")  # its end of input is its end
        assert process.returncode == 0


def sign_in_at_the_office(page: Page) -> None:
    page.locator("input[name=login]").fill("canbo")
    page.locator("input[name=password]").fill("mat-khau-co-quan")
    page.keyboard.press("Enter")


def test_the_office_account_is_linked_by_its_person_and_signs_in_from_then_on(
    open_page: Open, cast: Cast, provider: str
) -> None:
    page = open_page(OWN)
    page.get_by_role("button", name="Liên kết").click()
    sign_in_at_the_office(page)
    page.get_by_label("Mật khẩu").fill(PASSWORD)  # ours, before anything is linked
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{OWN}")
    assert "Đã liên kết tài khoản cơ quan" in page.inner_text("main")
    link = SocialAccount.objects.get()
    assert link.user == cast.member
    assert set(link.extra_data.get("id_token", {})) <= {
        "iss",
        "sub",
        "aud",
        "exp",
        "iat",
        "nonce",
        "at_hash",
        "jti",
    } | {
        "auth_time",
        "azp",
        "token_use",
        "scope",
        "client_id",
        "sid",
    }

    fresh = open_page(SIGN_IN, signed_in=False)
    fresh.get_by_role("button", name="Đăng nhập bằng Cổng cán bộ Vàm Cỏ").click()
    sign_in_at_the_office(fresh)
    fresh.wait_for_url("**/")
    assert cast.member.display_name in fresh.inner_text(".rail")


def test_an_unknown_office_account_makes_no_account_here(open_page: Open, cast: Cast, provider: str) -> None:
    before = User.objects.count()
    page = open_page(SIGN_IN, signed_in=False)
    page.get_by_role("button", name="Đăng nhập bằng Cổng cán bộ Vàm Cỏ").click()
    sign_in_at_the_office(page)
    page.get_by_role("heading", name="Tài khoản cơ quan này chưa được liên kết").wait_for()
    assert User.objects.count() == before


def test_an_administrator_links_by_the_providers_key(open_page: Open, cast: Cast, provider: str) -> None:
    letting_in.link_office_account_of(by=cast.administrator, person=cast.person(cast.member), uid="1")
    page = open_page(SIGN_IN, signed_in=False)
    page.get_by_role("button", name="Đăng nhập bằng Cổng cán bộ Vàm Cỏ").click()
    sign_in_at_the_office(page)
    page.wait_for_url("**/")
    assert cast.member.display_name in page.inner_text(".rail")


# --- for everybody ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_are_whole_for_everybody(open_page: Open, cast: Cast, width: int) -> None:
    guest = User.objects.create_user("an.nguyenvan", display_name="Nguyễn Văn An")
    invitation = services.issue_invitations(by=cast.administrator, users=[guest], origin="http://localhost")[
        0
    ]
    addresses = [SIGN_IN, reverse("accounts:code"), reverse("accounts:forgotten")]
    enter = reverse("accounts:enter", args=[code_of(invitation.pk)])
    faults: dict[str, Any] = {}
    page = open_page(SIGN_IN, signed_in=False, width=width)
    origin = page.evaluate("location.origin")
    for address in [*addresses, enter]:
        page.goto(origin + address)
        faults |= _faults(page, address)
    inside = open_page(OWN, width=width)
    faults |= _faults(inside, OWN)
    inside.goto(origin + reverse("mfa_activate_totp"))
    inside.get_by_label("Mật khẩu").fill(PASSWORD)
    inside.keyboard.press("Enter")
    inside.get_by_role("button", name="Bật").wait_for()
    faults |= _faults(inside, "totp")
    assert not faults


def _faults(page: Page, name: str) -> dict[str, Any]:
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    return {name: found} if found else {}


def test_sheets_print_ten_to_a_page(open_page: Open, cast: Cast, tmp_path: Path) -> None:
    people = list(Person.objects.filter(memberships__unit__in=[cast.cell, cast.second_cell]).order_by("pk"))
    allowed = letting_in.whom_may_invite(cast.administrator, people)
    people = [person for person in people if person.pk in allowed]
    letting_in.invite_people(by=cast.administrator, people=people, origin="http://localhost", by_mail=False)
    page = open_page(SIGN_IN, signed_in=False)
    origin = page.evaluate("location.origin")
    sign_in(page.context, cast.administrator, origin)
    query = "&".join(f"people={person.pk}" for person in people)
    page.goto(f"{origin}{reverse('organizations:account_sheets')}?{query}")
    assert not _faults(page, "sheets")
    assert page.locator(".invite svg path").count() >= len(people)
    printed = tmp_path / "sheets.pdf"
    page.pdf(path=printed, format="A4")
    pages = [page.extract_text() for page in PdfReader(printed).pages]
    codes = [code_of(invitation.pk) for invitation in Invitation.objects.open()]
    assert sorted(code for text in pages for code in codes if code in text) == sorted(codes)
    assert (len(codes), len(pages)) == (10, 1)
