"""The sentences of the record of acts about units and people, and of what was looked at."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "unit.described": _("corrected the description of the unit"),
    "role.given": _("gave a role"),
    "role.prolonged": _("prolonged a role"),
    "role.ended": _("ended a role"),
    "role.made": _("made a role"),
    "role.changed": _("changed what a role allows"),
    "role.retired": _("retired a role"),
    "authority.lent": _("lent authority for a while"),
    "authority.taken_back": _("took lent authority back"),
    "people.members": _("names of the members of a cell"),
}
