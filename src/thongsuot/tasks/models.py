"""Tasks: what a unit or a person has to do, by when, who gave it and who says it is done.

Law 2: the first deadline stays beside the one in force, progress entries are facts, "done late" stays late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Held, Personal
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet
from thongsuot.documents.models import Document, Provision
from thongsuot.files.models import StoredFile
from thongsuot.organizations.models import Person, Reorganization, Unit
from thongsuot.organizations.reach import person_of, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

WORK = Personal(_("to know who does what by when"))


class TaskState(models.TextChoices):
    ASSIGNED = "assigned", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("waiting to be accepted")
    RETURNED = "returned", _("returned for more work")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


CLOSED = (TaskState.DONE, TaskState.STOPPED)


class Origin(models.TextChoices):
    DOCUMENT = "document", _("from a document")
    OWN = "own", _("given by the unit itself")
    CONCLUSION = "conclusion", _("from an inspection conclusion")


class TaskQuerySet(SearchQuerySet["Task"]):
    def visible_to(self, user: Viewer) -> TaskQuerySet:
        """Tasks of, given by, or coordinated by units the person's roles reach, and the person's own."""
        mine = Q(assignee__in=Person.objects.same_as(person_of(user)))
        coordinated = TaskCoordinator.objects.filter(reach(user, Permission.TASK_READ))
        return self.filter(
            reach(user, Permission.TASK_READ)
            | reach(user, Permission.TASK_READ, "giver")
            | Q(pk__in=coordinated.values("task_id"))
            | mine
        )


class Task(Searchable):
    """One obligation. ``unit`` has to do it; ``giver`` gave it and alone accepts it as done."""

    placement = Placement.REFERENCE
    personal = Held(
        _("tasks"),
        {
            "assignee": WORK.but(label=_("whose task it is")),
            "text": WORDS.but(label=_("what is to be done")),
            "search_text": FOUND_BY,
            "created_by": WHO,
        },
        none=("sort_key", "section", "product", "deadline_text", "measure_name", "measure_unit"),
    )

    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.DOCUMENT)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="tasks")
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, blank=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="given_tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    section = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("what has to be done"))
    product = models.CharField(_("product"), max_length=300, blank=True)
    deadline_text = models.CharField(max_length=300, blank=True)
    first_due = models.DateField(_("first deadline"), null=True, blank=True)
    due = models.DateField(_("deadline"), null=True, blank=True)
    measure_name = models.CharField(_("what is counted"), max_length=120, blank=True)
    measure_unit = models.CharField(_("unit of measure"), max_length=40, blank=True)
    measure_goal = models.DecimalField(
        _("figure to reach"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    measure_done = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    state = models.CharField(_("state"), max_length=12, choices=TaskState.choices, default=TaskState.ASSIGNED)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # The day the work was handed in and later accepted: a slow acceptance does not make the doer late.
    done_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Set once, when work is handed in after its deadline or a deadline that has passed is extended; never unset.
    is_late = models.BooleanField(_("late"), default=False)
    urged_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=TaskState.DONE) | Q(done_on__isnull=False), name="done_task_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(first_due__isnull=False), name="deadline_keeps_the_first"
            ),
            models.UniqueConstraint(
                fields=["provision", "unit"], condition=Q(parent=None), name="provision_once_for_a_unit"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due"], name="task_of_unit"),
            models.Index(fields=["giver", "state", "due"], name="task_of_giver"),
            models.Index(fields=["document", "state", "due"], name="task_of_document"),
            models.Index(fields=["assignee", "state", "due"], name="task_of_person"),
            models.Index(fields=["due", "id"], name="task_by_deadline"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("tasks:task", args=[self.pk])


class TaskCoordinator(models.Model):
    """A unit that has a part in a task led by another; its part is in, waived or awaited on its own."""

    placement = Placement.REFERENCE

    task = models.ForeignKey(Task, models.PROTECT, related_name="coordinators")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="coordinator_once")]

    def __str__(self) -> str:
        return str(self.unit)


class ProgressVerb(models.TextChoices):
    ASSIGN = "assign", _("gave the task")
    REPORT = "report", _("reported progress")
    SUBMIT = "submit", _("handed the work in")
    ACCEPT = "accept", _("accepted the work as done")
    RETURN = "return", _("returned the work")
    EXTEND = "extend", _("moved the deadline")
    URGE = "urge", _("urged the task")
    STOP = "stop", _("stopped the task")


class ProgressEntry(models.Model):
    """One fact in the life of a task: never changed; what is wrong is said by the next one."""

    placement = Placement.LEAF
    personal = Held(
        _("reports on tasks"),
        {"by": WORK.but(label=_("who reported or decided")), "note": WORDS.but(label=_("note"))},
    )

    pk = models.CompositePrimaryKey("unit_id", "id")
    id = models.UUIDField(default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="entries", db_index=False)
    verb = models.CharField(max_length=8, choices=ProgressVerb.choices)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    figure = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "task", "at"], name="progress_of_task")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.verb}"


class HandedPart(models.TextChoices):
    """What of a task passed from a unit that ended to the one that took over."""

    UNIT = "unit", _("the work")
    GIVER = "giver", _("the right to accept it")
    COORDINATOR = "coordinator", _("a part in it")
    SHARE = "share", _("a share of it")
    PARENT = "parent", _("its place beside the same demand")


class TaskHandover(models.Model):
    """That a task passed to a successor, by which reorganisation. Its reports stay with the unit that wrote them.

    ``other`` is the task a share was taken from, or the one of the same demand below which this one hangs now.
    """

    placement = Placement.REFERENCE

    task = models.ForeignKey(Task, models.PROTECT, related_name="handovers")
    part = models.CharField(max_length=11, choices=HandedPart.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reorganization = models.ForeignKey(Reorganization, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    other = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    goal_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "reorganization", "part", "from_unit"], name="task_handed_over_once"
            )
        ]
        indexes = [models.Index(fields=["reorganization", "part"], name="task_handover_of")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.part}: {self.from_unit_id} → {self.to_unit_id}"
