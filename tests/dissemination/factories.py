"""Documents in circulation, built row by row: what dissemination needs and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib

from thongsuot.accounts.models import User
from thongsuot.core.clock import moment
from thongsuot.dissemination.models import Form, Session
from thongsuot.dissemination.services import call_session
from thongsuot.documents.kinds import Direction, Kind, Regime
from thongsuot.documents.models import Circulation, Delivery, Dispatch, Document
from thongsuot.organizations.models import Unit

ISSUED = dt.date(2026, 11, 2)
TODAY = dt.date(2026, 11, 23)
DUE = dt.date(2026, 11, 30)
NOON = moment(TODAY, 12)
TEXT = "\n".join(
    [
        "Để giữ sạch đường phố, kênh, rạch, Ban Thường vụ Thành ủy yêu cầu:",
        "I. NHIỆM VỤ",
        "1. Đảng ủy các phường, xã xây dựng kế hoạch thực hiện, hoàn thành trước ngày 12/11/2026.",
        "2. Các cấp ủy tiếp tục nâng cao nhận thức, ý thức trách nhiệm của cán bộ, đảng viên.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Phổ biến đến toàn thể đảng viên trước ngày 30/11/2026.",
    ]
)


def make_document(
    by: User,
    unit: Unit,
    *,
    circulating: tuple[Unit, ...] = (),
    number: int = 12,
    text: str = TEXT,
    summary: str = "",
    issued_on: dt.date = ISSUED,
) -> Document:
    """A directive of the city, circulating in its own unit and in those named."""
    document = Document.objects.create(
        unit=unit,
        direction=Direction.OUTGOING,
        regime=Regime.PARTY,
        kind=Kind.CHI_THI,
        symbol=f"{number}-CT/ThU",
        issuing_body="Ban Thường vụ Thành ủy Vàm Cỏ",
        issued_on=issued_on,
        subject="Giữ sạch đường phố, kênh, rạch",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        summary=summary,
        identity=f"{number}-ct/thu|ban thuong vu thanh uy vam co|2026",
        registered_by=by,
        search_text=f"{number} ct thu giu sach duong pho kenh rach",
    )
    Circulation.objects.bulk_create(
        Circulation(unit=place, document=document) for place in (unit, *circulating)
    )
    return document


def make_dispatch(
    by: User, unit: Unit, document: Document, units: list[Unit], disseminate_by: dt.date | None
) -> Dispatch:
    """The rows that sending writes; the hook is called by whoever tests it."""
    dispatch = Dispatch.objects.create(
        document=document, unit=unit, sent_by=by, disseminate_by=disseminate_by
    )
    Delivery.objects.bulk_create(
        Delivery(unit=other, dispatch=dispatch, document=document) for other in units
    )
    Circulation.objects.bulk_create(
        [Circulation(unit=other, document=document) for other in units], ignore_conflicts=True
    )
    return dispatch


def make_session(
    by: User, unit: Unit, cells: list[Unit], documents: list[Document], day: dt.date = TODAY, hour: int = 8
) -> Session:
    return call_session(
        by=by,
        unit=unit,
        cells=cells,
        documents=documents,
        title="Quán triệt Chỉ thị 12-CT/ThU",
        form=Form.CELL_MEETING,
        starts_at=moment(day, hour),
        place="Nhà văn hóa khu phố",
    )
