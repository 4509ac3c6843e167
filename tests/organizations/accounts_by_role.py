from typing import Any

from tests.cast import Cast
from tests.permissions import Row

CLERKS = {"*": 403, "administrator": 200, "city_clerk": 200, "ward_clerk": 200, "other_ward_clerk": 200}
OF_THE_MEMBER = CLERKS | {"other_ward_clerk": 404}


def _member(cast: Cast) -> list[Any]:
    return [cast.person(cast.member).pk]


def _done(row: dict[str, int]) -> dict[str, int]:
    return {part: 302 if answer == 200 else answer for part, answer in row.items()}


ROWS = [
    Row("organizations:accounts", CLERKS),
    Row("organizations:account_sheets", CLERKS),
    # A key out of reach is nobody chosen.
    Row(
        "organizations:account_invite",
        _done(CLERKS),
        method="post",
        data=lambda cast: {"people": _member(cast)},
    ),
    Row("organizations:account", OF_THE_MEMBER, args=_member),
    Row("organizations:account_revoke", _done(OF_THE_MEMBER), args=_member, method="post"),
    # Closing and opening are the administrator's.
    *(
        Row(
            f"organizations:account_{act}",
            _done(OF_THE_MEMBER) | {"city_clerk": 403, "ward_clerk": 403},
            args=_member,
            method="post",
        )
        for act in ("close", "reopen", "second_factors", "office")
    ),
]
