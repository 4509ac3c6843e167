"""Dissemination: who must hear of a document, in which sessions, who was there, who has read.

Coverage = distinct people reached / people required on that day; timeliness = the share reached by the
deadline. Both are computed from counters, never typed (Directive 01-CT/TW 2026; docs/sources.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Min, Q, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Held, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet
from thongsuot.documents.counting import Leaves, SubtreeTotal, UnitCounter
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Reorganization, Unit
from thongsuot.organizations.reach import person_of, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

REACHED = Personal(_("to count whom a document has reached"), kind=Sort.SENSITIVE)


class Requirement(models.Model):
    """Somebody requires that every member under these units hears of a document by a day.

    ``text_sha256`` is the version: what a person confirms is this text.
    """

    placement = Placement.REFERENCE
    personal = Held(_("orders to disseminate"), {"opened_by": WHO}, none=("text_sha256",))

    document = models.ForeignKey(Document, models.PROTECT, related_name="requirements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.DateField(_("to reach everyone by"))
    text_sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField(default=now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["document", "opened_at"], name="requirement_of_document")]

    def __str__(self) -> str:
        return f"{self.document}: {self.due:%d/%m/%Y}"


class Channel(models.TextChoices):
    SESSION = "session", _("at a session")
    READING = "reading", _("read and confirmed")
    VOUCHED = "vouched", _("confirmed by the head of the cell")


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, user: Viewer) -> ReceiptQuerySet:
        """A person's own, and by name only to the head of the cell and the leaders it reports to."""
        mine = Q(person__in=Person.objects.same_as(person_of(user)))
        return self.filter(reach(user, Permission.MEMBERS_READ) | mine)


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
            )
        ]
        indexes = [
            models.Index(fields=["person", "document"], name="receipt_of_person"),
            models.Index(fields=["document", "unit", "reached_on"], name="receipt_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.person_id}"


class ReachVerb(models.TextChoices):
    REACHED = "reached", _("reached")
    WITHDRAWN = "withdrawn", _("taken back")


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


class Form(models.TextChoices):
    """The forms of docs/sources.md, "Forms of dissemination"."""

    CONFERENCE = "hoi_nghi_truc_tiep", _("conference")
    ONLINE = "truc_tuyen", _("online conference")
    LECTURE = "xem_video", _("recorded lectures")
    CELL_MEETING = "sinh_hoat_chi_bo", _("cell meeting")
    MASS_ORGANISATION = "doan_the", _("meeting of a mass organisation")
    NEIGHBOURHOOD = "to_dan_pho", _("neighbourhood meeting")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class SessionQuerySet(SearchQuerySet["Session"]):
    def visible_to(self, user: Viewer) -> SessionQuerySet:
        """Sessions called in, or for, units the person's roles reach, and those they are invited to."""
        invited = SessionUnit.objects.filter(reach(user, Permission.SESSION_READ)).values("session_id")
        own = Person.objects.same_as(person_of(user))
        mine = Attendance.objects.filter(person__in=own).values("session_id")
        return self.filter(reach(user, Permission.SESSION_READ) | Q(pk__in=invited) | Q(pk__in=mine))


class Session(Searchable):
    """A meeting at which documents are disseminated to the members of one or several cells."""

    placement = Placement.REFERENCE
    personal = Held(
        _("sessions"),
        {
            "presenter": WORDS.but(label=_("presenter")),
            "search_text": FOUND_BY,
            "called_by": WHO,
        },
        none=("sort_key", "title", "place"),
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sessions")
    title = models.CharField(_("name of the session"), max_length=250)
    form = models.CharField(
        _("form of the session"), max_length=20, choices=Form.choices, default=Form.CELL_MEETING
    )
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place of the session"), max_length=200)
    presenter = models.CharField(_("presenter"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    called_at = models.DateTimeField(default=now, editable=False)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "-starts_at"], name="session_of_unit")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dissemination:session", args=[self.pk])


class SessionDocument(models.Model):
    """A document on the agenda of a session."""

    placement = Placement.REFERENCE

    session = models.ForeignKey(Session, models.PROTECT, related_name="agenda")
    document = models.ForeignKey(Document, models.PROTECT, related_name="sessions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "document"], name="session_document_once")]

    def __str__(self) -> str:
        return str(self.document)


class SessionUnit(models.Model):
    """A cell whose members are called to a session, with the counts of its attendance rows."""

    placement = Placement.REFERENCE

    session = models.ForeignKey(Session, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    called = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "unit"], name="session_unit_once")]

    def __str__(self) -> str:
        return str(self.unit)


class AttendanceState(models.TextChoices):
    EXPECTED = "expected", _("expected")
    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")
    EXCUSED = "excused", _("absent with leave")


class Attendance(models.Model):
    """One person called to one session, and whether they came."""

    placement = Placement.LEAF
    personal = Held(
        _("attendance"),
        {"person": REACHED.but(label=_("who was called")), "marked_by": WHO.but(label=_("who marked it"))},
    )

    pk = models.CompositePrimaryKey("unit_id", "session_id", "person_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance", db_index=False)
    state = models.CharField(max_length=8, choices=AttendanceState.choices, default=AttendanceState.EXPECTED)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["session", "unit"], name="attendance_of_session"),
            models.Index(fields=["person", "unit"], name="attendance_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id} {self.state}"


class SessionHandover(models.Model):
    """That a coming session passed from a unit that ended to its successor: who calls it, or a cell called to it.

    ``people`` are those whose places at it moved with the cell; ``joined``: the successor was called already.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("sessions that passed to another unit"),
        {"people": REACHED.but(label=_("keys of those who were called"))},
    )

    session = models.ForeignKey(Session, models.PROTECT, related_name="handovers")
    of_cell = models.BooleanField()
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reorganization = models.ForeignKey(Reorganization, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    people = models.JSONField(default=list)
    joined = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "reorganization", "of_cell", "from_unit"], name="session_handed_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.from_unit_id} → {self.to_unit_id}"


class CoverageCounter(UnitCounter):
    """People of one cell: who must hear of a document, who has, who in time; whether the cell has met for it."""

    MEASURES = ("required", "reached", "in_time", "by_session", "met", "cells")
    FIRSTS = ("first_met_on",)

    required = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    by_session = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    cells = models.IntegerField(default=0)
    folded_required = models.IntegerField(default=0)
    folded_reached = models.IntegerField(default=0)
    folded_in_time = models.IntegerField(default=0)
    folded_by_session = models.IntegerField(default=0)
    folded_met = models.IntegerField(default=0)
    folded_cells = models.IntegerField(default=0)
    first_met_on = models.DateField(null=True, blank=True)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("coverage_counter")
        constraints = [
            models.CheckConstraint(
                condition=Q(reached__lte=models.F("required"), in_time__lte=models.F("reached")),
                name="reached_are_among_the_required",
            )
        ]

    @classmethod
    def leaves(cls) -> list[Leaves]:
        of_receipts = {
            "required": Count("person_id"),
            "reached": Count("reached_on"),
            "in_time": Count("person_id", filter=Q(reached_on__lte=F("due"))),
            "by_session": Count("person_id", filter=Q(channel=Channel.SESSION)),
            "cells": Max(Value(1)),
        }
        day = TruncDate("session__starts_at", tzinfo=ZoneInfo(settings.TIME_ZONE))
        present = Attendance.objects.filter(state=AttendanceState.PRESENT)
        of_meetings = {"met": Max(Value(1)), "first_met_on": Min(day)}
        return [
            Leaves(Receipt.objects.all(), of_receipts),
            # A cell whose members were all required elsewhere may meet: that makes no counter.
            Leaves(present, of_meetings, "session__agenda__document_id", found=False),
        ]


class CoverageTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it."""

    COUNTER = CoverageCounter

    required = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    by_session = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    cells = models.IntegerField(default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("coverage_total")
