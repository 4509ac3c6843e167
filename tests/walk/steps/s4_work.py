"""Step 4: the ward passes its tasks on; a member reports with a photo and a figure; late stays late."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Desk, Hall
from tests.walk.steps.s1_take_in import EVERYBODY
from thongsuot.documents.models import Document
from thongsuot.tasks.models import ProgressEntry, Task, TaskState

DUE = dt.date(2025, 12, 10)
MISSING = "Ảnh chưa thấy bảng niêm yết, đề nghị chụp lại"


def walk(hall: Hall, cast: Cast, turn_to: Turn, document: Document) -> None:
    turn_to(8)
    leader = hall.seat(cast.ward_leader)
    wards = Task.objects.filter(document=document, unit=cast.ward, parent=None)
    mine = {text: wards.get(text__startswith=text) for text in EVERYBODY}
    assert Task.objects.filter(document=document, unit=cast.economy).count() == 1
    leader.go("/nhiem-vu/", "4-tasks-ward")
    to_the_cells(leader, cast, mine[EVERYBODY[0]])
    part = to_a_member(leader, cast, mine[EVERYBODY[1]])
    turn_to(13)
    phone = hall.seat(cast.member, phone=True)
    report(phone, part, "12", name="4-report")
    give_back(leader, part)
    turn_to(14)
    report(phone, part, "3", name="4-report-again")
    leader.go(part.get_absolute_url(), "4-task-handed-in")
    leader.send("Accept as done")
    leader.look("4-task-done")
    late_stays_late(leader, part)


def to_the_cells(desk: Desk, cast: Cast, task: Task) -> None:
    desk.go(task.get_absolute_url(), "4-task-ward")
    desk.follow("Pass on")
    desk.look("4-assign")
    for cell in (cast.cell, cast.second_cell):
        desk.page.locator(f"input[name=ai][value=u{cell.pk}]").check()
    with desk.page.expect_navigation():
        desk.page.locator("main form .btn.main").click()
    desk.look("4-assign-texts")
    desk.page.locator("main form .btn.main").click()
    desk.page.wait_for_url(f"**{task.get_absolute_url()}")
    parts = Task.objects.filter(parent=task)
    assert set(parts.values_list("unit_id", flat=True)) == {cast.cell.pk, cast.second_cell.pk}
    assert set(parts.values_list("due", flat=True)) == {task.due}
    desk.look("4-task-passed-on")


def to_a_member(desk: Desk, cast: Cast, task: Task) -> Task:
    """To one member of a cell by name, with a figure to reach and an earlier deadline."""
    person = cast.person(cast.member)
    desk.go(f"{task.get_absolute_url()}giao/")
    desk.page.locator(f"main a[href$='chi-bo={cast.cell.pk}']").click()
    desk.page.locator(f"input[name=ai][value=p{cast.cell.pk}-{person.pk}]").check()
    desk.page.locator("main form .btn.main").click()
    page = desk.page
    page.locator("[name=measure_name]").fill("Hộ được hướng dẫn")
    page.locator("[name=measure_unit]").fill("hộ")
    page.locator("[name=form-0-due]").fill(DUE.isoformat())
    page.locator("[name=form-0-measure_goal]").fill("15")
    page.locator("main form .btn.main").click()
    page.wait_for_url(f"**{task.get_absolute_url()}")
    part = Task.objects.get(parent=task)
    assert (part.assignee_id, part.due, part.measure_goal) == (person.pk, DUE, Decimal(15))
    return part


def photo() -> FilePayload:
    """Half grey, half green: something a camera could have taken."""
    drawn = Image.new("RGB", (640, 480), (120, 130, 120))
    drawn.paste((40, 140, 70), (0, 240, 640, 480))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG")
    return {"name": "nha-van-hoa.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def report(phone: Desk, task: Task, figure: str, *, name: str) -> None:
    phone.go("/viec-cua-toi/", f"{name}-my-work")
    phone.page.locator(f"a[href$='{task.get_absolute_url()}bao-cao/']").click()
    page = phone.page
    page.locator("[name=photo]").set_input_files(photo())
    page.locator("[name=figure]").fill(figure)
    page.locator("[name=note]").fill("Đã đến từng hộ ở tổ 3 hướng dẫn nộp hồ sơ trực tuyến")
    phone.look(name)
    phone.press("Done: hand in")
    page.wait_for_url(f"**{task.get_absolute_url()}")
    phone.look(f"{name}-sent")
    task.refresh_from_db()
    assert task.state == TaskState.SUBMITTED
    assert task.is_late  # handed in after its day
    shown = page.locator("ol.timeline img").first
    shown.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=shown.element_handle())


def give_back(desk: Desk, task: Task) -> None:
    desk.go(task.get_absolute_url())
    desk.page.locator("summary", has_text=desk.words("Return with what is missing")).click()
    desk.look("4-return")
    desk.page.locator(f"form[action$='{task.get_absolute_url()}tra-lai/'] [name=reason]").fill(MISSING)
    desk.send("Return")
    task.refresh_from_db()
    assert task.state == TaskState.RETURNED


def late_stays_late(desk: Desk, task: Task) -> None:
    task.refresh_from_db()
    assert (task.state, task.is_late, task.measure_done) == (TaskState.DONE, True, Decimal(15))
    photos = ProgressEntry.objects.filter(task=task, unit=task.unit).exclude(photo=None)
    assert photos.count() == 2
    desk.go(f"/nhiem-vu/?xem=don-vi&van-ban={task.document_id}&trang-thai=done_late", "4-done-late")
    expect(desk.page.locator("tbody [data-item]")).to_have_count(1)
