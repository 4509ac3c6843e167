"""Somebody new, together with what they are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.affiliations import join_organisation
from thongsuot.organizations.services.people import Post, give_position, move_member, write_person

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def add_person(
    *,
    by: User,
    name: str,
    code: str = "",
    email: str = "",
    phone: str = "",
    cell: Unit | None = None,
    organisation: Unit | None = None,
    since: dt.date | None = None,
    post: Post | None = None,
) -> Person:
    """Write somebody down with what they are: a member of a cell or of a mass organisation, the holder of a post."""
    places = [place for place in (cell, organisation, post.unit if post else None) if place]
    if not places:
        raise Refused(_("Say where the person belongs: a cell, a post, or both."), code="belongs_nowhere")
    for unit in places:
        require(can(by, Permission.PEOPLE_MANAGE, unit))
    person = Person(name=nfc(name).strip(), code=code.strip(), email=email.strip(), phone=phone.strip())
    write_person(person)
    record("person.added", by=by, on=person, unit_id=places[0].pk)
    if cell:
        move_member(by=by, person=person, cell=cell, on=since or today())
    if organisation:
        join_organisation(by=by, person=person, unit=organisation, since=since or today())
    if post:
        give_position(by=by, person=person, post=post)
    return person
