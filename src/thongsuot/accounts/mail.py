"""Letters the product writes: plain text, in Vietnamese."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from thongsuot.accounts.codes import code_of
from thongsuot.accounts.models import Invitation, Purpose


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
