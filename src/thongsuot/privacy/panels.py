"""What stands on the officer's first page, part by part."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.core.personal import Sort, register


def of_account(request: HttpRequest, subject: object) -> str:
    """On everybody's page "My account": the way to what is held about them."""
    return render_to_string("privacy/_own.html", {}, request)


def of_register(request: HttpRequest, subject: object) -> str:
    entries = list(register())
    sensitive = sum(entry.about.kind == Sort.SENSITIVE for entry in entries)
    return render_to_string("privacy/_register.html", {"all": len(entries), "sensitive": sensitive}, request)
