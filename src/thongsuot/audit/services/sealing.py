"""Sealing: what has been committed becomes a link of the chain, once a minute and before each proof.

Many write acts at once and none waits for another: an act signs itself. Only the sealer reads the end of the
chain. Which acts a link holds is said by the link, not by time: one committed late, or dated by a clock that
went back, goes into the next (docs/adr/0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from thongsuot.audit import anchors
from thongsuot.audit.digests import SIGNED, act_digest, content_of, seal_digest
from thongsuot.audit.keys import add_key, keys
from thongsuot.audit.models import Act, Seal
from thongsuot.audit.services.recording import record
from thongsuot.core.clock import now

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_IN_A_SEAL = 1000


class BeatenError(Exception):
    """Another sealer was quicker with the same acts."""


def seal_acts() -> int:
    """Put everything that is committed and unsealed into the chain, then note its end; how many acts it was."""
    total = _seal_all()
    advance_anchor()
    return total


def _seal_all() -> int:
    _sign_what_is_older_than_signing()
    total = 0
    try:
        while sealed := _seal_some():
            total += sealed
    except (BeatenError, IntegrityError):
        pass  # whoever was quicker does the rest
    return total


@transaction.atomic
def _seal_some() -> int:
    # The acts first, the end of the chain afterwards: if another sealer commits in between, the acts are its, the
    # mark below finds nothing, and this link is rolled back. Two who saw the same end collide at its number.
    acts = list(Act.objects.filter(seal=None).order_by("id").values_list("id", "digest")[:MOST_IN_A_SEAL])
    if not acts:
        return 0
    last = Seal.objects.order_by("-number").first()
    signed = {
        "number": last.number + 1 if last else 1,
        "at": now(),
        "count": len(acts),
        "content": content_of(acts),
        "previous": last.digest if last else "",
        "key_name": keys().current,
    }
    act_ids = b"".join(key.bytes for key, _digest in acts)
    seal = Seal(**signed, act_ids=act_ids, digest=seal_digest(**signed))  # type: ignore[arg-type]  # by name
    seal.save()
    # The one mark an act bears; its facts stay as they were written.
    unsealed: models.QuerySet[Act] = models.QuerySet(Act).filter(
        pk__in=[key for key, _digest in acts], seal=None
    )
    if unsealed.update(seal=seal.number) != len(acts):
        raise BeatenError
    return len(acts)


def advance_anchor() -> bool:
    """Note the end of the chain in the home folder; not when what stands there is no part of this chain."""
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return False
    try:
        before = anchors.noted()
    except anchors.BrokenAnchorError:
        return False
    if before:
        known = Seal.objects.filter(number=before.number).values_list("digest", flat=True).first()
        if known != before.digest:
            return False  # an older copy was restored or the end removed: a person has to say so
    if not before or before.number < last.number:
        anchors.note(anchors.Anchor(last.number, last.digest))
    return True


@transaction.atomic
def accept_end(*, by: User | None, reason: str) -> Act:
    """Take the chain as it is for whole, after a restored backup: said as an act, with what was noted before."""
    if not reason.strip():
        message = "Say why the record of acts ends elsewhere than was noted."
        raise ValidationError(message)
    _seal_all()
    last = Seal.objects.order_by("-number").first()
    try:
        was = str(anchors.noted() or "")
    except anchors.BrokenAnchorError:
        was = "unreadable"
    if last is None:
        last = Seal(number=0, digest="")
    act = record(
        "audit.end_accepted",
        by=by,
        on=last,
        reason=reason.strip(),
        before={"anchor": was},
        after={"anchor": str(last)},
    )
    transaction.on_commit(note_anew)
    return act


def begin_new_key(*, by: User | None) -> str:
    """Sign with a new key from now on; the first act it signs says so. Its name."""
    was = keys().current
    seal_acts()
    name = add_key()
    with transaction.atomic():
        last = Seal.objects.order_by("-number").first() or Seal(number=0)
        record("audit.key_added", by=by, on=last, before={"key": was}, after={"key": name})
    return name


def note_anew() -> None:
    """Seal what there is and note its end, whatever was noted before."""
    anchors.forget()
    seal_acts()


@transaction.atomic
def _sign_what_is_older_than_signing() -> None:
    """Acts from before the chain began are signed as they are found, once, before there is any seal."""
    try:
        if Seal.objects.exists() or anchors.noted():
            return
    except anchors.BrokenAnchorError:
        return
    key_name = keys().current
    for act in Act.objects.filter(digest="", seal=None).order_by("id").iterator(chunk_size=500):
        act.key_name = key_name
        digest = act_digest([getattr(act, name) for name in SIGNED], key_name)
        models.QuerySet(Act).filter(pk=act.pk, digest="").update(key_name=key_name, digest=digest)
