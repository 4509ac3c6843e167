"""Who speaks at a session, on what and with what papers: the roster, the agenda line by line, the materials."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Held, Personal
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.sessions import Session
from thongsuot.documents.models import Document
from thongsuot.files.models import StoredFile
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.models.units import Validity, ValidityQuerySet
from thongsuot.organizations.reach import ended_below

SPEAKS = Personal(_("to say who presents a document, and to ask them again"), label=_("presenter"))


class PresenterQuerySet(ValidityQuerySet["Presenter"]):
    def for_unit(self, unit: Unit) -> PresenterQuerySet:
        """The roster of a unit and of those above it; what ended units left is their successor's."""
        near = list(Unit.objects.above(unit, itself=True).values_list("pk", flat=True))
        return self.filter(Q(unit__in=near) | Q(unit__in=ended_below(near)))

    def in_order(self) -> PresenterQuerySet:
        return self.select_related("unit", "person").order_by("-unit__path", "sort_key", "pk")


class Presenter(Validity):
    """Somebody on the roster of those who present documents (báo cáo viên): a person here, or a name from outside."""

    placement = Placement.REFERENCE
    personal = Held(
        _("roster of presenters"),
        {
            "person": SPEAKS,
            "name": SPEAKS.but(label=_("name of a presenter from outside")),
            "title": SPEAKS.but(label=_("post of the presenter")),
            "topics": WORDS.but(label=_("what the presenter speaks on")),
            "sort_key": FOUND_BY.but(label=_("place in the alphabet")),
            "added_by": WHO,
        },
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="presenters")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    title = models.CharField(_("post and unit"), max_length=200, blank=True)
    topics = models.CharField(_("topics"), max_length=300, blank=True)
    sort_key = models.CharField(max_length=200, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PresenterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "sort_key"], name="presenter_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(name=""), name="presenter_is_a_person_or_a_name"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="presenter_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=Q(valid_to=None, person__isnull=False),
                name="presenter_once_on_a_roster",
                violation_error_message=_("This person is on the roster already."),
            ),
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name


class SessionPresenter(models.Model):
    """Who of a roster speaks at a session, and on what."""

    placement = Placement.REFERENCE
    personal = Held(_("presenters of sessions"), {"speaks_on": WORDS.but(label=_("what they speak on"))})

    session = models.ForeignKey(Session, models.PROTECT, related_name="speakers")
    presenter = models.ForeignKey(Presenter, models.PROTECT, related_name="appearances")
    speaks_on = models.CharField(_("speaks on"), max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "presenter"], name="session_presenter_once")
        ]

    def __str__(self) -> str:
        return str(self.presenter)


class AgendaLine(models.Model):
    """A line of the agenda: when, what, who."""

    placement = Placement.REFERENCE
    personal = Held(
        _("agendas of sessions"),
        {"what": WORDS.but(label=_("subject of the item")), "who": WORDS.but(label=_("who leads the item"))},
    )

    session = models.ForeignKey(Session, models.PROTECT, related_name="lines")
    ordinal = models.PositiveSmallIntegerField()
    at = models.TimeField(_("time of the item"), null=True, blank=True)
    what = models.CharField(_("subject of the item"), max_length=250)
    who = models.CharField(_("who leads the item"), max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "ordinal"], name="agenda_line_once")]

    def __str__(self) -> str:
        return self.what


class Material(models.Model):
    """What those called may read before and after: a document of the register, or a file found harmless."""

    placement = Placement.REFERENCE
    personal = Held(_("materials of sessions"), {"title": WORDS, "added_by": WHO})

    session = models.ForeignKey(Session, models.PROTECT, related_name="materials")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("name of the material"), max_length=250)
    added_at = models.DateTimeField(default=now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None) ^ Q(file=None), name="material_is_a_document_or_a_file"
            ),
            models.UniqueConstraint(
                fields=["session", "document"],
                condition=Q(document__isnull=False),
                name="material_document_once",
                violation_error_message=_("This document is among the materials already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
