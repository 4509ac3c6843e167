"""Sessions: coming, held, their cells and their audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now, today
from thongsuot.core.prepared import Prepared
from thongsuot.dissemination.models import Attendance, Session, SessionDocument, SessionState, SessionUnit
from thongsuot.documents.models import Document
from thongsuot.organizations.models import MASS_KINDS, Unit, UnitKind
from thongsuot.organizations.reach import own_units, reach
from thongsuot.organizations.rights_named import RightsOf

if TYPE_CHECKING:
    from thongsuot.organizations.models.units import UnitQuerySet
    from thongsuot.organizations.reach import Viewer

MOST_CHOICES = 200
MOST_LATEST = 8


def sessions_of(
    user: Viewer, *, coming: bool | None = None, document: Document | int | None = None
) -> QuerySet[Session]:
    """Sessions a person may see, with how many were called and came; coming ones soonest first, else newest."""
    sessions = Session.objects.visible_to(user)
    if coming is not None:
        planned = Q(state=SessionState.PLANNED)
        sessions = sessions.filter(planned) if coming else sessions.exclude(planned)
    if document is not None:
        sessions = sessions.filter(
            pk__in=SessionDocument.objects.filter(document=document).values("session_id")
        )
    return (
        sessions.annotate(called=Sum("units__called"), present=Sum("units__present"))
        .select_related("unit")
        .prefetch_related("agenda__document")
        .order_by("starts_at" if coming else "-starts_at", "pk")
    )


def latest_sessions_about(user: Viewer, document: Document) -> list[Session]:
    """The newest few about a document, as ``sessions_of`` has them, without their agenda."""
    return _LATEST(user=RightsOf(user), document=document.pk)


def _latest(user: Viewer, document: int) -> QuerySet[Session]:
    sessions = sessions_of(user, document=document)
    return sessions.prefetch_related(None)[:MOST_LATEST]


_LATEST = Prepared[Session](_latest)


def cells_called(user: Viewer, session: Session) -> QuerySet[SessionUnit]:
    """The cells of a session whose counts a person may see: those they look after, all where it was called."""
    theirs = reach(user, Permission.SESSION_READ) | reach(user, Permission.SESSION_READ, "session__unit")
    return (
        SessionUnit.objects.filter(theirs, session=session)
        .select_related("unit", "unit__parent")
        .order_by("unit__parent__sort_key", "unit__sort_key", "unit_id")
    )


def attendance_in(session: Session, unit: Unit) -> QuerySet[Attendance]:
    """The members of one cell who are called, in the order of their given names."""
    return (
        Attendance.objects.filter(session=session, unit=unit)
        .select_related("person", "marked_by")
        .order_by("person__sort_key", "person_id")
    )


def sign_in_rows(user: Viewer, session: Session) -> QuerySet[Attendance]:
    """The sheet to sign, cell by cell, for the cells in which the person takes attendance."""
    return (
        Attendance.objects.filter(reach(user, Permission.SESSION_MARK), session=session)
        .select_related("person", "unit")
        .order_by("unit__parent__sort_key", "unit__sort_key", "unit_id", "person__sort_key", "person_id")
    )


def calling_units(user: Viewer) -> list[Unit]:
    """In whose name a person may call a session."""
    return own_units(user, Permission.SESSION_CALL)


def targets_of(unit: Unit) -> UnitQuerySet:
    """Whom a unit may call or require: itself when it is a cell, else the units directly below with cells."""
    if unit.kind == UnitKind.CELL:
        return Unit.objects.filter(pk=unit.pk).in_order()
    cells = Unit.objects.filter(kind=UnitKind.CELL).under(unit).valid_on()
    below = Unit.objects.filter(parent=unit).valid_on()
    return below.filter(Q(kind=UnitKind.CELL) | Q(pk__in=cells.values("parent_id"))).order_by(
        "sort_key", "pk"
    )  # type: ignore[return-value]  # the manager's methods keep the class


def units_to_require(unit: Unit) -> UnitQuerySet:
    """Where a unit may require: the same, and the mass organisations directly below; such a one in itself."""
    if unit.kind in MASS_KINDS:
        return Unit.objects.filter(pk=unit.pk).in_order()
    organisations = Unit.objects.filter(parent=unit, kind__in=MASS_KINDS).valid_on()
    both = Q(pk__in=targets_of(unit).values("pk")) | Q(pk__in=organisations.values("pk"))
    return Unit.objects.filter(both).in_order()


def cells_under(units: Sequence[Unit]) -> list[Unit]:
    """The cells among and below these units."""
    return list(Unit.objects.filter(kind=UnitKind.CELL).under(*units).valid_on(today()).order_by("path"))


def documents_to_disseminate(user: Viewer, unit: Unit, chosen: Sequence[int] = ()) -> list[Document]:
    """What a session may be about: the newest documents circulating in or under the unit, and those named."""
    visible = Document.objects.visible_to(user)
    newest = list(visible.order_by("-issued_on", "-pk")[:20])
    known = {document.pk for document in newest}
    missing = [key for key in chosen if key not in known]
    return [*visible.filter(pk__in=missing).order_by("pk"), *newest] if missing else newest


def changed_since(session: Session) -> list[Document]:
    """Documents of the agenda whose text changed in substance after the session began: it counts for the one before."""
    if session.starts_at > now():
        return []
    later = Q(versions__material=True, versions__number__gt=1, versions__published_at__gt=session.starts_at)
    on_agenda = Document.objects.filter(pk__in=session.agenda.values("document"))
    return list(on_agenda.filter(later).distinct().defer("text").order_by("pk"))
