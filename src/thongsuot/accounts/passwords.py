"""What a password may not be: Django's rules in our words, and passwords others have lost already.

The list of the latter is offline, for those installations that keep one: the public one of "Pwned Passwords", a text
file with one SHA-1 in capitals a line, sorted, with or without a count behind a colon. It is tens of gigabytes; a
password is looked up by bisection, in a few dozen short reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS = 40
_HEX = frozenset(b"0123456789ABCDEF")


class ListBrokenError(ValueError):
    """The file is not what it should be; ``line`` counts from 1."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")


class LongEnough(password_validation.MinimumLengthValidator):
    """NIST SP 800-63B-4 asks for length, not for kinds of characters."""

    def get_error_message(self) -> str:
        return _("The password is too short: %(least)s characters at least.") % {"least": self.min_length}

    def get_help_text(self) -> str:
        return _("At least %(least)s characters; four or five words are easy to remember.") % {
            "least": self.min_length
        }


class UnlikeThePerson(password_validation.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "display_name"))

    def get_error_message(self) -> str:
        return _("The password is too much like the name.")

    def get_help_text(self) -> str:
        return _("Not like your own name or user name.")


class Uncommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("This password is one of those everybody tries first.")

    def get_help_text(self) -> str:
        return _("None of the passwords that everybody tries first.")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("The password consists of digits only.")

    def get_help_text(self) -> str:
        return _("Not only digits: no birthday, no telephone number.")


def rules_in_words() -> str:
    """What a new password must be, for the line below its field."""
    return " ".join(filter(None, password_validation.password_validators_help_texts()))


class BreachedPasswordValidator:
    """Refuse what stands in the list that ``THONGSUOT_BREACHED_PASSWORDS`` names. Nothing leaves the computer."""

    def __init__(self, path: str | None = None) -> None:
        self.path = path

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        path = self.path or settings.BREACHED_PASSWORDS
        if path and is_listed(Path(path), password):
            raise ValidationError(
                _("This password is known from a theft of data somewhere else. Choose another."), "breached"
            )

    def get_help_text(self) -> str:
        return _("Not a password that is known from a theft of data.") if settings.BREACHED_PASSWORDS else ""


def is_listed(path: Path, password: str) -> bool:
    """Whether the list holds the password. A list that is gone refuses nobody: the other rules still hold."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with path.open("rb") as lines:
            return _find(lines, wanted)
    except OSError:
        return False


def _find(lines: BinaryIO, wanted: bytes) -> bool:
    """Bisect over bytes: the first line that begins in the upper half decides."""
    low, high = 0, lines.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        line = _line_from(lines, middle)
        if line and line < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_from(lines, low) == wanted


def _line_from(lines: BinaryIO, place: int) -> bytes:
    """The digits of the first line that begins at or behind a place; nothing behind the last."""
    lines.seek(max(0, place - 1))
    if place:
        lines.readline()
    return lines.readline()[:DIGITS]


def check_list(path: Path) -> Iterator[int]:
    """Read the whole list and say how many lines were right so far, at times; stop at the first that is not."""
    before = b""
    number = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            digits = line[:DIGITS]
            rest = line[DIGITS:].strip()
            if len(digits) != DIGITS or not _HEX.issuperset(digits):
                raise ListBrokenError(number, "does not begin with 40 digits 0-9 A-F")
            if rest and not (rest[:1] == b":" and rest[1:].isdigit()):
                raise ListBrokenError(number, "something other than a count stands behind the digits")
            if digits <= before:
                raise ListBrokenError(number, "is not in order: the list must be sorted by hash")
            before = digits
            if number % 1_000_000 == 0:
                yield number
    yield number
