"""What an erasure does to a person: the key stays, for counts; name, contacts, posts and memberships do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.accounts.erasing import WITHOUT_NAME
from thongsuot.core.clock import now, today
from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.core.text import person_sort_key
from thongsuot.organizations.hooks import people_changed
from thongsuot.organizations.models import Affiliation, Delegation, Membership, Person, Position, RoleGrant
from thongsuot.organizations.models.party import Evaluation, PartyRecord


def _lasting() -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=today())


def preview(subject: Subject) -> Iterable[Line]:
    people = subject.person_ids
    closed = gettext_lazy("end today; that somebody held them stays, without a name")
    posts = Position.objects.filter(_lasting(), person__in=people).count()
    cells = Membership.objects.filter(_lasting(), person__in=people).count()
    cells += Affiliation.objects.filter(_lasting(), person__in=people).count()
    roles = RoleGrant.objects.filter(_lasting(), user=subject.user_id).count()
    named = gettext_lazy("replaced by a number, and no longer found by a search")
    yield Line(gettext_lazy("name, member code, e-mail, telephone"), len(people), True, named)
    yield Line(gettext_lazy("posts and memberships in force"), posts + cells, True, closed)
    records = PartyRecord.objects.filter(person__in=people).count()
    records += Evaluation.objects.filter(person__in=people).count()
    what = gettext_lazy("record of the Party member and yearly evaluations")
    yield Line(what, records, True, gettext_lazy("for good"))
    yield Line(gettext_lazy("roles and lent authority"), roles + _loans(subject).count(), True, closed)


def _loans(subject: Subject) -> QuerySet[Delegation]:
    mine = Q(principal=subject.user_id) | Q(delegate=subject.user_id)
    return Delegation.objects.filter(mine, revoked_at=None, valid_to__gt=today())


def against(subject: Subject) -> Iterable[str]:
    """Offices that somebody has to be in."""
    heads = Position.objects.filter(_lasting(), person__in=subject.person_ids, is_head=True)
    for head in heads.select_related("unit").order_by("pk"):
        sentence = _("This person heads %(unit)s. Somebody else has to take over first.")
        yield sentence % {"unit": head.unit.name}


def erase(subject: Subject) -> None:
    # First of all, as an import does: whoever comes second sees what the other has left.
    people = list(Person.objects.select_for_update().filter(pk__in=subject.person_ids).order_by("pk"))
    _close(subject)
    PartyRecord.objects.filter(person__in=subject.person_ids).delete()
    # Only appended to, but for this: all rows of a person at once, each with what it supersedes.
    evaluations: QuerySet[Evaluation] = QuerySet(Evaluation).filter(person__in=subject.person_ids)
    evaluations._raw_delete(using=evaluations.db)
    for person in people:
        name = WITHOUT_NAME.format(min(subject.person_ids))
        person.name, person.code, person.email, person.phone = name, "", "", ""
        # Found by nothing: the words of a search lead to people who are there.
        person.search_text, person.sort_key = "", person_sort_key(name)
        person.erased_at = person.erased_at or now()
        person.save()
    people_changed(subject.person_ids)


def _close(subject: Subject) -> None:
    """What is in force ends today; what began today ends tomorrow; what has not begun was never there."""
    day, tomorrow = today(), today() + dt.timedelta(days=1)
    for rows in (
        Position.objects.filter(person__in=subject.person_ids),
        Membership.objects.filter(person__in=subject.person_ids),
        Affiliation.objects.filter(person__in=subject.person_ids),
    ):
        rows.filter(valid_from__gt=day).delete()
        rows.filter(_lasting(), valid_from=day).update(valid_to=tomorrow)
        rows.filter(_lasting(), valid_from__lt=day).update(valid_to=day)
    grants = RoleGrant.objects.filter(_lasting(), user=subject.user_id)
    grants.filter(valid_from__gte=day).update(valid_to=F("valid_from"))
    grants.filter(valid_from__lt=day).update(valid_to=day)
    _loans(subject).update(revoked_at=now())


PART = Part("organizations", preview, against, erase)
