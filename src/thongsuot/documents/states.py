"""What a unit may do with a delivery, step by step.

The codes are those of the national exchange format's status message (edXML, QCVN 102:2016/BTTTT;
docs/sources.md): 01 arrived, 02 refused, 03 received, 04 assigned, 05 in progress, 06 done, 13 asked back,
15 given back, 16 kept. No step leads backwards; only a recall that is refused or taken back restores what was.
"""

from __future__ import annotations

from thongsuot.core.states import StateTable, Transition
from thongsuot.documents.models.dispatch import DeliveryState as S

RECEIVED = (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS, S.DONE)

DELIVERY = StateTable(
    Transition("refuse", (S.ARRIVED,), S.REFUSED, "edXML status 02; the reason is mandatory"),
    # A unit that refused by mistake, or whose question was answered, may still receive: it is sent only once.
    Transition("receive", (S.ARRIVED, S.REFUSED), S.RECEIVED, "edXML status 03"),
    # The unit passes work from it, or the document itself, on to those below.
    Transition("assign", (S.RECEIVED,), S.ASSIGNED, "edXML status 04"),
    # A unit's own plan, or its first report, is its work on the document.
    Transition("plan", (S.RECEIVED, S.ASSIGNED), S.IN_PROGRESS, "edXML status 05"),
    Transition("begin", (S.RECEIVED, S.ASSIGNED), S.IN_PROGRESS, "edXML status 05"),
    # All it demands was accepted, or the unit says so.
    Transition("finish", (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS), S.DONE, "edXML status 06"),
    # What nobody has received is taken back without asking; whoever has it is asked.
    Transition("take", (S.ARRIVED, S.REFUSED), S.GIVEN_BACK, "edXML status 15"),
    Transition("ask_back", RECEIVED, S.ASKED_BACK, "edXML status 13; the reason is mandatory"),
    Transition("give_back", (S.ASKED_BACK,), S.GIVEN_BACK, "edXML status 15"),
    # It goes on where it stood; the reason is mandatory.
    Transition("keep", (S.ASKED_BACK,), "", "edXML status 16"),
    # The sender takes the recall back: all goes on where it stood.
    Transition("restore", (S.ASKED_BACK, S.GIVEN_BACK), "", "edXML type 1, withdrawn"),
)
