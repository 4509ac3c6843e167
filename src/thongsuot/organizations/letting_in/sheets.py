"""Invitations on paper: a card for each person, with a picture to photograph and a code to type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from django.utils.safestring import SafeString, mark_safe

from thongsuot.accounts.codes import code_of
from thongsuot.accounts.mail import link_of
from thongsuot.accounts.models import Invitation
from thongsuot.accounts.queries import printable
from thongsuot.organizations.letting_in.queries import places_of
from thongsuot.organizations.letting_in.rights import whom_may_invite
from thongsuot.organizations.models import Person

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class Sheet:
    person: Person
    place: str
    invitation: Invitation
    code: str
    picture: SafeString

    @property
    def site(self) -> str:
        return self.invitation.origin.partition("://")[2]


def sheets_of(user: Viewer, people: Sequence[Person]) -> list[Sheet]:
    """The cards of those who have an open invitation and whom this person may let in, in the order given."""
    allowed = whom_may_invite(user, people)
    places = places_of(people)
    opened = {
        invitation.user_id: invitation
        for invitation in printable(
            Invitation.objects.open()
            .select_related("user")
            .filter(user__in=[person.user_id for person in people if person.pk in allowed and person.user_id])
            .exclude(by=None)
        )
    }
    return [
        Sheet(
            person=person,
            place=places.get(person.pk, ("", 0))[0],
            invitation=opened[person.user_id],
            code=code_of(opened[person.user_id].pk),
            picture=_picture(link_of(opened[person.user_id])),
        )
        for person in people
        if person.user_id in opened
    ]


def _picture(link: str) -> SafeString:
    drawn = segno.make_qr(link, error="m").svg_inline(
        scale=1, border=2, svgclass="qr", lineclass="", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by the library from a link of ours: figures and strokes only
