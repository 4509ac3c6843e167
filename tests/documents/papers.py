"""Papers for tests: what a clerk would have confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.documents.models import Delivery, Dispatch, Document
from thongsuot.documents.services import (
    DocumentFields,
    ProvisionData,
    RelationData,
    dispatch_document,
    register_document,
)
from thongsuot.organizations.models import Unit

TEXT = "CHỈ THỊ\nvề giữ sạch đường phố, kênh, rạch\n1. Đảng ủy các phường, xã xây dựng kế hoạch.\n2. Báo cáo kết quả."


def fields(**changes: Any) -> DocumentFields:
    values: dict[str, Any] = {
        "kind": "chi_thi",
        "symbol": "45-CT/TU",
        "issuing_body": "Tỉnh ủy Sông Sậy",
        "issued_on": dt.date(2026, 11, 2),
        "subject": "Về giữ sạch đường phố, kênh, rạch",
        "regime": "party",
    }
    return DocumentFields(**values | changes)


def incoming(by: User, unit: Unit, *, number: int = 45, **changes: Any) -> Document:
    """A paper from outside, registered as it comes in."""
    changed = {"symbol": f"{number}-CT/TU"} | changes
    return register_document(by=by, unit=unit, direction="incoming", fields=fields(**changed))


def directive(cast: Cast, *, text: str = TEXT, **changes: Any) -> Document:
    """The city's own directive, numbered by its book, with a task for whoever receives it."""
    start = text.index("1. Đảng ủy") if "1. Đảng ủy" in text else 0
    return register_document(
        by=cast.city_clerk,
        unit=cast.city,
        direction="outgoing",
        fields=fields(symbol="", issuing_body="Thành ủy Vàm Cỏ", **changes),
        text=text,
        provisions=[
            ProvisionData(
                kind="task",
                text="Xây dựng kế hoạch",
                for_recipients=True,
                due=dt.date(2026, 11, 12),
                span=(start, start + 44),
            ),
            ProvisionData(kind="task", text="Rà soát điểm tập kết rác", lead_units=(cast.economy.pk,)),
        ],
    )


def send(cast: Cast, document: Document, units: Iterable[Unit] | None = None, **options: Any) -> Dispatch:
    return dispatch_document(
        by=cast.city_clerk, unit=cast.city, document=document, units=units or cast.communes, **options
    )


def delivery_of(document: Document, unit: Unit) -> Delivery:
    return Delivery.objects.select_related("unit", "document", "dispatch").get(document=document, unit=unit)


def plan_for(by: User, unit: Unit, document: Document, **changes: Any) -> Document:
    """The unit's own plan that implements the document."""
    cited = RelationData(
        relation="implements", kind="chỉ thị", symbol=document.symbol, issued_on=document.issued_on
    )
    return register_document(
        by=by,
        unit=unit,
        direction="outgoing",
        fields=fields(
            **{"kind": "ke_hoach", "symbol": "", "issuing_body": "", "subject": "Kế hoạch thực hiện"}
            | changes
        ),
        relations=[cited],
    )
