"""Two inspections of the demonstration place: one closed, one whose requirements are still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thongsuot.core import clock
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.documents import services as documents
from thongsuot.documents.models import Delivery
from thongsuot.inspections import services as inspections
from thongsuot.inspections.models import FindingKind, Inspection
from thongsuot.organizations.models import Person
from thongsuot.tasks import services as tasks

if TYPE_CHECKING:
    from thongsuot.demo.story.model import Story


@dataclass(frozen=True)
class Ordered:
    """A requirement of the conclusion; ``done_in`` days after it, or not yet."""

    text: str
    due_in: int
    done_in: int | None


@dataclass(frozen=True)
class Visit:
    """An inspection as it went: days from today, what was found and what was required."""

    commune: str
    subject: str
    opened: int
    concluded: int
    strength: str
    shortcoming: str
    cause: str
    orders: tuple[Ordered, ...]


VISITS = (
    Visit(
        "Rạch Sen",
        "về phát triển kinh tế vườn ven sông",
        -150,
        -130,
        "Đảng ủy phường tổ chức quán triệt sớm, đủ các chi bộ; đã chọn được vườn mẫu.",
        "Chưa phân công cấp ủy viên phụ trách từng chi bộ.",
        "Kế hoạch của phường chưa nêu rõ người chịu trách nhiệm.",
        (
            Ordered("Bổ sung phân công cấp ủy viên phụ trách từng chi bộ vào kế hoạch", 20, 12),
            Ordered("Báo cáo kết quả thực hiện vườn mẫu sau ba tháng", 95, 90),
        ),
    ),
    Visit(
        "Bàu Nhãn",
        "về phòng, chống sạt lở bờ sông",
        -40,
        -25,
        "Phường cắm biển cảnh báo ở tất cả các điểm đã rà soát.",
        "Còn hộ dân trong vùng nguy hiểm chưa được vận động di dời.",
        "Việc nắm hộ dân giao cho khu phố nhưng không có hạn, không có người theo dõi.",
        (
            Ordered("Lập danh sách hộ trong vùng nguy hiểm, phân công đảng viên phụ trách từng hộ", 15, None),
            Ordered("Trực 24/24 giờ ở các điểm có vết nứt trong mùa nước", 60, None),
        ),
    ),
)


def inspect(story: Story) -> None:
    """Tell the visits whose papers were told."""
    names = {unit.short_name for unit in story.place.communes}
    for visit in VISITS:
        if visit.commune in names and visit.subject in story.told:
            _visit(story, visit)


def _visit(story: Story, visit: Visit) -> None:
    inspector, city = story.user("kiemtra"), story.place.city
    commune, document = story.place.commune(visit.commune), story.told[visit.subject]
    opened, concluded = story.day(visit.opened), story.day(visit.concluded)
    with clock.at(clock.moment(opened, 8, 30)):
        inspection = inspections.open_inspection(
            by=inspector,
            unit=city,
            inspected=commune,
            documents=[document],
            period_from=document.issued_on,
            period_to=opened,
            report_due=opened + dt.timedelta(days=7),
            team=list(Person.objects.filter(user=inspector)),
            head=Person.objects.filter(user=inspector).first(),
        )
    leader = story.user("bithu", commune)
    # The report says totals: what is held back while the story is told has to be in them. They are true today.
    fold_coverage()
    with clock.at(clock.moment(opened + dt.timedelta(days=5), 10)):
        report = inspections.draft_self_report(by=leader, inspection=inspection)
        inspections.write_draft(report.pk)
        report.refresh_from_db()
        inspections.hand_in_self_report(by=leader, inspection=inspection, report=report)
    inspection.refresh_from_db()
    with clock.at(clock.moment(concluded, 15)):
        _conclude(story, visit, inspection)
    inspection.refresh_from_db()
    with clock.at(clock.moment(concluded + dt.timedelta(days=1), 8)):
        notice = Delivery.objects.select_related("unit", "document").get(document=inspection.conclusion)
        documents.receive_delivery(by=story.user("vanthu", commune), delivery=notice)
    _carry_out(story, visit, inspection)


def _conclude(story: Story, visit: Visit, inspection: Inspection) -> None:
    inspector, day = story.user("kiemtra"), clock.today()
    inspections.note_finding(
        by=inspector, inspection=inspection, kind=FindingKind.STRENGTH, text=visit.strength
    )
    found = inspections.note_finding(
        by=inspector, inspection=inspection, kind=FindingKind.SHORTCOMING, text=visit.shortcoming
    )
    inspections.note_finding(
        by=inspector, inspection=inspection, kind=FindingKind.CAUSE, text=visit.cause, about=found
    )
    for order in visit.orders:
        inspections.add_requirement(
            by=inspector,
            inspection=inspection,
            finding=found,
            text=order.text,
            due=day + dt.timedelta(days=order.due_in),
        )
    inspections.conclude(by=inspector, inspection=inspection)


def _carry_out(story: Story, visit: Visit, inspection: Inspection) -> None:
    commune, inspector = story.place.commune(visit.commune), story.user("kiemtra")
    required = inspection.requirements.select_related("task__unit", "task__giver", "inspection").order_by(
        "pk"
    )
    for requirement, order in zip(required, visit.orders, strict=True):
        if order.done_in is None or requirement.task is None:
            continue
        day = story.day(visit.concluded + order.done_in)
        with clock.at(clock.moment(day, 14)):
            doer = story.user("chuyenvien", commune)
            tasks.report_progress(by=doer, task=requirement.task, note="Đã khắc phục xong.", hand_in=True)
        with clock.at(clock.moment(day + dt.timedelta(days=2), 9)):
            inspections.close_requirement(by=inspector, requirement=requirement)
    if all(order.done_in is not None for order in visit.orders):
        inspection.refresh_from_db()
        with clock.at(
            clock.moment(
                story.day(visit.concluded + max(order.done_in or 0 for order in visit.orders) + 3), 9
            )
        ):
            inspections.close_inspection(by=inspector, inspection=inspection)
