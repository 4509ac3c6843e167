"""What the acts on personal data say in a timeline."""

from __future__ import annotations

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
