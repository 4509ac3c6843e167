"""Filling the place: papers with everything that hangs on them, cloned in bulk until every list is long.

The clones are rows as the services write them, except that nobody acted: no audit, no events. Lists of the walk
get one row (or a few) of each clone, so ``fill(place, to=20)`` and ``fill(place, to=2000)`` are the two states
between which the number of queries may not differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models, transaction

from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.search import searchable
from thongsuot.core.text import sort_key
from thongsuot.demo.place import Place
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    CoverageCounter,
    CoverageDay,
    Form,
    Receipt,
    Requirement,
    Session,
    SessionDocument,
    SessionState,
    SessionUnit,
)
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.kinds import Direction, Kind, Regime
from thongsuot.documents.models import (
    Circulation,
    Delivery,
    Dispatch,
    Document,
    FlowCounter,
    RegisterEntry,
)
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.inspections.models import Inspection, InspectionDocument, InspectionState, TeamMember
from thongsuot.organizations.models import Membership, Person, Unit
from thongsuot.tasks.models import Origin, Task

# A page of ordinary length: what a list must not read and a reader has to.
TEXT = "\n".join(
    f"{number}. Các chi bộ rà soát từng đoạn kênh, phân công đảng viên phụ trách, báo cáo kết quả hằng tháng; "
    "nơi nào để rác ứ đọng thì nêu rõ nguyên nhân và thời hạn khắc phục."
    for number in range(1, 21)
)
# The head of the cell, the member who looks, and one more: their own lists grow, and no other needs the rows.
CALLED = 3
SUBJECT = "về giữ sạch đường phố, kênh, rạch, đợt {number}"


@dataclass
class Crowd:
    """Where the clones go: sent by the city, received by one ward, waiting at the door of another."""

    place: Place
    ward: Unit
    waiting_ward: Unit
    cell: Unit
    people: list[int]
    member: Person
    inspector: Person
    size: int = 0
    today: dt.date = field(default_factory=clock.today)

    @property
    def clerk(self) -> User:
        return self.place.users["vanthu"]

    def day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def moment(self, offset: int, hour: int = 9) -> dt.datetime:
        return clock.moment(self.day(offset), hour)


def crowd_of(place: Place) -> Crowd:
    ward, cell = place.commune("Cầu Ván"), place.cells_of(place.commune("Cầu Ván"))[0]
    people = list(
        Membership.objects.filter(unit=cell).order_by("person_id").values_list("person_id", flat=True)
    )
    return Crowd(
        place,
        ward,
        place.commune("Gò Bưởi"),
        cell,
        people,
        member=Person.objects.get(user=place.users["dangvien11.cauvan"]),
        inspector=Person.objects.get(user=place.users["kiemtra"]),
    )


@transaction.atomic
def fill(crowd: Crowd, *, to: int) -> None:
    """Clone until there are ``to`` of each, then fold the totals."""
    numbers = range(crowd.size, to)
    documents = _documents(crowd, numbers)
    _send(crowd, documents)
    _disseminate(crowd, documents)
    _meet(crowd, documents)
    _give_tasks(crowd, documents)
    _inspect(crowd, documents)
    fold_flow()
    fold_coverage()
    crowd.size = to


def _write(rows: Iterable[models.Model]) -> None:
    made = list(rows)
    type(made[0])._default_manager.bulk_create(made, batch_size=500)


def _documents(crowd: Crowd, numbers: Iterable[int]) -> list[Document]:
    kinds = (Kind.CHI_THI, Kind.NGHI_QUYET, Kind.KE_HOACH)
    rows = []
    for number in numbers:
        symbol, subject = f"{1000 + number}-CT/ThU", SUBJECT.format(number=number + 1)
        rows.append(
            Document(
                unit=crowd.place.city,
                direction=Direction.OUTGOING,
                regime=Regime.PARTY,
                kind=kinds[number % 3],
                symbol=symbol,
                issuing_body="Ban Thường vụ Thành ủy Vàm Cỏ",
                issued_on=crowd.day(-(number % 300)),
                subject=subject,
                is_illustration=True,
                text=TEXT,
                text_sha256=f"{number:064x}",
                summary="Không bỏ rác xuống đường, kênh, rạch.\nMỗi khu phố có một tổ tự quản.",
                identity=f"{symbol}|{number}",
                registered_by=crowd.clerk,
                search_text=searchable(symbol, subject),
                sort_key=sort_key(subject),
            )
        )
    return Document.objects.bulk_create(rows, batch_size=500)


def _entry(crowd: Crowd, unit: Unit, direction: str, document: Document, number: int) -> RegisterEntry:
    return RegisterEntry(
        unit=unit,
        register="incoming" if direction == Direction.INCOMING else f"outgoing:{document.kind}",
        period="bench",
        number=number,
        direction=direction,
        document=document,
        entered_at=crowd.moment(-(number % 300)),
        entered_by=crowd.clerk,
    )


def _send(crowd: Crowd, documents: Sequence[Document]) -> None:
    """Out of the city's book, into one ward's; at the door of another, half of it past its day."""
    city, ward, waiting = crowd.place.city, crowd.ward, crowd.waiting_ward
    numbered = list(enumerate(documents, start=crowd.size + 1))
    _write(_entry(crowd, city, Direction.OUTGOING, document, number) for number, document in numbered)
    _write(_entry(crowd, ward, Direction.INCOMING, document, number) for number, document in numbered)
    _write(
        Circulation(unit=unit, document=document)
        for document in documents
        for unit in (city, ward, waiting, crowd.cell)
    )
    dispatches = [
        Dispatch(
            document=document,
            unit=city,
            receive_by=crowd.day(number % 4 - 2),
            disseminate_by=crowd.day(14),
            sent_by=crowd.clerk,
        )
        for number, document in numbered
    ]
    _write(dispatches)
    arrived = {"state": DeliveryState.ARRIVED}
    received = {"state": DeliveryState.RECEIVED, "received_at": crowd.moment(0)}
    _write(
        Delivery(
            unit=unit,
            dispatch=dispatch,
            document=dispatch.document,
            receive_by=dispatch.receive_by,
            **state,
        )
        for dispatch in dispatches
        for unit, state in ((ward, received), (waiting, arrived))
    )
    _write(
        FlowCounter(unit=unit, document=document, sent=1, received=came)
        for document in documents
        for unit, came in ((ward, 1), (waiting, 0))
    )


def _disseminate(crowd: Crowd, documents: Sequence[Document]) -> None:
    """Everybody in one cell must hear of each; a third has."""
    due = crowd.day(14)
    requirements = [
        Requirement(
            document=document,
            unit=crowd.place.city,
            due=due,
            text_sha256=document.text_sha256,
            opened_by=crowd.clerk,
        )
        for document in documents
    ]
    Requirement.objects.bulk_create(requirements, batch_size=500)
    reached = {"reached_at": crowd.moment(-1), "reached_on": crowd.day(-1), "channel": "reading"}
    _write(
        Receipt(
            unit=crowd.cell,
            document_id=row.document_id,
            person_id=person,
            requirement=row,
            due=due,
            **(reached if position % 3 == 1 else {}),
        )
        for row in requirements
        for position, person in enumerate(crowd.people)
    )
    third = sum(position % 3 == 1 for position in range(len(crowd.people)))
    _write(
        CoverageCounter(
            unit=crowd.cell,
            document=document,
            required=len(crowd.people),
            reached=third,
            in_time=third,
            cells=1,
        )
        for document in documents
    )
    _write(
        CoverageDay(
            unit=crowd.cell, document=document, day=crowd.day(-1), channel=Channel.READING, reached=third
        )
        for document in documents
    )


def _meet(crowd: Crowd, documents: Sequence[Document]) -> None:
    """For each document a session that was held and one that is coming."""
    chief = crowd.place.users["bithu.cauvan"]
    for state, offset in ((SessionState.PLANNED, 2), (SessionState.HELD, -5)):
        sessions = Session.objects.bulk_create(
            [
                Session(
                    unit=crowd.ward,
                    title=f"Quán triệt {document.symbol}",
                    form=Form.CELL_MEETING,
                    starts_at=crowd.moment(offset, 19),
                    place="Nhà văn hóa khu phố 1",
                    state=state,
                    held_at=crowd.moment(offset, 21) if state == SessionState.HELD else None,
                    called_by=chief,
                    search_text=searchable("Quán triệt", document.symbol),
                    sort_key=sort_key(document.symbol),
                )
                for document in documents
            ],
            batch_size=500,
        )
        _write(
            SessionDocument(session=session, document=document)
            for session, document in zip(sessions, documents, strict=True)
        )
        present = CALLED if state == SessionState.HELD else 0
        _write(
            SessionUnit(session=session, unit=crowd.cell, called=CALLED, present=present)
            for session in sessions
        )
        mark = AttendanceState.PRESENT if state == SessionState.HELD else AttendanceState.EXPECTED
        _write(
            Attendance(unit=crowd.cell, session=session, person_id=person, state=mark)
            for session in sessions
            for person in crowd.people[:CALLED]
        )


def _give_tasks(crowd: Crowd, documents: Sequence[Document]) -> None:
    """A task for the ward from each document, passed on to one member of one cell."""
    given = Task.objects.bulk_create(
        [_task(crowd, number, document) for number, document in enumerate(documents, start=crowd.size)],
        batch_size=500,
    )
    passed_on = []
    for number, task in enumerate(given, start=crowd.size):
        row = _task(crowd, number, task.document)
        row.giver, row.unit, row.parent, row.assignee = crowd.ward, crowd.cell, task, crowd.member
        passed_on.append(row)
    _write(passed_on)


def _task(crowd: Crowd, number: int, document: Document | None) -> Task:
    text = f"tổ chức ra quân dọn vệ sinh kênh, rạch, đợt {number + 1}"
    due = crowd.day(number % 40 - 8)
    return Task(
        origin=Origin.DOCUMENT,
        document=document,
        giver=crowd.place.city,
        unit=crowd.ward,
        text=text,
        product="Báo cáo kết quả",
        first_due=due,
        due=due,
        created_by=crowd.clerk,
        search_text=searchable(text),
        sort_key=sort_key(text),
    )


def _inspect(crowd: Crowd, documents: Sequence[Document]) -> None:
    states = (InspectionState.PREPARING, InspectionState.CONDUCTING)
    inspections = Inspection.objects.bulk_create(
        [
            Inspection(
                unit=crowd.place.city,
                inspected=crowd.place.communes[number % len(crowd.place.communes)],
                title=f"Kiểm tra việc thực hiện {document.symbol}",
                period_from=crowd.day(-180),
                period_to=crowd.day(0),
                report_due=crowd.day(10),
                state=states[number % 2],
                opened_by=crowd.place.users["kiemtra"],
                search_text=searchable("Kiểm tra", document.symbol),
                sort_key=sort_key(document.symbol),
            )
            for number, document in enumerate(documents, start=crowd.size)
        ],
        batch_size=500,
    )
    _write(
        InspectionDocument(inspection=inspection, document=document)
        for inspection, document in zip(inspections, documents, strict=True)
    )
    _write(
        TeamMember(inspection=inspection, person=crowd.inspector, is_head=True) for inspection in inspections
    )
