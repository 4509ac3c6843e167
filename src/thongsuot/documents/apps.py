from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

MINUTES_BETWEEN_TIDYINGS = 60


def schedule(**_signal: Any) -> None:
    from thongsuot.core.jobs import repeat
    from thongsuot.documents.services.clearing import tidy_desk

    repeat(tidy_desk, minutes=MINUTES_BETWEEN_TIDYINGS)


class DocumentsConfig(AppConfig):
    name = "thongsuot.documents"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core import retention
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.documents import deciding, handover, jobs
        from thongsuot.documents.acts import SENTENCES
        from thongsuot.documents.erasing import PART
        from thongsuot.documents.holdings import HOLDINGS
        from thongsuot.documents.permissions import can_read_documents
        from thongsuot.documents.queries.dispatch import arrived_count
        from thongsuot.documents.services import clearing
        from thongsuot.organizations import hooks as units

        say(SENTENCES)
        tell_people_of(*HOLDINGS)
        retention.register(clearing.PUT_ASIDE, clearing.NOT_TAKEN_IN)
        take_part(PART)
        units.units_about_to_change.add(jobs.keep_flow_still)
        units.units_succeeded.add(handover.pass_on_documents)
        units.units_restored.add(handover.take_back_documents)
        units.tree_changed.add(handover.sum_up_later)
        units.against_undoing.add(handover.objections)
        units.impacts.add(handover.impacts)
        units.register.answer_with(deciding.search, deciding.one)
        # Not business: what the worker does from time to time is known after each migration.
        post_migrate.connect(schedule, sender=self, dispatch_uid="documents.schedule")
        register(
            NavItem(
                _("Documents"),
                "documents:list",
                "document",
                order=20,
                visible=can_read_documents,
                count=arrived_count,
                phone=True,
            )
        )
