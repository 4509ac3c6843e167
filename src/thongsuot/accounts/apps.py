from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "thongsuot.accounts"

    def ready(self) -> None:
        from thongsuot.accounts.seeding import ensure_built_in_roles

        # Not business: the catalogue's roles are rows after each migration, and after each flush of a test.
        post_migrate.connect(ensure_built_in_roles, sender=self, dispatch_uid="accounts.roles")
