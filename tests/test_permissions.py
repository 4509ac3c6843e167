"""Every URL by every part: the table in the apps' ``urls_by_role.py`` is complete and true."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast
from tests.permissions import Row

APPS = [
    "accounts",
    "documents",
    "tasks",
    "dissemination",
    "inspections",
    "reports",
    "home",
    "journal",
    "organizations",
    "privacy",
    "ui",
]


def _rows() -> list[Row]:
    files = [Path(__file__).parent / app / "urls_by_role.py" for app in APPS]
    names = [f"tests.{file.parent.name}.urls_by_role" for file in files if file.exists()]
    return [row for name in names for row in import_module(name).ROWS]


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_url_has_a_row() -> None:
    missing = set(_names(get_resolver().url_patterns)) - {row.name for row in _rows()}
    assert not missing, f"Say in tests/<app>/urls_by_role.py who may open: {sorted(missing)}"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row.method} {row.name}")
def test_each_part_gets_what_the_table_says(row: Row, cast: Cast) -> None:
    address = reverse(row.name, args=row.args(cast))
    wrong = {}
    for part, user in [*cast.everybody.items(), ("anonymous", None)]:
        expected = row.expected.get(
            part, 302 if part == "anonymous" and not row.public else row.expected["*"]
        )
        client = Client()
        if user:
            client.force_login(user)
        with transaction.atomic():
            answer = getattr(client, row.method)(address, row.data(cast) if row.method == "post" else {})
            if answer.streaming:
                answer.getvalue()  # a file that is sent stays open until it is read
            transaction.set_rollback(True)
        if answer.status_code != expected:
            wrong[part] = (answer.status_code, expected)
    assert not wrong, f"{row.method} {address}: got, expected {wrong}"
