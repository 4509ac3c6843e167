from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "thongsuot.organizations"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.audit.services import ask_authority_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.organizations.acts import SENTENCES
        from thongsuot.organizations.permissions import can_see_units
        from thongsuot.organizations.reach import authority_used

        say(SENTENCES)
        ask_authority_of(authority_used)
        register(NavItem(_("Organisations"), "organizations:tree", "tree", order=70, visible=can_see_units))
