"""The walk happens in December 2025, on data the program stored itself."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import Cast
from thongsuot.core import clock

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.walk.desk import Hall

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "dev"
Turn = Callable[..., None]


@pytest.fixture
def turn_to(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """``turn_to(8, hour=14)``: for every thread it is 14:00 on 8 December 2025 (``clock.at`` tells one only)."""

    def turn(day: int, hour: int = 9) -> None:
        moment = clock.moment(dt.date(2025, 12, day), hour)
        told: ContextVar[dt.datetime | None] = ContextVar("told", default=moment)
        monkeypatch.setattr(clock, "_told", told)

    turn(1)
    return turn


@pytest.fixture
def hall(chromium: Browser, live_server: Any, cast: Cast, turn_to: Turn) -> Iterator[Hall]:
    """The browser and the site; whatever the browser complains about on any page fails the test."""
    from tests.walk.desk import Hall

    place = Hall(chromium, live_server.url)
    yield place
    place.close()
    assert not place.complaints


@pytest.fixture(scope="session")
def directive() -> tuple[str, bytes]:
    """A real directive of a province, from the corpus beside the checkout: its name and its bytes."""
    file = CORPUS / "017.txt"
    if not file.exists():
        sentence = f"The corpus is not beside the checkout: {file.name} is missing."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(sentence)
    return file.name, file.read_bytes()
