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
    "account.second_factor_added": _("set up a second step for signing in"),
    "account.second_factor_removed": _("removed a second step for signing in"),
    "account.second_factor_removed_for": _("removed the second step of somebody who has lost it"),
    "account.passkey_renamed": _("gave a passkey another name"),
    "account.recovery_codes_renewed": _("made new recovery codes"),
    "account.provider_linked": _("linked an office account"),
    "account.provider_unlinked": _("unlinked the office account"),
    "account.sessions_ended": _("ended %(sessions)s sessions"),
    "role.second_step_waived": _("let the role do without a second step, at the computer itself"),
    "account.closed": _("closed the account"),
    "account.opened": _("opened the account again"),
}
