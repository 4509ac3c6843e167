"""A table of units or people that came in as a file: its rows, what would become of each, what became of it.

The file itself is not kept. Its rows hold personal data and go after a while (``imports.clearing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, WORDS, Basis, Held, Keep, Personal
from thongsuot.core.placement import Placement
from thongsuot.organizations.models.units import Unit

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

SOME_DAYS = Keep(_("%(days)s days"), "organizations.import_rows")
OF_A_TABLE = Personal(_("to show what an import does, and to undo it"), Basis.RECORDS, keep=SOME_DAYS)


class ImportSubject(models.TextChoices):
    UNITS = "units", pgettext_lazy("import", "Units")
    PEOPLE = "people", pgettext_lazy("import", "People, posts and memberships")


class ImportState(models.TextChoices):
    READING = "reading", pgettext_lazy("import", "being read")
    MAPPING = "mapping", pgettext_lazy("import", "columns to be checked")
    PLANNING = "planning", pgettext_lazy("import", "being looked through")
    PLANNED = "planned", pgettext_lazy("import", "waiting for your decision")
    RUNNING = "running", pgettext_lazy("import", "being carried out")
    STOPPED = "stopped", pgettext_lazy("import", "stopped")
    DONE = "done", pgettext_lazy("import", "carried out")
    UNDOING = "undoing", pgettext_lazy("import", "being undone")
    UNDONE = "undone", pgettext_lazy("import", "undone")
    DISCARDED = "discarded", pgettext_lazy("import", "given up")


class RowState(models.TextChoices):
    NEW = "new", pgettext_lazy("row of an import", "new")
    CHANGED = "changed", pgettext_lazy("row of an import", "changed")
    SAME = "same", pgettext_lazy("row of an import", "unchanged")
    WRONG = "wrong", pgettext_lazy("row of an import", "error")


PERMISSION_FOR = {
    ImportSubject.UNITS: Permission.UNIT_MANAGE,
    ImportSubject.PEOPLE: Permission.PEOPLE_MANAGE,
}


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Viewer) -> ImportQuerySet:
        """Those below units whose units or people one looks after."""
        from thongsuot.organizations.reach import reach  # it needs the models, and this file is one of them

        within = Q(pk__in=[])
        for subject, permission in PERMISSION_FOR.items():
            within |= Q(subject=subject) & reach(user, permission, "unit")
        return self.filter(within)


class Import(models.Model):
    """One file, for one unit and what lies below it."""

    placement = Placement.LOCAL
    personal = Held(
        _("tables of units and people that came in"),
        {
            "file_name": WORDS.but(label=_("file name"), keep=SOME_DAYS),
            "created_by": WHO,
            "decided_by": WHO.but(label=_("who decided")),
        },
        none=("header", "columns", "notes", "failure"),
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="imports")
    subject = models.CharField(max_length=10, choices=ImportSubject.choices)
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    # By the name of the field, the position of its column.
    columns = models.JSONField(default=dict)
    # The day for rows that name none.
    since = models.DateField(_("From day"))
    # What the reader noted: computed cells, further sheets, a converted encoding.
    notes = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.MAPPING)
    # One import at a time writes: the database refuses the second.
    is_writing = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # When the work last got on: what stands still for long was given up by the queue.
    moved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_writing"], condition=Q(is_writing=True), name="import_writes_alone"
            )
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="import_of_unit")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("organizations:import", args=[self.pk])


class ImportPart(models.Model):
    """Some hundred rows of a file with their results: what is written at once, or not at all.

    ``rows``: ``[number in the file, [cells]]``; ``results``: ``[state, [[code, parameters], …]]``; ``made``: keys
    and former values by which it is undone.
    """

    placement = Placement.LOCAL
    personal = Held(
        _("rows of tables that came in"),
        {
            "rows": OF_A_TABLE.but(label=_("the rows as they stood in the file")),
            "results": OF_A_TABLE.but(label=_("what became of each row")),
            "made": OF_A_TABLE.but(label=_("what was there before, to undo it")),
        },
    )

    batch = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    ordinal = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    results = models.JSONField(default=list)
    made = models.JSONField(default=dict)
    applied = models.BooleanField(default=False)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "ordinal"], name="import_part_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.ordinal}"


class ImportFile(models.Model):
    """The bytes of a large file between its arrival and its being read, minutes later; then they are gone."""

    placement = Placement.LOCAL
    personal = Held(
        _("large tables waiting to be read"),
        {"content": OF_A_TABLE.but(label=_("the file until it has been read"))},
    )

    batch = models.OneToOneField(Import, models.CASCADE, related_name="file", primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.batch_id)
