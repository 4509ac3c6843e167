"""After an update: let the newer reader propose anew for every paper that waits to be checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from thongsuot.documents.jobs import read_again
from thongsuot.documents.queries.intake import read_by_earlier_readers


class Command(BaseCommand):
    help = "Read all waiting papers again that an earlier reader has read. What people have decided stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keys = read_by_earlier_readers()
        for done, key in enumerate(keys, start=1):
            read_again(key)
            self.stdout.write(f"\r{done}/{len(keys)}", ending="")
        self.stdout.write(f"\r{len(keys)} papers were read again.")
