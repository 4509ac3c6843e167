"""The code on the screen of a session: what it is made of, and what a phone keeps of it until its owner has signed in.

A code is an HMAC of the session, the bridge point and the slot of half a minute, so that nothing is stored and a
photograph that is sent on is worthless a minute later. Only the clock of the server is asked. A phone that brings a
code in time gets a ticket of its own: signing in takes longer than a slot, and who comes early waits.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from thongsuot.core.clock import now
from thongsuot.core.keys import number_in

if TYPE_CHECKING:
    from thongsuot.dissemination.models import Session

DIGITS = 6
MAIN_ROOM = 0
_PICTURE, _TYPED, _TICKET = (f"thongsuot.dissemination.{name}" for name in ("picture", "typed", "ticket"))
_WHOLE = 11  # letters of base 64: 66 bits, which nobody guesses


@dataclass(frozen=True)
class Seen:
    """That somebody stood before this screen, and when."""

    session_id: int
    point_id: int
    at: dt.datetime

    def is_good_for(self, session: Session) -> bool:
        """For some minutes; who was early keeps it until some minutes after the opening."""
        since = max(self.at, session.opens_at)
        return now() <= since + dt.timedelta(minutes=settings.ATTENDANCE_TICKET_MINUTES)

    def is_at(self, session_id: int, point_id: int) -> bool:
        return (self.session_id, self.point_id) == (session_id, point_id)


@dataclass(frozen=True)
class Photographed:
    """A code as it was shown: genuine, but perhaps not of this minute."""

    session_id: int
    point_id: int
    slot: int

    @property
    def is_fresh(self) -> bool:
        return self.slot in slots_in_force()

    def seen(self) -> Seen:
        return Seen(self.session_id, self.point_id, now())


def slot_now() -> int:
    return int(now().timestamp()) // settings.SCREEN_SECONDS


def slots_in_force() -> tuple[int, int]:
    """The slot that is shown and the one before: whoever lifts the phone at the change is not too late."""
    return slot_now(), slot_now() - 1


def picture_of(session_id: int, point_id: int = MAIN_ROOM) -> str:
    """What the QR code carries at the end of its address."""
    return _picture(session_id, point_id, slot_now())


def _picture(session_id: int, point_id: int, slot: int) -> str:
    told = f"{session_id}-{point_id}-{slot:x}"
    digest = salted_hmac(_PICTURE, told, algorithm="sha256").digest()
    return f"{told}-{base64.urlsafe_b64encode(digest).decode()[:_WHOLE]}"


def read_picture(token: str) -> Photographed | None:
    """What a token says when it is one of ours, of whatever age."""
    found = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{1,12})-[\w-]+", token, re.ASCII)
    if found is None:
        return None
    session_id, point_id, slot = int(found[1]), int(found[2]), int(found[3], 16)
    genuine = constant_time_compare(_picture(session_id, point_id, slot), token)
    return Photographed(session_id, point_id, slot) if genuine else None


def typed_of(session_id: int, point_id: int = MAIN_ROOM, slot: int | None = None) -> str:
    """Six digits for those whose phone takes no photograph."""
    told = f"{session_id}-{point_id}-{slot_now() if slot is None else slot}"
    digest = salted_hmac(_TYPED, told, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"


def split_typed(text: str) -> tuple[int, str] | None:
    """What somebody typed: the number of a bridge point (0: the main room) and six digits, however they are grouped."""
    digits = re.sub(r"[\s.\-]", "", text)
    number = number_in(digits[:-DIGITS] or "0")
    if number is None or number_in(digits[-DIGITS:], DIGITS) is None or len(digits) < DIGITS:
        return None
    return number, digits[-DIGITS:]


def is_typed(code: str, session_id: int, point_id: int) -> bool:
    return any(constant_time_compare(code, typed_of(session_id, point_id, slot)) for slot in slots_in_force())


def ticket_of(seen: Seen) -> str:
    return signing.dumps([seen.session_id, seen.point_id, int(seen.at.timestamp())], salt=_TICKET)


def read_ticket(ticket: str) -> Seen | None:
    try:
        session_id, point_id, at = signing.loads(ticket, salt=_TICKET)
    except signing.BadSignature:
        return None
    return Seen(session_id, point_id, dt.datetime.fromtimestamp(at, dt.UTC))
