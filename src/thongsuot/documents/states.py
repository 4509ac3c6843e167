"""What a unit may do with a delivery, step by step.

The codes are those of the national exchange format's status message (edXML, QCVN 102:2016/BTTTT;
docs/sources.md): 01 arrived, 02 refused, 03 received, 04 assigned, 05 in progress, 06 done.
"""

from __future__ import annotations

from thongsuot.core.states import StateTable, Transition
from thongsuot.documents.models.dispatch import DeliveryState

DELIVERY = StateTable(
    Transition(
        "refuse", (DeliveryState.ARRIVED,), DeliveryState.REFUSED, "edXML status 02; the reason is mandatory"
    ),
    # A unit that refused by mistake, or whose question was answered, may still receive: it is sent only once.
    Transition(
        "receive", (DeliveryState.ARRIVED, DeliveryState.REFUSED), DeliveryState.RECEIVED, "edXML status 03"
    ),
    # A unit's own plan is its work on the document.
    Transition(
        "plan", (DeliveryState.RECEIVED, DeliveryState.ASSIGNED), DeliveryState.IN_PROGRESS, "edXML status 05"
    ),
)
