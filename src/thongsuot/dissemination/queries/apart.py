"""Who is counted apart from those required: exempt members by name in their cell, residents as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from thongsuot.dissemination.models import Exemption, ResidentCount
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Affiliation, Membership, Person, Unit

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def exemptions_in(user: Viewer, unit: Unit) -> QuerySet[Exemption]:
    """Exemptions said in one cell, newest first, for those who may see names there."""
    rows = Exemption.objects.visible_to(user).filter(unit=unit)
    return rows.select_related("person", "document", "by", "ended_by").order_by("-at", "-pk")


def members_of(unit: Unit) -> QuerySet[Person]:
    """The members of a cell or a mass organisation today, in the order of their given names."""
    keys = Membership.objects.valid_on().filter(unit=unit).values("person")
    branch = Affiliation.objects.valid_on().filter(unit=unit).values("person")
    return Person.objects.filter(pk__in=keys.union(branch)).order_by("sort_key", "pk")


def resident_counts_of(document: Document, unit: Unit) -> QuerySet[ResidentCount]:
    """What was entered for a document in one unit, corrected rows too, newest first; numbers, so for whoever
    may see its coverage."""
    rows = ResidentCount.objects.filter(document=document, unit=unit)
    return rows.select_related("by").order_by("-at", "-id")
