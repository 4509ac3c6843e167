"""Meetings at which documents are disseminated, who is called to them and who came."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet
from thongsuot.dissemination.models.receipts import REACHED
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Reorganization, Unit
from thongsuot.organizations.reach import person_of, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


# How long a session lasts of which only the beginning is known.
USUAL_LENGTH = dt.timedelta(hours=2)


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

    def in_series_with(self, session: Session) -> SessionQuerySet:
        """The first session and those that make up for it."""
        first = session.first_key
        return self.filter(Q(pk=first) | Q(makes_up=first))


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
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place of the session"), max_length=200)
    presenter = models.CharField(_("presenter"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    called_at = models.DateTimeField(default=now, editable=False)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)
    # Whoever was not called and comes may note themselves as a guest.
    guests_welcome = models.BooleanField(_("guests may note themselves"), default=False, db_default=False)
    # From then on nobody notes themselves any more: attendance is finished by the list.
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Raised by what changes in a calendar: the place of this file after those sent before.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    # Always the first session of a series, never another make-up session.
    makes_up = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="make_ups"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("A session ends after it begins. Check the two hours."),
            )
        ]
        indexes = [models.Index(fields=["unit", "-starts_at"], name="session_of_unit")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dissemination:session", args=[self.pk])

    @property
    def first_key(self) -> int:
        """Of the session that this one makes up for, else its own."""
        return self.makes_up_id or self.pk

    @property
    def until(self) -> dt.datetime:
        """When it ends: as it was said, else after the usual time."""
        return self.ends_at or self.starts_at + USUAL_LENGTH

    @property
    def opens_at(self) -> dt.datetime:
        """From when on people may note themselves as present."""
        return self.starts_at - dt.timedelta(minutes=settings.ATTENDANCE_OPENS_MINUTES)

    @property
    def closes_at(self) -> dt.datetime:
        """Until when; whoever shows the screen may close it earlier."""
        return self.until + dt.timedelta(minutes=settings.ATTENDANCE_OPENS_MINUTES)

    @property
    def can_be_made_up(self) -> bool:
        """A make-up session follows a session that was held: this one, or the first of its series."""
        return SessionState.HELD in (self.state, (self.makes_up or self).state)


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


class Way(models.TextChoices):
    """How it became known who was there."""

    LIST = "list", _("noted on the list")
    CODE = "code", _("by the code on the screen")
    IMPORT = "import", _("from the list of a meeting system")
    PAPER = "paper", _("by a signed sheet")


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
    # The way of the last mark; empty while nobody has marked.
    way = models.CharField(
        _("how it became known"), max_length=6, choices=Way.choices, blank=True, default="", db_default=""
    )
    # The bridge point of an online conference at which the person was; none: the main room, or not there.
    point = models.ForeignKey(
        "BridgePoint", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["session", "unit"], name="attendance_of_session"),
            models.Index(fields=["person", "unit"], name="attendance_of_person"),
            models.Index(fields=["point"], name="attendance_at_point", condition=Q(point__isnull=False)),
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
