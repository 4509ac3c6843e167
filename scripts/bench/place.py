"""A place ten times the demonstration's: the same city, each ward and commune ten times over."""

from __future__ import annotations

from dataclasses import replace

from thongsuot.core import jobs
from thongsuot.demo.papers import CURRENT
from thongsuot.demo.place import VAM_CO, CommunePlan, Place, found_place
from thongsuot.demo.story import tell_story
from thongsuot.organizations.models import Membership, Unit

TIMES = 10
# A directive for all communes, with plans, meetings and tasks behind it: the whole walk told once. Readings one by
# one by the absent are left out: they take a third of the time and add nothing to a list.
TOLD = replace(next(paper for paper in CURRENT if "sạt lở" in paper.subject), communes=len(VAM_CO), read=0.0)


def plans(times: int = TIMES) -> list[CommunePlan]:
    """The demonstration's communes, then the same again with a number behind the name."""
    again = [replace(plan, name=f"{plan.name} {number}") for number in range(2, times + 1) for plan in VAM_CO]
    return [*VAM_CO, *again]


def place_ten_times() -> Place:
    """Found the place and tell one paper through the services; everything else is crowded in by the caller."""
    place = found_place(plans())
    with jobs.held():
        tell_story(place, papers=[TOLD])
    return place


def size_of(place: Place) -> str:
    cells = sum(len(cells) for cells in place.cells.values())
    people = Membership.objects.count()
    return f"{len(place.communes)} communes, {cells} cells, {people:,} people, {Unit.objects.count()} units"
