"""Documents that belong to one matter, under a name: a congress with the directives that go with it, a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.models.register import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, user: Viewer) -> ThemeQuerySet:
        """Themes of units where the person reads documents; which of the documents they see is asked anew."""
        return self.filter(reach(user, Permission.DOCUMENT_READ))


class Theme(models.Model):
    """A name under which ``unit`` gathers documents to follow them together."""

    placement = Placement.REFERENCE
    personal = Held(_("themes of documents"), {"changed_by": WHO}, none=("name",))

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the theme"), max_length=200)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="theme_once",
                violation_error_message=_("The unit has a theme of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ThemeDocument(models.Model):
    """A document that belongs to a theme."""

    placement = Placement.REFERENCE

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="members")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "document"], name="theme_document_once")]

    def __str__(self) -> str:
        return f"{self.document_id}"
