"""What an erasure does to an account: the row stays, because acts point at it; nobody is named or let in by it."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import Invitation, User
from thongsuot.core.clock import now
from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject

WITHOUT_NAME = "Người đã xóa dữ liệu #{}"  # data, in the language of the office


def preview(subject: Subject) -> Iterable[Line]:
    account = User.objects.filter(pk=subject.user_id).count()
    factors = Authenticator.objects.filter(user=subject.user_id).count()
    links = SocialAccount.objects.filter(user=subject.user_id).count()
    sessions = UserSession.objects.filter(user=subject.user_id).count()
    yield Line(_("account: user name, name shown, password"), account, True, _("closed, and without a name"))
    yield Line(_("second factors, links and sign-ins"), factors + links + sessions, True, _("for good"))


def erase(subject: Subject) -> None:
    user = User.objects.select_for_update().filter(pk=subject.user_id).first()
    if user is None:
        return
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    UserSession.objects.filter(user=user).delete()
    Invitation.objects.open().filter(user=user).update(revoked_at=now())
    number = min(subject.person_ids, default=user.pk)
    user.username, user.display_name = f"da-xoa-{user.pk}", WITHOUT_NAME.format(number)
    user.is_active = False
    user.set_unusable_password()
    user.save()


PART = Part("accounts", preview, erase=erase)
