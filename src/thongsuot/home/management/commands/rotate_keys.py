from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from thongsuot.core.crypto import keyring, rotating
from thongsuot.home.keys import note_dropped, note_rotated

WIDTH = 30
MOST_WALKS = 5


class Command(BaseCommand):
    help = (
        "Encrypt personal data with a new key (docs/personal-data.md). Stopped half-way, it goes on at the next call; "
        "people may work meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--drop-unused",
            action="store_true",
            help="forget old keys that no value needs; copies of the database from before need them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["drop_unused"]:
                self._drop()
            else:
                self._rotate()
        except rotating.TooEarlyError as error:
            sentence = _(
                "A new key was made within the last hour; what began before may still use the old one."
            )
            raise CommandError(sentence) from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

    def _rotate(self) -> None:
        was = keyring.keyring().current
        if rotating.left():
            self.stdout.write(_("An earlier change of keys is not finished yet: going on with it."))
        elif keyring.come_from_environment():
            sentence = _(
                "Every value is under the last key of THONGSUOT_DATA_KEYS. Add a new one at its end first, on every "
                "machine."
            )
            raise CommandError(sentence)
        else:
            name = keyring.add_key()
            self.stdout.write(_("New values are encrypted with key %(name)s from now on.") % {"name": name})
            note_rotated(was, name)
        self._rewrite()
        older = ", ".join(keyring.keyring().older)
        if older:
            self.stdout.write(
                _(
                    "Older keys: %(names)s. Keep them as long as copies of the database from before are kept; then "
                    "run rotate-keys --drop-unused."
                )
                % {"names": older}
            )

    def _rewrite(self) -> None:
        done = 0
        for _walk in range(MOST_WALKS):
            total = rotating.left()
            outcome = rotating.reencrypt(lambda number, total=total: self._show(number, total))  # type: ignore[misc]  # bound now
            done += outcome.rewritten
            if outcome.faults or not rotating.left():
                break
        self.stdout.write(_("%(number)s records were encrypted anew.") % {"number": done})
        remaining = rotating.left()
        for fault in outcome.faults[: rotating.MOST_FAULTS]:
            self.stderr.write(f"    {fault}")
        if remaining:
            self.stdout.write(_("%(number)s records are still under an older key.") % {"number": remaining})
            sys.exit(1)

    def _show(self, done: int, total: int) -> None:
        """A bar for a person who looks on."""
        if sys.stderr.isatty():
            full = WIDTH * done // max(total, 1)
            bar = "█" * full + "·" * (WIDTH - full)
            self.stderr.write(f"\r{bar} {done:,}/{total:,}", ending="\n" if done >= total else "")

    def _drop(self) -> None:
        dropped = rotating.drop_unused()
        if dropped:
            note_dropped(dropped)
            self.stdout.write(_("No longer here: %(names)s.") % {"names": ", ".join(dropped)})
        else:
            self.stdout.write(_("There is no key that could be dropped."))
