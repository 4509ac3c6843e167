"""What organisations can tell a person that they hold about them."""

from __future__ import annotations

from django.db.models import Q

from thongsuot.core.holdings import Holding
from thongsuot.organizations.models import (
    Affiliation,
    Delegation,
    Evaluation,
    Membership,
    PartyRecord,
    Person,
    PersonMerge,
    Position,
    RoleGrant,
    StepMember,
)

HOLDINGS = (
    Holding(
        Person,
        lambda who: Person.objects.filter(pk__in=who.person_ids).order_by("pk"),
        ("name", "code", "email", "phone"),
    ),
    Holding(
        Membership,
        lambda who: Membership.objects.filter(person__in=who.person_ids).order_by("-valid_from", "-pk"),
        ("unit", "valid_from", "valid_to"),
    ),
    Holding(
        Affiliation,
        lambda who: Affiliation.objects.filter(person__in=who.person_ids).order_by("-valid_from", "-pk"),
        ("unit", "valid_from", "valid_to"),
    ),
    Holding(
        StepMember,
        lambda who: StepMember.objects.filter(person__in=who.person_ids).order_by("-step_id", "-pk"),
        ("step", "target_unit"),
    ),
    Holding(
        Position,
        lambda who: Position.objects.filter(person__in=who.person_ids).order_by("-valid_from", "-pk"),
        ("title", "unit", "valid_from", "valid_to", "appointed_by", "ended_by"),
    ),
    Holding(
        RoleGrant,
        lambda who: RoleGrant.objects.filter(user=who.user_id).order_by("-valid_from", "-pk"),
        ("role", "unit", "valid_from", "valid_to", "decided_by"),
    ),
    Holding(
        Delegation,
        lambda who: Delegation.objects.filter(Q(principal=who.user_id) | Q(delegate=who.user_id)).order_by(
            "-valid_from", "-pk"
        ),
        ("principal", "delegate", "unit", "valid_from", "valid_to", "decided_by"),
    ),
    Holding(
        PartyRecord,
        lambda who: PartyRecord.objects.filter(person__in=who.person_ids).order_by("pk"),
        ("admitted_on", "official_on", "note"),
    ),
    Holding(
        Evaluation,
        lambda who: Evaluation.objects.filter(person__in=who.person_ids).order_by("-year", "-entered_at"),
        ("year", "grade", "note", "unit", "decided_on", "decided_by"),
    ),
    Holding(
        PersonMerge,
        lambda who: PersonMerge.objects.filter(
            Q(kept__in=who.person_ids) | Q(duplicate__in=who.person_ids)
        ).order_by("-at", "-pk"),
        ("at", "kept", "duplicate"),
    ),
)
