"""In which part somebody has signed in, as the rail says it: "leader, Cầu Ván"."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from thongsuot.organizations.reach import grants_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from thongsuot.organizations.reach import Viewer


def position_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """The highest role and its unit, from the grants the request has read already."""
    grants = grants_of(cast("Viewer", user))
    if not grants:
        return ""
    # One's own place comes first, however high the one that was lent.
    grant = next((grant for grant in grants if grant.lent_by is None), grants[0])
    label = grant.role_name
    return f"{label[:1].upper()}{label[1:]}, {grant.unit_name}"
