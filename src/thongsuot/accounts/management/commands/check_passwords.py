"""``thongsuot manage check_passwords``: whether the offline list of stolen passwords is whole and in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thongsuot.accounts.passwords import ListBrokenError, check_list


class Command(BaseCommand):
    help = "Check the sorted list of SHA-1 hashes that THONGSUOT_BREACHED_PASSWORDS names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="the list (default: the one that is set)")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or settings.BREACHED_PASSWORDS
        if not path:
            raise CommandError("No list is set: name the file, or set THONGSUOT_BREACHED_PASSWORDS.")
        lines = 0
        try:
            for lines in check_list(Path(path)):
                self.stdout.write(f"{lines:,} lines are in order")
        except ListBrokenError as fault:
            raise CommandError(f"The list cannot be used: {fault}.") from None
        except OSError as fault:
            raise CommandError(f"The list cannot be read: {fault.strerror}.") from None
        if not lines:
            raise CommandError("The list is empty.")
