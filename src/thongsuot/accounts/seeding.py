"""The rows of the built-in roles: there after each migration, whatever a new version of the program brings."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as current

from thongsuot.accounts.roles import REACHES_SUBTREE, BuiltIn


def ensure_built_in_roles(*, using: str, apps: Apps = current, **_: Any) -> None:
    """Write those that are missing; a row that is there keeps what was added to it."""
    try:
        role = apps.get_model("accounts", "Role")
    except LookupError:  # migrated to before there were rows
        return
    role.objects.using(using).bulk_create(
        [
            role(code=code, is_builtin=True, reaches_subtree=code in REACHES_SUBTREE)
            for code in BuiltIn.values
        ],
        ignore_conflicts=True,
    )
