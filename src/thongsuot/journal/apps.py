from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "thongsuot.journal"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.journal.acts import SENTENCES
        from thongsuot.journal.panels import link_to_acts_on
        from thongsuot.journal.permissions import can_read_record

        say(SENTENCES)
        register(NavItem(_("Record of acts"), "journal:acts", "book", order=110, visible=can_read_record))
        register_panel("history", link_to_acts_on, order=10)
