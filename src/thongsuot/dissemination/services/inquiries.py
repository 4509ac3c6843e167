"""Asking about a paragraph, and answering once for everybody.

Who asks without a name leaves no trace of who they are: no act, no key of a person, no moment. What bounds them is
how many questions one person may ask about a document in a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.answers.marks import mark_of, mark_of_nobody
from thongsuot.dissemination.models import Inquiry, InquiryState, InquirySupport
from thongsuot.dissemination.permissions import can_answer
from thongsuot.dissemination.queries.inquiries import PUBLIC, circle_of, own_marks
from thongsuot.dissemination.queries.own import document_to_read
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Membership, Person, Unit
from thongsuot.organizations.reach import grants_of, in_own_name, person_of

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def ask(
    *, by: User, document: Document, text: str, paragraph: int | None = None, with_name: bool = False
) -> Inquiry:
    """Ask one's own cell under one's name, or the unit above it without. The same words twice are one."""
    in_own_name(by)
    person = person_of(by)
    found = document_to_read(by, document.pk)
    require(found is not None and person is not None)
    assert found is not None and person is not None  # noqa: S101, PT018  # said by the line above
    text = text.strip()
    if not text:
        raise Refused(_("Write your question."), "empty")
    # One at a time: of two taps the second finds what the first has written.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    signs = own_marks(by, [document.pk])
    today_asked = Inquiry.objects.filter(mark__in=signs, document=document, asked_on=today())
    same = today_asked.filter(text=text).first()
    if same is not None:
        return same
    if today_asked.count() >= settings.QUESTIONS_A_DAY:
        raise Refused(
            _("That is enough questions about this document for one day. Ask again tomorrow."), "too_many"
        )
    mark = mark_of_nobody() if with_name else mark_of(person.pk, document.pk)
    inquiry = Inquiry.objects.create(
        document=document,
        unit=_asked_unit(by, found[1].unit_id if found[1] else None, with_name=with_name),
        paragraph=paragraph,
        version=document.version,
        text=text,
        asker=person if with_name else None,
        mark=mark,
    )
    InquirySupport._default_manager.create(inquiry=inquiry, mark=mark)
    if with_name:
        record("inquiry.asked", by=by, on=inquiry)
    return inquiry


def _asked_unit(by: User, cell: int | None, *, with_name: bool) -> Unit:
    """The cell; without a name the unit above it, where one person among few is not told by the place."""
    units = Unit.objects.select_related("parent")
    unit = units.filter(pk=cell).first() if cell else None
    if unit is None:
        mine = Membership.objects.valid_on(today()).filter(person__in=Person.objects.of(by)).order_by("pk")
        unit = units.filter(pk__in=mine.values("unit")).order_by("pk").first()
    if unit is None:
        grants = grants_of(by)
        require(bool(grants))
        unit = units.get(pk=grants[0].unit_id)
    return unit if with_name or unit.parent is None else unit.parent


@transaction.atomic
def join_inquiry(*, by: User, inquiry: Inquiry) -> Inquiry:
    """Say that one asks the same; once a person, without a name."""
    in_own_name(by)
    person = person_of(by)
    require(person is not None and document_to_read(by, inquiry.document_id) is not None)
    assert person is not None  # noqa: S101  # said by the line above
    require(Inquiry.objects.filter(circle_of(by), pk=inquiry.pk, state__in=PUBLIC).exists())
    held = _held(inquiry)
    if not InquirySupport._default_manager.filter(
        inquiry=held, mark__in=own_marks(by, [held.document_id])
    ).exists():
        _add_marks(held, [mark_of(person.pk, held.document_id)])
    return held


@transaction.atomic
def answer_inquiry(*, by: User, inquiry: Inquiry, text: str) -> Inquiry:
    """Answer for everybody who asked and will read there; of two answers at once the first stands."""
    require(can_answer(by, inquiry.unit))
    if not text.strip():
        raise Refused(_("Write the answer."), "empty")
    held = _open(inquiry, by)
    held.answer, held.answered_at, held.answered_by = text.strip(), now(), by
    held.state = InquiryState.ANSWERED
    held.save()
    record("inquiry.answered", by=by, on=held, askers=held.askers)
    return held


@transaction.atomic
def pass_up(*, by: User, inquiry: Inquiry) -> Inquiry:
    """Let the unit above answer; the askers see it there."""
    require(can_answer(by, inquiry.unit))
    held = _open(inquiry, by)
    if held.unit.parent_id is None:
        raise Refused(_("There is no unit above that could answer."), "no_unit_above")
    before = held.unit_id
    held.unit_id = held.unit.parent_id
    held.save(update_fields=["unit"])
    record("inquiry.passed_up", by=by, on=held, unit_id=before, to=held.unit_id)
    return held


@transaction.atomic
def merge_inquiry(*, by: User, inquiry: Inquiry, into: Inquiry) -> Inquiry:
    """Join a question with another one that asks the same: one answer, everybody counted once."""
    require(can_answer(by, inquiry.unit) and can_answer(by, into.unit))
    # In one order, so that two people joining them crosswise wait instead of blocking each other.
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("unit")
    both = {row.pk: row for row in rows.filter(pk__in=[inquiry.pk, into.pk]).order_by("pk")}
    one, main = both[inquiry.pk], both[into.pk]
    if (
        one.pk == main.pk
        or one.document_id != main.document_id
        or not one.unit.path.startswith(main.unit.path)
    ):
        raise Refused(
            _("Join it with a question about the same document, asked of this unit or one above it."),
            "not_same",
        )
    if one.state != InquiryState.OPEN or main.state not in PUBLIC:
        raise Refused(_("Somebody has already dealt with this question."), "not_open")
    marks = InquirySupport._default_manager.filter(inquiry=one).values_list("mark", flat=True)
    _add_marks(main, list(marks))
    one.state, one.merged_into = InquiryState.MERGED, main
    one.save(update_fields=["state", "merged_into"])
    # Whoever was joined with this one before finds the answer where it will stand.
    Inquiry.objects.filter(merged_into=one).update(merged_into=main)
    record("inquiry.merged", by=by, on=one, into=str(main.pk))
    return main


@transaction.atomic
def set_aside(*, by: User, inquiry: Inquiry, reason: str) -> Inquiry:
    """Show it to nobody but its asker, with the reason: it is no question about the document, or names somebody."""
    require(can_answer(by, inquiry.unit))
    if not reason.strip():
        raise Refused(_("Say why the question is not answered; its asker reads it."), "no_reason")
    held = _open(inquiry, by)
    held.state, held.reason = InquiryState.SET_ASIDE, reason.strip()
    held.save(update_fields=["state", "reason"])
    record("inquiry.set_aside", by=by, on=held)
    return held


def _held(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).select_related("unit").get(pk=inquiry.pk)


def _open(inquiry: Inquiry, by: User) -> Inquiry:
    held = _held(inquiry)
    if held.state != InquiryState.OPEN:
        raise Refused(_("Somebody has already dealt with this question."), "not_open")
    # It may have been passed on since the page was opened.
    require(can_answer(by, held.unit))
    return held


def _add_marks(inquiry: Inquiry, marks: list[str]) -> None:
    supports = InquirySupport._default_manager
    known = set(supports.filter(inquiry=inquiry, mark__in=marks).values_list("mark", flat=True))
    fresh = [InquirySupport(inquiry=inquiry, mark=mark) for mark in marks if mark not in known]
    supports.bulk_create(fresh)
    inquiry.askers += len(fresh)
    inquiry.save(update_fields=["askers"])
