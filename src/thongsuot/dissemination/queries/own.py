"""What one person has to read and attend: theirs by name, not by a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.core import clock
from thongsuot.core.prepared import Prepared
from thongsuot.core.ui import words
from thongsuot.core.ui.items import Duty
from thongsuot.dissemination.models import (
    Attendance,
    CheckQuestion,
    Form,
    Inquiry,
    InquiryState,
    Receipt,
    ReflectionCall,
    Session,
    SessionState,
    SessionUnit,
)
from thongsuot.dissemination.models.receipts import MAY_HEAR
from thongsuot.documents.kinds import Kind
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person
from thongsuot.organizations.reach import own_unit_ids, person_of

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

MOST = 50
# Asked of the model, Django would compare all kinds with each other first, once a page.
KIND_NAMES = {kind.value: kind.label for kind in Kind}
# What a confirmation does not look at, and what may be long.
LONG = ("document__text", "document__summary", "document__recipients", "document__search_text")
DONE_LAST = (F("reached_at").desc(nulls_first=True), "due", "document_id")


def own_receipts(user: Viewer) -> QuerySet[Receipt]:
    """The person's own receipts: open ones by deadline, then what is done, newest first."""
    return (
        Receipt.objects.filter(person__in=Person.objects.same_as(person_of(user)))
        .select_related("document")
        .order_by(*DONE_LAST)
    )


def own_receipt(user: Viewer, document: Document) -> Receipt | None:
    person = person_of(user)
    if person is None or person.user_id is None:
        return None
    own = Receipt.objects.own_of(person.user_id, document.pk).select_related("document")
    return own.order_by(*DONE_LAST).first()


def asked_receipt(user: User, document: Document) -> Receipt | None:
    """By which a person is asked to hear of a document, with its cell."""
    own = Receipt.objects.own_of(user, document.pk).filter(released_at=None)
    return own.select_related("unit").order_by("unit_id", "person_id").first()


def _to_read(user: int, document: int) -> QuerySet[Receipt]:
    # Asked along: whether anything stands beside the text, nearly always nothing.
    answered = Inquiry.objects.filter(document=document, state=InquiryState.ANSWERED)
    asked = ReflectionCall._default_manager.filter(document=document)
    checked = CheckQuestion.objects.standing().filter(document=document)
    beside = {"has_answers": Exists(answered), "asks_papers": Exists(asked), "has_check": Exists(checked)}
    own = _asked(user, document).annotate(**beside)
    return own.select_related("document").order_by(*DONE_LAST)[:1]


def _asked(user: int, document: int) -> QuerySet[Receipt]:
    # Who is no longer asked, because the document was taken back, reads it like everybody else.
    return Receipt.objects.own_of(user, document).filter(MAY_HEAR)


def _to_confirm(user: int, document: int) -> QuerySet[Receipt]:
    receipts = _asked(user, document).select_related("document")
    return receipts.defer(*LONG).order_by("unit_id", "person_id")


_TO_READ = Prepared[Receipt](_to_read)
_TO_CONFIRM = Prepared[Receipt](_to_confirm)


def receipts_to_confirm(user: User, document_id: int) -> list[Receipt]:
    """What the person is asked about a document: one row, or one for each entry of who was written down twice."""
    return _TO_CONFIRM(user=user.pk, document=document_id)


def document_to_read(user: User, document_id: int) -> tuple[Document, Receipt | None] | None:
    """A document that the person must hear of, with their receipt, or that circulates where they may read.

    Nearly everybody comes because they must: their rights are only asked about when they need not.
    """
    receipt = _TO_READ.first(user=user.pk, document=document_id)
    if receipt:
        return receipt.document, receipt
    document = Document.objects.visible_to(user).filter(pk=document_id).first()
    return (document, None) if document else None


def my_readings(user: Viewer) -> list[Duty]:
    """Documents the person has still to hear of, the nearest deadline first."""
    if person_of(user) is None:
        return []
    waiting = own_receipts(user).filter(reached_at=None, released_at=None)[:MOST]
    return [
        Duty(
            title=_("Read %(document)s") % {"document": name_of(receipt.document)},
            note=receipt.document.subject,
            due=receipt.due,
            url=reverse("dissemination:read", args=[receipt.document_id]),
            icon="book",
            act_label=_("Read and confirm"),
            act_url=reverse("dissemination:read", args=[receipt.document_id]),
        )
        for receipt in waiting
    ]


def my_sessions(user: Viewer) -> list[Duty]:
    """Sessions the person is called to from today on, and those of their own cell waiting for attendance."""
    person = person_of(user)
    start = clock.moment(clock.today(), 0)
    duties: list[Duty] = []
    if person is not None:
        called = Attendance.objects.filter(
            person__in=Person.objects.same_as(person),
            session__state=SessionState.PLANNED,
            session__starts_at__gte=start,
        )
        rows = called.select_related("session").order_by("session__starts_at", "session_id")[:MOST]
        duties = [_attend(row.session) for row in rows]
    cells = own_unit_ids(user, Permission.SESSION_MARK)
    if cells:
        to_mark = Session.objects.filter(
            pk__in=SessionUnit.objects.filter(unit_id__in=cells).values("session_id"),
            state=SessionState.PLANNED,
            starts_at__lte=clock.now(),
        ).order_by("starts_at", "pk")[:MOST]
        duties = [_mark(session) for session in to_mark] + duties
    return duties


def _attend(session: Session) -> Duty:
    """Before it a session belongs into the calendar; once a conference is open, its code is what people need."""
    is_open = (
        session.form != Form.CELL_MEETING
        and session.closed_at is None
        and session.opens_at <= clock.now() <= session.closes_at
    )
    return Duty(
        title=session.title,
        note=session.place,
        due=clock.day_of(session.starts_at),
        when=words.moment(session.starts_at),
        url=session.get_absolute_url(),
        icon="people",
        act_label=_("Type the code on the screen") if is_open else _("Add to the calendar"),
        act_url=reverse("dissemination:type_code")
        if is_open
        else reverse("dissemination:calendar", args=[session.pk]),
    )


def _mark(session: Session) -> Duty:
    return Duty(
        title=_("Take attendance: %(session)s") % {"session": session.title},
        note=session.place,
        due=clock.day_of(session.starts_at),
        when=words.moment(session.starts_at),
        url=session.get_absolute_url(),
        icon="people",
        act_label=_("Take attendance"),
        act_url=session.get_absolute_url(),
    )


def name_of(document: Document) -> str:
    """How a paper is called in a sentence: "Chỉ thị 12-CT/ThU"."""
    kind = str(KIND_NAMES.get(document.kind, document.kind))
    return f"{kind[:1].upper()}{kind[1:]} {document.symbol}".strip()
