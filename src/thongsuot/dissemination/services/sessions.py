"""Calling a session, holding it, calling it off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now, today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.core.text import nfc, sort_key
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import Session, SessionDocument, SessionState
from thongsuot.dissemination.permissions import can_call, can_mark
from thongsuot.dissemination.services.requirements import open_requirement
from thongsuot.dissemination.states import SESSION
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def call_session(
    *,
    by: User,
    unit: Unit,
    cells: Sequence[Unit],
    documents: Sequence[Document],
    title: str,
    form: str,
    starts_at: dt.datetime,
    place: str,
    presenter: str = "",
    ends_at: dt.datetime | None = None,
) -> Session:
    """Call the members of these cells to a session on these documents.

    Audience and, where somebody had none yet, receipts (due on the day of the session) are written in sets. A
    session that has already taken place may be entered afterwards; when it was entered stays visible.
    """
    require(can_call(by, unit) and all(unit.contains(cell) for cell in cells))
    keys = {document.pk for document in documents}
    require(Document.objects.visible_to(by).filter(pk__in=keys).count() == len(keys))
    day = day_of(starts_at)
    _check_call(cells, documents, day)
    session = put_on_agenda(
        Session(
            unit=unit,
            title=title,
            form=form,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            presenter=presenter,
        ),
        documents,
        by=by,
    )
    sets.call_cells(session, sorted({cell.pk for cell in cells}), day)
    people = sets.call_members(session, day)
    for document in sorted(documents, key=lambda document: document.pk):
        _open_what_is_missing(session, document, by=by, day=day)
    record("session.called", by=by, on=session, people=people, cells=len(cells))
    enqueue_once(fold_coverage)
    return session


def put_on_agenda(session: Session, documents: Sequence[Document], *, by: User) -> Session:
    """Write a session with its documents, before anybody is called to it; the caller has checked the right."""
    for name in ("title", "place", "presenter"):
        setattr(session, name, nfc(getattr(session, name).strip()))
    words = (session.title, session.place, session.presenter, *(document.symbol for document in documents))
    session.called_by = by
    session.search_text, session.sort_key = searchable(*words), sort_key(session.title)
    session.full_clean(exclude=["held_at"])
    session.save()
    keys = sorted({document.pk for document in documents})
    SessionDocument.objects.bulk_create(SessionDocument(session=session, document_id=key) for key in keys)
    return session


def _check_call(cells: Sequence[Unit], documents: Sequence[Document], day: dt.date) -> None:
    if not cells:
        raise Refused(_("Choose at least one cell."), "no_cells")
    if not documents:
        raise Refused(_("Choose at least one document for the session."), "no_documents")
    if any(day < document.issued_on for document in documents):
        raise Refused(
            _("A session cannot take place before its document was issued. Check the date."),
            "before_document",
        )


def _open_what_is_missing(session: Session, document: Document, *, by: User, day: dt.date) -> None:
    requirement, people = open_requirement(
        by=by, document=document, unit=session.unit, due=day, audience=sets.called_to(session), day=day
    )
    if not people:
        # Everybody had a receipt: nothing points at this requirement, and it demands nothing.
        requirement.delete()


@transaction.atomic
def hold_session(*, by: User, session: Session) -> Session:
    """Note that the session took place; taking attendance does so by itself."""
    require(can_call(by, session.unit) or can_mark(by, session.unit))
    if not note_held(by=by, session=session):
        SESSION.step("hold", session.state)
    return session


def note_held(*, by: User, session: Session) -> bool:
    """Planned becomes held, once, not before its day. False when the session was not planned any more."""
    if day_of(session.starts_at) > today():
        raise Refused(
            _("The session is on %(day)s. Attendance can be taken from that day on.")
            % {"day": f"{day_of(session.starts_at):%d/%m/%Y}"},
            "not_yet",
        )
    return move_on(session, "hold", by=by, verb="session.held", held_at=now())


def move_on(
    session: Session, step: str, *, by: User, verb: str, reason: str = "", held_at: dt.datetime | None = None
) -> bool:
    """Take a step of the table; False when somebody else was first."""
    transition = SESSION.by_verb[step]
    same = Session.objects.filter(pk=session.pk, state__in=transition.sources)
    changed = {"sequence": F("sequence") + 1} if transition.target == SessionState.CANCELLED else {}
    moved = same.update(state=transition.target, held_at=held_at, **changed)
    session.refresh_from_db(fields=["state", "held_at", "sequence"])
    if moved:
        record(verb, by=by, on=session, reason=reason)
    return bool(moved)
