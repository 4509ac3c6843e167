"""What the law on personal data asks of this office: words and days that the office confirms, so never constants."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

# Days to answer, by kind of request. They follow what is known of the law so far and are marked (U) wherever they
# are shown: THONGSUOT_PRIVACY_DAYS="correction=10; erasure=20" sets what the office has confirmed.
ASSUMED = {"correction": 10, "restriction": 15, "erasure": 20, "objection": 15}


def pairs(text: str) -> dict[str, str]:
    """ "task=Điều 1; records=Điều 2" as a dictionary."""
    parts = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _sign, value in parts}


def articles_from_environment() -> dict[str, str]:
    return pairs(os.environ.get("THONGSUOT_PRIVACY_ARTICLES", ""))


def days_from_environment() -> dict[str, int]:
    """The assumed days with what the office has confirmed laid over them."""
    given = pairs(os.environ.get("THONGSUOT_PRIVACY_DAYS", ""))
    wrong = [name for name, days in given.items() if name not in ASSUMED or not days.isdigit()]
    if wrong:
        message = f"THONGSUOT_PRIVACY_DAYS: {', '.join(wrong)} is no known request with a number of days."
        raise ImproperlyConfigured(message)
    return ASSUMED | {name: int(days) for name, days in given.items()}
