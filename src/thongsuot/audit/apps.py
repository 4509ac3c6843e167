from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def prepare(**_signal: Any) -> None:
    from thongsuot.audit.keys import make_first_key
    from thongsuot.audit.services import seal_acts
    from thongsuot.core.jobs import end_repeating, repeat

    make_first_key()
    end_repeating("audit.services.readings.forget_readings")
    repeat(seal_acts, minutes=1)


class AuditConfig(AppConfig):
    name = "thongsuot.audit"

    def ready(self) -> None:
        from thongsuot.audit.acts import SENTENCES
        from thongsuot.audit.erasing import PART
        from thongsuot.audit.holdings import HOLDINGS
        from thongsuot.audit.queries import say
        from thongsuot.audit.services import READINGS
        from thongsuot.core import retention
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of

        say(SENTENCES)
        tell_people_of(*HOLDINGS)
        retention.register(READINGS)
        take_part(PART)
        # Not business: the key and what the worker does from time to time are there after each migration.
        post_migrate.connect(prepare, sender=self, dispatch_uid="audit.prepare")
