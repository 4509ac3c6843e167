from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "thongsuot.tasks"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.documents import hooks
        from thongsuot.organizations import hooks as units
        from thongsuot.tasks import handover
        from thongsuot.tasks.acts import SENTENCES
        from thongsuot.tasks.erasing import PART
        from thongsuot.tasks.holdings import HOLDINGS
        from thongsuot.tasks.panels import tasks_of_document, tasks_of_unit
        from thongsuot.tasks.permissions import can_list_tasks
        from thongsuot.tasks.services import (
            open_tasks_of_dispatch,
            reopen_tasks_of_recall,
            reopen_tasks_of_refusal,
            stop_tasks_of_recall,
            stop_tasks_of_refusal,
            stop_tasks_of_replacement,
        )

        say(SENTENCES)
        tell_people_of(*HOLDINGS)
        take_part(PART)
        hooks.document_dispatched.add(open_tasks_of_dispatch)
        hooks.delivery_refused.add(stop_tasks_of_refusal)
        hooks.delivery_recalled.add(stop_tasks_of_recall)
        hooks.document_replaced.add(stop_tasks_of_replacement)
        hooks.recall_taken_back.add(reopen_tasks_of_recall)
        hooks.refusal_taken_back.add(reopen_tasks_of_refusal)
        units.units_succeeded.add(handover.pass_on_tasks)
        units.units_restored.add(handover.take_back_tasks)
        units.against_undoing.add(handover.objections)
        units.impacts.add(handover.impacts)
        register(NavItem(_("Tasks"), "tasks:list", "flag", order=40, visible=can_list_tasks))
        register_panel("document", tasks_of_document, order=30)
        register_panel("unit", tasks_of_unit, order=30)
