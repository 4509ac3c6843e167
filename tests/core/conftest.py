"""What tests of the core share."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils.module_loading import import_string


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the installation's own handler would write, at its most talkative."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    formatter: Any = configured.LOGGING["formatters"]["line"]  # type: ignore[index]  # the product's own settings
    handler.setFormatter(import_string(formatter["()"])(formatter["format"], style=formatter["style"]))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
