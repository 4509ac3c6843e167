from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from tests.cast import Cast
from tests.permissions import Row
from thongsuot.accounts.codes import code_of
from thongsuot.accounts.services import issue_invitations


def _code_of_a_guest(cast: Cast) -> list[Any]:
    invitation = issue_invitations(
        by=cast.administrator, users=[cast.second_member], origin="http://testserver"
    )[0]
    return [code_of(invitation.pk)]


def _session_of_the_member(cast: Cast) -> list[Any]:
    session = UserSession.objects.create(
        user=cast.member, ip="10.0.0.1", session_key="x", user_agent="Firefox/1"
    )
    return [session.pk]


def _passkey_of_the_member(cast: Cast) -> list[Any]:
    passkey = Authenticator.objects.create(
        user=cast.member, type="webauthn", data={"name": "Khóa", "credential": {}}
    )
    return [passkey.pk]


OPEN_TO_ALL = {"*": 200, "anonymous": 200}
# What changes how one signs in asks for the password again.
ASKED_AGAIN = {"*": 302}
OFFICE = ["office"]

ROWS = [
    Row("accounts:own", {"*": 200}),
    Row("accounts:end_other_sessions", {"*": 302}, method="post"),
    Row("accounts:end_session", {"*": 404, "member": 302}, args=_session_of_the_member, method="post"),
    Row("account_change_password", {"*": 200}),
    Row("account_reauthenticate", {"*": 200}),
    Row("mfa_index", {"*": 302}),
    Row("mfa_list_webauthn", {"*": 302}),
    # Without a sign-in that has come to its second step there is none.
    Row("mfa_authenticate", {"*": 302}),
    Row("mfa_reauthenticate", {"*": 302}),
    Row("mfa_reauthenticate_webauthn", {"*": 302}),
    Row("mfa_activate_totp", ASKED_AGAIN),
    Row("mfa_deactivate_totp", {"*": 404}),
    Row("mfa_view_recovery_codes", {"*": 404}),
    Row("mfa_generate_recovery_codes", ASKED_AGAIN),
    Row("mfa_add_webauthn", ASKED_AGAIN),
    Row("mfa_remove_webauthn", ASKED_AGAIN, args=_passkey_of_the_member),
    Row("accounts:rename_passkey", ASKED_AGAIN, args=_passkey_of_the_member),
    Row("mfa_login_webauthn", {"*": 302}),
    Row("socialaccount_connections", {"*": 200}),
    Row("socialaccount_login_cancelled", OPEN_TO_ALL, public=True),
    Row("socialaccount_login_error", {"*": 401, "anonymous": 401}, public=True),
    # No provider is set: there is no such page.
    Row("openid_connect_login", {"*": 404, "anonymous": 404}, args=lambda cast: OFFICE, public=True),
    Row("openid_connect_callback", {"*": 404, "anonymous": 404}, args=lambda cast: OFFICE, public=True),
    # Whoever has signed in is sent on; the form is for those who have not.
    Row("account_login", {"*": 302, "anonymous": 200}, public=True),
    Row("account_logout", {"*": 302}, method="post"),
    Row("accounts:code", {"*": 200, "anonymous": 200}, public=True),
    # Somebody else's invitation is not opened in one's own session.
    Row(
        "accounts:enter",
        {"*": 409, "second_member": 200, "anonymous": 200},
        args=_code_of_a_guest,
        public=True,
    ),
    Row("accounts:forgotten", {"*": 200, "anonymous": 200}, public=True),
    Row("accounts:forgotten_done", {"*": 200, "anonymous": 200}, public=True),
]
