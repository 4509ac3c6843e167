"""How a right is asked for in a service: one sentence when it is missing, never a silent skip."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def require(allowed: bool, sentence: str = "") -> None:
    """Stop an act for which the person has no right (HTTP 403)."""
    if not allowed:
        raise PermissionDenied(sentence or _("You do not have the right to do this."))
