"""Written reflections and commitments: which committee asks for them, who has handed in, and the words themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.crypto.fields import EncryptedTextField
from thongsuot.core.personal import WHO, Held, Keep, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit

TEXTS_KEPT = "dissemination.reflections"
WRITTEN = Personal(
    _("to know what the member took from the document and will do, where the committee asks for it"),
    kind=Sort.SENSITIVE,
)


class ReflectionKind(models.TextChoices):
    REFLECTION = "reflection", _("written reflection")
    COMMITMENT = "commitment", _("written commitment")


class ReflectionCall(models.Model):
    """A committee asks everybody below it who has to hear of a document for a paper of their own, by a day."""

    placement = Placement.REFERENCE
    personal = Held(_("calls for reflections and commitments"), {"asked_by": WHO})

    document = models.ForeignKey(Document, models.PROTECT, related_name="reflection_calls")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("what is asked for"), max_length=10, choices=ReflectionKind.choices)
    due = models.DateField(_("to hand in by"))
    asked_at = models.DateTimeField(default=now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "unit", "kind"], name="reflection_asked_for_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.due:%d/%m/%Y}"


class ReflectionState(models.TextChoices):
    HANDED_IN = "handed_in", _("handed in")
    RETURNED = "returned", _("returned")
    ON_PAPER = "on_paper", _("received on paper")


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def handed_in(self) -> ReflectionQuerySet:
        """Those that count: what was returned waits for its writer."""
        return self.exclude(state=ReflectionState.RETURNED)


class Reflection(models.Model):
    """That one person has handed in what was asked of them about a document; the words stand in ``ReflectionText``."""

    placement = Placement.LEAF
    personal = Held(
        _("reflections and commitments handed in"),
        {"person": WRITTEN.but(label=_("who hands it in")), "noted_by": WHO.but(label=_("who received it"))},
    )

    pk = models.CompositePrimaryKey("unit_id", "document_id", "person_id", "kind")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=ReflectionKind.choices)
    state = models.CharField(max_length=9, choices=ReflectionState.choices)
    at = models.DateTimeField(default=now)
    # Once: a second time they talk to each other.
    returned_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "document"], name="reflection_of_person"),
            models.Index(fields=["document", "unit"], name="reflection_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id} {self.kind}"


class ReflectionText(models.Model):
    """The words of a paper and of its return. Read by its writer and the head of the cell; kept for a while."""

    placement = Placement.LEAF
    personal = Held(
        _("texts of reflections and commitments"),
        {
            "person": WRITTEN.but(label=_("who wrote it"), keep=Keep(_("%(days)s days"), TEXTS_KEPT)),
            "text": WRITTEN.but(label=_("what it says"), keep=Keep(_("%(days)s days"), TEXTS_KEPT)),
            "word": WRITTEN.but(label=_("why it was returned"), keep=Keep(_("%(days)s days"), TEXTS_KEPT)),
        },
    )

    pk = models.CompositePrimaryKey("unit_id", "document_id", "person_id", "kind")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=ReflectionKind.choices)
    text = EncryptedTextField(_("text"))
    word = EncryptedTextField(_("why it comes back"), blank=True, default="")
    written_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["person", "document"], name="reflection_text_of_person"),
            models.Index(fields=["written_at"], name="reflection_text_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id} {self.kind}"
