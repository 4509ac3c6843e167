"""Step 3: the ward's own plan, a session, attendance, a reading on a phone; coverage follows from counts."""

from __future__ import annotations

import datetime as dt

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Desk, Hall
from thongsuot.dissemination.models import Channel, CoverageTotal, Receipt, Session, SessionUnit
from thongsuot.dissemination.queries import Coverage, coverage_of
from thongsuot.documents.models import Delivery, Document
from thongsuot.organizations.models import Unit

PLAN = "Kế hoạch thực hiện Chỉ thị 012/CT-UBND về cải cách thủ tục hành chính trên địa bàn phường"


def walk(hall: Hall, cast: Cast, turn_to: Turn, document: Document) -> None:
    turn_to(4)
    plan(hall.seat(cast.ward_clerk), cast, document)
    session = call(hall.seat(cast.ward_leader), document)
    turn_to(5, hour=16)
    absent = cast.person(cast.member)
    head = hall.seat(cast.cell_head)
    take_attendance(head, session, cast.cell, absent=absent.pk)
    take_attendance(hall.seat(cast.ward_leader), session, cast.second_cell)
    assert counted(document, cast.cell).reached == 4
    turn_to(8, hour=20)
    read(hall.seat(cast.member, phone=True), document)
    receipt = Receipt.objects.get(document=document, person=absent)
    assert (receipt.channel, receipt.reached_on) == (Channel.READING, dt.date(2025, 12, 8))
    coverage(hall, cast, turn_to, document)


def counted(document: Document, unit: Unit) -> Coverage:
    return coverage_of(document, [unit])[unit.pk]


def plan(desk: Desk, cast: Cast, document: Document) -> None:
    """The ward's own document carries out the city's: from the city's page, one link."""
    desk.go(document.get_absolute_url(), "3-document-ward")
    desk.page.locator(f"a[href$='implements={document.pk}']").click()
    desk.look("3-register-plan")
    form = desk.page.locator("main form")
    assert form.locator("[name=implements]").input_value() == str(document.pk)
    form.locator("[name=subject]").fill(PLAN)
    form.locator("[name=signer]").fill("Bí thư Đảng ủy phường Cầu Ván")
    desk.press("Enter and give the number")
    desk.page.wait_for_url("**/van-ban/*/")
    desk.look("3-plan")
    made = Document.objects.get(subject=PLAN)
    assert made.symbol.startswith("01-KH/")
    assert made.entries.get().number == 1
    delivery = Delivery.objects.get(document=document, unit=cast.ward)
    assert (delivery.plan_id, delivery.planned_on) == (made.pk, dt.date(2025, 12, 4))
    desk.says("012/CT-UBND")


def call(desk: Desk, document: Document) -> Session:
    desk.go(document.get_absolute_url())
    desk.follow("Call a session")
    desk.look("3-call")
    form = desk.page.locator("main form")
    assert "012/CT-UBND" in form.locator("[name=title]").input_value()
    form.locator("[name=day]").fill("2025-12-05")
    form.locator("[name=hour]").fill("14:00")
    form.locator("[name=place]").fill("Hội trường phường Cầu Ván")
    desk.press("Call the session")
    desk.page.wait_for_url("**/pho-bien/buoi/*/")
    desk.look("3-session-called")
    session = Session.objects.get()
    assert sum(SessionUnit.objects.filter(session=session).values_list("called", flat=True)) == 10
    return session


def take_attendance(desk: Desk, session: Session, cell: Unit, absent: int | None = None) -> None:
    """Everybody present in one press, then the one who is missing."""
    desk.go(f"{session.get_absolute_url()}?chibo={cell.pk}")
    desk.press("Everybody present")
    if absent:
        desk.page.locator(f"input[name=p{absent}][value=absent]").check(force=True)
        desk.look("3-attendance")
    desk.send("Save attendance")
    row = SessionUnit.objects.get(session=session, unit=cell)
    assert (row.called, row.present, row.absent) == (5, 5 - bool(absent), int(bool(absent)))


def read(phone: Desk, document: Document) -> None:
    phone.go("/viec-cua-toi/", "3-my-work")
    phone.page.locator(f"a[href$='/pho-bien/doc/{document.pk}/']").first.click()
    phone.look("3-read")
    phone.send("I have read and understood")
    phone.look("3-read-confirmed")


def coverage(hall: Hall, cast: Cast, turn_to: Turn, document: Document) -> None:
    """Cell, ward and city, after the day by which everybody was to be reached."""
    turn_to(13)
    cell, ward = counted(document, cast.cell), counted(document, cast.ward)
    assert (cell.required, cell.reached, cell.in_time) == (5, 5, 5)
    assert (ward.required, ward.reached, ward.in_time, ward.met, ward.cells) == (10, 10, 10, 2, 2)
    city = counted(document, cast.city)
    assert (city.required, city.reached) == (30, 10)
    total = CoverageTotal.objects.get(document=document, unit=cast.city)
    receipts = Receipt.objects.filter(document=document)
    assert (total.required, total.reached) == (receipts.count(), receipts.exclude(reached_at=None).count())
    for desk, unit, ratio in (
        (hall.seat(cast.cell_head), cast.cell, "5/5"),
        (hall.seat(cast.ward_leader), cast.ward, "10/10"),
        (hall.seat(cast.city_leader), cast.city, "10/30"),
    ):
        desk.go(f"/pho-bien/van-ban/{document.pk}/?don-vi={unit.pk}", f"3-coverage-{unit.kind}")
        desk.says(ratio)
    desk.go("/pho-bien/", "3-dissemination-city")
