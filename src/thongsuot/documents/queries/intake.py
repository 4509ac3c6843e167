"""Papers on their way into the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from thongsuot.audit.queries import has_done
from thongsuot.core.clock import now
from thongsuot.core.pulse import WITHOUT_A_SIGN
from thongsuot.documents.items import asked
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import ON_THE_DESK, Decision, IntakeQuerySet, IntakeState
from thongsuot.documents.phases import DONE, SAID
from thongsuot.documents.reading import sentence_of
from thongsuot.formats.reading import READER_VERSION

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Standing:
    """How far a paper is that is not ready yet: a count, what is being done, or why it was not taken in."""

    done: int
    total: int
    step: str
    refusal: str = ""


def waiting_intakes(user: Viewer) -> IntakeQuerySet:
    """Papers that were taken in and not yet registered or put aside, newest first.

    Each has ``to_see`` and ``seen``: how many items ask for a decision and how many have one.
    """
    waiting = Intake.objects.visible_to(user).filter(state__in=ON_THE_DESK)
    to_see = asked("items__")
    return (
        waiting.select_related("file", "unit", "created_by")
        .defer("text", "pages")
        .annotate(
            to_see=Count("items", filter=to_see),
            seen=Count("items", filter=to_see & ~Q(items__decision=Decision.PENDING)),
        )
        .order_by("-created_at", "-pk")
    )


def on_their_way(user: Viewer) -> IntakeQuerySet:
    """Papers on the desk that are not ready to be checked yet, or never will be."""
    states = [state for state in ON_THE_DESK if state != IntakeState.READY]
    found = Intake.objects.visible_to(user).filter(state__in=states)
    return found.select_related("file").defer("text", "pages")


def standing_of(intake: Intake) -> Standing:
    """Where a paper stands between being handed in and being ready to be checked."""
    if intake.state == IntakeState.REFUSED:
        return Standing(0, 0, "", sentence_of(intake.refusal))
    if intake.state == IntakeState.READING:
        return Standing(intake.progress, DONE, str(SAID.get(intake.progress, "")))
    if intake.beat_at is None or intake.beat_at < now() - WITHOUT_A_SIGN:
        # Nobody has closed it yet; a page that is looked at does not write.
        return Standing(0, 0, "", sentence_of(INTERRUPTED))
    if not intake.pages_all:
        return Standing(0, 1, _("the file is being opened"))
    # All is done when the row says so, not before: until then the bar asks again.
    done = min(intake.pages_done, intake.pages_all - 1)
    return Standing(done, intake.pages_all, _("pages are checked for marks of State secrecy"))


def read_by_earlier_readers() -> list[int]:
    """The keys of the papers that wait to be checked and were read by another reader than today's, oldest first."""
    ready = Intake.objects.filter(state=IntakeState.READY).exclude(reader_version=READER_VERSION)
    return list(ready.order_by("pk").values_list("pk", flat=True))


def was_secret(user: Viewer, key: int) -> bool:
    """Whether the file this person handed in was refused as a State secret; the row of it is gone."""
    return has_done(user, "intake.secret_refused", intake=key)
