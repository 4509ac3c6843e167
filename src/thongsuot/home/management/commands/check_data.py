from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from thongsuot.home.proofs import PROOFS, repair


class Command(BaseCommand):
    help = "Prove that totals, numbers and the tree are what the rows say; one line each, exit code 1 with faults."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="make the totals anew from the counters first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["repair"]:
            repair()
            self.stdout.write(_("The totals were summed anew."))
        wrong = 0
        for proof in PROOFS:
            faults = proof.found()
            wrong += len(faults)
            self.stdout.write(f"{'✗' if faults else '✓'} {_(proof.title)}")
            for fault in faults:
                self.stdout.write(f"    {fault}")
        if wrong:
            self.stdout.write(_("Faults were found. --repair sums totals anew; other faults need a person."))
            sys.exit(1)
