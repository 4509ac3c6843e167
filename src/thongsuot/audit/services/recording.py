"""Writing the record of acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from thongsuot.audit.digests import SIGNED, act_digest, codes
from thongsuot.audit.keys import keys
from thongsuot.audit.models import Act, ReasonWords
from thongsuot.core.origin import origin
from thongsuot.core.search import searchable

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

    Authority = Callable[[User, str, int | None], User | None]

_authority: list[Authority] = []


def ask_authority_of(function: Authority) -> None:
    """Let one higher app say whose authority an act uses: ``function(by, verb, unit_id)``, None for one's own."""
    _authority[:] = [function]


def record(
    verb: str,
    *,
    by: User | None,
    on: models.Model,
    unit_id: int | None = None,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    on_behalf_of: User | None = None,
    **detail: Any,
) -> Act:
    """Write one act beside what it did: the same transaction, so neither exists without the other.

    ``verb`` is "subject.past_participle" and has a sentence in its app's ``acts.py``; ``detail``, ``before`` and
    ``after`` hold codes, keys and whole numbers only. Where it came from is known (``core.origin``).
    """
    if not transaction.get_connection().in_atomic_block:
        message = "An act is recorded in the transaction that does it."
        raise RuntimeError(message)
    unit = unit_id if unit_id is not None else getattr(on, "unit_id", None)
    place = origin()
    act = Act(
        verb=verb,
        by=by,
        on_behalf_of=on_behalf_of or _authority_used(by, verb, unit),
        object_type=on._meta.label_lower,
        object_id=key_of(on),
        unit_id=unit,
        reason=reason,
        detail=codes(detail),
        before=codes(before or {}),
        after=codes(after or {}),
        source=str(place.source),
        address=place.address,
        session=place.session,
        key_name=keys().current,
    )
    act.digest = act_digest([getattr(act, name) for name in SIGNED], act.key_name)
    act.save()
    if words := searchable(reason):
        ReasonWords.objects.create(act_id=act.pk, search_text=words)
    return act


def key_of(row: models.Model) -> str:
    """The key of any row as text, the parts of a key of several parts one after the other."""
    key = row.pk
    return ":".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _authority_used(by: User | None, verb: str, unit_id: int | None) -> User | None:
    return _authority[0](by, verb, unit_id) if _authority and by is not None else None
