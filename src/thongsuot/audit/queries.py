"""Reading the record of acts: the timeline of any object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.audit.anchors import Anchor
from thongsuot.audit.models import Act, Reading, Seal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from thongsuot.accounts.models import User

_SENTENCES: dict[str, str | Promise] = {}


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a timeline. ``text`` is the sentence of the verb, filled with the act's detail."""

    at: dt.datetime
    who: str
    text: str
    reason: str
    verb: str


def say(sentences: dict[str, str | Promise]) -> None:
    """Give verbs their sentences (lazy translations with %(name)s places); called by each app when it starts."""
    _SENTENCES.update(sentences)


def timeline_of(*rows: models.Model, within: models.Q | None = None) -> list[TimelineEntry]:
    """What was done to these objects, oldest first, in one query: everything, or what fulfils a condition on acts."""
    if not rows:
        return []
    wanted = models.Q(pk__in=[])
    for row in rows:
        key = row.pk
        text = ":".join(map(str, key)) if isinstance(key, tuple) else str(key)
        wanted |= models.Q(object_type=row._meta.label_lower, object_id=text)
    acts = Act.objects.filter(wanted, within or models.Q()).select_related("by", "on_behalf_of")
    return entries(acts.order_by("at", "id"))


def has_done(user: User | AnonymousUser, verb: str, **detail: int) -> bool:
    """Whether this person has done an act with these details: for what leaves no other trace."""
    if not user.is_authenticated:
        return False
    wanted = {f"detail__{name}": value for name, value in detail.items()}
    return Act.objects.filter(by_id=user.pk, verb=verb, **wanted).exists()


def end_of_chain() -> Anchor | None:
    """Where the record of acts ends: what a person notes elsewhere, to tell later that nothing was cut off."""
    last = Seal.objects.order_by("-number").first()
    return Anchor(last.number, last.digest) if last else None


def entries(acts: Iterable[Act]) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            at=act.at, who=name_of_actor(act), text=sentence_of(act), reason=act.reason, verb=act.verb
        )
        for act in acts
    ]


def name_of_actor(act: Act) -> str:
    """Who did it, and in whose place; nobody's name where the program acted by itself."""
    if act.by is None or act.on_behalf_of is None:
        return str(act.by or "")
    return _("%(person)s on behalf of %(other)s") % {"person": act.by, "other": act.on_behalf_of}


def sentences() -> dict[str, str | Promise]:
    """What each verb says, for choosing among them."""
    return dict(_SENTENCES)


NO_LISTS = models.Q(unit_id__in=[])


def readings_about(*person_ids: int, lists: models.Q = NO_LISTS) -> models.QuerySet[Reading]:
    """Who looked at data of a person (under any of their keys): at theirs alone, or at a list they stood in.

    ``lists``: of which units and when; units and who belongs to them are above this subject.
    """
    about = models.Q(person_id__in=person_ids) | (models.Q(person_id=None) & lists)
    return Reading._default_manager.filter(about).select_related("by").order_by("-at", "-id")


def sentence_of_reading(reading: Reading) -> str:
    """What was looked at, as a sentence of the one who looked."""
    return str(_SENTENCES.get(reading.what, reading.what))


def sentence_of(act: Act) -> str:
    """What was done, as a sentence of the one who did it."""
    sentence = str(_SENTENCES.get(act.verb, act.verb))
    try:
        return str(sentence % act.detail)
    except (KeyError, TypeError, ValueError):
        return sentence
