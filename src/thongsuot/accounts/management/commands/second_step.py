"""``thongsuot second-step``: for whoever keeps the computer, when the last administrator cannot sign in any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from thongsuot.accounts.models import Role, User
from thongsuot.accounts.services import remove_second_factors
from thongsuot.audit.services import record


class Command(BaseCommand):
    help = "Remove the second step of an account, or let a role do without; with neither, name the roles that ask."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", metavar="USER", help="the account whose app and passkeys are lost")
        parser.add_argument("--not-required", metavar="ROLE", help="the code of a role that asks for it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self._remove(options["remove"])
        if options["not_required"]:
            self._let_do_without(options["not_required"])
        if not options["remove"] and not options["not_required"]:
            for role in Role.objects.exclude(second_step_since=None).in_order():
                self.stdout.write(f"{role.code}: since {role.second_step_since}")

    def _remove(self, username: str) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        if not remove_second_factors(by=None, user=user):
            raise CommandError(f"The account {username} has no second step.")
        self.stdout.write(f"The password of {username} is enough now, until a new second step is set up.")

    @transaction.atomic
    def _let_do_without(self, code: str) -> None:
        role = Role.objects.select_for_update().filter(pk=code).exclude(second_step_since=None).first()
        if role is None:
            raise CommandError(f"No role {code} asks for a second step.")
        role.second_step_since = None
        role.save(update_fields=["second_step_since"])
        record("role.second_step_waived", by=None, on=role)
        self.stdout.write(f"The role {code} does without a second step now.")
