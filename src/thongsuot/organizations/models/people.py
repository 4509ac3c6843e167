"""People, what they are in which unit, and which role they hold there, from–to.

Party membership is sensitive personal data (Law 91/2025/QH15): no citizen number, no birth date, no ranking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import Role
from thongsuot.core.clock import now
from thongsuot.core.personal import (
    DOCUMENT,
    FOUND_BY,
    WHO,
    WITH_THE_PERSON,
    WITH_THE_RECORD,
    Basis,
    Held,
    Personal,
    Sort,
)
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet
from thongsuot.organizations.models.units import Unit, Validity, ValidityQuerySet, _ends_after_it_begins

KNOWN = Personal(_("to name and find the person at work"), keep=WITH_THE_PERSON)
CONTACT = Personal(_("to reach the person about their work"), Basis.CONSENT, keep=WITH_THE_PERSON)
MEMBER = Personal(
    _("to know whom a document must reach and who decides with whom"),
    kind=Sort.SENSITIVE,
    keep=WITH_THE_RECORD,
    label=_("member of the cell"),
)
BELONGS = Personal(
    _("to know whom a document must reach in a mass organisation"),
    kind=Sort.SENSITIVE,
    keep=WITH_THE_RECORD,
    label=_("member of the mass organisation"),
)
POST = Personal(_("to know who holds which post, from when to when"), Basis.RECORDS)
RIGHTS = Personal(_("to know who may do what"), Basis.RECORDS)

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class PersonQuerySet(SearchQuerySet["Person"]):
    def current(self) -> PersonQuerySet:
        """Without those found to be somebody who is already here."""
        return self.filter(merged_into=None)

    def same_as(self, person: Person | int | None) -> models.QuerySet[Person, Any]:
        """The keys under which one human being was written down: for conditions on rows that name a person."""
        if person is None:
            return self.none().values("pk")
        key = person if isinstance(person, int) else person.pk
        return _both(self.filter(pk=key), self.filter(merged_into=key))

    def of(self, user: User | int) -> models.QuerySet[Person, Any]:
        """The same for whoever an account belongs to, when nothing else is asked about them."""
        account = self.filter(user=user if isinstance(user, int) else user.pk)
        return _both(account, self.filter(merged_into__in=account.values("pk")))


def _both(
    entry: models.QuerySet[Person, Any], joined: models.QuerySet[Person, Any]
) -> models.QuerySet[Person, Any]:
    """Two looks into an index each: with OR between them SQLite reads all people."""
    return entry.values("pk").union(joined.values("pk"), all=True)


class Person(Searchable):
    """Somebody who can be reached, named and asked. Many have no account."""

    placement = Placement.REFERENCE
    personal = Held(
        _("people"),
        {
            "name": KNOWN.but(label=_("full name")),
            "code": KNOWN.but(
                label=_("member code"), purpose=_("to find the person again in the office's own list")
            ),
            "email": CONTACT.but(label=_("e-mail")),
            "phone": CONTACT.but(label=_("telephone")),
            "user": KNOWN.but(label=_("account"), purpose=_("to tie an account to the person")),
            "merged_into": KNOWN.but(
                label=_("entry it was joined with"), purpose=_("to have one entry for one person")
            ),
            "search_text": FOUND_BY.but(keep=WITH_THE_PERSON),
            "sort_key": FOUND_BY.but(keep=WITH_THE_PERSON, label=_("place in the alphabet")),
        },
        is_person=True,
    )

    name = models.CharField(_("full name"), max_length=120)
    # The key of the office's own list, opaque to us: an import finds the person again by it. No citizen number.
    code = models.CharField(_("member code"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )

    # The person asked that their data be used for what is needed only (privacy): lists leave it out, pages mark it.
    restricted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The name was replaced by a number; the key stays for what is counted.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The same human being, written down twice: what was noted under this key is read under that one.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["search_text"], name="person_by_name"),
            models.Index(fields=["sort_key"], name="person_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="person_merged_into_another"
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="person_code_once",
                violation_error_message=_("Another person has this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    def is_same_as(self, other: Person | None) -> bool:
        """Whether both are the same human being, also when one was written down twice."""
        return other is not None and other.pk in (self.pk, self.merged_into_id)


class PersonMerge(models.Model):
    """Two entries found to be one person: who said so, what was changed, and whether it was taken back.

    ``changes`` holds keys and days only, enough to restore every row as it was.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("entries that were joined"),
        {
            "kept": KNOWN.but(label=_("entry that was kept"), purpose=_("to have one entry for one person")),
            "duplicate": KNOWN.but(label=_("the other entry"), purpose=_("to have one entry for one person")),
            "by": WHO,
            "undone_by": WHO.but(label=_("who took it back")),
        },
        none=("changes",),
    )

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    duplicate = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    changes = models.JSONField(default=dict)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=models.Q(undone_at=None), name="person_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.kept_id}"


class MembershipQuerySet(ValidityQuerySet["Membership"]):
    pass


class Membership(Validity):
    """A member of a cell. What must reach "every member" reaches the memberships in force on that day."""

    placement = Placement.REFERENCE
    personal = Held(_("membership of cells"), {"person": MEMBER})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "valid_from"], name="membership_once"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(valid_to=None),
                name="membership_in_one_cell",
                violation_error_message=_("This person is already a member of another cell."),
            ),
            _ends_after_it_begins("membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.unit}"


class AffiliationQuerySet(ValidityQuerySet["Affiliation"]):
    pass


class Affiliation(Validity):
    """A member of a mass organisation, in its branch: of the union, the women, the veterans; of several at once.

    Apart from ``Membership``: it says nothing about the Party, and nobody's record hangs on it.
    """

    placement = Placement.REFERENCE
    personal = Held(_("membership of mass organisations"), {"person": BELONGS})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="affiliations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "valid_from"], name="affiliation_once"),
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=models.Q(valid_to=None),
                name="affiliation_open_once",
                violation_error_message=_("This person is already a member of this organisation."),
            ),
            _ends_after_it_begins("affiliation_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.unit}"


class PositionQuerySet(ValidityQuerySet["Position"]):
    pass


class Position(Validity):
    """A post somebody holds ("Bí thư Đảng ủy")."""

    placement = Placement.REFERENCE
    personal = Held(
        _("posts"),
        {
            "person": POST.but(label=_("who holds it")),
            "title": POST.but(label=_("position")),
            "appointed_by": DOCUMENT.but(label=_("appointing document")),
            "ended_by": DOCUMENT.but(label=_("document that ended it")),
        },
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    title = models.CharField(_("position"), max_length=120)
    is_head = models.BooleanField(_("head of the unit"), default=False)
    appointed_by = models.CharField(_("appointing document"), max_length=120, blank=True)
    ended_by = models.CharField(_("document that ended it"), max_length=120, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [_ends_after_it_begins("position_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.title}: {self.person}"


class RoleGrantQuerySet(ValidityQuerySet["RoleGrant"]):
    pass


class RoleGrant(Validity):
    """A role in a unit: the only source of rights. What it allows says the role; others use it through a Delegation."""

    placement = Placement.REFERENCE
    personal = Held(
        _("roles in units"), {"user": RIGHTS.but(label=_("who holds it")), "decided_by": DOCUMENT}
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants", verbose_name=_("role"))
    reaches_subtree = models.BooleanField(_("reaches the units below"), default=False)
    decided_by = models.CharField(_("deciding document"), max_length=120, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role", "valid_from"], name="grant_once"),
            # A role may be taken back on the day it was given: it is then in force on no day.
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="grant_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role_id} – {self.unit}"
