from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "thongsuot.organizations"

    def ready(self) -> None:
        from thongsuot.accounts.contacts import know_addresses_with
        from thongsuot.audit.queries import say
        from thongsuot.audit.services import ask_authority_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.organizations.acts import SENTENCES
        from thongsuot.organizations.letting_in import address_of_user, may_invite_somebody
        from thongsuot.organizations.permissions import can_see_units
        from thongsuot.organizations.reach import authority_used

        say(SENTENCES)
        ask_authority_of(authority_used)
        know_addresses_with(address_of_user)
        register(NavItem(_("Organisations"), "organizations:tree", "tree", order=70, visible=can_see_units))
        register(
            NavItem(_("Accounts"), "organizations:accounts", "people", order=110, visible=may_invite_somebody)
        )
