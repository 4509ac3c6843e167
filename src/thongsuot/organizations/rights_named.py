"""A person's rights as a named value of a prepared query (``core.prepared``).

What ``reach`` makes of them, ranges of paths and keys of units, is the same SQL for everybody with the same roles in
units of the same level; only the keys and paths differ. Nothing of the rights is kept: each request names its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from thongsuot.accounts.models import User
from thongsuot.core.prepared import Compound
from thongsuot.organizations.models import Person
from thongsuot.organizations.reach import Grant, grants_of, person_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class RightsOf(Compound):
    """Given to the function that builds the query as a user: for ``visible_to``, ``reach`` and ``person_of``."""

    def __init__(self, user: Viewer) -> None:
        self._user = user
        self._grants = grants_of(user)
        person = person_of(user)
        self._of_user: tuple[int, ...] = (user.pk, *([person.pk] if person else [])) if user.pk else ()
        self.parts = (
            *self._of_user,
            *(part for grant in self._grants for part in (grant.unit_id, grant.path)),
        )
        self.shape: Hashable | None = (len(self._of_user), *(_shape_of(grant) for grant in self._grants))
        # Who answers for units that have ended is asked for what ended until today: another query each day.
        if not user.is_authenticated or any(_has_heirs(grant) for grant in self._grants):
            self.shape = None

    def made_of(self, parts: Sequence[int | str]) -> Viewer:
        if parts is self.parts or not self._of_user:
            return self._user
        own = len(self._of_user)
        user = User(pk=parts[0])
        user._person = Person(pk=parts[1]) if own > 1 else None  # type: ignore[attr-defined]  # as reach keeps it
        user._grants = tuple(  # type: ignore[attr-defined]  # as reach keeps them
            _moved(grant, key, path)
            for grant, key, path in zip(self._grants, parts[own::2], parts[own + 1 :: 2], strict=True)
        )
        return user

    def in_sql(self, parts: Sequence[int | str]) -> Sequence[int | str]:
        """With the end of the range below each unit."""
        return (*parts, *(f"{path}~" for path in parts[len(self._of_user) + 1 :: 2]))


def _shape_of(grant: Grant) -> Hashable:
    unit = grant.unit
    return grant.permissions, grant.reaches_subtree, grant.lent_by is None, unit.kind, unit.depth


def _has_heirs(grant: Grant) -> bool:
    return grant.has_ended_below and not grant.reaches_subtree


def _moved(grant: Grant, key: int | str, path: int | str) -> Grant:
    """The same role in a unit of this key and path."""
    unit = copy(grant.unit)
    unit.pk, unit.path = key, str(path)
    return replace(grant, unit=unit)
