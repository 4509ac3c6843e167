"""The roster of presenters; who speaks at a session, its agenda line by line, its materials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc, person_sort_key
from thongsuot.dissemination.meetings.agenda import Line
from thongsuot.dissemination.models import (
    AgendaLine,
    Material,
    Minutes,
    Presenter,
    Session,
    SessionPresenter,
    SessionState,
)
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.queries.own import name_of
from thongsuot.documents.models import Document
from thongsuot.files.services import remove
from thongsuot.organizations.models import Person, Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_LINES = 60


@transaction.atomic
def add_presenter(
    *,
    by: User,
    unit: Unit,
    person: Person | None = None,
    name: str = "",
    title: str = "",
    topics: str = "",
    since: dt.date | None = None,
) -> Presenter:
    """Put somebody on the unit's roster: a person here, or a name from outside."""
    require(can_call(by, unit))
    presenter = Presenter(
        unit=unit,
        person=person,
        name="" if person else nfc(name.strip()),
        title=nfc(title.strip()),
        topics=nfc(topics.strip()),
        sort_key=person_sort_key(person.name if person else name),
        valid_from=since or today(),
        added_by=by,
    )
    presenter.full_clean()
    presenter.save()
    record("presenter.added", by=by, on=unit, unit_id=unit.pk, presenter=presenter.pk)
    return presenter


@transaction.atomic
def end_presenter(*, by: User, presenter: Presenter) -> None:
    """Take somebody off the roster from today on; where they have spoken they stay named."""
    require(can_call(by, presenter.unit))
    if presenter.valid_from >= today() and not presenter.appearances.exists():
        presenter.delete()
    else:
        end = max(today(), presenter.valid_from + dt.timedelta(days=1))
        Presenter.objects.filter(pk=presenter.pk, valid_to=None).update(valid_to=end)
    record("presenter.ended", by=by, on=presenter.unit, unit_id=presenter.unit_id, presenter=presenter.pk)


@transaction.atomic
def set_programme(
    *, by: User, session: Session, speakers: Sequence[tuple[Presenter, str]], lines: Sequence[Line]
) -> None:
    """Say who speaks on what, and what comes when: the whole programme in place of the one before."""
    change(by, session)
    if len(lines) > MOST_LINES:
        raise Refused(_("An agenda has at most %(most)s lines.") % {"most": MOST_LINES}, "too_many_lines")
    named = set(session.speakers.values_list("presenter_id", flat=True))
    on_roster = Presenter.objects.for_unit(session.unit).values_list("pk", flat=True)
    require({presenter.pk for presenter, _words in speakers} <= named | set(on_roster))
    session.speakers.all().delete()
    SessionPresenter.objects.bulk_create(
        SessionPresenter(session=session, presenter=presenter, speaks_on=nfc(words.strip()))
        for presenter, words in speakers
    )
    session.lines.all().delete()
    AgendaLine.objects.bulk_create(
        AgendaLine(session=session, ordinal=number, at=line.at, what=nfc(line.what), who=nfc(line.who))
        for number, line in enumerate(lines, start=1)
    )
    record("session.programme_set", by=by, on=session, speakers=len(speakers), lines=len(lines))


@transaction.atomic
def add_document(*, by: User, session: Session, document: Document) -> Material:
    """Put a document of the register among the materials: one that the person may read themselves."""
    change(by, session)
    require(Document.objects.visible_to(by).filter(pk=document.pk).exists())
    title = f"{name_of(document)}: {document.subject}"[:250]
    made = Material(session=session, document=document, title=title, added_by=by)
    made.full_clean()
    made.save()
    record("session.material_added", by=by, on=session)
    return made


@transaction.atomic
def remove_material(*, by: User, material: Material) -> None:
    """Take it away again; the bytes of a file go with it, a document stays in its register."""
    change(by, material.session)
    file = material.file
    material.delete()
    if file is not None:
        remove(file)
    record("session.material_removed", by=by, on=material.session)


def check_change(by: User, session: Session) -> None:
    """Whether this person may change the programme, and it may still be changed."""
    require(can_call(by, session.unit))
    if session.state == SessionState.CANCELLED:
        raise Refused(_("The session was cancelled: its programme is not changed any more."), "cancelled")
    if Minutes.objects.filter(session=session, signed_at__isnull=False).exists():
        raise Refused(_("The minutes are signed: the programme is not changed any more."), "signed")


def change(by: User, session: Session) -> None:
    """The programme stands in the calendars of those called: the next file replaces the one before."""
    check_change(by, session)
    Session.objects.filter(pk=session.pk).update(sequence=F("sequence") + 1)
