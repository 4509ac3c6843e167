"""What those called to a session find there: who speaks, the agenda, the materials; and rosters of presenters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import day_of
from thongsuot.dissemination.models import (
    AgendaLine,
    Material,
    MaterialCheck,
    Presenter,
    Session,
    SessionPresenter,
)
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Position, Unit
from thongsuot.organizations.reach import own_units, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_CHECKS = 20
MOST_CHOICES = 60
MOST_OFFICERS = 300


@dataclass(frozen=True)
class Programme:
    speakers: list[SessionPresenter]
    lines: list[AgendaLine]
    materials: list[Material]

    def __bool__(self) -> bool:
        return bool(self.speakers or self.lines or self.materials)


def programme_of(user: Viewer, session: Session) -> Programme:
    """The programme as a person may see it: of documents, those they may read."""
    return Programme(
        list(session.speakers.select_related("presenter__person", "presenter__unit").order_by("pk")),
        list(session.lines.order_by("ordinal")),
        list(materials_of(user, session)),
    )


def materials_of(user: Viewer, session: Session) -> QuerySet[Material]:
    readable = Document.objects.visible_to(user).filter(pk__in=session.materials.values("document"))
    rows = session.materials.filter(Q(document=None) | Q(document__in=readable.values("pk")))
    return rows.select_related("file", "document").order_by("pk")


def material_checks(session: Session) -> list[MaterialCheck]:
    """Files for the materials that are being checked, or were not taken in, for whoever prepares the session."""
    return list(MaterialCheck.objects.filter(session=session).order_by("received_at", "pk")[:MOST_CHECKS])


def presenters_for(session: Session) -> list[Presenter]:
    """Whom a session may name: the rosters of its unit and those above, as of its day, and whom it names already."""
    named = list(
        Presenter.objects.filter(appearances__session=session).select_related("unit", "person").order_by("pk")
    )
    known = {presenter.pk for presenter in named}
    offered = Presenter.objects.for_unit(session.unit).valid_on(day_of(session.starts_at))
    others = Presenter.objects.filter(pk__in=offered.values("pk")).in_order()[:MOST_CHOICES]
    return [*named, *(presenter for presenter in others if presenter.pk not in known)]


def rosters_of(user: Viewer) -> QuerySet[Presenter]:
    """The rosters a person keeps, and those above from which they may choose."""
    above = Presenter.objects.none()
    for unit in own_units(user, Permission.SESSION_CALL):
        above = above | Presenter.objects.for_unit(unit)
    theirs = reach(user, Permission.SESSION_CALL) | Q(pk__in=above.order_by().values("pk"))
    return Presenter.objects.filter(theirs, valid_to=None).in_order()


def officers_of(unit: Unit) -> QuerySet[Position]:
    """Who may be put on a roster by name: whoever holds a post in the unit or directly below."""
    posts = Position.objects.valid_on().filter(Q(unit=unit) | Q(unit__parent=unit))
    chosen = posts.filter(person__restricted_at=None, person__erased_at=None, person__merged_into=None)
    return chosen.select_related("person", "unit").order_by("person__sort_key", "pk")[:MOST_OFFICERS]
