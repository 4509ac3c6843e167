"""Where a person can be written to. The address belongs to the person, whom a higher subject knows."""

from __future__ import annotations

from collections.abc import Callable

from thongsuot.accounts.models import User

AddressOf = Callable[[User], str]
_ask: list[AddressOf] = []


def know_addresses_with(function: AddressOf) -> None:
    """Let one higher app say at which address the person of an account reads mail ("" when nobody knows)."""
    _ask[:] = [function]


def address_of(user: User) -> str:
    return _ask[0](user) if _ask else ""
