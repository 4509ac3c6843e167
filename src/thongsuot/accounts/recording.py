"""Acts done on the library's own pages, told by its signals and written into the record of acts. Nothing else."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.dispatch import Signal

from thongsuot.accounts.jobs import send_notice
from thongsuot.accounts.models import User
from thongsuot.accounts.queries import second_steps
from thongsuot.accounts.services.own import end_sessions
from thongsuot.audit.services import record
from thongsuot.core.jobs import enqueue

_VERBS: tuple[tuple[Signal, str], ...] = (
    (password_changed, "account.password_changed"),
    (authenticator_added, "account.second_factor_added"),
    (authenticator_removed, "account.second_factor_removed"),
    (authenticator_reset, "account.recovery_codes_renewed"),
    (social_account_added, "account.provider_linked"),
    (social_account_removed, "account.provider_unlinked"),
)


def listen() -> None:
    for signal, verb in _VERBS:
        signal.connect(_recorder(verb), weak=False, dispatch_uid=f"accounts.{verb}")


def _recorder(verb: str) -> Any:
    signal_is_password = verb == "account.password_changed"

    def write(request: Any, user: User | None = None, authenticator: Any = None, **_: Any) -> None:
        person = user or request.user
        detail: dict[str, Any] = {} if authenticator is None else {"kind": str(authenticator.type)}
        with transaction.atomic():
            record(verb, by=person, on=person, **detail)
            if verb == "account.second_factor_added" and second_steps(person).count() == 1:
                _end_what_began_without(request, person)
            enqueue(send_notice, person.pk, "password" if signal_is_password else "step")

    return write


def _end_what_began_without(request: Any, user: User) -> None:
    """With the first second step, whoever came in elsewhere by the password alone comes in again."""
    here = request.session.session_key
    others = list(UserSession.objects.filter(user=user).exclude(session_key=here))
    end_sessions(by=user, sessions=others)
