"""What the acts on personal data say in a timeline."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "privacy.exported": _("exported what is held about them"),
}
