"""Make-up sessions: for those whom a session that was held, and everything else since, has not reached."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.models import Session
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.services.sessions import put_on_agenda
from thongsuot.documents.models import Document

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def call_make_up(
    *,
    by: User,
    session: Session,
    title: str,
    form: str,
    starts_at: dt.datetime,
    place: str,
    presenter: str = "",
    ends_at: dt.datetime | None = None,
) -> Session:
    """Call those of the series who have still to hear of one of its documents, to another day and place.

    Everybody called has a receipt from the first session: nothing new is demanded, and whoever comes is counted
    once.
    """
    require(can_call(by, session.unit))
    # Two calls wait for each other: the second finds nobody whom the first has not called.
    first = Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.first_key)
    _check(session, first, starts_at)
    documents = list(Document.objects.visible_to(by).filter(sessions__session=first).order_by("pk"))
    made = put_on_agenda(
        Session(
            unit=first.unit,
            makes_up=first,
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
    keys = [document.pk for document in documents]
    people = sets.call_missing(made, first, keys, day_of(starts_at)) if keys else 0
    if not people:
        raise Refused(
            _("Nobody is missing: everybody has heard of the documents or is called to a make-up session."),
            "nobody_missing",
        )
    sets.call_cells_of(made)
    record("session.make_up_called", by=by, on=first, people=people, on_day=f"{day_of(starts_at):%d/%m/%Y}")
    record("session.called", by=by, on=made, people=people, cells=made.units.count())
    return made


def _check(session: Session, first: Session, starts_at: dt.datetime) -> None:
    if not session.can_be_made_up:
        raise Refused(_("A make-up session follows a session that was held."), "not_held")
    if starts_at <= first.starts_at:
        raise Refused(
            _("A make-up session comes after the first session. Check the day and hour."), "before_first"
        )
