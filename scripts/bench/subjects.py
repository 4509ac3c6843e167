"""The single things the walk looks at, each in two sizes: with about 20 rows on its page, and with many more.

Made through the services; only the parts of a task are cloned.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from thongsuot.core import clock, jobs
from thongsuot.core.search import searchable
from thongsuot.demo.place import Place
from thongsuot.dissemination import services as dissemination
from thongsuot.dissemination.models import Form
from thongsuot.documents import services as documents
from thongsuot.documents.kinds import Direction, Kind, Regime
from thongsuot.documents.models import Document
from thongsuot.documents.services.data import DocumentFields, ProvisionData
from thongsuot.inspections import services as inspections
from thongsuot.inspections.models import FindingKind
from thongsuot.organizations.models import Unit
from thongsuot.tasks import services as tasks
from thongsuot.tasks.models import ProgressEntry, ProgressVerb, Task

from .crowd import TEXT, Crowd


@dataclass(frozen=True)
class Subjects:
    """The keys of one size. ``everywhere`` was sent to cells too, ``document`` to wards and communes."""

    document: int
    everywhere: int
    session: int
    task: int
    inspection: int


def new_document(place: Place, subject: str, *, provisions: int = 3) -> Document:
    """A directive of the city with tasks for whoever receives it."""
    return documents.register_document(
        by=place.users["vanthu"],
        unit=place.city,
        direction=Direction.OUTGOING,
        fields=DocumentFields(
            kind=Kind.CHI_THI,
            regime=Regime.PARTY,
            issuing_body="Ban Thường vụ Thành ủy Vàm Cỏ",
            issued_on=clock.today(),
            subject=subject,
            is_illustration=True,
            summary="Không bỏ rác xuống đường, kênh, rạch.\nMỗi khu phố có một tổ tự quản.",
        ),
        text=f"{subject}\n{TEXT}",
        provisions=[
            ProvisionData(
                kind="task",
                text=f"rà soát từng đoạn kênh, phần {number}",
                for_recipients=True,
                due=clock.today() + dt.timedelta(days=10 * number),
            )
            for number in range(1, provisions + 1)
        ],
    )


@transaction.atomic
def small(crowd: Crowd) -> Subjects:
    """Twenty units, cells, parts and findings."""
    cells, communes = _cells(crowd.place, 20), crowd.place.communes[:19]
    return _subjects(crowd, "về trồng cây dọc kênh", communes, cells, parts=20)


@transaction.atomic
def large(crowd: Crowd) -> Subjects:
    """Every ward, commune and cell of the place; as many parts and findings as a large ward has cells."""
    cells = _cells(crowd.place, 10_000)
    return _subjects(crowd, "về trồng cây dọc sông", crowd.place.communes, cells, parts=60)


def _cells(place: Place, most: int) -> list[Unit]:
    return [cell for commune in place.communes for cell in place.cells_of(commune)][:most]


def _subjects(crowd: Crowd, subject: str, communes: list[Unit], cells: list[Unit], *, parts: int) -> Subjects:
    place = crowd.place
    # The ward whose people look at the pages is always among them.
    units = list(dict.fromkeys([crowd.ward, *communes]))
    with jobs.held():
        document, everywhere = new_document(place, subject), new_document(place, f"{subject}, gửi đến chi bộ")
        _send(place, document, units)
        _send(place, everywhere, [*units, *cells] if len(communes) == len(place.communes) else units)
        session = dissemination.call_session(
            by=place.users["bithu"],
            unit=place.city,
            cells=cells,
            documents=[document],
            title=f"Quán triệt {document.symbol}",
            form=Form.CONFERENCE,
            starts_at=clock.moment(clock.today() + dt.timedelta(days=3), 8),
            place="Hội trường Thành ủy",
        )
        task, inspection = _task(crowd, document, parts), _inspection(crowd, document, parts)
    return Subjects(document.pk, everywhere.pk, session.pk, task, inspection)


def _send(place: Place, document: Document, units: list[Unit]) -> None:
    due = clock.today() + dt.timedelta(days=20)
    documents.dispatch_document(
        by=place.users["vanthu"],
        unit=place.city,
        document=document,
        units=units,
        receive_by=clock.today(),
        plan_by=due,
        disseminate_by=due,
    )


def _task(crowd: Crowd, document: Document, parts: int) -> int:
    """A task of the ward in many parts, each reported on once, and itself as often."""
    by, text = crowd.place.users["bithu"], f"dọn vệ sinh {parts} đoạn kênh"
    task = tasks.give_task(by=by, giver=crowd.place.city, unit=crowd.ward, text=text, document=document)
    Task.objects.bulk_create(
        Task(
            origin=task.origin,
            document=document,
            parent=task,
            giver=crowd.ward,
            unit=crowd.cell,
            assignee=crowd.member,
            text=f"dọn đoạn kênh {number}",
            created_by=by,
            search_text=searchable(f"dọn đoạn kênh {number}"),
        )
        for number in range(parts)
    )
    ProgressEntry.objects.bulk_create(
        ProgressEntry(
            unit=crowd.ward,
            task=task,
            verb=ProgressVerb.REPORT,
            by=crowd.place.users["chuyenvien.cauvan"],
            note="Đang làm.",
        )
        for _ in range(parts)
    )
    return task.pk


def _inspection(crowd: Crowd, document: Document, parts: int) -> int:
    """Half strengths, half shortcomings, each of those with its requirement."""
    by, today = crowd.place.users["kiemtra"], clock.today()
    inspection = inspections.open_inspection(
        by=by,
        unit=crowd.place.city,
        inspected=crowd.ward,
        documents=[document],
        period_from=today - dt.timedelta(days=180),
        period_to=today,
        report_due=today + dt.timedelta(days=7),
        head=crowd.inspector,
    )
    for number in range(parts // 2):
        for kind in (FindingKind.STRENGTH, FindingKind.SHORTCOMING):
            finding = inspections.note_finding(
                by=by,
                inspection=inspection,
                kind=kind,
                text=f"Nhận xét {number}: đã phân công từng đoạn kênh.",
            )
        inspections.add_requirement(
            by=by,
            inspection=inspection,
            finding=finding,
            text=f"Khắc phục đoạn kênh {number}.",
            due=today + dt.timedelta(days=30),
        )
    return inspection.pk
