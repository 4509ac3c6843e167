"""From the history of any object to its acts in the record."""

from __future__ import annotations

from typing import cast

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.accounts.models import User
from thongsuot.journal.permissions import can_read_record


def link_to_acts_on(request: HttpRequest, subject: object) -> str | None:
    """For those who may read the record; nothing for all others."""
    if not isinstance(subject, models.Model) or not can_read_record(cast(User, request.user)):
        return None
    name = f"{subject._meta.label_lower}:{subject.pk}"
    return render_to_string("journal/_link.html", {"subject": name}, request)
