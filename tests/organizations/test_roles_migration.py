"""Grants made when a role was a word keep it when roles become rows, and the way back is open."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast

BEFORE = [("accounts", "0001_initial"), ("organizations", "0002_structure_in_time")]


def _migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.django_db(transaction=True)
def test_grants_keep_their_roles_there_and_back(cast: Cast) -> None:
    from thongsuot.organizations.models import RoleGrant

    columns = ("user_id", "unit_id", "reaches_subtree")
    now = set(RoleGrant.objects.values_list("role_id", *columns))
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        words = _migrate(BEFORE).get_model("organizations", "RoleGrant")
        assert set(words.objects.values_list("role", *columns)) == now
    finally:
        _migrate(newest)
    assert set(RoleGrant.objects.values_list("role_id", *columns)) == now
