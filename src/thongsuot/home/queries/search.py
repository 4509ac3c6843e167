"""One search over what a person may see: documents, tasks, units, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.ui.items import Text
from thongsuot.core.ui.words import day
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Membership, Person, Position
from thongsuot.organizations.queries import units_visible_to
from thongsuot.organizations.queries.people import within_need
from thongsuot.organizations.reach import reach
from thongsuot.tasks.models import Task
from thongsuot.tasks.queries import doer_of, in_order
from thongsuot.tasks.standing import standing_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST = 10
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    title: Text
    note: Text
    url: str = ""


@dataclass(frozen=True)
class SearchGroup:
    """What was found in one subject; ``all_url`` leads to the full list when there is more."""

    label: Text
    icon: str
    found: Sequence[Found]
    all_url: str = ""


def search(user: Viewer, text: str) -> list[SearchGroup]:
    """At most ten of each subject, in one query a subject; nothing for a single letter."""
    text = text.strip()[:200]
    if len(text) < SHORTEST:
        return []
    words = urlencode({"q": text})
    groups = [
        _group(_("Documents"), "document", _documents(user, text), f"{reverse('documents:list')}?{words}"),
        _group(_("Tasks"), "flag", _tasks(user, text), f"{reverse('tasks:list')}?{words}&trang-thai=all"),
        _group(_("Organisations"), "unit", _units(user, text)),
        _group(_("People"), "people", _people(user, text)),
    ]
    return [group for group in groups if group.found]


def _group(label: str, icon: str, found: Iterable[Found], all_url: str = "") -> SearchGroup:
    rows = list(found)
    return SearchGroup(label, icon, rows[:MOST], all_url if len(rows) > MOST else "")


def _documents(user: Viewer, text: str) -> list[Found]:
    rows = Document.objects.visible_to(user).search(text).defer("text").order_by("-issued_on", "-pk")
    return [
        Found(
            f"{row.symbol} {row.subject}".strip(),
            f"{row.issuing_body}, {day(row.issued_on)}",
            row.get_absolute_url(),
        )
        for row in rows[: MOST + 1]
    ]


def _tasks(user: Viewer, text: str) -> list[Found]:
    rows = in_order(Task.objects.visible_to(user).search(text), mixed=True)[: MOST + 1]
    return [
        Found(
            row.text,
            f"{doer_of(user, row) or row.unit.short_name} · {standing_of(row).text}",
            row.get_absolute_url(),
        )
        for row in rows
    ]


def _units(user: Viewer, text: str) -> list[Found]:
    found = units_visible_to(user).search(text).valid_on().order_by("depth", "sort_key", "pk")
    rows = found.select_related("parent")[: MOST + 1]
    return [
        Found(row.name, row.parent.short_name if row.parent else "", row.get_absolute_url()) for row in rows
    ]


def _people(user: Viewer, text: str) -> list[Found]:
    """People with a post in a unit the person looks into, and members of cells whose members they may see.

    Who is a member of which cell is sensitive (Law 91/2025/QH15): it is said to those who keep that list only.
    """
    need = within_need(user)
    members = Membership.objects.valid_on().filter(need, reach(user, Permission.MEMBERS_READ))
    posts = Position.objects.valid_on().filter(need, reach(user, Permission.UNIT_READ))
    seen = Q(pk__in=members.values("person")) | Q(pk__in=posts.values("person"))
    found = Person.objects.current().filter(seen).search(text)
    people = list(found.order_by("sort_key", "pk")[: MOST + 1])
    places: dict[int, list[str]] = {}
    for post in posts.filter(person__in=people).select_related("unit").order_by("-is_head", "pk"):
        places.setdefault(post.person_id, []).append(f"{post.title}, {post.unit.short_name}")
    for member in members.filter(person__in=people).select_related("unit__parent").order_by("pk"):
        cell = member.unit
        where = f"{cell.short_name}, {cell.parent.short_name}" if cell.parent else cell.short_name
        places.setdefault(member.person_id, []).append(where)
    return [
        Found(person.name, " · ".join(places.get(person.pk, [])), person.get_absolute_url())
        for person in people
    ]
