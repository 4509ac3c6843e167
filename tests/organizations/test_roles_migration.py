"""Grants made when a role was a word keep it when roles become rows, and the way back is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

ASIDE = "aside"
BEFORE = [("accounts", "0001_initial"), ("organizations", "0002_structure_in_time")]
AFTER = [("accounts", "0002_roles"), ("organizations", "0003_roles_and_delegation")]


@pytest.fixture
def aside(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A second, empty database: going back in the first would take all other subjects along."""
    other = connection.copy(ASIDE)
    is_postgresql = other.vendor == "postgresql"
    if is_postgresql:
        other.settings_dict["OPTIONS"] = {"options": f"-c search_path={ASIDE}"}
    else:
        other.settings_dict["NAME"] = ":memory:"
    connections[ASIDE] = other
    with django_db_blocker.unblock():
        with other.cursor() as cursor:
            if is_postgresql:
                cursor.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE; CREATE SCHEMA {ASIDE}")
        yield other
        with other.cursor() as cursor:
            if is_postgresql:
                cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")
        other.close()
    del connections[ASIDE]


def _migrate(aside: Any, targets: list[tuple[str, str]]) -> Any:
    MigrationExecutor(aside).migrate(targets)
    return MigrationExecutor(aside).loader.project_state(targets).apps


def test_grants_keep_their_roles_there_and_back(aside: Any) -> None:
    was = _migrate(aside, BEFORE)
    begun = dt.date(2026, 1, 1)
    user = was.get_model("accounts", "User").objects.using(ASIDE).create(username="a", display_name="A")
    units = was.get_model("organizations", "Unit").objects.using(ASIDE)
    unit = units.create(path="000001", depth=0, kind="cell", name="A", short_name="A", valid_from=begun)
    words = was.get_model("organizations", "RoleGrant").objects.using(ASIDE)
    for role, below in (("clerk", False), ("leader", True)):
        words.create(user=user, unit=unit, role=role, reaches_subtree=below, valid_from=begun)
    columns = ("user_id", "unit_id", "reaches_subtree")
    then = set(words.values_list("role", *columns))

    rows = _migrate(aside, AFTER).get_model("organizations", "RoleGrant").objects.using(ASIDE)
    assert set(rows.values_list("role_id", *columns)) == then
    assert set(rows.values_list("role__code", "role__name")) >= {("clerk", ""), ("leader", "")}

    words = _migrate(aside, BEFORE).get_model("organizations", "RoleGrant").objects.using(ASIDE)
    assert set(words.values_list("role", *columns)) == then
