"""From one state of an inspection to the next: whoever comes second is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from thongsuot.core.refusals import Refused
from thongsuot.inspections.models import Inspection
from thongsuot.inspections.states import INSPECTION


def step(inspection: Inspection, verb: str, **changes: Any) -> None:
    """Take the step in the database, with the old state in the filter, and hold the row until commit."""
    transition = INSPECTION.by_verb[verb]
    changed = Inspection.objects.filter(pk=inspection.pk, state__in=transition.sources).update(
        state=transition.target, **changes
    )
    if not changed:
        raise Refused(
            _("Somebody has changed this inspection in the meantime. Reload the page and look again."),
            "state",
        )
    inspection.state = transition.target
    for name, value in changes.items():
        setattr(inspection, name, value)
