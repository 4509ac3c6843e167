from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accounts.mailbox import Mailbox, listening


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Letters really go through SMTP to a server on this machine."""
    box = Mailbox()
    with listening(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "thong.suot@vamco.example"
        yield box
