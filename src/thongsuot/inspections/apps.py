from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "thongsuot.inspections"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.inspections import handover
        from thongsuot.inspections.acts import SENTENCES
        from thongsuot.inspections.erasing import PART
        from thongsuot.inspections.holdings import HOLDINGS
        from thongsuot.inspections.panels import inspections_with
        from thongsuot.inspections.permissions import can_read_inspections
        from thongsuot.inspections.queries import waiting_for_acceptance
        from thongsuot.organizations import hooks as units

        say(SENTENCES)
        tell_people_of(*HOLDINGS)
        take_part(PART)
        units.units_succeeded.add(handover.pass_on_inspections)
        units.units_restored.add(handover.take_back_inspections)
        units.against_undoing.add(handover.objections)
        units.impacts.add(handover.impacts)
        register(
            NavItem(
                _("Inspection and supervision"),
                "inspections:list",
                "inspect",
                order=60,
                visible=can_read_inspections,
                count=waiting_for_acceptance,
                short=_("Inspection"),
            )
        )
        register_panel("document", inspections_with, order=40)
