"""The days of the steps that were taken before they were counted; the next fold adds them up."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations
from django.db.models import DateField, F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate


def fill_days(apps: Any, schema_editor: Any) -> None:
    zone = ZoneInfo(settings.TIME_ZONE)
    delivery = apps.get_model("documents", "Delivery")
    event = apps.get_model("documents", "DeliveryEvent")
    counter = apps.get_model("documents", "FlowCounter")
    same = {"unit_id": OuterRef("unit_id"), "document_id": OuterRef("document_id")}
    begun = event.objects.filter(**same, state="05").order_by().values("unit_id").annotate(first=Min("at"))
    day = begun.annotate(day=TruncDate("first", tzinfo=zone, output_field=DateField())).values("day")
    delivery.objects.update(begun_on=Subquery(day))
    delivery.objects.filter(begun_on=None).update(
        begun_on=Coalesce(F("planned_on"), TruncDate("done_at", tzinfo=zone))
    )
    mine = delivery.objects.filter(**same).order_by()
    days = {
        "sent_on": TruncDate("arrived_at", tzinfo=zone),
        "received_on": TruncDate("received_at", tzinfo=zone),
        "planned_on": F("planned_on"),
        "begun_on": F("begun_on"),
        "done_on": TruncDate("done_at", tzinfo=zone),
    }
    found = {
        name: Subquery(mine.annotate(found_day=value).values("found_day")[:1]) for name, value in days.items()
    }
    counter.objects.filter(sent__gt=0).update(changed=True, **found)


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_flow_days")]

    operations = [migrations.RunPython(fill_days, migrations.RunPython.noop)]
