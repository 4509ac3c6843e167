"""A directive on its way through the cast's place, told through the services."""

from __future__ import annotations

import datetime as dt

from tests.cast import Cast
from thongsuot.core import clock
from thongsuot.dissemination import services as dissemination
from thongsuot.dissemination.models import Attendance
from thongsuot.documents import services as documents
from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData


def a_directive(cast: Cast, subject: str = "về giữ sạch kênh, rạch", days_ago: int = 20) -> Document:
    """Sent to the three communes with one task each and a task of the economy office; all due in the past or soon."""
    today = clock.today()
    issued = today - dt.timedelta(days=days_ago)
    with clock.at(clock.moment(issued, 8)):
        document = documents.register_document(
            by=cast.city_clerk,
            unit=cast.city,
            direction="outgoing",
            fields=DocumentFields(
                kind="chi_thi",
                regime="party",
                issuing_body="Thành ủy Vàm Cỏ",
                issued_on=issued,
                subject=subject,
            ),
            text="Các đảng ủy phường, xã dọn kênh.",
            provisions=[
                ProvisionData(
                    kind="task", text="dọn kênh", for_recipients=True, due=today - dt.timedelta(days=3)
                ),
                ProvisionData(
                    kind="task",
                    text="rà soát",
                    lead_units=(cast.economy.pk,),
                    due=today + dt.timedelta(days=30),
                ),
            ],
        )
        documents.dispatch_document(
            by=cast.city_clerk,
            unit=cast.city,
            document=document,
            units=cast.communes,
            receive_by=issued + dt.timedelta(days=2),
            plan_by=issued + dt.timedelta(days=10),
            disseminate_by=today + dt.timedelta(days=5),
        )
    return document


def the_ward_goes_through(cast: Cast, document: Document) -> None:
    """The ward receives after a day, plans after a week, and its first cell meets: four of five members come."""
    with clock.at(clock.moment(document.issued_on + dt.timedelta(days=1))):
        delivery = Delivery.objects.select_related("unit", "document").get(unit=cast.ward, document=document)
        documents.receive_delivery(by=cast.ward_clerk, delivery=delivery)
    day = document.issued_on + dt.timedelta(days=7)
    with clock.at(clock.moment(day)):
        documents.register_document(
            by=cast.ward_clerk,
            unit=cast.ward,
            direction="outgoing",
            fields=DocumentFields(
                kind="ke_hoach",
                regime="party",
                issuing_body=cast.ward.name,
                issued_on=day,
                subject="thực hiện",
            ),
            relations=[RelationData(relation="implements", target_id=document.pk)],
        )
    with clock.at(clock.moment(day + dt.timedelta(days=5), 19)):
        session = dissemination.call_session(
            by=cast.ward_leader,
            unit=cast.ward,
            cells=[cast.cell],
            documents=[document],
            title="Quán triệt",
            form="sinh_hoat_chi_bo",
            starts_at=clock.now(),
            place="Nhà văn hóa",
        )
        people = list(
            Attendance.objects.filter(session=session)
            .order_by("person_id")
            .values_list("person_id", flat=True)
        )
        dissemination.mark_attendance(
            by=cast.ward_leader, session=session, unit=cast.cell, present=set(people[:4]), excused=set()
        )
