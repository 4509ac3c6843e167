"""What the form that opens an inspection offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from thongsuot.accounts.roles import BuiltIn
from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.models.dispatch import OVER
from thongsuot.organizations.models import Person, RoleGrant, Unit, UnitKind
from thongsuot.organizations.models.units import COMMUNE_LEVEL
from thongsuot.organizations.queries import units_below

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def units_to_inspect(unit: Unit) -> QuerySet[Unit]:
    """Committees, boards and departments below; a cell is inspected by its own committee."""
    below = units_below(unit)
    if unit.kind in COMMUNE_LEVEL:
        return below.order_by("sort_key", "pk")
    return below.exclude(kind=UnitKind.CELL).order_by("-kind", "sort_key", "pk")


def documents_to_inspect(user: User, inspected: Unit | None = None) -> QuerySet[Document]:
    """Documents the person may read and that were sent to the unit (to any unit while none is chosen), newest first."""
    sent = Delivery.objects.exclude(state__in=OVER)
    if inspected is not None:
        sent = sent.filter(unit=inspected)
    documents = Document.objects.visible_to(user).filter(pk__in=sent.values("document_id"))
    return documents.order_by("-issued_on", "-pk")


def people_for_a_team(unit: Unit) -> QuerySet[Person]:
    """Who holds a role in the inspecting unit or in one of its boards, never in a unit that may be inspected."""
    boards = Unit.objects.under(unit).valid_on().exclude(kind__in=(*COMMUNE_LEVEL, UnitKind.CELL))
    own = boards.filter(depth__lte=unit.depth + 1) | Unit.objects.filter(pk=unit.pk)
    grants = RoleGrant.objects.valid_on().filter(unit__in=own).exclude(role=BuiltIn.ADMINISTRATOR)
    return Person.objects.filter(user__in=grants.values("user_id")).order_by("sort_key", "pk")
