"""The sentences of the record of acts about units and people, and of what was looked at."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "installation.founded": _("founded the installation"),
    "unit.described": _("corrected the description of the unit"),
    "role.given": _("gave a role"),
    "role.prolonged": _("prolonged a role"),
    "role.ended": _("ended a role"),
    "role.made": _("made a role"),
    "role.changed": _("changed what a role allows"),
    "role.retired": _("retired a role"),
    "authority.lent": _("lent authority for a while"),
    "authority.taken_back": _("took lent authority back"),
    "person.added": _("added the person"),
    "person.corrected": _("corrected name or contacts"),
    "position.given": _("gave a post"),
    "position.ended": _("ended a post"),
    "member.joined": _("noted the membership"),
    "member.moved": _("moved the membership to another cell"),
    "member.left": _("ended the membership"),
    "people.merged": _("joined two entries into one"),
    "people.separated": _("separated two entries again"),
    "import.begun": _("read a table to import"),
    "import.decided": _("decided to carry an import out"),
    "import.carried_out": _("carried an import out"),
    "import.undone": _("took an import back"),
    "import.given_up": _("gave an import up"),
    "people.import": _("rows of a table of people"),
    "people.list": _("names in a list of people"),
    "people.person": _("the page of a person"),
    "rights.holders": _("who holds which rights in a unit"),
    "rights.person": _("what a person may do"),
    "people.accounts": _("names and addresses in the list of accounts"),
    "people.invitations": _("codes of invitations"),
    "people.members": _("names of the members of a cell"),
}
