"""One encrypted value: AES-256-GCM, with the name of its key in front and its place in the database bound to it.

``e1.<key>.<nonce and ciphertext>``. The place (model, field, key of the row and what else the field is bound to) is
authenticated with it: a value that is copied to another row, field or person does not open there.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from thongsuot.core.crypto.keyring import keyring

VERSION = "e1"
NONCE = 12
# A grade must not be told by the length of what hides it.
BLOCK = 64
PREFIX_LENGTH = len(f"{VERSION}.12345678.")


class CannotOpenError(ValueError):
    """An encrypted value that no key here opens. Says where, never what."""


class UnknownKeyError(CannotOpenError):
    """Its key is not among those of this installation."""


class TamperedError(CannotOpenError):
    """It was changed, or it stands where it was not written."""


@dataclass(frozen=True)
class Sealed:
    """A value as the database holds it: shown by nobody by accident."""

    token: str

    def __repr__(self) -> str:
        return "<encrypted>"

    __str__ = __repr__

    @property
    def key_name(self) -> str:
        return self.token[len(VERSION) + 1 : PREFIX_LENGTH - 1]


def prefix_of(key_name: str) -> str:
    """How every value under this key begins."""
    return f"{VERSION}.{key_name}."


def seal(plain: str, place: str) -> Sealed:
    """Encrypt for one place, under the current key."""
    ring = keyring()
    data = plain.encode() + b"\x80"
    data += b"\0" * (-len(data) % BLOCK)
    nonce = os.urandom(NONCE)
    hidden = nonce + ring.by_name[ring.current].encrypt(nonce, data, place.encode())
    return Sealed(prefix_of(ring.current) + base64.urlsafe_b64encode(hidden).decode())


def open_sealed(sealed: Sealed, place: str) -> str:
    """The value in clear; a sentence that names the place when it cannot be had."""
    ring = keyring()
    if not sealed.token.startswith(f"{VERSION}."):
        message = f"{place}: this is no encrypted value."
        raise TamperedError(message)
    cipher = ring.by_name.get(sealed.key_name)
    if cipher is None:
        name = sealed.key_name if sealed.key_name.isalnum() else "?"
        message = (
            f"{place}: encrypted with key {name}, which is not among the keys here (docs/personal-data.md)."
        )
        raise UnknownKeyError(message)
    try:
        hidden = base64.b64decode(sealed.token[PREFIX_LENGTH:], altchars=b"-_", validate=True)
        data = cipher.decrypt(hidden[:NONCE], hidden[NONCE:], place.encode())
    except (InvalidTag, ValueError, binascii.Error):
        message = f"{place}: the encrypted value was changed, or was not written for this place."
        raise TamperedError(message) from None
    return data[: data.rindex(b"\x80")].decode()
