"""No act leaves a tree without somebody who can put its rights in order again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from thongsuot.accounts.models import Role
from thongsuot.accounts.roles import BuiltIn, Permission
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import RoleGrant

# Whoever has both can appoint anybody else, themselves excepted.
KEEPS_RIGHTS = frozenset({Permission.RIGHTS_GIVE, Permission.ROLES_SHAPE})


@contextmanager
def an_administrator_stays() -> Iterator[None]:
    """Do what may take rights away, inside a transaction; refused when a tree would lose its last administrator.

    Everybody who may take rights away comes through here one after the other: two administrators who remove each
    other at the same moment would each still see the other.
    """
    _one_after_the_other()
    before = roots_with_an_administrator()
    yield
    if before - roots_with_an_administrator():
        raise Refused(
            _("This would leave nobody who can give rights here. Appoint another administrator first."),
            code="last_administrator",
        )


def _one_after_the_other() -> None:
    # No key: giving the role to somebody, which only points at the row, does not wait.
    Role.objects.select_for_update(no_key=True).get(pk=BuiltIn.ADMINISTRATOR)


def roots_with_an_administrator() -> set[int]:
    """The trees in which an account that is open keeps the rights of the whole, with no end in sight."""
    codes = [role.code for role in Role.objects.all() if role.can_do >= KEEPS_RIGHTS]
    grants = RoleGrant.objects.valid_on().filter(
        role__in=codes, reaches_subtree=True, unit__parent=None, valid_to=None, user__is_active=True
    )
    return set(grants.values_list("unit_id", flat=True))
