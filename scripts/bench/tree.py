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
            "people of a unit": f"/don-vi/{root + 1}/nguoi/",
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
    grant_role(user=clerk, unit=Unit.objects.get(pk=start), role=BuiltIn.CLERK, since=FOUNDED)
    return clerk, start, last


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
