"""Questions about documents: who sees which, and who has to answer them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.dissemination.answers.marks import marks_of
from thongsuot.dissemination.models import Inquiry, InquiryState, InquirySupport
from thongsuot.dissemination.permissions import can_answer, can_name_members
from thongsuot.dissemination.queries.own import document_to_read
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Membership, Person
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.reach import can_anywhere, grants_of, reach

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

MOST = 200
PUBLIC = (InquiryState.OPEN, InquiryState.ANSWERED)


@dataclass(frozen=True)
class InquiryRow:
    """A question as one person sees it. ``name`` of the asker only for those who may know."""

    inquiry: Inquiry
    is_mine: bool
    may_answer: bool
    name: str = ""

    @property
    def answered(self) -> Inquiry | None:
        """The question whose answer holds for this one: itself, or the one it was joined with."""
        main = self.inquiry.merged_into or self.inquiry
        return main if main.state == InquiryState.ANSWERED else None

    @property
    def may_join(self) -> bool:
        return not self.is_mine and self.inquiry.state == InquiryState.OPEN


def own_marks(user: User, document_ids: list[int]) -> list[str]:
    return signs_of(list(Person.objects.of(user).values_list("pk", flat=True)), document_ids)


def signs_of(person_ids: Sequence[int], document_ids: Iterable[int]) -> list[str]:
    """By which everything is found that these people asked: the nameless by its sign, the rest by their name."""
    documents = list(document_ids)
    named = Inquiry.objects.filter(asker__in=person_ids, document__in=documents)
    return [*marks_of(person_ids, documents), *named.values_list("mark", flat=True)]


def answerable_by(user: Viewer) -> Q:
    """Those for a unit in whose name one may answer, and for the units below it."""
    return reach(user, Permission.SESSION_CALL) | reach(user, Permission.DOCUMENT_SEND)


def circle_of(user: User) -> Q:
    """Questions to a unit above oneself: its answer is for everybody below it."""
    people = Person.objects.of(user)
    cells = Membership.objects.valid_on(today()).filter(person__in=people)
    places = {*cells.values_list("unit__path", flat=True), *(grant.path for grant in grants_of(user))}
    above = {path for place in places for path in ancestor_paths(place)}
    # What a unit answered that has ended holds for those of the unit that took over.
    ended = Q(unit__valid_to__lte=today(), unit__parent__path__in=above)
    return Q(unit__path__in=above) | ended


def inquiries_on(user: User, document: Document) -> list[InquiryRow]:
    """The questions about a document that its reader may see, by paragraph; that they may read it, the caller knows."""
    marks = own_marks(user, [document.pk])
    mine = Q(mark__in=marks) | Q(pk__in=_joined(marks))
    seen = mine | (circle_of(user) & Q(state__in=PUBLIC)) | (answerable_by(user) & Q(state__in=PUBLIC))
    rows = Inquiry.objects.filter(seen, document=document).select_related("unit", "merged_into__unit")
    ordered = list(rows.order_by("paragraph", "-askers", "asked_on", "pk")[:MOST])
    joined = set(_joined(marks).filter(inquiry__in=ordered))
    return [
        InquiryRow(row, row.mark in marks or row.pk in joined, can_answer(user, row.unit)) for row in ordered
    ]


def _joined(marks: list[str]) -> QuerySet[InquirySupport, Any]:
    return InquirySupport._default_manager.filter(mark__in=marks).values_list("inquiry", flat=True)


def answers_at_paragraphs(user: User, document: Document) -> dict[int, list[Inquiry]]:
    """The answered questions on the reading page of one person; 0 for the whole document."""
    seen = circle_of(user) | answerable_by(user) | Q(mark__in=own_marks(user, [document.pk]))
    rows = Inquiry.objects.filter(seen, document=document, state=InquiryState.ANSWERED)
    found: dict[int, list[Inquiry]] = {}
    for row in rows.select_related("unit").order_by("-askers", "answered_at", "pk")[:MOST]:
        found.setdefault(row.paragraph or 0, []).append(row)
    return found


def inquiries_to_answer(user: Viewer, *, document: Document | None = None) -> QuerySet[Inquiry]:
    """For those who answer: what waits first, what most people ask first among it."""
    waiting = Case(
        When(state=InquiryState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Inquiry.objects.filter(answerable_by(user), document__in=Document.objects.visible_to(user))
    if document is not None:
        rows = rows.filter(document=document)
    return rows.select_related("unit", "document").order_by(waiting, "-askers", "-asked_on", "pk")


def can_answer_anywhere(user: Viewer) -> bool:
    return can_anywhere(user, Permission.SESSION_CALL) or can_anywhere(user, Permission.DOCUMENT_SEND)


def inquiry_of(user: User, key: Any) -> InquiryRow | None:
    """One question for whoever may see it: the one it is for, its askers, and those who read its document below."""
    inquiry = (
        Inquiry.objects.select_related("unit__parent", "document", "asker", "merged_into__unit")
        .filter(pk=key)
        .first()
    )
    if inquiry is None:
        return None
    marks = own_marks(user, [inquiry.document_id])
    is_mine = inquiry.mark in marks or _joined(marks).filter(inquiry=inquiry.pk).exists()
    may_answer = can_answer(user, inquiry.unit)
    if not (is_mine or may_answer):
        return None
    if not is_mine and not Document.objects.visible_to(user).filter(pk=inquiry.document_id).exists():
        return None
    named = inquiry.asker is not None and (inquiry.mark in marks or can_name_members(user, inquiry.unit))
    return InquiryRow(inquiry, is_mine, may_answer, str(inquiry.asker) if named else "")


def similar_to(user: Viewer, inquiry: Inquiry) -> QuerySet[Inquiry]:
    """What the question may be joined with: asked about the same document, of this unit or one above it."""
    return (
        Inquiry.objects.filter(
            answerable_by(user),
            document=inquiry.document_id,
            unit__path__in=ancestor_paths(inquiry.unit.path),
            state__in=PUBLIC,
        )
        .exclude(pk=inquiry.pk)
        .order_by("paragraph", "-askers", "pk")
    )


def inquiry_to_join(user: User, key: Any) -> Inquiry | None:
    """A question that stands on the page of its document for this person."""
    inquiry = Inquiry.objects.filter(circle_of(user), pk=key, state__in=PUBLIC).first()
    if inquiry is None or document_to_read(user, inquiry.document_id) is None:
        return None
    return inquiry
