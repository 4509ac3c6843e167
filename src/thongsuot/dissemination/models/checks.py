"""A short check of what was understood: its questions, who took it, and what is counted of it.

What somebody chose is not kept, only whether it was right: enough to go on from where they were, and to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.models.units import ancestor_paths

if TYPE_CHECKING:
    from thongsuot.dissemination.models.receipts import Receipt

UNDERSTOOD = Personal(
    _("to let the person go on with the check, and to count how many have understood"), kind=Sort.SENSITIVE
)


class CheckQuestionQuerySet(models.QuerySet["CheckQuestion"]):
    def standing(self) -> CheckQuestionQuerySet:
        return self.filter(withdrawn_at=None)

    def asked_of(self, receipt: Receipt) -> CheckQuestionQuerySet:
        """Those written for the text this person is asked to know, by their cell or a unit above it."""
        return self.standing().filter(
            document=receipt.document_id,
            version__gte=receipt.version,
            unit__path__in=ancestor_paths(receipt.unit.path),
        )


class CheckQuestion(models.Model):
    """A question about a document, with answers to choose from; one or several may be right.

    ``options`` is a list of ``{"text": …, "right": …}``; ``paragraph`` counts the paragraphs of the text from 1.
    """

    placement = Placement.REFERENCE
    personal = Held(_("questions of a check"), {"written_by": WHO}, none=("text", "options", "explanation"))

    document = models.ForeignKey(Document, models.PROTECT, related_name="check_questions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.CharField(_("the question"), max_length=300)
    options = models.JSONField()
    explanation = models.TextField(_("the explanation"), max_length=1000)
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    # The last text of substance for which somebody said that the question is right.
    version = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["document", "unit"], name="check_question_of_document")]

    def __str__(self) -> str:
        return self.text

    @property
    def right_ones(self) -> set[int]:
        return {number for number, option in enumerate(self.options) if option["right"]}


class CheckTaken(models.Model):
    """Where one person stands with the check of one document: the questions of this try, and what it came to."""

    placement = Placement.LEAF
    personal = Held(
        _("checks of what was understood"),
        {"person": UNDERSTOOD.but(label=_("who took the check"))},
        none=("drawn",),
    )

    pk = models.CompositePrimaryKey("unit_id", "document_id", "person_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    attempt = models.PositiveSmallIntegerField(default=1)
    drawn = models.JSONField(default=list)
    # The text the check was about; it counts for no later one.
    version = models.PositiveSmallIntegerField(default=1)
    finished_at = models.DateTimeField(null=True, blank=True)
    understood_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(understood_at=None) | Q(finished_at__isnull=False),
                name="understood_is_finished",
            )
        ]
        indexes = [
            models.Index(fields=["person", "document"], name="check_taken_of_person"),
            models.Index(fields=["document", "unit"], name="check_taken_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id} {self.attempt}"


class CheckAnswer(models.Model):
    """Whether one person answered one question rightly: at first, and the last time."""

    placement = Placement.LEAF
    personal = Held(_("answers in a check"), {"person": UNDERSTOOD.but(label=_("whose answer it is"))})

    pk = models.CompositePrimaryKey("unit_id", "question_id", "person_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    question = models.ForeignKey(CheckQuestion, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    attempt = models.PositiveSmallIntegerField()
    right = models.BooleanField()
    right_at_first = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "document"], name="check_answer_of_person"),
            models.Index(fields=["document", "unit"], name="check_answer_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.person_id}"
