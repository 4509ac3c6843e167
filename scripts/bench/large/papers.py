"""What every document does in the place: sent, required of everybody, confirmed by some, counted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from scripts.bench.large.sizes import LargePlace
from scripts.bench.large.writing import (
    after_writing,
    day,
    one_of,
    unchecked,
    value_of,
    without_indexes,
    write,
)
from thongsuot.core import clock

if TYPE_CHECKING:
    from thongsuot.documents.models import Document

CONFIRMED_OF_TEN = 6
DOCUMENTS_AT_ONCE = 10
SENT, DAYS_TO_RECEIVE = -28, 12
TOOK = f"CASE u.id %% {DAYS_TO_RECEIVE}"


def fill(place: LargePlace, *, documents: int) -> None:
    """Papers of the root that every member must hear of, until there are so many of them."""
    from thongsuot.dissemination.jobs import rebuild_coverage
    from thongsuot.dissemination.models import Receipt
    from thongsuot.documents.counting import rebuild
    from thongsuot.documents.models import FlowCounter, FlowTotal

    begin = len(place.documents)
    with unchecked(), without_indexes(Receipt):
        for first in range(begin, documents, DOCUMENTS_AT_ONCE):
            with transaction.atomic():
                made = [
                    document_of(place, n) for n in range(first, min(first + DOCUMENTS_AT_ONCE, documents))
                ]
                _send(place, made)
                _require(place, made)
            place.documents.extend(made)
        with transaction.atomic():
            _count(place.documents[begin:])
    after_writing()
    rebuild(FlowCounter, FlowTotal)
    rebuild_coverage()


def document_of(place: LargePlace, number: int) -> Document:
    from scripts.bench.crowd import TEXT
    from thongsuot.documents.kinds import Direction, Kind, Regime
    from thongsuot.documents.models import Document

    subject = f"về giữ sạch đường phố, kênh, rạch, đợt {number + 1}"
    return Document.objects.create(
        unit=place.root,
        direction=Direction.OUTGOING,
        regime=Regime.PARTY,
        kind=Kind.CHI_THI,
        symbol=f"{number + 1}-CT/TU",
        issuing_body="Ban Thường vụ Tỉnh ủy",
        issued_on=day(-30),
        subject=subject,
        text=f"{subject}\n{TEXT}",
        text_sha256="0" * 64,
        summary="Không bỏ rác xuống đường, kênh, rạch.\nMỗi khu phố có một tổ tự quản.",
        identity=f"{number + 1}-ct/tu|large",
        registered_by=place.clerk,
        search_text=f"{number + 1} ct tu giu sach duong pho kenh rach dot {number + 1}",
        is_illustration=True,
    )


def _send(place: LargePlace, documents: list[Document]) -> None:
    """Each paper circulates everywhere and was delivered to every unit below the root; four of five received it."""
    from thongsuot.documents.models import Circulation, Delivery, Dispatch, FlowCounter
    from thongsuot.documents.models.dispatch import DeliveryState

    sent = clock.moment(day(SENT))
    taken = [sent + dt.timedelta(days=days) for days in range(1, DAYS_TO_RECEIVE + 1)]
    below = f"FROM organizations_unit u WHERE u.id > {place.root.pk} ORDER BY u.id"
    for document in documents:
        received = f"(u.id + {document.pk}) %% 5 > 0"
        yes = f"CASE WHEN {received} THEN 1 ELSE 0 END"
        dispatch = Dispatch.objects.create(
            document=document, unit=place.root, sent_by=place.clerk, sent_at=sent
        )
        write(
            Delivery(dispatch=dispatch, document=document, arrived_at=sent),
            below,
            unit_id="u.id",
            state=f"CASE WHEN {received} THEN '{DeliveryState.RECEIVED}' ELSE '{DeliveryState.ARRIVED}' END",
            received_at=one_of(
                received,
                TOOK,
                Delivery,
                "received_at",
                [value_of(Delivery, "received_at", at) for at in taken],
            ),
        )
        counter = FlowCounter(document=document, sent=1, folded_sent=1, changed=False)
        counter.sent_on = counter.folded_sent_on = clock.day_of(sent)
        days = [value_of(FlowCounter, "received_on", clock.day_of(at)) for at in taken]
        received_on = one_of(received, TOOK, FlowCounter, "received_on", days)
        write(
            counter,
            below,
            unit_id="u.id",
            received=yes,
            folded_received=yes,
            received_on=received_on,
            folded_received_on=received_on,
        )
        write(
            Circulation(document=document, since=sent),
            f"FROM organizations_unit u WHERE u.id >= {place.root.pk} ORDER BY u.id",
            unit_id="u.id",
        )


def _require(place: LargePlace, documents: list[Document]) -> None:
    """A receipt for every member; six of ten have confirmed, on seven days of which the last was too late."""
    from thongsuot.dissemination.models import Channel, Receipt, Requirement

    due = day(-3)
    Requirement.objects.bulk_create(
        Requirement(
            document=document,
            unit=place.root,
            due=due,
            opened_by=place.clerk,
            opened_at=clock.moment(day(SENT)),
        )
        for document in documents
    )
    reached = f"(m.person_id * 7 + q.document_id * 3) %% 10 < {CONFIRMED_OF_TEN}"
    days = "CASE (m.person_id + q.document_id) %% 7"
    on = [value_of(Receipt, "reached_on", day(-9 + n)) for n in range(7)]
    at = [value_of(Receipt, "reached_at", clock.moment(day(-9 + n))) for n in range(7)]
    write(
        Receipt(due=due),
        f"FROM organizations_unit u CROSS JOIN dissemination_requirement q CROSS JOIN organizations_membership m "
        f"WHERE m.unit_id = u.id AND u.id > {place.root.pk} AND q.document_id BETWEEN %s AND %s "
        f"ORDER BY m.unit_id, q.document_id, m.person_id",
        documents[0].pk,
        documents[-1].pk,
        unit_id="u.id",
        document_id="q.document_id",
        requirement_id="q.id",
        person_id="m.person_id",
        channel=f"CASE WHEN {reached} THEN '{Channel.READING}' ELSE '' END",
        reached_on=one_of(reached, days, Receipt, "reached_on", on),
        reached_at=one_of(reached, days, Receipt, "reached_at", at),
    )


def _count(documents: list[Document]) -> None:
    """Counters of the receipts, marked as added to totals that the caller makes."""
    from thongsuot.dissemination.models import CoverageCounter, CoverageDay

    keys = (documents[0].pk, documents[-1].pk)
    counted = {
        "required": "COUNT(*)",
        "reached": "COUNT(r.reached_on)",
        "in_time": "SUM(CASE WHEN r.reached_on <= r.due THEN 1 ELSE 0 END)",
        "cells": "1",
    }
    write(
        CoverageCounter(changed=False, asked_on=day(SENT), folded_asked_on=day(SENT)),
        "FROM dissemination_receipt r WHERE r.document_id BETWEEN %s AND %s GROUP BY r.unit_id, r.document_id",
        *keys,
        unit_id="r.unit_id",
        document_id="r.document_id",
        **counted,
        **{f"folded_{name}": sql for name, sql in counted.items()},
    )
    write(
        CoverageDay(changed=False),
        "FROM dissemination_receipt r WHERE r.document_id BETWEEN %s AND %s AND r.reached_on IS NOT NULL "
        "GROUP BY r.unit_id, r.document_id, r.reached_on, r.channel",
        *keys,
        unit_id="r.unit_id",
        document_id="r.document_id",
        day="r.reached_on",
        channel="r.channel",
        reached="COUNT(*)",
        folded_reached="COUNT(*)",
    )
