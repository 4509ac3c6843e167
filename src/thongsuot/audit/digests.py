"""What is signed of an act and of a seal, in one form that both databases give back letter by letter."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from thongsuot.audit.keys import keys

# In this order they are signed; a new column goes to a new form ("act/2"), so that old acts stay what they are.
SIGNED = (
    "id",
    "at",
    "by_id",
    "on_behalf_of_id",
    "verb",
    "object_type",
    "object_id",
    "unit_id",
    "reason",
    "detail",
    "before",
    "after",
    "source",
    "address",
    "session",
    "key_name",
)
ACT_FORM, SEAL_FORM = "act/1", "seal/1"
_write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=lambda value: _plain(value)).encode


class UnknownKeyError(LookupError):
    """Signed with a key this installation does not have."""


def codes(value: Any) -> Any:
    """The value as any database gives it back: text, whole numbers, truth, lists and dictionaries of them."""
    return json.loads(json.dumps(value), parse_float=_refuse, parse_constant=_refuse)


def act_digest(values: Sequence[Any], key_name: str) -> str:
    """The signature of one act from the values of ``SIGNED``."""
    return _signed(_write([ACT_FORM, *values]), key_name)


def seal_digest(
    *, number: int, at: dt.datetime, count: int, content: str, previous: str, key_name: str
) -> str:
    """The signature of one link: it names the link before it."""
    return _signed(_write([SEAL_FORM, number, at, count, content, previous, key_name]), key_name)


def content_of(acts: Iterable[tuple[uuid.UUID, str]]) -> str:
    """What the acts of a seal add up to, in the order of their keys."""
    total = hashlib.sha256()
    for key, digest in acts:
        total.update(key.bytes + digest.encode())
    return total.hexdigest()


def _signed(text: str, key_name: str) -> str:
    key = keys().by_name.get(key_name)
    if key is None:
        raise UnknownKeyError(key_name)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value)


def _refuse(number: str) -> NoReturn:
    message = f"The record of acts keeps whole numbers and codes, not {number}."
    raise TypeError(message)
