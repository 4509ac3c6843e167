from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def schedule(**_signal: Any) -> None:
    from thongsuot.core.jobs import repeat
    from thongsuot.privacy.retention.jobs import MINUTES_BETWEEN_RUNS, remove_what_expired

    repeat(remove_what_expired, minutes=MINUTES_BETWEEN_RUNS)


class PrivacyConfig(AppConfig):
    name = "thongsuot.privacy"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core import retention
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.privacy import panels
        from thongsuot.privacy.acts import SENTENCES
        from thongsuot.privacy.breaches.panels import running_clocks
        from thongsuot.privacy.erasing import PART
        from thongsuot.privacy.holdings import HOLDINGS
        from thongsuot.privacy.permissions import can_see_privacy
        from thongsuot.privacy.retention import erasing as holds
        from thongsuot.privacy.retention.panels import retention_in_short
        from thongsuot.privacy.retention.terms import current_terms

        say(SENTENCES)
        register_panel("account", panels.of_account, order=20)
        register_panel("privacy", panels.of_requests, order=10)
        register_panel("privacy", panels.of_register, order=50)
        register_panel("person", panels.of_person, order=5)
        tell_people_of(*HOLDINGS)
        take_part(PART)
        register(NavItem(_("Personal data"), "privacy:start", "lock", order=115, visible=can_see_privacy))
        register_panel("privacy", running_clocks, order=1)
        take_part(holds.PART)
        retention.follow(current_terms)
        register_panel("privacy", retention_in_short, order=30)
        # Not business: what the worker does from time to time is known after each migration.
        post_migrate.connect(schedule, sender=self, dispatch_uid="privacy.schedule")
