from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "thongsuot.documents"

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.documents.acts import SENTENCES
        from thongsuot.documents.permissions import can_read_documents
        from thongsuot.documents.queries.dispatch import arrived_count

        say(SENTENCES)
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
