"""What stands on the officer's first page, part by part."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.accounts.models import User
from thongsuot.core.personal import Sort, register
from thongsuot.organizations.models import Person
from thongsuot.privacy.permissions import can_see_privacy
from thongsuot.privacy.queries.requests import waiting_for


def of_account(request: HttpRequest, subject: object) -> str:
    """On everybody's page "My account": the way to what is held about them."""
    return render_to_string("privacy/_own.html", {}, request)


def of_register(request: HttpRequest, subject: object) -> str:
    entries = list(register())
    sensitive = sum(entry.about.kind == Sort.SENSITIVE for entry in entries)
    return render_to_string("privacy/_register.html", {"all": len(entries), "sensitive": sensitive}, request)


def of_requests(request: HttpRequest, subject: object) -> str:
    return render_to_string(
        "privacy/_requests.html", {"waiting": waiting_for(cast(User, request.user))}, request
    )


def of_person(request: HttpRequest, subject: object) -> str | None:
    """On the page of a person: that their data is restricted, and the officer's way to enter a request."""
    if not isinstance(subject, Person):
        return None
    may_ask = can_see_privacy(cast(User, request.user)) and not subject.erased_at
    if not may_ask and not subject.restricted_at:
        return None
    return render_to_string("privacy/_person.html", {"person": subject, "may_ask": may_ask}, request)
