from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "thongsuot.home"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core.ui.navigation import NavItem, describe_people_with, register
        from thongsuot.home.keys import SENTENCES
        from thongsuot.home.permissions import can_see_jobs, has_own_work
        from thongsuot.home.queries import overdue_count
        from thongsuot.home.who import position_of

        say(SENTENCES)
        register(
            NavItem(
                _("My work"),
                "home:my_work",
                "tasks",
                order=10,
                visible=has_own_work,
                count=overdue_count,
                urgent=True,
                phone=True,
                short=_("Work"),
            )
        )
        register(NavItem(_("Background work"), "home:jobs", "clock", order=120, visible=can_see_jobs))
        describe_people_with(position_of)
