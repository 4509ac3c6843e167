"""Two meetings of the day the demonstration is started: an online conference, and one whose sheet is on paper."""

from __future__ import annotations

import datetime as dt

from thongsuot.core import clock
from thongsuot.demo.story.model import Story
from thongsuot.dissemination import services as dissemination
from thongsuot.dissemination.models import Form, Receipt
from thongsuot.dissemination.paper.printing import print_for_session
from thongsuot.dissemination.services.bridging import add_points
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit

POINTS = 4
COMMUNE = "Cầu Ván"


def gather(story: Story) -> None:
    """Both are about what the cells concerned have been asked to hear of already: nobody is asked anew."""
    ward = story.place.commune(COMMUNE)
    document = _asked_last(ward)
    if document is None:
        return
    cells = story.place.cells_of(ward)
    hosts = [ward, *(unit for unit in story.place.communes if unit != ward)][:POINTS]
    asked = set(Receipt.objects.filter(document=document).values_list("unit_id", flat=True).distinct())
    called = [cell for host in hosts for cell in story.place.cells_of(host) if cell.pk in asked]
    _confer(story, document, hosts, called)
    leader = story.user("bithu", ward)
    with clock.at(clock.moment(story.today, 7, 45)):
        session = dissemination.call_session(
            by=leader,
            unit=ward,
            cells=cells[:1],
            documents=[document],
            title=f"Sinh hoạt chuyên đề {document.symbol}",
            form=Form.CELL_MEETING,
            starts_at=clock.moment(story.today, 19),
            place="Nhà văn hóa khu phố 1",
        )
        print_for_session(by=leader, session=session, units=cells[:1])


def _asked_last(ward: Unit) -> Document | None:
    receipts = Receipt.objects.filter(unit__parent=ward, released_at=None).order_by("-document_id")
    receipt = receipts.select_related("document").first()
    return receipt.document if receipt else None


def _confer(story: Story, document: Document, hosts: list[Unit], cells: list[Unit]) -> None:
    """It begins within the hour, so that its code can be shown on a screen at once."""
    city, by = story.place.city, story.user("bithu")
    starts_at = clock.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    with clock.at(clock.moment(story.today, 7, 40)):
        session = dissemination.call_session(
            by=by,
            unit=city,
            cells=cells,
            documents=[document],
            title=f"Hội nghị trực tuyến về {document.symbol}",
            form=Form.ONLINE,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=2),
            place="Hội trường Thành ủy",
        )
        add_points(by=by, session=session, units=hosts, place="Hội trường Đảng ủy")
