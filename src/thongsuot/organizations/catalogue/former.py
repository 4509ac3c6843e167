"""The copy of what communes were before: made when the list is used first, and again when another edition is there."""

from __future__ import annotations

from django.db import transaction

from thongsuot.formats.areas import former_areas, sources
from thongsuot.organizations.models import FormerArea


def refresh_former_areas() -> None:
    """Have the rows of the installed edition; nothing to do when they are there. A job, harmless when run twice."""
    source = sources()
    if FormerArea.objects.filter(source=source).exists():
        return
    rows = [
        FormerArea(
            area_code=one.code,
            name=one.name,
            district=one.district,
            province=one.province,
            is_part=one.is_part,
            source=source,
        )
        for one in former_areas()
    ]
    with transaction.atomic():
        FormerArea.objects.all().delete()
        FormerArea.objects.bulk_create(rows, batch_size=1000)
