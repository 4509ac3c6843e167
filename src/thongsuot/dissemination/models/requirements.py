"""Who requires that a document be heard of: of whom, by when, in which forms, and in which text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.models import Dispatch, Document
from thongsuot.organizations.models import Unit


class AskedForm(models.TextChoices):
    """The forms of docs/sources.md, "Forms of dissemination", in which a document may be asked to be made known."""

    CONFERENCE = "hoi_nghi_truc_tiep", _("conference")
    ONLINE = "truc_tuyen", _("online conference")
    LECTURE = "xem_video", _("recorded lectures")
    CELL_MEETING = "sinh_hoat_chi_bo", _("cell meeting")
    SELF_STUDY = "tu_nghien_cuu", _("self-study")
    MASS_ORGANISATION = "doan_the", _("meeting of a mass organisation")
    NEIGHBOURHOOD = "to_dan_pho", _("neighbourhood meeting")
    LOUDSPEAKER = "loa_truyen_thanh", _("loudspeaker")
    LEAFLET = "to_roi", _("leaflet")
    WEB = "trang_tin", _("web page")


class Posts(models.TextChoices):
    """Whom a requirement means among those who hold a post."""

    NOBODY = "", _("nobody because of a post")
    HEADS = "heads", _("whoever heads a unit")
    EVERYBODY = "all", _("everybody who holds a post")


class Requirement(models.Model):
    """Somebody requires that a document is heard of by a day: by members of cells or mass organisations, by holders of
    posts, or by all of them.

    ``text_sha256`` is the version: what a person confirms is this text. Under which units: ``RequirementUnit``, or
    where ``dispatch`` was delivered; a requirement without either came with a session and follows nobody who joins.
    """

    placement = Placement.REFERENCE
    personal = Held(_("orders to disseminate"), {"opened_by": WHO}, none=("text_sha256", "titles", "forms"))

    document = models.ForeignKey(Document, models.PROTECT, related_name="requirements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.DateField(_("to reach everyone by"))
    # Key cadres first: their own, earlier day.
    key_due = models.DateField(_("to reach key cadres by"), null=True, blank=True)
    of_members = models.BooleanField(default=True, db_default=True)
    of_posts = models.CharField(
        max_length=5, choices=Posts.choices, default=Posts.NOBODY, db_default="", blank=True
    )
    # Members of mass organisations known by name, in the branch where they are.
    of_organisations = models.BooleanField(default=False, db_default=False)
    # Posts named one by one, as they are called: these too, whatever ``of_posts`` says.
    titles = models.JSONField(default=list, blank=True)
    forms = models.JSONField(default=list, blank=True)
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, blank=True, related_name="+")
    text_sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField(default=now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["document", "opened_at"], name="requirement_of_document"),
            models.Index(fields=["due"], name="requirement_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key_due=None) | models.Q(key_due__lte=models.F("due")),
                name="key_cadres_come_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.due:%d/%m/%Y}"


class RequirementUnit(models.Model):
    """A unit whose people, and those of everything below it, a requirement means."""

    placement = Placement.REFERENCE

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requirement", "unit"], name="requirement_unit_once")]

    def __str__(self) -> str:
        return str(self.unit)
