"""The signing key: from the environment, or from the file in the home folder that ``thongsuot found`` makes."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "secret-key"


def secret_key(home: Path) -> str:
    """The key that signs sessions and forms; a missing one stops the start in words."""
    key = os.environ.get("THONGSUOT_SECRET_KEY", "")
    file = home / FILE_NAME
    if not key and file.exists():
        key = file.read_text().strip()
    if not key:
        message = (
            "No secret key: set THONGSUOT_SECRET_KEY to a long random text, "
            f"or run 'thongsuot found' (or 'demo') once, which writes one to {file}."
        )
        raise ImproperlyConfigured(message)
    return key


def make_secret_key(home: Path) -> Path:
    """Write a new key that only the owner can read, unless there is one already."""
    file = home / FILE_NAME
    home.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    return file
