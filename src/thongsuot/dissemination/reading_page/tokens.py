"""What a reading page carries so that a confirmation may come later: who was given which text, and when.

A telephone without a connection keeps the confirmation and says afterwards when it was given. Its clock proves
nothing, the token does: nobody can have read a text before the server handed it out, nor after it heard of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "thongsuot.dissemination.given"
# Longer than any telephone stays without a connection: from then on a confirmation counts for the day it arrives.
DAYS_BELIEVED = 30
_LAST_SECOND = 253_402_300_799  # of the year 9999: beyond it no moment can be said


@dataclass(frozen=True)
class Given:
    """A text as it was handed to a person."""

    user_id: int
    document_id: int
    text_sha256: str
    at: dt.datetime


def token_of(given: Given) -> str:
    """Signed: whoever brings it was given this page."""
    told = [given.user_id, given.document_id, given.text_sha256, int(given.at.timestamp())]
    return signing.Signer(salt=SALT).sign_object(told)


def given_by(token: str) -> Given | None:
    """What a token says; nothing when it is not one of ours."""
    try:
        user_id, document_id, text_sha256, second = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Given(user_id, document_id, text_sha256, dt.datetime.fromtimestamp(second, dt.UTC))


def moment_said(milliseconds: str) -> dt.datetime | None:
    """What a telephone takes for the time, as its browser writes it; nothing when it is none."""
    if not (milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) <= 18):
        return None
    second = int(milliseconds) // 1000
    return dt.datetime.fromtimestamp(second, dt.UTC) if second <= _LAST_SECOND else None


def moment_that_counts(given: Given, said: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When it was confirmed: what the telephone says, between the page being given and the server hearing of it.

    A clock that is wrong is put to the nearer end. Whoever says nothing, or comes with a page of long ago,
    confirms now.
    """
    if said is None or now - given.at > dt.timedelta(days=DAYS_BELIEVED):
        return now
    return min(max(said, given.at), now)


def reader_mark(user_id: int) -> str:
    """Tells the readers who use one device apart, and nobody who they are."""
    return salted_hmac("thongsuot.dissemination.reader", str(user_id), algorithm="sha256").hexdigest()[:16]
