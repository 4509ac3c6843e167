from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "thongsuot.organizations"

    def ready(self) -> None:
        from thongsuot.accounts.contacts import know_addresses_with
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.organizations.letting_in import address_of_user, may_invite_somebody

        know_addresses_with(address_of_user)
        register(
            NavItem(_("Accounts"), "organizations:accounts", "people", order=110, visible=may_invite_somebody)
        )
