from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from thongsuot.documents.counting import counted_totals, rebuild, recount

BAR = 40


class Command(BaseCommand):
    help = "Make all totals anew while the site is in use; run again, it goes on where it was ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--counters", action="store_true", help="count the counters anew from the rows first"
        )
        parser.add_argument(
            "--anew", action="store_true", help="begin anew, not where the last run was ended"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        resume = not options["anew"]
        totals = list(counted_totals())
        if options["counters"]:
            for total in totals:
                self._begin(_("Counting anew: %(what)s") % {"what": total.COUNTER._meta.label})
                recount(total.COUNTER, total, resume=resume, tell=self._tell)
        for total in totals:
            self._begin(_("Summing up anew: %(what)s") % {"what": total._meta.label})
            rebuild(total.COUNTER, total, resume=resume, tell=self._tell)
        self.stdout.write(_("All totals are made anew. 'thongsuot check --totals' proves them."))

    def _begin(self, title: str) -> None:
        self.stdout.write(title)
        self._drawn = -1

    def _tell(self, done: int, number: int) -> None:
        """A bar that grows on a terminal, a line for each tenth elsewhere."""
        percent = 100 * done // number
        watched = self.stdout.isatty()
        step = percent if watched else percent // 10
        if step == self._drawn:
            return
        self._drawn = step
        filled = BAR * done // number
        line = f"  [{'█' * filled}{'·' * (BAR - filled)}] {percent:3} %  {done:,}/{number:,}"
        last = done == number or not watched
        self.stdout.write(f"\r{line}" if watched else line, ending="\n" if last else "")
        self.stdout.flush()
