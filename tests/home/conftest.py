"""It is Tuesday, 3 November 2026, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tasks.factory import on
from thongsuot.core import clock


@pytest.fixture(autouse=True)
def _third_of_november() -> Iterator[None]:
    with clock.at(on(3)):
        yield
