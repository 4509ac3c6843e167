"""Changes of the keys of encrypted data, in the record of acts: the names of keys, never the keys."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.models import Seal
from thongsuot.audit.services import record

SENTENCES: dict[str, str | Promise] = {
    "data.key_added": _("began to encrypt personal data with a new key"),
    "data.keys_dropped": _("dropped old keys of encrypted personal data"),
}


@transaction.atomic
def note_rotated(was: str, name: str) -> None:
    record("data.key_added", by=None, on=_end(), before={"key": was}, after={"key": name})


@transaction.atomic
def note_dropped(names: Sequence[str]) -> None:
    record("data.keys_dropped", by=None, on=_end(), keys=list(names))


def _end() -> Seal:
    """A key belongs to no row; the act stands at the end of the record, like those about its own keys."""
    return Seal.objects.order_by("-number").first() or Seal(number=0)
