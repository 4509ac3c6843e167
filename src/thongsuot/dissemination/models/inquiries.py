"""What members ask about a paragraph of a document, and the one answer for everybody.

Whoever asks without a name is not named in the database either: ``mark`` is made of the person and the document with
a secret that lies outside of it (``answers.marks``); with a name it is made of nothing. Days, not moments, and
keys without a time, so that no record of who was on which page leads to the asker.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.personal import WHO, WORDS, Held, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit

ASKED = Personal(
    _("to show the answer to whoever asked, and to bound how much one person asks"), kind=Sort.SENSITIVE
)


class InquiryState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    MERGED = "merged", _("joined with another question")
    SET_ASIDE = "set_aside", _("set aside")


class Inquiry(models.Model):
    """A question about a document or one of its paragraphs. ``unit`` is the one that has to answer."""

    placement = Placement.REFERENCE
    personal = Held(
        _("questions about documents"),
        {
            "text": WORDS.but(label=_("the question")),
            "asker": ASKED.but(label=_("who asked")),
            "mark": ASKED.but(label=_("a sign by which the asker's own questions are found")),
            "answer": WORDS.but(label=_("the answer")),
            "answered_by": WHO,
            "reason": WORDS.but(label=_("reason")),
        },
    )

    # Not ordered by time: see above.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="inquiries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("your question"), max_length=1000)
    asker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    mark = models.CharField(max_length=64)
    asked_on = models.DateField(default=today)
    state = models.CharField(max_length=9, choices=InquiryState.choices, default=InquiryState.OPEN)
    askers = models.PositiveIntegerField(default=1)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=InquiryState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=InquiryState.ANSWERED) & Q(answered_at=None)),
                name="answered_has_a_moment",
            )
        ]
        indexes = [
            models.Index(fields=["document", "paragraph"], name="inquiry_of_document"),
            models.Index(fields=["unit", "state"], name="inquiry_of_unit"),
            models.Index(fields=["mark"], name="inquiry_by_mark"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("dissemination:inquiry", args=[self.pk])


class InquirySupport(models.Model):
    """Somebody asks the same; the first who asked is one of them."""

    placement = Placement.LOCAL
    personal = Held(
        _("questions others ask too"),
        {"mark": ASKED.but(label=_("a sign by which the asker's own questions are found"))},
    )

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="supports")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "mark"], name="inquiry_supported_once")]
        indexes = [models.Index(fields=["mark"], name="inquiry_support_by_mark")]

    def __str__(self) -> str:
        return str(self.inquiry_id)
