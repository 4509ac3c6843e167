"""Who must hear of a document, who has, and the facts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.requirements import Requirement
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import person_of, reach

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

REACHED = Personal(_("to count whom a document has reached"), kind=Sort.SENSITIVE)


class Channel(models.TextChoices):
    SESSION = "session", _("at a session")
    READING = "reading", _("read and confirmed")
    VOUCHED = "vouched", _("confirmed by the head of the cell")
    PAPER = "paper", _("signed on paper")


class Outside(models.TextChoices):
    """Why a person is no longer asked, whatever becomes of the document."""

    NOT = "", _("is asked")
    EXEMPT = "exempt", _("exempt")
    GONE = "gone", _("no longer belongs here")


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, user: Viewer) -> ReceiptQuerySet:
        """A person's own, and by name only to the head of the cell and the leaders it reports to."""
        mine = Q(person__in=Person.objects.same_as(person_of(user)))
        return self.filter(reach(user, Permission.MEMBERS_READ) | mine)

    def own_of(self, user: User | int, document: int) -> ReceiptQuerySet:
        """What the person of an account is asked about one document, looked for among the person's own.

        The sum hides the index of the document. In the minutes after a paper went to 150,000 people PostgreSQL has
        not counted their rows yet, takes them for one, and went through all of them for each reader: 0.8 seconds.
        """
        own = self.filter(person__in=Person.objects.of(user))
        return own.alias(paper=ExpressionWrapper(F("document_id") + 0, models.BigIntegerField())).filter(
            paper=document
        )


class Receipt(models.Model):
    """One person who must hear of one document, counted in the cell they belonged to when it was required."""

    placement = Placement.LEAF
    personal = Held(_("documents to take note of"), {"person": REACHED.but(label=_("who has to take note"))})

    pk = models.CompositePrimaryKey("unit_id", "document_id", "person_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="receipts", db_index=False)
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+", db_index=False)
    due = models.DateField()
    # The last text of substance when it was asked, or asked again: a later correction serves as well.
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    # One of the key cadres on the day it was asked (docs/dissemination.md says who is).
    is_key = models.BooleanField(default=False, db_default=False)
    # Nobody asks for it any more, and nothing had reached this person: because the document was taken back
    # (``recalled``), or the person stands ``outside``, or both.
    released_at = models.DateTimeField(null=True, blank=True)
    recalled = models.BooleanField(default=False, db_default=False)
    outside = models.CharField(
        max_length=6, choices=Outside.choices, default=Outside.NOT, db_default="", blank=True
    )
    reached_at = models.DateTimeField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True)
    # The session that reached this person: a correction of its attendance takes back only this.
    session = models.ForeignKey(
        "Session", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reached_at=None, reached_on=None, channel="")
                | (Q(reached_at__isnull=False, reached_on__isnull=False) & ~Q(channel="")),
                name="reached_has_day_and_channel",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, recalled=False, outside="")
                | (Q(released_at__isnull=False, reached_at=None) & (Q(recalled=True) | ~Q(outside=""))),
                name="released_has_a_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "document"], name="receipt_of_person"),
            models.Index(fields=["document", "unit", "reached_on"], name="receipt_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id}"


# Whose word counts that they have heard: those who are asked, and exempt members who hear of it all the same.
MAY_HEAR = Q(released_at=None) | Q(outside=Outside.EXEMPT, recalled=False)


class ReachVerb(models.TextChoices):
    REACHED = "reached", _("reached")
    WITHDRAWN = "withdrawn", _("taken back")
    # Nothing to count: it stands in for what reached the person, should that be taken back.
    ALSO = "also", _("reached in another way as well")


class ReachEvent(models.Model):
    """The fact behind a receipt: reached how, when and by whose word, or taken back with a reason."""

    placement = Placement.LEAF
    personal = Held(
        _("confirmations of having taken note"),
        {
            "person": REACHED.but(label=_("who took note")),
            "by": WHO.but(label=_("by whose word")),
            "reason": WORDS.but(label=_("reason")),
        },
        none=("text_sha256",),
    )

    pk = models.CompositePrimaryKey("unit_id", "id")
    id = models.UUIDField(default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=9, choices=ReachVerb.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(
        "Session", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    text_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "document", "person"], name="reach_event_of_receipt")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id} {self.verb}"
