"""The sentences of the record of acts about units and people, and of what was looked at."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "unit.described": _("corrected the description of the unit"),
    "people.members": _("names of the members of a cell"),
}
