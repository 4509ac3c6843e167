"""The tree, its people, and the accounts of some."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from scripts.bench.large.sizes import LargePlace, Size
from scripts.bench.large.writing import after_writing, numbers, segment, unchecked, write

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

FOUNDED = dt.date(2025, 7, 1)


def found(size: Size) -> LargePlace:
    """The tree, its people, their accounts; no document yet."""
    with unchecked(), transaction.atomic():
        for level in range(len(size.levels)):
            _write_units(size, level)
        _write_versions(size)
        _write_people(size)
        clerk, leader = _write_accounts(size)
    after_writing()
    from thongsuot.organizations.models import Unit

    return LargePlace(size, Unit.objects.get(pk=size.first_of(0)), clerk, leader, [])


def _write_units(size: Size, level: int) -> None:
    from thongsuot.organizations.models import Unit, UnitKind

    from_below = len(size.levels) - 1 - level
    kind = (UnitKind.CELL, UnitKind.COMMUNE_COMMITTEE, UnitKind.PROVINCE_COMMITTEE)[min(from_below, 2)]
    name, folded = ("Chi bộ số ", "chi bo so ") if from_below == 0 else ("Đảng bộ số ", "dang bo so ")
    key = f"({size.first_of(level)} + n.i)"
    made = {
        "id": key,
        "name": f"'{name}' || (n.i + 1)",
        "short_name": f"'{name}' || (n.i + 1)",
        "search_text": f"'{folded}' || (n.i + 1)",
        "sort_key": f"'{folded}' || SUBSTR(CAST(1000000 + n.i AS text), 2)",
    }
    row = Unit(depth=level, kind=kind, valid_from=FOUNDED)
    if level == 0:
        write(row, f"FROM {numbers(1)}", **made, path=segment(key))
        return
    above = (
        f"{size.first_of(level - 1)} + n.i * CAST({size.levels[level - 1]} AS bigint) / {size.levels[level]}"
    )
    source = f"FROM {numbers(size.levels[level])} JOIN organizations_unit p ON p.id = {above}"
    write(row, source, **made, parent_id="p.id", path=f"p.path || {segment(key)}")


def _write_versions(size: Size) -> None:
    from thongsuot.organizations.models import UnitVersion

    copied = {name: f"u.{name}" for name in UnitVersion.COPIED}
    write(
        UnitVersion(valid_from=FOUNDED),
        f"FROM organizations_unit u WHERE u.id > {size.base}",
        **copied,
        unit_id="u.id",
    )


def _write_people(size: Size) -> None:
    from thongsuot.organizations.models import Membership, Person

    source = f"FROM {numbers(size.members)}"
    made = {
        "id": f"{size.base} + 1 + n.i",
        "name": "'Đảng viên ' || (n.i + 1)",
        "search_text": "'dang vien ' || (n.i + 1)",
        "sort_key": "'dang vien ' || SUBSTR(CAST(10000000 + n.i AS text), 2)",
    }
    write(Person(), source, **made)
    # In the order of the cells, so that a cell's people lie together.
    cell = f"{size.first_of(len(size.levels) - 1)} + n.i * CAST({size.cells} AS bigint) / {size.members}"
    write(Membership(valid_from=FOUNDED), source, person_id=f"{size.base} + 1 + n.i", unit_id=cell)


def _write_accounts(size: Size) -> tuple[User, User]:
    """A clerk and a leader of the root; members here and there who may sign in."""
    from thongsuot.accounts.models import User
    from thongsuot.accounts.roles import BuiltIn
    from thongsuot.organizations.models import Person, RoleGrant

    names = [f"{name}{size.base or ''}" for name in ("vanthu", "bithu")]
    clerk, leader = (User.objects.create(username=name, display_name=name) for name in names)
    root = {"unit_id": size.first_of(0), "valid_from": FOUNDED, "reaches_subtree": True}
    RoleGrant.objects.create(user=clerk, role_id=BuiltIn.CLERK, **root)
    RoleGrant.objects.create(user=leader, role_id=BuiltIn.LEADER, **root)
    RoleGrant.objects.create(user=clerk, role_id=BuiltIn.ADMINISTRATOR, **root)
    step = size.members // size.accounts
    people = list(
        Person.objects.filter(pk__in=range(size.base + 1, size.base + size.members + 1, step)).order_by("pk")
    )
    users = [User(username=f"dangvien{person.pk}", display_name=person.name) for person in people]
    for person, user in zip(people, User.objects.bulk_create(users, batch_size=500), strict=True):
        person.user = user
    Person.objects.bulk_update(people, ["user"], batch_size=200)
    return clerk, leader
