"""The pages of the tree at 12,000 and at 300,000 units: what grows is what is shown, not what there is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from scripts.bench.table import Line, show

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit

FOUNDED = dt.date(2016, 1, 1)
# Units on each level below the root, for each unit above it.
SIZES = {"12,000": (120, 99), "300,000": (34, 100, 88)}
PEOPLE = {"12,000": 6_000, "300,000": 150_000}
MOST_GROWTH = 3.0  # of the time, from the small place to one 25 times as large


def run() -> None:
    """Found both places beside each other and open the same pages as a clerk of either."""
    from django.db import connection

    small: dict[str, float] = {}
    for name, levels in SIZES.items():
        clerk, root, deep = _found(levels, name)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        pages = {
            "tree": "/don-vi/",
            "two units opened": f"/don-vi/?mo={root + 1},{root + 2}",
            "a click": f"/don-vi/{root + 1}/nhanh/",
            "search": "/don-vi/?q=khu+pho+7",
            "kind": "/don-vi/?loai=cell",
            "an earlier day": "/don-vi/?ngay=2020-06-30",
            "two days compared": "/don-vi/so-sanh/?tu=2020-01-01",
            "unit": f"/don-vi/{deep}/",
            "units of a kind, page 100": "/don-vi/?loai=cell&trang=100",
            "people of a unit": f"/don-vi/{root + 1}/nguoi/",
            "people of the whole": f"/don-vi/{root}/nguoi/",
            "the last page of them": f"/don-vi/{root}/nguoi/?trang=200",
            "members of cells": f"/don-vi/{root}/nguoi/?la=member",
            "people by a word": f"/don-vi/{root}/nguoi/?q=binh",
            "people by a name": f"/don-vi/{root}/nguoi/?q=so+4711",
            "two levels printed": f"/don-vi/in/?goc={root + 1}&sau=2",
        }
        lines = [_page(clerk, label, address, small) for label, address in pages.items()]
        lines += [_file(clerk, "export, CSV", "/don-vi/xuat/")] if name == "12,000" else []
        show(f"Tree: {name} units, {connection.vendor}", ("queries", "ms", "kB"), lines)


def _found(levels: tuple[int, ...], name: str) -> tuple[User, int, int]:
    """One root with so many units on each level, a clerk of it, its key and the key of a unit at the bottom."""
    from thongsuot.accounts.models import User
    from thongsuot.accounts.roles import BuiltIn
    from thongsuot.organizations.models import Unit, UnitVersion
    from thongsuot.organizations.services import grant_role

    start = (Unit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    keys = iter(range(start, start + 1_000_000))
    last = 0
    units = _units(levels, keys)
    while batch := list(islice(units, 5000)):
        last = batch[-1].pk
        Unit.objects.bulk_create(batch)
        UnitVersion.objects.bulk_create(map(UnitVersion.of, batch))
    clerk = User.objects.create_user(f"clerk{start}", display_name=f"Clerk {name}")
    for role in (BuiltIn.CLERK, BuiltIn.LEADER, BuiltIn.ADMINISTRATOR):
        grant_role(user=clerk, unit=Unit.objects.get(pk=start), role=role, since=FOUNDED)
    _people(range(start + 1, last + 1), PEOPLE[name])
    return clerk, start, last


def _people(keys: range, number: int) -> None:
    """Members of the cells in turn; one in twenty holds a post there."""
    from thongsuot.core.search import searchable
    from thongsuot.core.text import sort_key
    from thongsuot.organizations.models import Membership, Person, Position, Unit

    within = Unit.objects.filter(pk__gte=keys.start, pk__lt=keys.stop, kind="cell")
    cells = list(within.order_by("pk").values_list("pk", flat=True)[: number // 12])
    family, given = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ"), ("An", "Bình", "Dũng", "Hà", "Lan", "Minh", "Sơn")
    people = []
    for turn in range(number):
        name = f"{family[turn % 5]} {given[turn % 7]} Số {turn % 9000}"
        people.append(Person(name=name, search_text=searchable(name), sort_key=sort_key(name)))
    people = Person.objects.bulk_create(people, batch_size=2000)
    where = [(cells[turn % len(cells)], person) for turn, person in enumerate(people)]
    Membership.objects.bulk_create(
        [Membership(unit_id=cell, person=person, valid_from=FOUNDED) for cell, person in where],
        batch_size=2000,
    )
    Position.objects.bulk_create(
        [
            Position(unit_id=cell, person=person, title="Ủy viên", valid_from=FOUNDED)
            for cell, person in where[::20]
        ],
        batch_size=2000,
    )


def _units(levels: tuple[int, ...], keys: Iterator[int]) -> Iterator[Unit]:
    from thongsuot.core.text import sort_key
    from thongsuot.organizations.models import Unit, UnitKind
    from thongsuot.organizations.models.units import segment_of

    def unit(key: int, above: Unit | None, number: int) -> Unit:
        depth = above.depth + 1 if above else 0
        kinds = (UnitKind.CITY_COMMITTEE, *[UnitKind.WARD_COMMITTEE] * (len(levels) - 1), UnitKind.CELL)
        name = f"Chi bộ khu phố {number}" if kinds[depth] == UnitKind.CELL else f"Đảng ủy {depth} số {number}"
        made = Unit(
            pk=key,
            parent=above,
            depth=depth,
            path=(above.path if above else "") + segment_of(key),
            kind=kinds[depth],
            name=name,
            short_name=name,
            sort_key=sort_key(name),
            valid_from=FOUNDED,
        )
        made.search_text = made.found_by()
        return made

    row = [unit(next(keys), None, 1)]
    yield row[0]
    for number in levels:
        row = [unit(next(keys), above, n) for above in row for n in range(1, number + 1)]
        yield from row


def _page(user: User, label: str, address: str, small: dict[str, float]) -> Line:
    from django.test import Client

    from scripts.bench.pages import measured

    client = Client(raise_request_exception=False)
    client.force_login(user)
    found = measured(client, address)
    cells = (str(found.queries), f"{found.milliseconds:.0f}", f"{found.kilobytes:.0f}")
    before = small.setdefault(label, found.milliseconds)
    return Line(label, cells, found.milliseconds <= MOST_GROWTH * before)


def _file(user: User, label: str, address: str) -> Line:
    from django.test import Client

    client = Client()
    client.force_login(user)
    sizes: list[int] = []
    spent = _milliseconds(lambda: sizes.append(len(client.get(address).getvalue())))
    return Line(label, ("", f"{spent:.0f}", f"{sizes[0] / 1000:.0f}"))


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000
