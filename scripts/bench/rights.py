"""What rights cost: a subtree of units within reach, against the bare range of the path index.

A tree of 300,000 units with subtrees of 120, 1,200, 12,000 and 120,000. Each is read by somebody whose roles reach
exactly that: the same rows as the bare statement, in turns, so that the machine's mood falls on both.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.db import connection, transaction

from scripts.bench.table import Line, show

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit

SIZES = (120, 1_200, 12_000, 120_000, 300_000)
FOUNDED = dt.date(2025, 7, 1)
TURNS = 21
PROMISED, MOST_MS, MOST_RATIO = 12_000, 30.0, 2.0
BARE = "SELECT id FROM organizations_unit WHERE path >= %s AND path < %s"


def run(sizes: tuple[int, ...] = SIZES) -> None:
    """Found the tree, then read each subtree with rights and without."""
    tops = _found(sizes)
    connection.cursor().execute("ANALYZE")
    lines = [line for size, top in zip(sizes, tops, strict=True) for line in _measured(size, top)]
    show(
        f"Rights over {sizes[-1]:,} units ({connection.vendor})",
        ("queries", "rights, ms", "bare, ms", "ratio", "µs a row"),
        lines,
    )
    if PROMISED in sizes:
        print(_plan(tops[sizes.index(PROMISED)]), flush=True)


def _measured(size: int, top: int) -> Iterator[Line]:
    yield _line(size, top, "one role", extra=0)
    if size == PROMISED:
        # Roles inside one another: twenty more that reach nothing new.
        yield _line(size, top, "21 roles, nested", extra=20)


def _line(size: int, top: int, name: str, extra: int) -> Line:
    from django.test.utils import CaptureQueriesContext

    from thongsuot.organizations.models import Unit

    with transaction.atomic():
        user = _somebody(top, extra)
        unit = Unit.objects.get(pk=top)
        with_rights, bare = _reader(user), _bare(unit.path)
        with CaptureQueriesContext(connection) as caught:
            if not len(with_rights()) == len(bare()) == size:
                raise RuntimeError("Not the same rows: nothing to compare.")
        ours, theirs = _in_turns(with_rights, bare)
        transaction.set_rollback(True)
    ratio = ours / theirs
    promised = size == PROMISED
    return Line(
        f"{size:,} units, {name}",
        (
            str(len(caught) - 1),
            f"{ours * 1000:.1f}",
            f"{theirs * 1000:.1f}",
            f"{ratio:.2f}",
            f"{ours / size * 1e6:.2f}",
        ),
        (ours * 1000 < MOST_MS and ratio <= MOST_RATIO) if promised else None,
    )


def _reader(user: User) -> Callable[[], list[int]]:
    """The keys of the units within reach; the roles were read when the request began."""
    from thongsuot.accounts.roles import Permission
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import grants_of, reach

    grants_of(user)

    def read() -> list[int]:
        return list(
            Unit.objects.filter(reach(user, Permission.UNIT_READ, field="")).values_list("pk", flat=True)
        )

    return read


def _bare(path: str) -> Callable[[], list[int]]:
    def read() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [path, path + "~"])
            return [key for (key,) in cursor.fetchall()]

    return read


def _in_turns(*reads: Callable[[], object]) -> tuple[float, ...]:
    """The median time of each, one after the other so many times."""
    took: list[list[float]] = [[] for _ in reads]
    for _ in range(TURNS):
        for read, times in zip(reads, took, strict=True):
            start = time.perf_counter()
            read()
            times.append(time.perf_counter() - start)
    return tuple(map(statistics.median, took))


def _somebody(top: int, extra: int) -> User:
    """An account with a role over the subtree, and more roles inside it."""
    from thongsuot.accounts.models import User
    from thongsuot.accounts.roles import BuiltIn
    from thongsuot.organizations.models import RoleGrant

    user = User.objects.create(username=f"bench{top}", display_name="Bench")
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, unit_id=key, role_id=BuiltIn.LEADER, valid_from=FOUNDED, reaches_subtree=True)
        for key in range(top, top + extra + 1)
    )
    return user


def _plan(top: int) -> str:
    """How the database finds the promised subtree."""
    from thongsuot.accounts.roles import Permission
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import reach

    with transaction.atomic():
        rows = Unit.objects.filter(reach(_somebody(top, 0), Permission.UNIT_READ, field=""))
        plan = rows.values_list("pk", flat=True).explain()
        transaction.set_rollback(True)
    return plan


def _found(sizes: tuple[int, ...]) -> list[int]:
    """The whole as the last top, the other subtrees below it side by side; 40 children a unit, keys in path order."""
    from thongsuot.organizations.models import Unit

    rest = sizes[-1] - sum(sizes[:-1]) - 1
    whole = _tree(None, 1, first=1)
    tops, next_key = [], 2
    for size in (*sizes[:-1], rest):
        tops.append(next_key)
        whole += _tree(whole[0], size, first=next_key)
        next_key += size
    Unit.objects.bulk_create(whole, batch_size=5_000)
    return [*tops[:-1], 1]


def _tree(parent: Unit | None, size: int, first: int) -> list[Unit]:
    from thongsuot.organizations.models import Unit, UnitKind
    from thongsuot.organizations.models.units import segment_of

    made: list[Unit] = []
    for n in range(size):
        above: Unit | None = made[(n - 1) // 40] if n else parent
        key = first + n
        made.append(
            Unit(
                pk=key,
                parent=above,
                path=(above.path if above else "") + segment_of(key),
                depth=above.depth + 1 if above else 0,
                kind=UnitKind.DEPARTMENT,
                name=f"Đơn vị {key}",
                short_name=f"Đơn vị {key}",
                sort_key=f"{key:09d}",
                search_text=f"don vi {key}",
                valid_from=FOUNDED,
            )
        )
    return made
