"""The keys of encrypted values: outside the database, so that a copy of the database alone tells nothing.

One key a line in ``THONGSUOT_HOME/data-keys``, or separated by commas in ``THONGSUOT_DATA_KEYS`` (several machines
share one database). The last one encrypts; all of them decrypt.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "data-keys"
LEAST_LENGTH = 32


@dataclass(frozen=True)
class Keyring:
    """Every known key by its name; ``current`` is the name of the one that encrypts."""

    by_name: Mapping[str, AESGCM]
    current: str

    @property
    def older(self) -> list[str]:
        return [name for name in self.by_name if name != self.current]


def keyring() -> Keyring:
    """The keys of this installation; without one nothing is read or written, and a sentence says so."""
    if given := _given():
        return _parsed(given)
    file = os.path.join(settings.HOME, FILE_NAME)  # asked for each value: plain text, no objects for paths
    try:
        state = os.stat(file)
    except FileNotFoundError:
        message = (
            f"No key for encrypted personal data: bring {file} back from where the keys are kept, or set "
            "THONGSUOT_DATA_KEYS. On a new installation 'thongsuot migrate' writes one. Without its key no "
            "encrypted value can be read again by anybody."
        )
        raise ImproperlyConfigured(message) from None
    return _read(file, state.st_mtime_ns, state.st_size)


def key_file() -> Path:
    return Path(settings.HOME) / FILE_NAME


def has_keys() -> bool:
    return bool(_given()) or key_file().exists()


def make_first_key() -> bool:
    """Write a key that only the owner can read, unless there is one already; whether it did."""
    if has_keys():
        return False
    key_file().parent.mkdir(parents=True, exist_ok=True)
    with _alone():
        if key_file().exists():  # another process was quicker
            return False
        _write([secrets.token_hex(32)])
    return True


def add_key() -> str:
    """Encrypt with a new key from now on; the old ones still decrypt. Its name."""
    _require_own_file()
    key = secrets.token_hex(32)
    with _alone():
        _write([*_lines(), key])
    return name_of(key)


def drop_keys(names: Iterable[str]) -> list[str]:
    """Take old keys out of the file, never the current one; the lines, for ``put_back``."""
    _require_own_file()
    gone = set(names) - {keyring().current}
    with _alone():
        lines = _lines()
        _write([key for key in lines if name_of(key) not in gone])
    return [key for key in lines if name_of(key) in gone]


def put_back(keys: Iterable[str]) -> None:
    with _alone():
        _write([*keys, *_lines()])


def come_from_environment() -> bool:
    return bool(_given())


def name_of(key: str) -> str:
    """A key is named by the beginning of its hash, which tells nothing about it."""
    return hashlib.sha256(f"thongsuot.data-key:{key}".encode()).hexdigest()[:8]


def _given() -> str:
    return str(getattr(settings, "DATA_KEYS", ""))


def _require_own_file() -> None:
    if _given():
        message = (
            "The keys come from THONGSUOT_DATA_KEYS: add the new one at its end, after a comma, on every machine; "
            "then run 'thongsuot rotate-keys'. Take old ones out by hand."
        )
        raise ImproperlyConfigured(message)
    keyring()  # there is a file, and it can be read


def _lines() -> list[str]:
    return [line.strip() for line in key_file().read_text().splitlines() if line.strip()]


@contextmanager
def _alone() -> Iterator[None]:
    """Of two who change the file at once, the second reads what the first has written: no key may get lost."""
    folder = os.open(key_file().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _write(keys: Iterable[str]) -> None:
    """All of the file or nothing of it: a key half written would lock up what it encrypts."""
    descriptor, name = tempfile.mkstemp(dir=key_file().parent, prefix=f".{FILE_NAME}-")  # mode 600
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.writelines(f"{key}\n" for key in keys)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, key_file())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@lru_cache(maxsize=4)
def _read(file: str, _written: int, _size: int) -> Keyring:
    return _parsed(Path(file).read_text().replace("\n", ","))


@lru_cache(maxsize=4)
def _parsed(text: str) -> Keyring:
    given = [key for part in text.split(",") if (key := part.strip())]
    if not given or any(len(key) < LEAST_LENGTH for key in given):
        message = f"A key for encrypted personal data has at least {LEAST_LENGTH} characters."
        raise ImproperlyConfigured(message)
    # A key is long and random; hashing brings any writing of it to the length of AES-256, apart from its name.
    ciphers = {
        name_of(key): AESGCM(hashlib.sha256(f"thongsuot.data:{key}".encode()).digest()) for key in given
    }
    return Keyring(ciphers, name_of(given[-1]))
