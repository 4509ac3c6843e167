"""The character NUL is turned away before the database sees it: PostgreSQL takes it in no text."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.mark.parametrize(
    ("method", "address", "said"),
    [
        ("get", "/tim-kiem/?q=r%C3%A1c%00", {}),
        ("get", "/pho-bien/%00", {}),
        ("post", "/pho-bien/doc/gui-sau/", {"token": "a", "said": "\0"}),
        ("post", "/pho-bien/doc/co-chu/", {"\0": "large"}),
    ],
)
def test_nul_is_turned_away(cast: Cast, method: str, address: str, said: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.member)
    assert getattr(client, method)(address, said).status_code == 400
    whole = {name.replace("\0", "x"): value.replace("\0", "") for name, value in said.items()}
    assert getattr(client, method)(address.replace("%00", ""), whole).status_code in (200, 302, 409)


def test_nor_does_it_come_in_a_cookie(cast: Cast) -> None:
    client = Client(raise_request_exception=False, headers={"cookie": r'sessionid="abcdefgh\000abcdefgh"'})
    assert client.get("/pho-bien/").status_code == 400
