"""The code of an invitation: typed by hand from a sheet, or carried by a link and a QR code.

It is computed from the invitation's key and the secret key of the installation, so a sheet can be printed again and
a mail sent again, while the database alone (which keeps a hash) opens nothing. 80 bits, and for one use only.
"""

from __future__ import annotations

import hashlib
import uuid

from django.utils.crypto import salted_hmac

LENGTH = 16
# Without I, L, O and U: what is read wrong from paper is not used, or means the same (Crockford's base 32).
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_SALT = "thongsuot.accounts.invitation"


def code_of(key: uuid.UUID) -> str:
    """``7K2M-9QXD-…``: four groups of four."""
    number = int.from_bytes(salted_hmac(_SALT, key.hex, algorithm="sha256").digest()[:10])
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def digest_of(code: str) -> str:
    """What is kept of a code, however it was typed: small letters, spaces, O for 0."""
    plain = "".join(letter for letter in code.upper().translate(_READ_AS) if letter in _LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
