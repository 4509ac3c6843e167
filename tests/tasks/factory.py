"""The rows that tests about tasks start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.cast import Cast
from thongsuot.core.clock import moment
from thongsuot.documents.kinds import Direction, Kind
from thongsuot.documents.models.dispatch import Delivery, Dispatch, Purpose
from thongsuot.documents.models.register import (
    Circulation,
    Document,
    Part,
    Provision,
    ProvisionKind,
    ProvisionUnit,
)
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import give_task, report_progress

# A Monday; the whole story of the tests is told from here.
DAY = dt.date(2026, 11, 2)


def on(day: int, hour: int = 9) -> dt.datetime:
    """Nine o'clock on a day of November 2026."""
    return moment(dt.date(2026, 11, day), hour)


def november(day: int) -> dt.date:
    return dt.date(2026, 11, day)


def a_document(cast: Cast, number: int = 12, units: Sequence[Unit] = ()) -> Document:
    """A directive of the city that circulates there and in the given units."""
    document = Document.objects.create(
        unit=cast.city,
        direction=Direction.OUTGOING,
        kind=Kind.CHI_THI,
        symbol=f"{number}-CT/ThU",
        issuing_body="Thành ủy Vàm Cỏ",
        issued_on=DAY,
        subject="Giữ sạch đường phố, kênh, rạch",
        identity=f"{number}-ct/thu",
        registered_by=cast.city_clerk,
    )
    circulating = [Circulation(unit=unit, document=document) for unit in {cast.city, *units}]
    Circulation.objects.bulk_create(circulating)
    return document


def a_provision(document: Document, ordinal: int = 1, **fields: Any) -> Provision:
    defaults = {
        "kind": ProvisionKind.TASK,
        "text": "Xây dựng kế hoạch thực hiện",
        "due": november(12),
        "section": "II.1",
    }
    return Provision.objects.create(document=document, ordinal=ordinal, **defaults | fields)


def name_unit(provision: Provision, unit: Unit, part: str = Part.LEAD) -> None:
    ProvisionUnit.objects.create(provision=provision, unit=unit, part=part)


def a_dispatch(cast: Cast, document: Document, units: Sequence[Unit], **fields: Any) -> Dispatch:
    """The rows of a dispatch without its hooks."""
    fields = {"purpose": Purpose.CARRY_OUT} | fields
    dispatch = Dispatch.objects.create(document=document, unit=cast.city, sent_by=cast.city_clerk, **fields)
    Delivery.objects.bulk_create(Delivery(unit=unit, dispatch=dispatch, document=document) for unit in units)
    return dispatch


def _with(fields: dict[str, Any], text: str) -> dict[str, Any]:
    return {"text": text, "due": november(12)} | fields


def ward_task(cast: Cast, **fields: Any) -> Task:
    """A task of the ward, given by the city."""
    return give_task(
        by=cast.city_leader,
        giver=cast.city,
        unit=fields.pop("unit", cast.ward),
        **_with(fields, "Dọn kênh Ván"),
    )


def cell_task(cast: Cast, **fields: Any) -> Task:
    return give_task(
        by=cast.ward_leader,
        giver=cast.ward,
        unit=fields.pop("unit", cast.cell),
        **_with(fields, "Dọn đoạn kênh của khu phố 1"),
    )


def member_task(cast: Cast, **fields: Any) -> Task:
    return cell_task(cast, assignee=cast.person(cast.member), **fields)


def handed_in(cast: Cast, **fields: Any) -> Task:
    """The ward's task, waiting to be accepted by the city."""
    return report_progress(by=cast.ward_leader, task=ward_task(cast, **fields), note="Đã xong", hand_in=True)
