"""Opening receipts: every member who must hear of a document gets one, in sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.audience.outside import excuse
from thongsuot.dissemination.audience.whom import Wanted, audience
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import ReflectionCall, ReflectionKind, Requirement, RequirementUnit
from thongsuot.dissemination.permissions import can_require
from thongsuot.dissemination.services.reflections import ask_for_papers
from thongsuot.documents.models import Delivery, Dispatch, Document
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What else is asked: of whom, key cadres by a day of their own, in which forms, with which papers."""

    wanted: Wanted = field(default_factory=Wanted)
    key_due: dt.date | None = None
    forms: tuple[str, ...] = ()
    # What members write of their own, by when (the day for everybody when none is named).
    papers: tuple[str, ...] = ()
    papers_due: dt.date | None = None


@transaction.atomic
def require_dissemination(
    *,
    by: User,
    document: Document,
    unit: Unit,
    units: Sequence[Unit],
    due: dt.date,
    terms: Terms | None = None,
) -> Requirement:
    """Require that the people under ``units`` hear of the document by ``due``: every member, or as ``terms`` say.

    One statement each for receipts, counters and circulation. Who had to hear of it before keeps the first
    deadline. Who joins later, while there is time, is asked as well (``following``).
    """
    require(can_require(by, unit) and all(unit.contains(other) for other in units))
    require(Document.objects.visible_to(by).filter(pk=document.pk).exists())
    terms = terms or Terms()
    if not units:
        raise Refused(_("Choose at least one unit."), "no_units")
    _check(due, terms)
    keys = sorted({other.pk for other in units})
    who = audience(unit, keys, terms.wanted, today())
    requirement = _require(
        by=by, document=document, unit=unit, audience=who, due=due, units=keys, terms=terms
    )
    asked = ReflectionCall._default_manager.filter(document=document, unit=unit)
    for kind in sorted(set(terms.papers) - set(asked.values_list("kind", flat=True))):
        day = terms.papers_due or due
        ask_for_papers(by=by, document=document, unit=unit, kind=ReflectionKind(kind), due=day)
    return requirement


def _check(due: dt.date, terms: Terms) -> None:
    if due < today():
        raise Refused(_("The deadline has already passed. Choose today or a later day."), "due_passed")
    if terms.wanted.is_empty:
        raise Refused(
            _("Say who has to hear of it: members, mass organisations or holders of posts."), "nobody"
        )
    if terms.papers_due and terms.papers_due < today():
        raise Refused(
            _("The day for the papers has already passed. Choose today or a later day."), "papers_due"
        )
    if terms.key_due and not today() <= terms.key_due <= due:
        raise Refused(
            _("The day for key cadres lies between today and the deadline for everybody."), "key_due"
        )


def require_of_dispatch(dispatch: Dispatch) -> Requirement | None:
    """Follows ``document_dispatched``: the right was checked by the sending itself."""
    if dispatch.disseminate_by is None:
        return None
    if not Delivery.objects.filter(document=dispatch.document, dispatch=dispatch).exists():
        return None
    return _require(
        by=dispatch.sent_by,
        document=dispatch.document,
        unit=dispatch.unit,
        audience=sets.sent_to(dispatch),
        due=dispatch.disseminate_by,
        dispatch=dispatch,
    )


def _require(
    *, by: User, document: Document, unit: Unit, audience: sets.Audience, due: dt.date, **said: Any
) -> Requirement:
    requirement, people = open_requirement(
        by=by, document=document, unit=unit, due=due, audience=audience, day=today(), **said
    )
    record(
        "dissemination.required",
        by=by,
        on=document,
        unit_id=unit.pk,
        people=people,
        due=f"{due:%d/%m/%Y}",
    )
    enqueue_once(fold_coverage)
    return requirement


def open_requirement(
    *,
    by: User,
    document: Document,
    unit: Unit,
    due: dt.date,
    audience: sets.Audience,
    day: dt.date,
    units: Sequence[int] = (),
    dispatch: Dispatch | None = None,
    terms: Terms | None = None,
) -> tuple[Requirement, int]:
    """Write the requirement and what follows from it; the caller has checked the right and asks for the fold."""
    # Two openings of one document wait for each other, so that nobody gets two receipts in two cells. The
    # lock leaves foreign keys to the document free.
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    terms = terms or Terms()
    requirement = Requirement.objects.create(
        document=document,
        unit=unit,
        due=due,
        key_due=terms.key_due,
        of_members=terms.wanted.members,
        of_organisations=terms.wanted.organisations,
        of_posts=terms.wanted.posts,
        titles=list(terms.wanted.titles),
        forms=list(terms.forms),
        dispatch=dispatch,
        text_sha256=document.text_sha256,
        opened_by=by,
    )
    RequirementUnit.objects.bulk_create(
        RequirementUnit(requirement=requirement, unit_id=key) for key in units
    )
    people = sets.open_receipts(requirement, audience, day)
    if people:
        sets.count_required(requirement)
        sets.circulate(requirement)
        excuse(requirement, day)
    return requirement, people
