"""Keeping the register of breaches: a breach is noted once, its steps are appended, two at once double nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.privacy.models import TELLING, Breach, BreachStep, StepKind
from thongsuot.privacy.permissions import can_manage_privacy_in

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit

NOTIFIED = (StepKind.AUTHORITY, StepKind.PEOPLE)


@dataclass(frozen=True)
class Facts:
    """What is known of a breach. ``people`` is a count, or nothing while nobody knows."""

    title: str
    noticed_at: dt.datetime
    data_kinds: Sequence[str] = ()
    people: int | None = None

    def plain(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "noticed_at": self.noticed_at.isoformat(),
            "data_kinds": list(self.data_kinds),
            "people": self.people,
        }


def note_breach(*, by: User, unit: Unit, facts: Facts, text: str, token: uuid.UUID) -> Breach:
    """Write a breach down; from when it was noticed the legal clock runs. The same form sent twice is one breach."""
    require(can_manage_privacy_in(by, unit))
    _check(facts.noticed_at)
    try:
        with transaction.atomic():
            breach = Breach.objects.create(
                unit=unit,
                title=facts.title,
                noticed_at=facts.noticed_at,
                data_kinds=list(facts.data_kinds),
                people=facts.people,
                opened_by=by,
                token=token,
            )
            _write(breach, by, StepKind.NOTED, facts.noticed_at, text, token, facts.plain())
            return breach
    except IntegrityError:
        already = Breach.objects.visible_to(by).filter(token=token).first()
        if already is None:
            raise Refused(_("Load the page again and send it once more."), "token") from None
        return already


def add_step(
    *,
    by: User,
    breach: Breach,
    kind: StepKind,
    text: str,
    token: uuid.UUID,
    happened_at: dt.datetime | None = None,
) -> BreachStep:
    """A measure that was taken, or that the authority or the people concerned were told, and when."""
    if kind not in (StepKind.MEASURE, *NOTIFIED):
        message = f"{kind} has a service of its own."
        raise ValueError(message)
    require(can_manage_privacy_in(by, breach.unit))
    moment = happened_at or now()
    _check(moment, breach.noticed_at)

    def told() -> None:
        if kind == StepKind.AUTHORITY:
            # The first time counts for the clock; what is told later completes it.
            Breach.objects.filter(pk=breach.pk, notified_at=None).update(notified_at=moment)

    return _append(breach, by, kind, moment, text, token, {}, told)


def correct_breach(
    *, by: User, breach: Breach, facts: Facts, text: str, token: uuid.UUID, seen: int
) -> BreachStep:
    """Say what was wrong; earlier steps stay. ``seen``: how often the facts had been told when the form was drawn."""
    require(can_manage_privacy_in(by, breach.unit))
    _check(facts.noticed_at)

    def changed() -> None:
        # This correction is among them by now; another one since the form was drawn would be written over unseen.
        if breach.steps.filter(kind__in=TELLING).count() != seen + 1:
            raise Refused(_("Somebody else has just corrected this breach. Look at it again."), "changed")
        Breach.objects.filter(pk=breach.pk).update(
            title=facts.title,
            noticed_at=facts.noticed_at,
            data_kinds=list(facts.data_kinds),
            people=facts.people,
        )

    return _append(breach, by, StepKind.CORRECTED, now(), text, token, facts.plain(), changed)


def close_breach(*, by: User, breach: Breach, reason: str, token: uuid.UUID) -> BreachStep:
    """Nothing is left to do, and why; where the authority was not told, the reason says why not."""
    require(can_manage_privacy_in(by, breach.unit))

    def closed() -> None:
        Breach.objects.filter(pk=breach.pk).update(closed_at=now())

    return _append(breach, by, StepKind.CLOSED, now(), reason, token, {}, closed)


def _append(
    breach: Breach,
    by: User,
    kind: StepKind,
    moment: dt.datetime,
    text: str,
    token: uuid.UUID,
    facts: dict[str, Any],
    changes: Any,
) -> BreachStep:
    try:
        with transaction.atomic():
            # Held until the end: steps of one breach follow each other.
            held = Breach.objects.select_for_update().get(pk=breach.pk)
            if (already := held.steps.filter(token=token).first()) is not None:
                return already  # sent twice
            if held.closed_at is not None and kind != StepKind.CORRECTED:
                raise Refused(_("This breach is closed. What is missing is told by a correction."), "closed")
            step = _write(breach, by, kind, moment, text, token, facts)
            changes()
            return step
    except IntegrityError:
        raise Refused(_("Load the page again and send it once more."), "token") from None


def _write(
    breach: Breach,
    by: User,
    kind: StepKind,
    moment: dt.datetime,
    text: str,
    token: uuid.UUID,
    facts: dict[str, Any],
) -> BreachStep:
    if not text.strip():
        raise Refused(_("Say in some words what happened."), "text")
    step = BreachStep.objects.create(
        breach=breach, kind=kind, happened_at=moment, text=text.strip(), facts=facts, by=by, token=token
    )
    record(f"breach.{kind}", by=by, on=breach, unit_id=breach.unit_id)
    return step


def _check(moment: dt.datetime, earliest: dt.datetime | None = None) -> None:
    if moment > now():
        raise Refused(_("This moment lies in the future."), "future")
    if earliest is not None and moment < earliest:
        raise Refused(_("This is before the breach was noticed."), "before")
