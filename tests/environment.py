"""The surroundings of every test run: addopts in pyproject.toml loads this before Django reads settings."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="thongsuot-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["THONGSUOT_HOME"] = _home
os.environ["THONGSUOT_SECRET_KEY"] = "only-for-tests"
# The browser tests use Playwright's synchronous interface, which runs an event loop in the same thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
