"""The sentences of the record of acts about accounts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "account.invited_first": _("invited the person to sign in for the first time"),
    "account.invited_return": _("opened a way back into the account"),
    "account.invitation_revoked": _("took the invitation back"),
    "account.entered": _("signed in for the first time by invitation"),
    "account.returned": _("chose a new password by invitation"),
    "account.password_changed": _("changed the own password"),
    "account.closed": _("closed the account"),
    "account.opened": _("opened the account again"),
}
