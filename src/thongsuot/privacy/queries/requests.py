"""Requests about one's own data, for the person and for the officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.ui.items import Entry
from thongsuot.organizations.models import Affiliation, Membership, Person, Position
from thongsuot.organizations.models.people import PersonQuerySet
from thongsuot.organizations.reach import person_of, reach
from thongsuot.privacy.models import DataRequest, RequestState
from thongsuot.privacy.models.requests import RequestQuerySet

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

OPEN, LATE, ANSWERED = "", "tre", "xong"


@dataclass(frozen=True)
class Waiting:
    """How many requests wait within an officer's reach, and how many of them beyond their day."""

    open: int
    late: int


def waiting_for(user: Viewer) -> Waiting:
    late = Count("pk", filter=Q(answer_by__lt=today()))
    told = DataRequest.objects.to_answer(user).open().aggregate(open=Count("pk"), late=late)
    return Waiting(told["open"], told["late"])


def to_answer(user: Viewer, which: str) -> RequestQuerySet:
    """Of one's reach: what waits, the most urgent first; or what has been answered, the newest first."""
    rows = DataRequest.objects.to_answer(user).select_related("person", "unit")
    if which == ANSWERED:
        return rows.exclude(state=RequestState.OPEN).order_by("-asked_at", "-pk")
    waiting = rows.open()
    if which == LATE:
        waiting = waiting.filter(answer_by__lt=today())
    return waiting.order_by("answer_by", "pk")


def people_in_care(user: Viewer, text: str = "") -> PersonQuerySet:
    """People with a post or membership, of any time, where this officer looks after personal data."""
    within = reach(user, Permission.PRIVACY_MANAGE)
    posts = Position.objects.filter(within, person=OuterRef("pk"))
    members = Membership.objects.filter(within, person=OuterRef("pk"))
    belonging = Affiliation.objects.filter(within, person=OuterRef("pk"))
    people = Person.objects.current().filter(
        Exists(posts) | Exists(members) | Exists(belonging), erased_at=None
    )
    return (people.search(text) if text else people).order_by("sort_key", "pk")


def own_requests(user: Viewer) -> RequestQuerySet:
    return DataRequest.objects.of(person_of(user)).order_by("-asked_at", "-pk")


def steps_of(request: DataRequest) -> list[Entry]:
    steps = sorted(request.steps.select_related("by"), key=lambda step: (step.at, step.pk))
    return [Entry(step.at, str(step.by), str(step.get_verb_display()), step.words) for step in steps]
