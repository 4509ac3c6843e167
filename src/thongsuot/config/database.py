"""The database from one setting: ``DATABASE_URL``, or SQLite in the home folder when it is not set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so that two writers wait
# for each other instead of failing in the middle; foreign keys are on by Django itself.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}

# Our pages ask for what is shown. Where PostgreSQL takes the reading of somebody's rights for more than it is, it
# would compile that query for seconds to answer it in milliseconds.
POSTGRESQL_OPTIONS: dict[str, Any] = {"options": "-c jit=off"}


def database_from_environment(home: Path) -> dict[str, Any]:
    """Settings of the default database.

    ``postgresql://user:password@host:port/name`` or, for a socket, ``postgresql://user@/name?host=/folder``;
    ``sqlite:////absolute/path`` or, on Windows, ``sqlite:///C:/path`` names another SQLite file.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(home / "thongsuot.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL must begin with postgresql:// or sqlite://, not {parts.scheme}://."
        raise ImproperlyConfigured(message)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": POSTGRESQL_OPTIONS,
    }


def _sqlite(file: Path) -> dict[str, Any]:
    file.parent.mkdir(parents=True, exist_ok=True)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": SQLITE_OPTIONS}
