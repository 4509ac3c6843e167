"""The rows that tests about inspections start from: a directive that was sent, and the ward under inspection."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import Cast
from tests.documents.papers import directive, send
from thongsuot.core.clock import moment, today
from thongsuot.documents.models import Document
from thongsuot.inspections import services
from thongsuot.inspections.models import ConclusionRequirement, Finding, Inspection, SelfReport


def on(day: int, hour: int = 9) -> dt.datetime:
    """A time of November 2026 in which the tests are told."""
    return moment(dt.date(2026, 11, day), hour)


def november(day: int) -> dt.date:
    return dt.date(2026, 11, day)


def in_days(number: int) -> dt.date:
    return today() + dt.timedelta(number)


def sent_directive(cast: Cast, **options: Any) -> Document:
    document = directive(cast)
    send(cast, document, **options)
    return document


def opened(cast: Cast, document: Document | None = None, **changes: Any) -> Inspection:
    """The city inspects Cầu Ván on its directive."""
    document = document or sent_directive(cast)
    values: dict[str, Any] = {
        "by": cast.city_inspector,
        "unit": cast.city,
        "inspected": cast.ward,
        "documents": [document],
        "period_from": in_days(-30),
        "period_to": today(),
        "report_due": in_days(10),
        "head": cast.person(cast.city_inspector),
    }
    return services.open_inspection(**values | changes)


def noted(cast: Cast, inspection: Inspection, kind: str = "shortcoming", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "by": cast.city_inspector,
        "inspection": inspection,
        "text": "Dọn kênh còn chậm",
    }
    return services.note_finding(**values | {"kind": kind} | changes)


def required(
    cast: Cast, inspection: Inspection, finding: Finding | None = None, **changes: Any
) -> ConclusionRequirement:
    values: dict[str, Any] = {
        "by": cast.city_inspector,
        "inspection": inspection,
        "finding": finding or noted(cast, inspection),
        "text": "Dọn xong đoạn kênh Ván",
        "product": "Ảnh hiện trường",
        "due": in_days(15),
    }
    return services.add_requirement(**values | changes)


def concluded(cast: Cast, inspection: Inspection | None = None) -> Inspection:
    """With a strength, a shortcoming, its cause and one requirement, concluded."""
    inspection = inspection or opened(cast)
    noted(cast, inspection, "strength", text="Kịp thời ban hành kế hoạch.")
    finding = noted(cast, inspection)
    noted(cast, inspection, "cause", text="Chưa phân công rõ người", about=finding)
    required(cast, inspection, finding)
    services.conclude(by=cast.city_inspector, inspection=inspection)
    return inspection


def drafted(cast: Cast, inspection: Inspection) -> SelfReport:
    return services.draft_self_report(by=cast.ward_leader, inspection=inspection)
