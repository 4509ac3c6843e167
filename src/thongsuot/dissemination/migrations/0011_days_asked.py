"""The day on which each cell that is counted was first asked; the next fold adds it up."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations
from django.db.models import DateField, Min, OuterRef, Subquery
from django.db.models.functions import TruncDate


def fill_days(apps: Any, schema_editor: Any) -> None:
    receipt = apps.get_model("dissemination", "Receipt")
    counter = apps.get_model("dissemination", "CoverageCounter")
    mine = receipt.objects.filter(unit_id=OuterRef("unit_id"), document_id=OuterRef("document_id"))
    firsts = mine.order_by().values("unit_id").annotate(first=Min("requirement__opened_at"))
    zone = ZoneInfo(settings.TIME_ZONE)
    day = firsts.annotate(day=TruncDate("first", tzinfo=zone, output_field=DateField())).values("day")
    counter.objects.update(changed=True, asked_on=Subquery(day))


class Migration(migrations.Migration):
    dependencies = [("dissemination", "0010_asked_on")]

    operations = [migrations.RunPython(fill_days, migrations.RunPython.noop)]
