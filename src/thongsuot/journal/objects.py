"""What an act was about, in words, and the page that shows it; whether one may open that is asked there."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, tuple[str | Promise, str]] = {
    "documents.document": (pgettext_lazy("object of an act", "document"), "documents:document"),
    "documents.intake": (pgettext_lazy("object of an act", "paper handed in"), "documents:review"),
    "documents.delivery": (pgettext_lazy("object of an act", "delivery"), ""),
    "documents.dispatch": (pgettext_lazy("object of an act", "sending"), ""),
    "tasks.task": (pgettext_lazy("object of an act", "task"), "tasks:task"),
    "dissemination.session": (pgettext_lazy("object of an act", "session"), "dissemination:session"),
    "inspections.inspection": (pgettext_lazy("object of an act", "inspection"), "inspections:inspection"),
    "organizations.unit": (pgettext_lazy("object of an act", "unit"), "organizations:unit"),
    "organizations.person": (pgettext_lazy("object of an act", "person"), ""),
    "organizations.rolegrant": (pgettext_lazy("object of an act", "role"), ""),
    "organizations.delegation": (pgettext_lazy("object of an act", "delegation"), ""),
    "accounts.user": (pgettext_lazy("object of an act", "account"), ""),
    "privacy.breach": (pgettext_lazy("object of an act", "breach of personal data"), "privacy:breach"),
    "privacy.legalhold": (pgettext_lazy("object of an act", "hold on data"), ""),
    "privacy.retentionperiod": (pgettext_lazy("object of an act", "period of retention"), ""),
    "audit.seal": (_("record of acts"), ""),
}


def kind_of(object_type: str) -> str:
    """The word for a kind of object; its own name where there is none yet."""
    return str(KINDS.get(object_type, (object_type, ""))[0])


def address_of(object_type: str, object_id: str) -> str:
    """Where the object is shown; nothing where it has no page of its own."""
    name = KINDS.get(object_type, ("", ""))[1]
    if not name:
        return ""
    try:
        return reverse(name, args=[object_id])
    except NoReverseMatch:
        return ""
