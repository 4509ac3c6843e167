"""Roles of one's own, and what is added to the built-in ones. A role changes for everybody who holds it, at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from thongsuot.accounts.models import Role
from thongsuot.accounts.roles import Permission, gives_of, permissions_of
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import fold, nfc
from thongsuot.organizations.models import RoleGrant
from thongsuot.organizations.permissions_of_rights import can_shape_roles, own_grants
from thongsuot.organizations.reach import forget_grants
from thongsuot.organizations.services.rights.administrators import an_administrator_stays

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

LONGEST_CODE = 40


@transaction.atomic
def make_role(
    *,
    by: User,
    name: str,
    permissions: Iterable[Permission],
    gives: Iterable[Permission] = (),
    reaches_subtree: bool = False,
    second_step: bool = False,
) -> Role:
    """A role of one's own: a name and what it allows."""
    require(can_shape_roles(by))
    wanted, entrusted = frozenset(permissions), frozenset(gives)
    if not wanted:
        raise Refused(_("Choose what the role allows."), code="permissions")
    _require_handing_on(by, wanted | entrusted)
    name = _free_name(name)
    role = Role.objects.create(
        code=_free_code(name),
        name=name,
        permissions=sorted(wanted),
        gives=sorted(entrusted),
        reaches_subtree=reaches_subtree,
        second_step_since=today() if second_step else None,
    )
    record("role.made", by=by, on=role, after=_codes(role))
    return role


@transaction.atomic
def change_role(
    *,
    by: User,
    role: Role,
    permissions: Iterable[Permission],
    gives: Iterable[Permission] = (),
    name: str | None = None,
    reaches_subtree: bool | None = None,
    second_step: bool | None = None,
) -> Role:
    """Say anew what a role allows. A built-in role keeps what the catalogue gives it; the rest is added."""
    with an_administrator_stays():
        forget_grants(by)
        require(can_shape_roles(by))
        role = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
        before = _codes(role)
        added = frozenset(permissions) - permissions_of(role.code)
        entrusted = frozenset(gives) - gives_of(role.code)
        if not role.is_builtin and not added:
            raise Refused(_("Choose what the role allows."), code="permissions")
        _require_handing_on(by, (added - role.can_do) | (entrusted - role.can_give))
        _refuse_gaining_oneself(by, role, added - role.can_do)
        role.permissions, role.gives = sorted(added), sorted(entrusted)
        if name is not None:
            role.name = _free_name(name, role)
        if reaches_subtree is not None:
            role.reaches_subtree = reaches_subtree
        if second_step is not None:
            role.second_step_since = (role.second_step_since or today()) if second_step else None
        role.save()
        record("role.changed", by=by, on=role, before=before, after=_codes(role))
    return role


@transaction.atomic
def reset_role(*, by: User, role: Role) -> Role:
    """Give a built-in role back the name and the permissions of the catalogue."""
    if not role.is_builtin:
        raise Refused(_("Only a built-in role can be put back as it was."), code="builtin")
    return change_role(by=by, role=role, permissions=(), gives=(), name="")


@transaction.atomic
def retire_role(*, by: User, role: Role) -> Role:
    """Give a role of one's own to nobody any more. What was granted by it stays readable."""
    require(can_shape_roles(by))
    role = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if role.is_builtin:
        raise Refused(_("A built-in role stays."), code="builtin")
    if RoleGrant.objects.filter(role=role).exclude(valid_to__lte=Greatest(today(), "valid_from")).exists():
        raise Refused(_("Somebody holds this role, or is going to. End that first."), code="granted")
    if role.retired_at is None:
        role.retired_at = now()
        role.save(update_fields=["retired_at"])
        record("role.retired", by=by, on=role)
    return role


def _require_handing_on(by: User, permissions: frozenset[Permission]) -> None:
    """Into a role goes only what its maker has at the top, or was entrusted to give."""
    tops = [grant for grant in own_grants(by) if grant.reaches_subtree and grant.unit.parent_id is None]
    allowed = frozenset().union(*(grant.permissions | grant.gives for grant in tops))
    require(permissions <= allowed, _("This role allows more than you may put into these hands."))


def _refuse_gaining_oneself(by: User, role: Role, new: frozenset[Permission]) -> None:
    """What one has in a cell is not had in the whole: each place in which one holds the role counts for itself."""
    mine = own_grants(by)
    for held in mine:
        has: frozenset[Permission] = frozenset().union(
            *(grant.permissions for grant in mine if grant.covers(held))
        )
        if held.role == role.code and not new <= has:
            raise Refused(
                _("You hold this role yourself. Another administrator has to add what you do not have."),
                code="own",
            )


def _free_name(name: str, role: Role | None = None) -> str:
    name = nfc(" ".join(name.split()))
    if not name:
        if role is not None and role.is_builtin:
            return ""
        raise Refused(_("Give the role a name."), code="name")
    others = Role.objects.exclude(pk=role.pk) if role else Role.objects.all()
    if any(fold(other.label) == fold(name) for other in others):
        raise Refused(_("Another role has this name."), code="name")
    return name


def _free_code(name: str) -> str:
    """A code from the name, with a number where it is taken."""
    stem = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[: LONGEST_CODE - 4] or "role"
    taken = set(Role.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)


def _codes(role: Role) -> dict[str, object]:
    return {
        "permissions": sorted(role.permissions),
        "gives": sorted(role.gives),
        "reaches_subtree": role.reaches_subtree,
        "second_step": role.second_step_since is not None,
    }
