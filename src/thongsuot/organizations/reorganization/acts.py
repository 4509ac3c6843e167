"""What the record of acts says of reorganisations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "reorganization.begun": _("began to prepare the reorganisation"),
    "reorganization.changed": _("changed the draft of the reorganisation"),
    "reorganization.members_sent": _("said where %(members)s members of a split cell go"),
    "reorganization.scheduled": _("scheduled the reorganisation"),
    "reorganization.taken_back": _("took the reorganisation back into preparation"),
    "reorganization.cancelled": _("gave the reorganisation up"),
    "reorganization.carried_out": _(
        "carried the reorganisation out: %(founded)s units founded, %(ended)s ended, %(moved)s moved"
    ),
    "reorganization.failed": _("did not carry the reorganisation out"),
    "reorganization.handed_back": _(
        "did not carry the reorganisation out: whoever scheduled it no longer has the right"
    ),
    "reorganization.undone": _("undid the reorganisation"),
    "unit.founded": _("founded the unit"),
    "unit.renamed": _("renamed the unit"),
    "unit.moved": _("moved the unit"),
    "unit.merged": _("merged the unit into another"),
    "unit.split": _("split the unit"),
    "unit.dissolved": _("dissolved the unit"),
    "unit.restored": _("restored the unit as it was"),
}
