"""What the page of one task shows: where it stands, its parts, its history, who may be given a part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from thongsuot.core.keys import number_in
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Membership, Person, Position, Unit
from thongsuot.organizations.queries import units_below
from thongsuot.tasks.models import HandedPart, ProgressEntry, Task, TaskHandover, TaskQuerySet, TaskState
from thongsuot.tasks.permissions import can_name_doer

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

_FIGURE = DecimalField(max_digits=14, decimal_places=2)
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Measure:
    """What was counted for a task: by itself and by those it was passed on to."""

    own: Decimal
    below: Decimal
    goal: Decimal | None

    @property
    def done(self) -> Decimal:
        return self.own + self.below

    @property
    def permille(self) -> int:
        """How far the goal is reached, for the bar: never more than the whole of it."""
        return min(1000, max(0, int(self.done * 1000 / self.goal))) if self.goal else 0


def visible_task(user: Viewer) -> TaskQuerySet:
    """The tasks this person may open, with what every page of one task needs."""
    related = ("unit", "giver", "assignee", "document", "provision", "parent", "created_by")
    return Task.objects.visible_to(user).select_related(*related).defer("document__text")


def parts_of(task: Task) -> TaskQuerySet:
    """The child tasks with ``below``: what was reported under them, counted in the same unit of measure."""
    under = Task.objects.filter(parent=OuterRef("pk"), measure_unit=OuterRef("measure_unit"))
    under = under.exclude(state=TaskState.STOPPED).order_by()
    total = under.values("parent").annotate(sum=Sum("measure_done")).values("sum")
    below = Coalesce(Subquery(total, output_field=_FIGURE), _NOTHING, output_field=_FIGURE)
    children = Task.objects.filter(parent=task).select_related("unit", "assignee")
    return children.annotate(below=below).order_by("unit__sort_key", "assignee__sort_key", "pk")


def measure_of(task: Task, parts: list[Task]) -> Measure:
    """The figure of a task from its own reports and its parts', which nothing stores twice.

    Metres are not added to households: parts that count something else stay beside it.
    """
    unit = task.measure_unit
    counted = [part for part in parts if part.state != TaskState.STOPPED and part.measure_unit == unit]
    below = sum((part.measure_done + part.below for part in counted), _NOTHING)  # type: ignore[attr-defined]  # annotated
    return Measure(own=task.measure_done, below=below, goal=task.measure_goal)


def entries_of(task: Task) -> QuerySet[ProgressEntry]:
    """The facts, newest first: of the unit that has the task, and of those that had it before."""
    before = TaskHandover.objects.filter(task=task, part=HandedPart.UNIT).values("from_unit")
    facts = ProgressEntry.objects.filter(Q(unit=task.unit_id) | Q(unit__in=before), task=task)
    return facts.select_related("by", "photo").order_by("-at", "-id")


def history_of(task: Task) -> list[ProgressEntry | TaskHandover]:
    """The facts and how the task passed from unit to unit, newest first, in two queries."""
    shown = (HandedPart.UNIT, HandedPart.SHARE)
    handed = task.handovers.filter(part__in=shown).select_related("from_unit", "to_unit")
    return sorted([*handed, *entries_of(task)], key=lambda row: row.at, reverse=True)


def doer_of(user: Viewer, task: Task) -> str:
    """Who of the unit does the task, as far as this person may know; nothing when it is the unit's own."""
    if task.assignee is None:
        return ""
    return task.assignee.name if can_name_doer(user, task) else _("a member")


def author_of(user: Viewer, task: Task, by: User) -> str:
    """Who wrote a line of the history, by the same rule."""
    is_doer = task.assignee is not None and task.assignee.user_id == by.pk
    return _("a member") if is_doer and not can_name_doer(user, task) else str(by)


def document_of(user: Viewer, document_id: int | None) -> Document | None:
    """The document a task comes from, when it circulates in a unit of the reader's."""
    if document_id is None:
        return None
    return Document.objects.visible_to(user).only("pk", "symbol", "subject").filter(pk=document_id).first()


@dataclass(frozen=True)
class Recipient:
    """Somebody a task can be passed on to; ``key`` is how the form names them."""

    key: str
    unit: Unit
    person: Person | None = None
    post: str = ""

    @property
    def is_person(self) -> bool:
        return self.person is not None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.unit.short_name


def recipients_for(task: Task) -> list[Recipient]:
    """The units directly below, then the people who hold a post in the unit or are members of it."""
    below = units_below(task.unit).filter(parent=task.unit_id).order_by("sort_key", "pk")
    return [Recipient(f"u{unit.pk}", unit) for unit in below] + people_of(task.unit)


def people_of(unit: Unit) -> list[Recipient]:
    """Who can be given a task by name in a unit: its posts first, then its members."""
    found: dict[int, Recipient] = {}
    posts = Position.objects.valid_on().filter(unit=unit).select_related("person")
    for post in posts.order_by("-is_head", "person__sort_key", "pk"):
        key = f"p{unit.pk}-{post.person_id}"
        found.setdefault(post.person_id, Recipient(key, unit, post.person, post.title))
    members = Membership.objects.valid_on().filter(unit=unit).select_related("person")
    for member in members.order_by("person__sort_key", "pk"):
        found.setdefault(member.person_id, Recipient(f"p{unit.pk}-{member.person_id}", unit, member.person))
    return list(found.values())


def chosen_recipients(task: Task, keys: list[str]) -> list[Recipient]:
    """The recipients with these keys, in their order; keys of units outside the task's are left out."""
    wanted: list[tuple[int, int | None]] = []
    for key in dict.fromkeys(keys):
        kind, (unit_text, _dash, person_text) = key[:1], key[1:].partition("-")
        unit, person = number_in(unit_text), number_in(person_text)
        if unit and (kind, person) == ("u", None):
            wanted.append((unit, None))
        elif unit and person and kind == "p":
            wanted.append((unit, person))
    units_by_key = Unit.objects.under(task.unit).in_bulk([unit for unit, _person in wanted])
    # Only people of these units: a made-up key must not tell what somebody elsewhere is called.
    here = Q(pk__in=Membership.objects.valid_on().filter(unit__in=units_by_key).values("person"))
    here |= Q(pk__in=Position.objects.valid_on().filter(unit__in=units_by_key).values("person"))
    people = Person.objects.filter(here).in_bulk([person for _unit, person in wanted if person])
    return [
        Recipient(f"p{unit}-{person}" if person else f"u{unit}", units_by_key[unit], people.get(person or 0))
        for unit, person in wanted
        if unit in units_by_key and (person is None or person in people)
    ]
