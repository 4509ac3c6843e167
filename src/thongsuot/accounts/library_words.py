"""Sentences of the sign-in library that reach a page and have no Vietnamese of their own: here they get one."""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("You must type the same password each time."),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
)
