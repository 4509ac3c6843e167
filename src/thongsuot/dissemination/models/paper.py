"""Sheets that people sign on paper, as they were printed, and the pages that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.crypto.fields import EncryptedTextField
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, Held, Keep, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.receipts import REACHED
from thongsuot.dissemination.models.sessions import Session
from thongsuot.documents.models import Document
from thongsuot.formats.signed import codes, geometry
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

PAPER_PAGES = "dissemination.paper_pages"
UNTIL_CONFIRMED = Keep(_("until somebody has confirmed it, at most %(days)s days"), PAPER_PAGES)
SIGNATURES = Personal(
    _("to show the signatures to whoever confirms who has signed"),
    kind=Sort.SENSITIVE,
    keep=UNTIL_CONFIRMED,
    label=_("cut-outs of a signed page"),
)
LEAST_BLANK = 2  # rows at the end, for people who are not on the list


class PaperSheetQuerySet(models.QuerySet["PaperSheet"]):
    def visible_to(self, user: Viewer) -> PaperSheetQuerySet:
        """Names stand on a sheet: only for those who mark attendance in the cell, or vouch for its members."""
        marks = reach(user, Permission.SESSION_MARK) & Q(session__isnull=False)
        vouches = reach(user, Permission.READING_VOUCH) & Q(document__isnull=False)
        return self.filter(marks | vouches)


class PaperSheet(models.Model):
    """A sheet to sign of one cell: at a session, or that its members have heard of a document.

    ``rows`` are the keys of the people in the order in which they were printed: whoever joins or leaves later does
    not change what a row of the paper means.
    """

    placement = Placement.LEAF
    personal = Held(
        _("sheets to sign"),
        {"rows": REACHED.but(label=_("keys of those on the sheet")), "printed_by": WHO},
        none=("text_sha256",),
    )

    pk = models.CompositePrimaryKey("unit_id", "code")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    # Printed on the paper: made in the application, its last two figures check the others (formats.signed.codes).
    code = models.BigIntegerField(editable=False)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # The text that is acknowledged by signing; of a session's agenda nothing is said here.
    version = models.PositiveSmallIntegerField(default=1)
    text_sha256 = models.CharField(max_length=64, blank=True)
    rows = models.JSONField(default=list)
    printed_at = models.DateTimeField(default=now, editable=False)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    objects = PaperSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(session=None, document__isnull=False) | Q(session__isnull=False, document=None),
                name="paper_sheet_of_one_subject",
            )
        ]
        indexes = [
            models.Index(fields=["code"], name="paper_sheet_by_code"),
            models.Index(fields=["session", "unit"], name="paper_sheet_of_session"),
            models.Index(fields=["document", "unit"], name="paper_sheet_of_document"),
        ]

    def __str__(self) -> str:
        return self.shown_code

    def get_absolute_url(self) -> str:
        return reverse("dissemination:paper_sheet", args=[self.code])

    @property
    def subject(self) -> Session | Document:
        """What is signed: one of the two, says the constraint."""
        subject = self.session or self.document
        assert subject is not None  # noqa: S101  # for the type checker
        return subject

    @property
    def shown_code(self) -> str:
        return codes.shown(self.code)

    @property
    def pages(self) -> int:
        return geometry.pages_for(len(self.rows) + LEAST_BLANK)


class PageState(models.TextChoices):
    WAITING = "waiting", _("waits for confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    PUT_ASIDE = "put_aside", _("not used")


class PaperPage(models.Model):
    """A page that came back, photographed or scanned: what was seen on it, until a person has said what it means.

    What was seen goes as soon as somebody has decided, or after some days.
    """

    placement = Placement.LOCAL
    personal = Held(
        _("signed pages handed in"),
        {
            "ink": SIGNATURES.but(label=_("in which rows ink was seen")),
            "received_by": WHO,
            "decided_by": WHO,
        },
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sheet = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=PageState.choices, default=PageState.WAITING)
    received_at = models.DateTimeField(default=now, editable=False)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ink = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    counted = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "number"], condition=Q(state="waiting"), name="paper_page_waits_once"
            )
        ]
        indexes = [models.Index(fields=["sheet", "number", "received_at"], name="paper_page_of_sheet")]

    def __str__(self) -> str:
        return f"{self.sheet}/{self.number}"


class PaperCutOuts(models.Model):
    """Names and signatures cut out of a page that waits, one row below the other; deleted with the decision."""

    placement = Placement.LOCAL
    personal = Held(_("signatures waiting to be confirmed"), {"strip": SIGNATURES})

    page = models.OneToOneField(PaperPage, models.CASCADE, primary_key=True, related_name="cut_outs")
    strip = EncryptedTextField()  # a JPEG in base 64

    def __str__(self) -> str:
        return str(self.page_id)
