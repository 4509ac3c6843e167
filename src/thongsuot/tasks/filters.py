"""What a list of tasks is asked for, from the address of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import units_visible_to
from thongsuot.organizations.reach import can_anywhere, own_unit_ids
from thongsuot.tasks import queries

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer
    from thongsuot.tasks.models import TaskQuerySet

STATES = {
    "open": _("not yet done"),
    "late": _("overdue"),
    "soon": _("due soon"),
    "in_time": _("in time"),
    "submitted": _("waiting to be accepted"),
    "assigned": _("not started"),
    "returned": _("returned for more work"),
    "done": _("done"),
    "done_in_time": _("done in time"),
    "done_late": _("done late"),
    "all": _("in any state"),
}
WHOSE = {"toi": _("Mine"), "don-vi": _("My unit and below"), "giao": _("Given by us")}
MOST_DOCUMENTS = 50


@dataclass
class TaskFilters:
    """The tab and the sentence of the filter; what does not make sense counts as not asked."""

    user: Viewer
    asked: QueryDict

    @cached_property
    def offered(self) -> list[str]:
        """The tabs that mean something to this person."""
        return list(WHOSE) if can_anywhere(self.user, Permission.TASK_READ) else ["toi"]

    @cached_property
    def whose(self) -> str:
        chosen = self.asked.get("xem", "")
        default = "don-vi" if "don-vi" in self.offered else "toi"
        return chosen if chosen in self.offered else default

    @cached_property
    def state(self) -> str:
        """Open tasks, unless something else is asked for: a unit or a document alone means all of theirs."""
        chosen = self.asked.get("trang-thai", "")
        default = "all" if self.unit or self.document_id else "open"
        return chosen if chosen in STATES else default

    @cached_property
    def text(self) -> str:
        return self.asked.get("q", "").strip()[:200]

    @cached_property
    def unit(self) -> Unit | None:
        key = number_in(self.asked.get("don-vi"))
        return units_visible_to(self.user).filter(pk=key).first() if key else None

    @cached_property
    def document_id(self) -> int | None:
        return number_in(self.asked.get("van-ban"))

    @property
    def _all(self) -> TaskQuerySet:
        lists = {"toi": queries.my_tasks, "don-vi": queries.tasks_of_my_units, "giao": queries.tasks_given}
        return lists[self.whose](self.user)

    @cached_property
    def in_any_state(self) -> TaskQuerySet:
        """All that is asked for but the state: what the four figures count."""
        tasks = self._all
        if self.unit and self.asked.get("rieng"):  # without the units below it
            tasks = tasks.filter(unit=self.unit)
        elif self.unit:
            tasks = tasks.filter(unit__path__gte=self.unit.path, unit__path__lt=self.unit.path + "~")
        if self.document_id:
            tasks = tasks.filter(document=self.document_id)
        return tasks.search(self.text) if self.text else tasks

    @property
    def tasks(self) -> TaskQuerySet:
        chosen = self.in_any_state.filter(queries.bucket(self.state, today()))
        return queries.in_order(chosen, mixed=self.state == "all")

    @cached_property
    def units(self) -> list[Unit]:
        """The units the filter offers: those directly below the person's own, and the one that is chosen."""
        own = own_unit_ids(self.user, Permission.TASK_READ)
        below = units_visible_to(self.user).valid_on().filter(parent__in=own)
        offered = list(below.order_by("sort_key", "pk")) if own else []
        if self.unit and self.unit not in offered:
            offered.insert(0, self.unit)
        return offered

    @cached_property
    def documents(self) -> list[tuple[int, str]]:
        found = queries.documents_with_tasks(self._all)[:MOST_DOCUMENTS]
        offered = [(document.pk, str(document)) for document in found]
        if self.document_id and self.document_id not in dict(offered):
            document = queries.document_of(self.user, self.document_id)
            if document:
                offered.insert(0, (document.pk, str(document)))
        return offered

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.unit or self.document_id or self.asked.get("trang-thai"))
