"""Text whose order is the order of its bytes, on every database.

A range over paths or Vietnamese sort keys is only right when the database compares bytes: PostgreSQL needs
the collation "C" for that, SQLite does it by default and does not know the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]  # not subscriptable at run time
else:
    _CharField = models.CharField


class BytewiseCharField(_CharField):
    """A ``CharField`` that sorts and compares by bytes."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
