"""The keys that sign the record of acts: outside the database, so that whoever can write there cannot sign.

One key a line in ``THONGSUOT_HOME/audit-keys``, or separated by commas in ``THONGSUOT_AUDIT_KEYS`` (several
machines share one record). The last one signs; all of them verify.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "audit-keys"
LEAST_LENGTH = 32


@dataclass(frozen=True)
class Keys:
    """Every known key by its name; ``current`` is the name of the one that signs."""

    by_name: Mapping[str, bytes]
    current: str


def keys() -> Keys:
    """The keys of this installation; a missing one stops the act in words."""
    given = str(getattr(settings, "AUDIT_KEYS", ""))
    if given:
        return _parsed(given)
    # Asked for each act and each proof of one: plain text and one look at the file, no objects for paths.
    file = os.path.join(settings.HOME, FILE_NAME)
    try:
        state = os.stat(file)
    except FileNotFoundError:
        message = (
            "No key for the record of acts: 'thongsuot migrate' writes one to "
            f"{file}, or set THONGSUOT_AUDIT_KEYS. Keep it with the backups, apart from the database."
        )
        raise ImproperlyConfigured(message) from None
    return _read(file, state.st_mtime_ns, state.st_size)


def key_file() -> Path:
    return Path(settings.HOME) / FILE_NAME


def make_first_key() -> bool:
    """Write a key that only the owner can read, unless there is one already; whether it did."""
    if getattr(settings, "AUDIT_KEYS", "") or key_file().exists():
        return False
    key_file().parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(key_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return False
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(32) + "\n")
    return True


def add_key() -> str:
    """Sign with a new key from now on; the old ones still verify. Its name."""
    if getattr(settings, "AUDIT_KEYS", ""):
        message = "The keys come from THONGSUOT_AUDIT_KEYS: add the new one at its end, after a comma."
        raise ImproperlyConfigured(message)
    keys()  # there is a file, and it can be read
    key = secrets.token_hex(32)
    with key_file().open("a") as stream:
        stream.write(key + "\n")
    return name_of(key)


def name_of(key: str) -> str:
    """A key is named by the beginning of its hash, which tells nothing about it."""
    return hashlib.sha256(f"thongsuot.audit:{key}".encode()).hexdigest()[:8]


@lru_cache(maxsize=4)
def _read(file: str, _written: int, _size: int) -> Keys:
    return _parsed(Path(file).read_text().replace("\n", ","))


@lru_cache(maxsize=4)
def _parsed(text: str) -> Keys:
    given = [key for part in text.split(",") if (key := part.strip())]
    if not given or any(len(key) < LEAST_LENGTH for key in given):
        message = f"A key for the record of acts has at least {LEAST_LENGTH} characters."
        raise ImproperlyConfigured(message)
    return Keys({name_of(key): key.encode() for key in given}, name_of(given[-1]))
