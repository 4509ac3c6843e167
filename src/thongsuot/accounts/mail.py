"""Letters the product writes: plain text, in Vietnamese."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from thongsuot.accounts.codes import code_of
from thongsuot.accounts.models import Invitation, Purpose, User
from thongsuot.core.clock import now

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def can_be_sent() -> bool:
    """Whether the installation has a mail server at all."""
    return settings.EMAIL_BACKEND != SMTP or bool(settings.EMAIL_HOST)


def link_of(invitation: Invitation) -> str:
    """The address that a QR code or a letter leads to."""
    return invitation.origin + reverse("accounts:enter", args=[code_of(invitation.pk)])


def mail_invitation(invitation: Invitation, address: str) -> None:
    """Send one letter now; an error of the mail server is the caller's."""
    # A job has no person whose language it could ask.
    with translation.override("vi"):
        is_first = invitation.purpose == Purpose.FIRST
        body = render_to_string(
            "accounts/mail/invitation.txt",
            {
                "invitation": invitation,
                "link": link_of(invitation),
                "code": code_of(invitation.pk),
                "is_first": is_first,
            },
        )
        subject = _("Your account in Thông Suốt") if is_first else _("A new password for Thông Suốt")
        EmailMessage(subject, body.strip() + "\n", to=[address]).send()


def mail_notice(user: User, what: str, address: str) -> None:
    """Tell the owner that the way into the account has changed: whoever did not do it themselves must know."""
    with translation.override("vi"):
        body = render_to_string("accounts/mail/notice.txt", {"user": user, "what": what, "at": now()})
        EmailMessage(_("Your account in Thông Suốt has changed"), body.strip() + "\n", to=[address]).send()
