"""Roles: named groups of permissions, as rows. What a permission allows is code (``accounts.roles``)."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import BuiltIn, Permission, gives_of, permissions_of
from thongsuot.core.personal import nothing
from thongsuot.core.placement import Placement


def known_permissions(codes: object) -> frozenset[Permission]:
    """The permissions among these codes; one that the catalogue no longer has gives nothing."""
    return (
        frozenset(Permission(code) for code in codes if code in _CODES)
        if isinstance(codes, list)
        else frozenset()
    )


_CODES = frozenset(Permission)


class RoleQuerySet(models.QuerySet["Role"]):
    def in_use(self) -> RoleQuerySet:
        """Those that may still be given."""
        return self.filter(retired_at=None)

    def in_order(self) -> RoleQuerySet:
        """The built-in ones first, then one's own by name."""
        return self.order_by("-is_builtin", "name", "code")


class Role(models.Model):
    """A named group of permissions that can be given in a unit.

    A built-in role always has what the catalogue says; ``permissions`` and ``gives`` hold what was added here, so
    that a new version of the program can extend it and nobody can lock everybody out. One's own roles have nothing
    but these lists. A role is retired, not deleted: what was granted stays readable.
    """

    placement = Placement.REFERENCE
    personal = nothing("code", "name", "permissions", "gives")

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    # Empty on a built-in role that keeps the name of the catalogue, in the reader's language.
    name = models.CharField(_("name of the role"), max_length=80, blank=True)
    permissions = models.JSONField(default=list, blank=True)
    # What a holder who may give roles may put into other hands without having it.
    gives = models.JSONField(default=list, blank=True)
    is_builtin = models.BooleanField(default=False, editable=False)
    reaches_subtree = models.BooleanField(
        _("reaches the units below, unless a grant says otherwise"), default=False
    )
    # From this day on whoever holds the role needs a second step at signing in; empty: it asks for none.
    second_step_since = models.DateField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_builtin=True) | ~models.Q(name=""),
                name="role_has_a_name",
                violation_error_message=_("Give the role a name."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=~models.Q(name=""),
                name="role_name_once",
                violation_error_message=_("Another role has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.name or str(BuiltIn(self.code).label)

    @cached_property
    def can_do(self) -> frozenset[Permission]:
        """Everything the role allows: the catalogue's part and what was added."""
        return permissions_of(self.code) | known_permissions(self.permissions)

    @cached_property
    def can_give(self) -> frozenset[Permission]:
        return gives_of(self.code) | known_permissions(self.gives)
