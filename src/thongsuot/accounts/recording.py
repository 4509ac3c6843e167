"""Acts done on the library's own pages, told by its signals and written into the record of acts. Nothing else."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.db import transaction
from django.dispatch import Signal

from thongsuot.accounts.jobs import send_notice
from thongsuot.accounts.models import User
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
            enqueue(send_notice, person.pk, "password" if signal_is_password else "step")

    return write
