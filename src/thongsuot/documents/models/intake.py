"""A file on its way into the register: what the reader proposes and what a person decides about each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, WORDS, Held, Keep
from thongsuot.core.placement import Placement
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models.register import Document
from thongsuot.files.models import StoredFile
from thongsuot.formats.reading import READER_VERSION
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

PUT_ASIDE = Keep(_("with the document; %(days)s days when it was put aside"), "documents.put_aside")


class IntakeState(models.TextChoices):
    CHECKING = "checking", _("being checked for secrecy")
    REFUSED = "refused", _("not taken in")
    READING = "reading", _("being read")
    READY = "ready", _("to be checked")
    REGISTERED = "registered", _("registered")
    DISCARDED = "discarded", _("put aside")


# What stands on the desk of a clerk: neither in the register nor put aside.
ON_THE_DESK = (IntakeState.CHECKING, IntakeState.REFUSED, IntakeState.READING, IntakeState.READY)
# Of these the program has the file; the same file a second time is the same paper.
KEPT = (IntakeState.READING, IntakeState.READY)


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: Viewer) -> IntakeQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_REGISTER))


class Intake(models.Model):
    """One file that a clerk has handed in. Name, file and text are kept once the text was found not to be secret.

    While a long file is being checked for that, the row knows only who handed in something for which book and how
    many pages are done; its bytes are in the memory of the serving process and nowhere else.
    """

    placement = Placement.LOCAL
    personal = Held(
        _("papers handed in"),
        {
            "text": WORDS.but(label=_("text of the paper"), keep=PUT_ASIDE),
            "pages": WORDS.but(label=_("pages of the paper"), keep=PUT_ASIDE),
            "created_by": WHO,
        },
        none=("sha256", "warnings", "reader_version", "refusal"),
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    pages = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=IntakeState.choices, default=IntakeState.READING)
    progress = models.PositiveSmallIntegerField(default=0)
    warnings = models.JSONField(default=list)
    reader_version = models.CharField(max_length=20, blank=True)
    # Of a long file: pages checked, pages in all, and the last sign of life of the thread that checks it.
    pages_done = models.PositiveIntegerField(default=0)
    pages_all = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    # Why it was not taken in: a code of the reader, or "interrupted".
    refusal = models.CharField(max_length=30, blank=True)
    # How often a worker has begun to read it: one that dies each time must not keep the paper from the clerk.
    begun = models.PositiveSmallIntegerField(default=0)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="intakes")
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Some days later its file and text are cleared (services.clearing); the row stays.
    put_aside_at = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "-created_at"], name="intake_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"],
                condition=models.Q(state__in=KEPT) & ~models.Q(sha256=""),
                name="intake_once_in_unit",
                violation_error_message=_("This file has been taken in already and waits to be checked."),
            ),
            # Before it is known to be harmless nothing of a file is kept; afterwards nothing is without its file.
            models.CheckConstraint(
                condition=models.Q(state=IntakeState.DISCARDED)
                | models.Q(
                    state__in=(IntakeState.CHECKING, IntakeState.REFUSED), file=None, text="", sha256=""
                )
                | models.Q(
                    state__in=(IntakeState.READING, IntakeState.READY, IntakeState.REGISTERED),
                    file__isnull=False,
                ),
                name="intake_file_when_harmless",
            ),
        ]

    def __str__(self) -> str:
        return self.file.original_name if self.file else gettext("Paper without a name yet")

    def get_absolute_url(self) -> str:
        return reverse("documents:review", args=[self.pk])

    @property
    def is_worth_reading_again(self) -> bool:
        """Read by an earlier reader than today's, or not at all."""
        failed = any(warning.get("code") == "reader_failed" for warning in self.warnings)
        return self.state == IntakeState.READY and (failed or self.reader_version != READER_VERSION)


class ItemKind(models.TextChoices):
    FIELD = "field", _("field")
    REFERENCE = "reference", _("reference")
    TASK = "task", _("task")
    TARGET = "target", _("target")


class Decision(models.TextChoices):
    PENDING = "pending", _("not looked at")
    ACCEPTED = "accepted", _("accepted")
    EDITED = "edited", _("edited")
    REJECTED = "rejected", _("rejected")


class ReadingItem(models.Model):
    """One thing the reader proposes, with its place in the text, and what a person made of it.

    ``proposed`` is the reader's value and stays; ``decided`` the person's, so that the reader can be measured.
    An item a person added has no ``proposed``. The span is the reader's, or where a person saw what they added;
    that of a part or of a merged item stands in ``decided``. ``before`` is the chain of earlier states, newest
    first, so that every decision can be undone. ``rule`` names the construction by which the reader of
    ``reader_version`` found it.
    """

    placement = Placement.LOCAL
    personal = Held(
        _("what was read out of papers"),
        {
            "proposed": WORDS.but(label=_("proposal"), keep=PUT_ASIDE),
            "decided": WORDS.but(label=_("what a person decided"), keep=PUT_ASIDE),
            "before": WORDS.but(label=_("proposal before that"), keep=PUT_ASIDE),
            "decided_by": WHO.but(label=_("who decided")),
        },
        none=("name", "rule", "reader_version", "section"),
    )

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="items")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    name = models.CharField(max_length=40, blank=True)
    proposed = models.JSONField(null=True, blank=True)
    decided = models.JSONField(null=True, blank=True)
    confidence = models.FloatField(default=0)
    rule = models.CharField(max_length=60, blank=True)
    reader_version = models.CharField(max_length=20, blank=True)
    section = models.CharField(max_length=60, blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    split_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="parts"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged"
    )
    before = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "ordinal"], name="reading_item_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal}"
