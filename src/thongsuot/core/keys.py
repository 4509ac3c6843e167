"""Keys made in the application, so that a row has its name before any database has seen it."""

from __future__ import annotations

import secrets
import time
import uuid

from django.urls import register_converter
from django.urls.converters import IntConverter
from django.utils.crypto import salted_hmac

MOST_DIGITS = 18  # every number of so many digits fits into the integer of both databases


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562, version 7): new rows land at the end of an index, on every shard."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def number_in(text: str | None, digits: int = MOST_DIGITS) -> int | None:
    """The number that an address or a form gives as a key; nothing when no row can have it ("²", "-1", 40 digits)."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else None


def cache_key(key: str, prefix: str, version: int) -> str:
    """The name under which the shared cache keeps an entry: a hash that nobody without our secret can try out."""
    return salted_hmac("thongsuot.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class KeyConverter(IntConverter):
    """``<key:pk>`` in an address: a longer number is no address of ours, and never reaches a database."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"


register_converter(KeyConverter, "key")
