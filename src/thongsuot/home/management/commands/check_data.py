from __future__ import annotations

import functools
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from thongsuot.audit import anchors
from thongsuot.audit.proofs import faults_of_record
from thongsuot.audit.queries import end_of_chain
from thongsuot.audit.services import seal_acts
from thongsuot.home.proofs import PROOFS, Proof, repair


class Command(BaseCommand):
    help = "Prove that totals, numbers, the tree and the record of acts are whole; exit code 1 with faults."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="make the totals anew from the counters first"
        )
        parser.add_argument(
            "--totals", action="store_true", help="prove only that what is counted equals its rows"
        )
        parser.add_argument(
            "--anchor",
            metavar="NUMBER:DIGEST",
            help="an end of the record of acts that was noted elsewhere: the record must still go through it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        noted = self._noted(options["anchor"])
        if options["repair"]:
            repair()
            self.stdout.write(_("The totals were summed anew."))
        only_counts = options["totals"]
        if not only_counts:
            seal_acts()
        wrong = sum(self._prove(proof, noted) for proof in PROOFS if proof.counts or not only_counts)
        end = None if only_counts else end_of_chain()
        if end:
            self.stdout.write(_("The record of acts ends at %(end)s – note it elsewhere.") % {"end": end})
        if wrong:
            self.stdout.write(_("Faults were found. --repair sums totals anew; other faults need a person."))
            sys.exit(1)

    def _noted(self, given: str | None) -> anchors.Anchor | None:
        try:
            return anchors.parse(given) if given else None
        except anchors.BrokenAnchorError as error:
            raise CommandError(str(error)) from error

    def _prove(self, proof: Proof, noted: anchors.Anchor | None) -> int:
        """One line, and one for each fault; how many there were."""
        if proof.faults is faults_of_record:
            proof = Proof(proof.title, functools.partial(faults_of_record, noted=noted), long=True)
        faults = proof.found(self._tick)
        self.stdout.write(f"{'✗' if faults else '✓'} {_(proof.title)}")
        for fault in faults:
            self.stdout.write(f"    {fault}")
        return len(faults)

    def _tick(self, number: int) -> None:
        """Long work shows that it goes on, to a person who looks on."""
        if number and number % 100_000 == 0 and sys.stderr.isatty():
            self.stderr.write(_("… %(number)s rows looked at") % {"number": f"{number:,}"})
