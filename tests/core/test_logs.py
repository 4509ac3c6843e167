"""A log says where an error happened and of which kind it is, not what it quotes."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.conf import settings as configured

from thongsuot.core.logs import DiscreetFormatter

NAME = "Nguyễn Thị Minh"


def logged() -> str:
    try:
        try:
            raise ValueError(f"Failing row contains ({NAME})")
        except ValueError as cause:
            raise RuntimeError(f"could not save {NAME}") from cause
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Internal error: /a/", (), sys.exc_info())
    return DiscreetFormatter().format(record)


def test_an_error_is_logged_without_its_message() -> None:
    line = logged()
    assert NAME not in line
    assert line.index("ValueError") < line.index("RuntimeError")
    assert "test_logs.py" in line
    formatters: Any = configured.LOGGING["formatters"]
    assert formatters["line"]["()"] == "thongsuot.core.logs.DiscreetFormatter"


def test_whoever_looks_for_a_fault_on_their_own_machine_sees_it(settings: Any) -> None:
    settings.DEBUG = True
    assert NAME in logged()
