from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "thongsuot.privacy"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.privacy import panels
        from thongsuot.privacy.acts import SENTENCES
        from thongsuot.privacy.permissions import can_see_privacy

        say(SENTENCES)
        register_panel("account", panels.of_account, order=20)
        register_panel("privacy", panels.of_register, order=50)
        register(NavItem(_("Personal data"), "privacy:start", "lock", order=115, visible=can_see_privacy))
