"""Step 5: the city inspects the ward; findings become requirements, requirements tasks, closed by the inspector."""

from __future__ import annotations

import io

from docx import Document as WordFile

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Desk, Hall
from thongsuot.documents.models import Delivery, Document
from thongsuot.inspections.models import FindingKind, Inspection, InspectionState
from thongsuot.tasks.models import Origin, Task, TaskState

STRENGTH = "Ban hành kế hoạch sớm, quán triệt đến cả hai chi bộ"
SHORTCOMING = "Một đảng viên báo cáo chậm ba ngày so với hạn"
CAUSE = "Chi bộ chưa nhắc việc trước hạn"
REQUIREMENT = "Chi bộ lập sổ theo dõi hạn của từng việc"
DUE = "2025-12-25"


def walk(hall: Hall, cast: Cast, turn_to: Turn, document: Document) -> Inspection:
    turn_to(15)
    inspector, ward = hall.seat(cast.city_inspector), hall.seat(cast.ward_leader)
    inspection = open_it(inspector, cast, document)
    self_report(ward, inspection)
    turn_to(17)
    conclude(inspector, cast, inspection)
    turn_to(19)
    task = deliver(ward, inspection)
    turn_to(20)
    close(inspector, inspection, task)
    return inspection


def open_it(desk: Desk, cast: Cast, document: Document) -> Inspection:
    desk.go("/", "5-inspections-none")
    desk.follow("Open an inspection", within=desk.page.locator(".head"))
    desk.look("5-open")
    desk.page.locator("[name=don-vi]").select_option(str(cast.ward.pk))
    desk.page.locator(f"[name=documents][value='{document.pk}']").check()
    desk.look("5-open-form")
    desk.press("Open the inspection")
    desk.page.wait_for_url("**/kiem-tra/*/")
    desk.look("5-inspection-opened")
    inspection = Inspection.objects.get()
    assert (inspection.unit_id, inspection.inspected_id) == (cast.city.pk, cast.ward.pk)
    return inspection


def self_report(desk: Desk, inspection: Inspection) -> None:
    """Drafted from the data as a Word file, which the ward reads and hands in."""
    desk.go("/kiem-tra/", "5-inspections-ward")
    desk.go(inspection.get_absolute_url(), "5-inspection-ward")
    desk.send("Draft from the data")
    desk.look("5-report-drafted")
    link = desk.page.locator("#bao-cao a[href*='/bao-cao/']").first.get_attribute("href")
    text = words_of(desk, str(link))
    assert "012/CT-UBND" in text
    assert "01-KH/" in text
    assert "10/10" in text
    desk.send("Hand in the self-report")
    desk.look("5-report-handed-in")
    assert inspection.self_reports.exclude(handed_in_at=None).count() == 1


def words_of(desk: Desk, address: str) -> str:
    """The Word file behind a link, as the browser fetches it."""
    answer = desk.page.request.get(desk.server + address)
    assert answer.ok
    word = WordFile(io.BytesIO(answer.body()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def conclude(desk: Desk, cast: Cast, inspection: Inspection) -> None:
    desk.go(inspection.get_absolute_url(), "5-inspection-with-report")
    for kind, words in (
        (FindingKind.STRENGTH, STRENGTH),
        (FindingKind.SHORTCOMING, SHORTCOMING),
        (FindingKind.CAUSE, CAUSE),
    ):
        adding = desk.page.locator(f"#{kind} details.adding")
        adding.locator("summary").click()
        adding.locator("[name=text]").fill(words)
        with desk.page.expect_navigation():
            adding.locator(".formacts .btn").click()
        desk.says(words)
    wanted = desk.page.locator("#yeu-cau details.adding")
    wanted.locator("summary").click()
    wanted.locator("[name=text]").fill(REQUIREMENT)
    wanted.locator("[name=product]").fill("Sổ theo dõi")
    wanted.locator("[name=due]").fill(DUE)
    desk.look("5-requirement")
    with desk.page.expect_navigation():
        wanted.locator(".formacts .btn").click()
    desk.look("5-findings")
    desk.send("Issue the conclusion")
    desk.look("5-concluded")
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.CONCLUDED
    assert inspection.conclusion is not None
    assert Delivery.objects.filter(document=inspection.conclusion, unit=cast.ward).count() == 1
    assert Task.objects.filter(unit=cast.ward, origin=Origin.CONCLUSION, giver=cast.city).count() == 1


def deliver(desk: Desk, inspection: Inspection) -> Task:
    """The ward works on the requirement like on any task; it cannot close it itself."""
    task = Task.objects.get(origin=Origin.CONCLUSION)
    desk.go(inspection.get_absolute_url(), "5-inspection-concluded-ward")
    desk.says(SHORTCOMING)
    desk.go(task.get_absolute_url(), "5-task")
    assert desk.page.locator("form[action$='/nghiem-thu/']").count() == 0
    desk.follow("Report")
    desk.page.locator("[name=note]").fill("Đã lập sổ ở cả hai chi bộ, có chữ ký của bí thư")
    desk.press("Done: hand in")
    desk.page.wait_for_url(f"**{task.get_absolute_url()}")
    task.refresh_from_db()
    assert (task.state, task.is_late) == (TaskState.SUBMITTED, False)
    return task


def close(desk: Desk, inspection: Inspection, task: Task) -> None:
    desk.go(inspection.get_absolute_url(), "5-requirement-handed-in")
    with desk.page.expect_navigation():
        desk.page.locator("#yeu-cau form[action$='/dong/'] .btn").click()
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    desk.send("Close the inspection")
    desk.look("5-closed")
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.CLOSED
