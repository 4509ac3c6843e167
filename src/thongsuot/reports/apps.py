from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "thongsuot.reports"

    def ready(self) -> None:
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.inspections.sources import tell_dissemination_with
        from thongsuot.reports import permissions
        from thongsuot.reports.bridges import dissemination_for_inspections
        from thongsuot.reports.panels import flow_link, overview_link, theme_link

        register(
            NavItem(
                _("Overview"),
                "reports:dashboard",
                "dashboard",
                order=20,
                visible=permissions.can_see_overviews,
            )
        )
        register_panel("document", flow_link, order=5)
        register_panel("theme", theme_link, order=5)
        register_panel("unit", overview_link, order=5)
        tell_dissemination_with(dissemination_for_inspections)
