"""On "My account": in which units I am what, and what is lent to me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.accounts.models import User
from thongsuot.organizations.letting_in.queries import places_of
from thongsuot.organizations.reach import grants_of, person_of

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


def roles_of_account(request: HttpRequest, user: object) -> SafeString | None:
    if not isinstance(user, User):
        return None
    person = person_of(user)
    place = places_of([person]).get(person.pk, ("", 0))[0] if person else ""
    context = {"person": person, "place": place, "grants": grants_of(user), "name": user.display_name}
    return render_to_string("organizations/accounts/_own.html", context, request)
