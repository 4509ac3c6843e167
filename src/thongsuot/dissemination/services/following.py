"""After a requirement was opened: who joins is asked while there is time, who has left or is exempt is not.

Asked by the acts that change memberships, posts and exemptions, and by a job some times a day for what begins and
ends with a day. Both find out what is true and write only what differs: whoever comes second writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from thongsuot.core.clock import day_of, today
from thongsuot.core.jobs import enqueue, enqueue_once
from thongsuot.dissemination.audience import joiners
from thongsuot.dissemination.audience.counters import Shift, shift_counters
from thongsuot.dissemination.audience.outside import (
    Key,
    excuse,
    exemptions_on,
    open_receipts,
    put_outside,
    take_in,
)
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import (
    CoverageCounter,
    Exemption,
    Outside,
    ReachEvent,
    Receipt,
    Requirement,
)
from thongsuot.documents.counting.folding import take_turn
from thongsuot.documents.models import Document
from thongsuot.documents.queries.replacing import is_replaced
from thongsuot.organizations.models import Affiliation, Membership, Person, Position, Unit
from thongsuot.organizations.models.units import ancestor_paths

# One at a time: two that move the same people in another order would wait for each other for ever.
TURN = "dissemination.following"
AT_ONCE = 500
# What began or ended longer ago has been seen by many runs of the job.
DAYS_BACK = 60
MINUTES_BETWEEN_RUNS = 6 * 60


def follow_later(people: Iterable[int]) -> None:
    """Follows ``people_changed``: their memberships or posts are no longer what they were."""
    keys = sorted(set(people))
    for start in range(0, len(keys), AT_ONCE):
        enqueue(follow_people, *keys[start : start + AT_ONCE])


def follow_people(*people: int) -> int:
    """Ask, or ask no longer, these people as what they are today; how many receipts that changed."""
    day, keys = today(), _with_joined(people)
    with transaction.atomic():
        take_turn(TURN)
        changed = _exempt(keys, day) + _left(keys, day)
        changed += _ask(joiners.missing(day, keys), day)
    if changed:
        enqueue_once(fold_coverage)
    return changed


def follow_everybody() -> int:
    """The same for everybody for whom something began or ended of late, and whoever is missing; how many receipts."""
    day = today()
    people = sorted(_touched(day))
    changed = sum(follow_people(*people[start : start + AT_ONCE]) for start in range(0, len(people), AT_ONCE))
    for requirement, rows in joiners.missing(day).items():
        with transaction.atomic():
            take_turn(TURN)
            changed += _ask({requirement: rows}, day)
    if changed:
        enqueue_once(fold_coverage)
    return changed


def _with_joined(people: Sequence[int]) -> list[int]:
    """And the other entries of the same people: receipts stay under the key they were written with."""
    same = Person.objects.filter(Q(pk__in=people) | Q(merged_into__in=people)).values_list(
        "pk", "merged_into"
    )
    return sorted({*people, *(key for pair in same for key in pair if key)})


def _touched(day: dt.date) -> set[int]:
    since = day - dt.timedelta(days=DAYS_BACK)
    people: set[int] = set()
    for model in (Membership, Affiliation, Position):
        rows = model._default_manager.filter(
            Q(valid_from__gt=since, valid_from__lte=day) | Q(valid_to__gt=since, valid_to__lte=day)
        )
        people.update(rows.values_list("person_id", flat=True).order_by())
    recent = Q(valid_to__gt=since) | Q(valid_to=None) | Q(ended_at__date__gt=since)
    people.update(Exemption.objects.filter(recent).values_list("person_id", flat=True).order_by())
    return people


def _exempt(people: Sequence[int], day: dt.date) -> int:
    """Take out who is exempt today, take in whose exemption is over."""
    of_all: set[int] = set()
    of_one: set[tuple[int, int]] = set()
    for person, document in exemptions_on(day).filter(person__in=people).values_list("person", "document"):
        if document is None:
            of_all.add(person)
        else:
            of_one.add((document, person))

    def is_exempt(key: Key) -> bool:
        _unit, document, person = key
        return person in of_all or (document, person) in of_one

    asked = _keys(open_receipts().filter(person__in=[*of_all, *(person for _document, person in of_one)]))
    out = _keys(Receipt.objects.filter(person__in=people, outside=Outside.EXEMPT).order_by())
    moved = put_outside(filter(is_exempt, asked), Outside.EXEMPT)
    return moved + take_in((key for key in out if not is_exempt(key)), Outside.EXEMPT)


def _keys(receipts: QuerySet[Receipt]) -> list[Key]:
    return list(receipts.values_list("unit_id", "document_id", "person_id"))


def _left(people: Sequence[int], day: dt.date) -> int:
    """Take out who no longer belongs below the unit that required, take in who is back."""
    asked = Q(reached_at=None, released_at=None)
    rows = Receipt.objects.filter(asked | Q(outside=Outside.GONE), person__in=people).order_by()
    names = (
        "unit_id",
        "document_id",
        "person_id",
        "outside",
        "requirement__unit_id",
        "requirement__unit__path",
    )
    receipts = list(rows.values_list(*names))
    areas = _areas({(unit, path) for *_key, unit, path in receipts}, day)
    places = _places(people, day)
    gone: list[Key] = []
    back: list[Key] = []
    for unit, document, person, outside, requiring, _path in receipts:
        belongs = any(path.startswith(areas[requiring]) for path in places[person])
        if belongs == bool(outside):
            (back if belongs else gone).append((unit, document, person))
    return put_outside(gone, Outside.GONE) + take_in(back, Outside.GONE)


def _areas(requiring: set[tuple[int, str]], day: dt.date) -> dict[int, str]:
    """The path below which people still belong to a requiring unit: its own, or that of who took over from it."""
    paths = {path for _unit, own in requiring for path in ancestor_paths(own)}
    alive = set(Unit.objects.filter(path__in=paths).valid_on(day).values_list("path", flat=True))
    return {
        unit: max((path for path in ancestor_paths(own) if path in alive), key=len, default=own)
        for unit, own in requiring
    }


def _places(people: Sequence[int], day: dt.date) -> dict[int, set[str]]:
    """Where these people are members or hold a post, under any of the keys they were written down with."""
    same = dict(Person.objects.filter(pk__in=people).values_list("pk", "merged_into"))
    of_key: dict[int, set[str]] = defaultdict(set)
    for model in (Membership, Affiliation, Position):
        held = model.objects.valid_on(day).filter(person__in={*same, *filter(None, same.values())})
        for person, path in held.values_list("person_id", "unit__path").order_by():
            of_key[person].add(path)
    return defaultdict(
        set, {person: of_key[person] | of_key[kept or person] for person, kept in same.items()}
    )


def _ask(found: dict[int, list[joiners.Joiner]], day: dt.date) -> int:
    """Ask those who are missing, requirement by requirement; a document that was replaced is asked of nobody."""
    asked = 0
    for requirement in Requirement.objects.filter(pk__in=found).order_by("document_id", "pk"):
        # As two openings do: whoever opens receipts of a document holds it.
        document = (
            Document.objects.select_for_update(no_key=True).defer("text").get(pk=requirement.document_id)
        )
        if is_replaced(document):
            continue
        number = joiners.ask(requirement, found[requirement.pk], day)
        if number:
            excuse(requirement, day)
        asked += number
    return asked


def forget(people: Sequence[int]) -> int:
    """Follows ``people_taken_back``: an import that wrote these people is undone, and takes along what was asked of
    them. Whom something has reached keeps it, and is kept; how many receipts went."""
    known = ReachEvent.objects.filter(person__in=people).values("person_id")
    rows = Receipt.objects.filter(person__in=people, reached_at=None).exclude(person__in=known).order_by()
    shifts: dict[tuple[int, int], Shift] = defaultdict(Shift)
    names = ("unit_id", "document_id", "person_id", "outside", "released_at", "is_key")
    receipts = list(rows.values_list(*names))
    for unit, document, _person, outside, released, is_key in receipts:
        where = outside or ("released" if released else "required")
        shifts[(unit, document)].add(**{where: -1}, key=-int(is_key and where == "required"))
    for unit, document, person, *_rest in receipts:
        Receipt.objects.filter(unit=unit, document=document, person=person).delete()
    shift_counters(shifts)
    _note_first_asked(shifts)
    if receipts:
        enqueue_once(fold_coverage)
    return len(receipts)


def _note_first_asked(cells: Iterable[tuple[int, int]]) -> None:
    """The day these were first asked, by the receipts they still have."""
    for unit, document in cells:
        rows = Receipt.objects.filter(unit=unit, document=document)
        first = rows.aggregate(first=Min("requirement__opened_at"))["first"]
        counter = CoverageCounter._default_manager.filter(unit=unit, document=document)
        counter.update(asked_on=day_of(first) if first else None, changed=True)
