"""Loading the demonstration place, once."""

from __future__ import annotations

from django.db import transaction

from thongsuot.demo.place import found_place
from thongsuot.demo.story import tell_story
from thongsuot.organizations.models import Unit


@transaction.atomic
def load() -> bool:
    """Found the place and tell its story, unless units exist; whether anything was written."""
    if Unit.objects.exists():
        return False
    tell_story(found_place())
    return True
