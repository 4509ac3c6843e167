"""The record of acts: who did what, when, to what. Written in the transaction of the act, never changed.

Beside it the seals that chain it (docs/audit.md), and who looked at personal data.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.append_only import AppendOnly, AppendOnlyQuerySet
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Basis, Held, Keep, Personal, nothing
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet

KEPT_FOR_DAYS = Keep(_("%(days)s days"), "audit.readings")
LOOKED = Personal(_("so that everybody can ask who looked at their data"), Basis.SAFETY, keep=KEPT_FOR_DAYS)


class ActQuerySet(AppendOnlyQuerySet["Act"]):
    pass


class Act(AppendOnly):
    """One act. ``detail``, ``before`` and ``after`` hold codes and keys, never the text of a document or a name."""

    placement = Placement.LOCAL
    personal = Held(
        _("the record of acts"),
        {
            "by": WHO,
            "on_behalf_of": WHO.but(label=_("in whose name")),
            "object_id": WHO.but(label=_("key of what it was done to, which may be a person")),
            "reason": WORDS.but(label=_("reason")),
            "detail": WHO.but(label=_("keys of what it was about")),
            "before": WHO.but(label=_("keys and codes before")),
            "after": WHO.but(label=_("keys and codes after")),
            "address": WHO.but(label=_("network address"), basis=Basis.SAFETY),
            "session": WHO.but(label=_("sign-in it belongs to"), basis=Basis.SAFETY),
        },
        none=("verb", "object_type", "source", "key_name", "digest"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The person whose authority was used, when it was not one's own (delegation).
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80)
    unit_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    source = models.CharField(max_length=10, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    session = models.CharField(max_length=16, blank=True, default="")
    key_name = models.CharField(max_length=16, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    # Written once by the job that seals: not a fact about the act, and no part of its digest.
    seal = models.BigIntegerField(null=True, editable=False)

    objects = ActQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="act_of_object"),
            models.Index(fields=["unit_id", "at"], name="act_in_unit"),
            models.Index(fields=["at", "id"], name="act_in_time"),
            models.Index(fields=["by", "at"], name="act_by_person"),
            models.Index(fields=["seal", "id"], name="act_in_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class ReasonWords(Searchable):
    """What the reason of an act may be found by. Beside the act, whose key the search index cannot hold."""

    placement = Placement.LOCAL
    personal = Held(_("words of the reasons of acts"), {"search_text": FOUND_BY}, none=("sort_key",))

    act_id = models.UUIDField()

    objects = SearchQuerySet.as_manager()


class SealQuerySet(AppendOnlyQuerySet["Seal"]):
    pass


class Seal(AppendOnly):
    """A link of the chain: which acts, what they add up to, and the link before it."""

    placement = Placement.LOCAL
    personal = nothing("act_ids", "content", "previous", "key_name", "digest")

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=now, editable=False)
    count = models.PositiveIntegerField()
    # 16 bytes an act, in their order, so that an act that is gone still has a name.
    act_ids = models.BinaryField()
    content = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    key_name = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)

    objects = SealQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class Way(models.TextChoices):
    """How personal data left the database."""

    PAGE = "page", _("seen on a page")
    EXPORT = "export", _("exported")


class Reading(models.Model):
    """Somebody looked at personal data of others: at how many people, of which unit, on what."""

    placement = Placement.LEAF
    personal = Held(
        _("who looked at personal data"),
        {
            "by": LOOKED.but(label=_("who looked")),
            "object_id": LOOKED.but(label=_("key of the page, which may be a person")),
            "person_id": LOOKED.but(label=_("whose data")),
            "address": LOOKED.but(label=_("network address")),
        },
        none=("what", "object_type"),
    )

    pk = models.CompositePrimaryKey("unit_id", "id")
    # Units are above this subject; a page about nobody's unit has 0.
    unit_id = models.BigIntegerField()
    id = models.UUIDField(default=uuid7, editable=False)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=60)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PAGE)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    # The one person it was about; empty for a list.
    person_id = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField()
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "at"], name="reading_in_unit"),
            models.Index(fields=["person_id", "at"], name="reading_about_person"),
            models.Index(fields=["by", "at"], name="reading_by_person"),
            models.Index(fields=["at"], name="reading_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.unit_id} {self.count}"
