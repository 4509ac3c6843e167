"""Proving that the record of acts is whole: nothing changed, added or removed since it was written.

Everything is read once, in pages, in the order of the chain; what is held is one seal and one page of acts.
Faults name acts and seals by their keys.
"""

from __future__ import annotations

import hmac
import itertools
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from thongsuot.audit import anchors
from thongsuot.audit.digests import SIGNED, UnknownKeyError, act_digest, content_of, seal_digest
from thongsuot.audit.models import Act, Seal

PAGE = 2000
SEALS_AT_ONCE = 100
COLUMNS = (*SIGNED, "digest", "seal")
ID, KEY_NAME, DIGEST, SEAL = (COLUMNS.index(name) for name in ("id", "key_name", "digest", "seal"))
ActRow = tuple[Any, ...]
Tick = Callable[[int], object]


def faults_of_record(tick: Tick = lambda number: None, noted: anchors.Anchor | None = None) -> Iterator[str]:
    """Every contradiction in the record; ``tick`` is told how many acts were looked at, now and then.

    ``noted`` is an end of the chain that somebody wrote down elsewhere: the chain must still go through it.
    """
    upto = _last_number()
    yield from _sealed(upto, tick)
    yield from _unsealed()
    yield from _sealed_by_nothing(upto)
    yield from _ends(noted)


def _last_number() -> int:
    return Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _sealed(upto: int, tick: Tick) -> Iterator[str]:
    """The chain up to a number, each link with its acts."""
    acts = itertools.groupby(_acts_in_seals(upto, tick), key=lambda row: row[SEAL])
    number, rows = next(acts, (None, iter(())))
    expected, previous = 1, ""
    for seal in _seals(upto):
        if seal.number != expected:
            yield f"seals {expected} to {seal.number - 1} are gone"
        while number is not None and number < seal.number:
            yield from _strangers(rows, number)
            number, rows = next(acts, (None, iter(())))
        own: Iterator[ActRow] = iter(())
        yield from _link(seal, previous if seal.number == expected else None)
        if number == seal.number:
            own = rows
        yield from _acts_of(seal, own)
        if number == seal.number:
            number, rows = next(acts, (None, iter(())))
        expected, previous = seal.number + 1, seal.digest


def _link(seal: Seal, previous: str | None) -> Iterator[str]:
    """The link itself: signed by us, and naming the one before it (unless that one is gone)."""
    try:
        right = seal_digest(
            number=seal.number,
            at=seal.at,
            count=seal.count,
            content=seal.content,
            previous=seal.previous,
            key_name=seal.key_name,
        )
    except UnknownKeyError:
        yield f"seal {seal.number}: signed with key {seal.key_name}, which is not here"
    else:
        if not hmac.compare_digest(right, seal.digest):
            yield f"seal {seal.number} was changed"
    if previous is not None and seal.previous != previous:
        yield f"seal {seal.number} does not follow the one before it"


def _acts_of(seal: Seal, rows: Iterator[ActRow]) -> Iterator[str]:
    """The acts of one link against the list the link keeps."""
    listed = [uuid.UUID(bytes=key) for key in _keys_in(bytes(seal.act_ids))]
    missing, kept = set(listed), []
    found = False
    for row in rows:
        if row[ID] not in missing:
            found = True
            yield f"act {row[ID]} was added to seal {seal.number}"
            continue
        missing.discard(row[ID])
        kept.append((row[ID], row[DIGEST]))
        for fault in _signature(row):
            found = True
            yield fault
    elsewhere = dict(Act.objects.filter(pk__in=missing).values_list("pk", "seal")) if missing else {}
    for key in sorted(missing):
        yield (
            f"act {key} was taken out of seal {seal.number}"
            if key in elsewhere
            else f"act {key} of seal {seal.number} was removed"
        )
    if not found and not missing and (content_of(kept) != seal.content or len(listed) != seal.count):
        yield f"seal {seal.number}: its acts add up to something else"


def _signature(row: ActRow) -> Iterator[str]:
    try:
        right = act_digest(row[: len(SIGNED)], row[KEY_NAME])
    except UnknownKeyError:
        name = row[KEY_NAME]
        yield f"act {row[ID]}: signed with key {name}, which is not here" if name else _unsigned(row)
        return
    if not hmac.compare_digest(right, row[DIGEST]):
        yield f"act {row[ID]} was changed"


def _unsigned(row: ActRow) -> str:
    return f"act {row[ID]} was not written by this program: it is not signed"


def _strangers(rows: Iterator[ActRow], number: int) -> Iterator[str]:
    for row in rows:
        yield f"act {row[ID]} says it is in seal {number}, which is gone"


def _unsealed() -> Iterator[str]:
    """What the next seal will take: signed by us or planted. What was deleted here nobody can tell."""
    last = None
    while True:
        rows = Act.objects.filter(seal=None).order_by("id")
        page = list((rows.filter(id__gt=last) if last else rows).values_list(*COLUMNS)[:PAGE])
        for row in page:
            yield from _signature(row)
        if len(page) < PAGE:
            return
        last = page[-1][ID]


def _sealed_by_nothing(upto: int) -> Iterator[str]:
    """A number beyond the end would keep an act out of every seal. The end may have moved since we looked."""
    beyond = Act.objects.filter(seal__gt=upto).exclude(
        seal__in=Seal.objects.filter(number__gt=upto).values("pk")
    )
    for key, number in beyond.order_by("seal", "id").values_list("id", "seal")[:PAGE]:
        yield f"act {key} says it is in seal {number}, which is gone"
    for key, number in Act.objects.filter(seal__lt=1).order_by("seal", "id").values_list("id", "seal")[:PAGE]:
        yield f"act {key} says it is in seal {number}, which is none"


def _ends(noted: anchors.Anchor | None) -> Iterator[str]:
    try:
        kept = anchors.noted()
    except anchors.BrokenAnchorError:
        yield "the noted end of the record cannot be read"
        kept = None
    for anchor, where in ((kept, "the file"), (noted, "what was noted elsewhere")):
        if anchor is None:
            continue
        digest = Seal.objects.filter(number=anchor.number).values_list("digest", flat=True).first()
        if digest is None and anchor.number:
            yield (
                f"the record ends at seal {_last_number()}, but {where} says there was seal {anchor.number}: "
                "its end was removed, or an older copy restored"
            )
        elif anchor.number and digest != anchor.digest:
            yield f"seal {anchor.number} is not the one of {where}: the record was written anew"


def _seals(upto: int) -> Iterator[Seal]:
    last = 0
    while True:
        page = list(Seal.objects.filter(number__gt=last, number__lte=upto).order_by("number")[:SEALS_AT_ONCE])
        yield from page
        if len(page) < SEALS_AT_ONCE:
            return
        last = page[-1].number


def _acts_in_seals(upto: int, tick: Tick) -> Iterator[ActRow]:
    # Pages of our own instead of a cursor: memory stays flat behind any pooler, and nothing is held open.
    number, last, looked_at = 0, None, 0
    while True:
        rows = Act.objects.filter(seal__gte=max(number, 1), seal__lte=upto).order_by("seal", "id")
        if last is not None:
            rows = rows.exclude(seal=number, id__lte=last)
        page = list(rows.values_list(*COLUMNS)[:PAGE])
        yield from page
        looked_at += len(page)
        tick(looked_at)
        if len(page) < PAGE:
            return
        number, last = page[-1][SEAL], page[-1][ID]


def _keys_in(packed: bytes) -> Iterator[bytes]:
    usable = len(packed) - len(packed) % 16
    return (packed[start : start + 16] for start in range(0, usable, 16))
