"""People who sign in. Who they are and what they may do in which unit is said by ``organizations``."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.personal import WITH_THE_ACCOUNT, Basis, Held, Personal
from thongsuot.core.placement import Placement

SIGNING_IN = Personal(
    _("so that only this person signs in as themselves"), Basis.SAFETY, keep=WITH_THE_ACCOUNT
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """An account with a hashed password; without one nobody can sign in to it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: a name to sign in with and a name to show."""

    placement = Placement.REFERENCE
    personal = Held(
        _("accounts"),
        {
            "username": SIGNING_IN.but(label=_("user name")),
            "display_name": SIGNING_IN.but(label=_("name shown"), purpose=_("to show who did something")),
            "password": SIGNING_IN.but(label=_("password, as a hash nobody can read back")),
        },
        is_person=True,
    )
    # A reference table is copied to every node: a write at each sign-in has no place in it.
    last_login = None

    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(_("name shown"), max_length=120)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.display_name
