"""What the pages of the sign-in library need."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from thongsuot.accounts import queries
from thongsuot.accounts.passwords import rules_in_words

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script reads: no script stands in the page itself."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def office_label() -> str:
    """The name of the office's provider; nothing when there is none."""
    return queries.office_label()


@register.simple_tag
def nobody_yet() -> bool:
    """Whether there is no account at all: then nobody can sign in, and the page says what to do."""
    return not queries.has_accounts()


@register.filter
def in_fours(secret: str) -> str:
    """A long secret in groups that can be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@register.simple_tag
def password_rules() -> str:
    return rules_in_words()
