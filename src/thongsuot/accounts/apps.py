from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def put_into_timetable(**_: Any) -> None:
    """Have the worker try again, every few minutes, what the mail server did not take."""
    from thongsuot.accounts.jobs import MINUTES_BETWEEN_TRIES, send_failed_invitations
    from thongsuot.core.jobs import repeat

    repeat(send_failed_invitations, minutes=MINUTES_BETWEEN_TRIES)


class AccountsConfig(AppConfig):
    name = "thongsuot.accounts"

    def ready(self) -> None:
        from thongsuot.accounts import leftovers
        from thongsuot.accounts.acts import SENTENCES
        from thongsuot.accounts.erasing import PART
        from thongsuot.accounts.holdings import HOLDINGS, declare_libraries
        from thongsuot.accounts.recording import listen
        from thongsuot.accounts.seeding import ensure_built_in_roles
        from thongsuot.audit.queries import say
        from thongsuot.core import retention
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of

        say(SENTENCES)
        declare_libraries()
        tell_people_of(*HOLDINGS)
        retention.register(leftovers.ENDED_INVITATIONS, leftovers.ENDED_SESSIONS, leftovers.ENDED_DEVICES)
        take_part(PART)
        listen()
        # Not business: the catalogue's roles are rows after each migration, and after each flush of a test.
        post_migrate.connect(ensure_built_in_roles, sender=self, dispatch_uid="accounts.roles")
        post_migrate.connect(put_into_timetable, sender=self, dispatch_uid="accounts.put_into_timetable")
