from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from thongsuot.audit.queries import end_of_chain
from thongsuot.audit.services import accept_end, begin_new_key, seal_acts


class Command(BaseCommand):
    help = "Look after the record of acts (docs/audit.md): seal it now, sign with a new key, accept a restored copy."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("seal", help="seal what is committed and say where the record ends")
        verbs.add_parser("new-key", help="sign with a new key from now on; the old ones still verify")
        accept = verbs.add_parser(
            "accept-end", help="take the record as it is for whole, after a restored backup"
        )
        accept.add_argument("--reason", required=True, help="why it ends elsewhere than was noted")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "new-key":
            name = begin_new_key(by=None)
            self.stdout.write(
                _("The record of acts is signed with key %(name)s from now on.") % {"name": name}
            )
        elif options["verb"] == "accept-end":
            accept_end(by=None, reason=options["reason"])
        else:
            seal_acts()
        self.stdout.write(str(end_of_chain() or ""))
