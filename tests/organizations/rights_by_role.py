"""Who may open and do what about rights. The person of the table is the ward's officer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import Cast
from tests.permissions import Row
from thongsuot.accounts.models import Role
from thongsuot.accounts.roles import BuiltIn, Permission
from thongsuot.core import clock
from thongsuot.organizations.models import Delegation, RoleGrant

LEADERS = ("city_leader", "ward_leader", "other_ward_leader")
SEE = {"*": 403} | dict.fromkeys((*LEADERS, "administrator"), 200)
SHAPE = {"*": 403, "administrator": 200}
# Whose rights in the ward are seen: by the leaders it answers to and the administrator.
ABOUT = {"*": 404, "city_leader": 403, "ward_leader": 403}


def officer(cast: Cast) -> list[Any]:
    return [cast.ward_officer.pk]


def grant(cast: Cast) -> list[Any]:
    return [RoleGrant.objects.get(user=cast.ward_officer).pk]


def own_role(cast: Cast) -> list[Any]:
    role, _made = Role.objects.get_or_create(
        code="archive", defaults={"name": "Lưu trữ", "permissions": [Permission.DOCUMENT_READ]}
    )
    return [role.code]


def loan(cast: Cast) -> list[Any]:
    return [
        Delegation.objects.create(
            principal=cast.ward_leader,
            delegate=cast.ward_officer,
            unit=cast.ward,
            permissions=[Permission.TASK_ASSIGN],
            valid_from=clock.today(),
            valid_to=clock.today() + dt.timedelta(days=7),
            made_by=cast.ward_leader,
        ).pk
    ]


def today(cast: Cast) -> dict[str, Any]:
    return {"on": clock.today().isoformat()}


ROWS = [
    Row("rights:list", SEE),
    Row("rights:who", SEE),
    Row("rights:mine", {"*": 302}),
    Row("rights:second_step", {"*": 302}),
    Row("rights:without_second_step", SEE),
    Row(
        "rights:person",
        {"*": 404} | dict.fromkeys(("city_leader", "ward_leader", "administrator", "ward_officer"), 200),
        args=officer,
    ),
    Row("rights:give", SHAPE),
    Row("rights:end", ABOUT | {"administrator": 200, "ward_officer": 200}, args=grant),
    Row(
        "rights:end",
        ABOUT | {"administrator": 302, "ward_officer": 302},
        args=grant,
        method="post",
        data=today,
    ),
    Row("rights:prolong", ABOUT | {"administrator": 200, "ward_officer": 403}, args=grant),
    Row("rights:roles", SEE),
    Row("rights:new_role", SHAPE),
    Row("rights:role", SHAPE, args=lambda cast: [BuiltIn.CLERK]),
    Row(
        "rights:reset_role",
        {"*": 403, "administrator": 302},
        args=lambda cast: [BuiltIn.CLERK],
        method="post",
    ),
    Row("rights:retire_role", {"*": 403, "administrator": 302}, args=own_role, method="post"),
    Row("rights:loans", {"*": 200}),
    Row("rights:lend", {"*": 403} | dict.fromkeys((*LEADERS, "cell_head", "other_cell_head"), 200)),
    Row(
        "rights:revoke",
        {"*": 404, "city_leader": 403} | dict.fromkeys(("administrator", "ward_leader", "ward_officer"), 302),
        args=loan,
        method="post",
    ),
]
