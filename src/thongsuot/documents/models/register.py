"""The register: documents as they were issued, what they cite, what they demand, and where they circulate.

The frame of a registered document is never changed; what is wrong with it is said by a new fact. Its text changes only
by a version that the issuer publishes (``DocumentVersion``), beside which the registered one is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Held, nothing
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet
from thongsuot.documents.kinds import Direction, Kind, Regime, Urgency
from thongsuot.files.models import StoredFile
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach, reaches_everything_below_a_root

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


ABOUT = re.compile(r"^\s*(về việc|v/v|về)\s+", re.IGNORECASE)


class DocumentQuerySet(SearchQuerySet["Document"]):
    def visible_to(self, user: Viewer) -> DocumentQuerySet:
        """Documents that circulate in a unit where the person may read."""
        circulating = Circulation.objects.filter(reach(user, Permission.DOCUMENT_READ))
        if reaches_everything_below_a_root(user, Permission.DOCUMENT_READ):
            # Nearly all documents: asked one by one, for all circulations of ten years are too many for a list.
            return self.filter(models.Exists(circulating.filter(document=models.OuterRef("pk"))))
        return self.filter(pk__in=circulating.values("document_id"))


class Document(Searchable):
    """A document as issued. ``unit`` is the unit that first registered it here."""

    placement = Placement.REFERENCE
    personal = Held(
        _("documents"),
        {
            "signer": WORDS.but(label=_("signer")),
            "signer_title": WORDS.but(label=_("position of the signer")),
            "subject": WORDS.but(label=_("subject")),
            "text": WORDS.but(label=_("text of the paper")),
            "summary": WORDS.but(label=_("lines to remember")),
            "search_text": FOUND_BY,
            "registered_by": WHO,
        },
        none=(
            *("sort_key", "symbol", "issuing_body", "issuing_body_parent", "place", "sign_authority"),
            *("recipients", "text_sha256", "identity"),
        ),
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    regime = models.CharField(_("regime"), max_length=10, choices=Regime.choices, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=250)
    issuing_body_parent = models.CharField(_("body above the issuing body"), max_length=250, blank=True)
    issuing_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="issued_documents"
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    issued_on = models.DateField(_("date"))
    subject = models.CharField(_("subject"), max_length=1000)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    signer_title = models.CharField(_("position of the signer"), max_length=200, blank=True)
    sign_authority = models.CharField(_("authority line"), max_length=250, blank=True)
    recipients = models.JSONField(_("recipients"), default=list, blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency.choices, blank=True)
    is_illustration = models.BooleanField(default=False)

    # The text in force; earlier ones are kept as ``DocumentVersion``.
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    summary = models.TextField(_("five lines to remember"), blank=True)

    # symbol|body|year, folded: Decree 30 asks for a warning on the same number, symbol and body; the year keeps
    # two terms apart, in which Party numbers begin anew. Empty when the paper has no symbol.
    identity = models.CharField(max_length=400, editable=False)
    registered_at = models.DateTimeField(default=now, editable=False)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "identity"],
                condition=~models.Q(identity=""),
                name="document_once_in_unit",
                violation_error_message=_(
                    "A document with this number, symbol and body is already in the register."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-issued_on", "-id"], name="document_register"),
            models.Index(fields=["-issued_on", "-id"], name="document_newest"),
        ]

    def __str__(self) -> str:
        return self.symbol or self.subject

    @property
    def short_subject(self) -> str:
        """The subject as a title: without the "về", "về việc" or "V/v" in front of it."""
        plain = ABOUT.sub("", self.subject, count=1)
        return plain[:1].upper() + plain[1:]

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])


class Relation(models.TextChoices):
    BASED_ON = "based_on", _("is based on")
    IMPLEMENTS = "implements", _("implements")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    REPEALS = "repeals", _("repeals")
    REFERS_TO = "refers_to", _("refers to")


class DocumentRelation(models.Model):
    """``document`` cites another one; ``target`` is filled where that is in the register."""

    placement = Placement.REFERENCE
    personal = nothing("kind", "symbol", "issuing_body", "title")

    document = models.ForeignKey(Document, models.PROTECT, related_name="relations")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    target = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="cited_by")
    kind = models.CharField(max_length=80, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuing_body = models.CharField(max_length=250, blank=True)
    title = models.CharField(max_length=500, blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    # Of a replacement: somebody has said what becomes of what was open of the old document.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["target", "relation"], name="relation_to_document")]

    def __str__(self) -> str:
        return f"{self.document} {self.relation} {self.symbol or self.title}"


class ProvisionKind(models.TextChoices):
    TASK = "task", _("task")
    TARGET = "target", _("target")


class Provision(models.Model):
    """What a document demands: a task or a target, as confirmed by a person, with the words it comes from.

    ``for_recipients``: every unit that receives the document has to do it.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("what documents demand"),
        {
            "text": WORDS.but(label=_("words of the demand")),
            "lead_text": WORDS.but(label=_("who leads, as written")),
            "coordinator_text": WORDS.but(label=_("who has a part, as written")),
        },
        none=("section", "deadline_text", "product", "comparator", "value", "measure_unit", "period"),
    )

    document = models.ForeignKey(Document, models.PROTECT, related_name="provisions")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=ProvisionKind.choices)
    section = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    lead_text = models.CharField(max_length=500, blank=True)
    coordinator_text = models.CharField(max_length=1000, blank=True)
    for_recipients = models.BooleanField(default=False)
    deadline_text = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    product = models.CharField(max_length=300, blank=True)
    comparator = models.CharField(max_length=2, blank=True)
    value = models.CharField(max_length=60, blank=True)
    measure_unit = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=120, blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="provision_in_order")]

    def __str__(self) -> str:
        return self.text[:80]


class Part(models.TextChoices):
    LEAD = "lead", _("leads")
    COORDINATE = "coordinate", _("coordinates")


class ProvisionUnit(models.Model):
    """A unit of ours that a provision names, as lead or as coordinator."""

    placement = Placement.REFERENCE

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provision", "unit"], name="provision_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.part}"


class Circulation(models.Model):
    """A unit whose people may read a document: the one place from which ``visible_to`` starts.

    Written when a unit registers the document, is sent it, or has people who must hear of it.
    """

    placement = Placement.LEAF

    pk = models.CompositePrimaryKey("unit_id", "document_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["document"], name="circulation_of_document")]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.unit_id}"
