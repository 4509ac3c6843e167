"""Urging units: one, or all that are late; nobody twice a day, whoever urges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import Delivery, DeliveryUrge, Document, FlowCounter
from thongsuot.documents.queries.dispatch import still_open, urged_by
from thongsuot.documents.sets import insert_for
from thongsuot.organizations.reach import can_anywhere

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


@transaction.atomic
def urge_deliveries(
    *, by: User, document: Document, units: Iterable[Unit] | None = None, note: str = ""
) -> int:
    """Urge these units, or all within reach that are late with the document; how many.

    Left out is who was urged today, and who has nothing left to do. A few statements however many units.
    """
    require(can_anywhere(by, Permission.URGE))
    rows = urged_by(by, document)
    chosen = [unit.pk for unit in units or ()]
    rows = rows.late() if units is None else rows.filter(still_open(), unit__in=chosen)
    day, moment = today(), now()
    fact = DeliveryUrge(document=document, day=day, at=moment, by=by, note=nfc(note).strip()[:2000])
    urged = insert_for(rows, fact)
    if not urged:
        raise Refused(
            _("Nobody is left to urge today: they have been urged, or have done their part."), "nobody"
        )
    mine = DeliveryUrge.objects.filter(document=document, day=day, at=moment, by=by).values("unit_id")
    reached = Delivery.objects.filter(document=document, unit__in=mine)
    firsts = reached.filter(urges=0).values("unit_id")
    counters = FlowCounter._default_manager.filter(document=document, unit__in=firsts)
    counters.update(urged=F("urged") + 1, changed=True)
    reached.update(urges=F("urges") + 1, urged_on=day)
    record("document.urged", by=by, on=document, reason=fact.note, units=urged)
    enqueue_once(fold_flow)
    return urged
