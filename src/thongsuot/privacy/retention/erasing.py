"""What is held back is not erased either: a hold on all data of a unit stands against erasing who belongs there."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.organizations.models import Affiliation, Membership, Position, Unit
from thongsuot.privacy.models import LegalHold


def against(subject: Subject) -> Iterable[str]:
    """A sentence for each hold on every class of data that covers a unit the person belongs or belonged to."""
    holds = LegalHold.objects.in_force().filter(data_class="").select_related("unit")
    paths = list(_paths_of(subject)) if holds else []
    for hold in holds:
        if hold.unit is None:
            yield _("All data of the installation is held back. Lift the hold first.")
        elif any(path.startswith(hold.unit.path) for path in paths):
            yield _("Data of %(unit)s is held back. Lift the hold first.") % {"unit": hold.unit.name}


def _paths_of(subject: Subject) -> Iterable[str]:
    units = {
        *Membership.objects.filter(person__in=subject.person_ids).values_list("unit", flat=True),
        *Affiliation.objects.filter(person__in=subject.person_ids).values_list("unit", flat=True),
        *Position.objects.filter(person__in=subject.person_ids).values_list("unit", flat=True),
    }
    return Unit.objects.filter(pk__in=units).values_list("path", flat=True)


def nothing_goes(subject: Subject) -> Iterable[Line]:
    return ()


PART = Part("privacy.holds", nothing_goes, against=against)
