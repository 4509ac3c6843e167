from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def schedule(**_signal: Any) -> None:
    from thongsuot.core.jobs import end_repeating, repeat
    from thongsuot.organizations.imports import jobs as imports
    from thongsuot.organizations.reorganization.jobs import MINUTES_BETWEEN_LOOKS, carry_out_due

    repeat(carry_out_due, minutes=MINUTES_BETWEEN_LOOKS)
    end_repeating("organizations.imports.jobs.clear_old_rows")
    repeat(imports.release_given_up, minutes=imports.MINUTES_BETWEEN_LOOKS)


class OrganizationsConfig(AppConfig):
    name = "thongsuot.organizations"

    def ready(self) -> None:
        from thongsuot.accounts.contacts import know_addresses_with
        from thongsuot.audit.queries import say
        from thongsuot.audit.services import ask_authority_of
        from thongsuot.core import retention
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.organizations.acts import SENTENCES
        from thongsuot.organizations.erasing import PART
        from thongsuot.organizations.holdings import HOLDINGS
        from thongsuot.organizations.imports.clearing import IMPORT_ROWS
        from thongsuot.organizations.letting_in import address_of_user, may_invite_somebody
        from thongsuot.organizations.letting_in.panel import roles_of_account
        from thongsuot.organizations.permissions import can_see_units
        from thongsuot.organizations.permissions_of_rights import can_see_rights, only_lends
        from thongsuot.organizations.reach import authority_used
        from thongsuot.organizations.reorganization import acts as reorganization_acts

        say(SENTENCES)
        tell_people_of(*HOLDINGS)
        retention.register(IMPORT_ROWS)
        take_part(PART)
        say(reorganization_acts.SENTENCES)
        ask_authority_of(authority_used)
        know_addresses_with(address_of_user)
        register_panel("account", roles_of_account, order=10)
        register(NavItem(_("Organisations"), "organizations:tree", "tree", order=70, visible=can_see_units))
        register(
            NavItem(_("Accounts"), "organizations:accounts", "people", order=110, visible=may_invite_somebody)
        )
        register(NavItem(_("Rights"), "rights:list", "lock", order=112, visible=can_see_rights))
        register(NavItem(_("Lent authority"), "rights:loans", "user", order=113, visible=only_lends))
        # Not business: what the worker does from time to time is known after each migration.
        post_migrate.connect(schedule, sender=self, dispatch_uid="organizations.schedule")
