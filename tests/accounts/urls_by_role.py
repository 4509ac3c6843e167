from typing import Any

from tests.cast import Cast
from tests.permissions import Row
from thongsuot.accounts.codes import code_of
from thongsuot.accounts.services import issue_invitations


def _code_of_a_guest(cast: Cast) -> list[Any]:
    invitation = issue_invitations(
        by=cast.administrator, users=[cast.second_member], origin="http://testserver"
    )[0]
    return [code_of(invitation.pk)]


ROWS = [
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
