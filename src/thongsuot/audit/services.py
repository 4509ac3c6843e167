"""Writing the record of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from thongsuot.audit.models import Act

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def record(
    verb: str,
    *,
    by: User | None,
    on: models.Model,
    unit_id: int | None = None,
    reason: str = "",
    **detail: Any,
) -> Act:
    """Write one act beside what it did: the same transaction, so neither exists without the other.

    ``verb`` is "subject.past_participle" and has a sentence in its app's ``acts.py``; ``detail`` holds codes,
    keys and numbers only.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "An act is recorded in the transaction that does it."
        raise RuntimeError(message)
    return Act.objects.create(
        verb=verb,
        by=by,
        object_type=on._meta.label_lower,
        object_id=_key_of(on),
        unit_id=unit_id if unit_id is not None else getattr(on, "unit_id", None),
        reason=reason,
        detail=detail,
    )


def _key_of(row: models.Model) -> str:
    key = row.pk
    return ":".join(map(str, key)) if isinstance(key, tuple) else str(key)
