"""What an erasure leaves of inspections, and which have to be ended first."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.inspections.models import InspectionState, TeamMember


def preview(subject: Subject) -> Iterable[Line]:
    teams = TeamMember._default_manager.filter(person__in=subject.person_ids).count()
    why = gettext_lazy("an inspection has to show who conducted it; the number stands for the name")
    yield Line(gettext_lazy("membership of inspection teams"), teams, False, why)


def against(subject: Subject) -> Iterable[str]:
    teams = TeamMember._default_manager.filter(person__in=subject.person_ids).select_related("inspection")
    for one in teams.exclude(inspection__state=InspectionState.CLOSED).order_by("pk"):
        sentence = _("This person is in the team of the inspection “%(title)s”, which is not closed yet.")
        yield sentence % {"title": one.inspection.title}


PART = Part("inspections", preview, against)
