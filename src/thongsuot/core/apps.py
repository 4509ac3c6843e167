from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


def prepare(**_signal: Any) -> None:
    from thongsuot.core.crypto.rotating import make_first_key

    make_first_key()


class CoreConfig(AppConfig):
    name = "thongsuot.core"
    label = "core"

    def ready(self) -> None:
        from thongsuot.core import leftovers, personal, placement, retention, search

        checks.register(placement.check_placements, "models")
        checks.register(personal.check_declarations, "models")
        retention.register(leftovers.ENDED_JOBS, leftovers.TRIES)
        # Not business: the database's own search index is brought in line with the tables after each migration.
        post_migrate.connect(search.ensure_indexes_of, dispatch_uid="core.search")
        # Nor this: the key of encrypted values is there after each migration. Sent by every app that has models.
        post_migrate.connect(prepare, dispatch_uid="core.crypto")
