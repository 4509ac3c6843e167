"""Step 1: a paper is dropped, read, checked and gets its number in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.cast import Cast
from tests.walk.desk import Desk, Hall
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.models.register import Part, ProvisionKind

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SUBJECT = (
    "Về việc tăng cường cải cách thủ tục hành chính, nâng cao chất lượng phục vụ người dân, doanh nghiệp trong "
    "thực hiện thủ tục hành chính và dịch vụ công trên địa bàn tỉnh Đắk Lắk"
)
POST = "Phó Chủ tịch Ủy ban nhân dân tỉnh"
EVERYBODY = ("Thực hiện nghiêm việc cải cách TTHC", "Đẩy mạnh công tác truyền thông")
FOR_THE_OFFICE = "Bám sát các nhiệm vụ"
NOT_OURS = "Tối ưu hóa Hệ thống thông tin"
DUE = "2025-12-12"
MOST_ITEMS = 60


def walk(hall: Hall, cast: Cast, directive: tuple[str, bytes]) -> Document:
    desk = hall.seat(cast.city_clerk)
    desk.go("/van-ban/nhan/", "1-take-in")
    desk.go("/", "1-register")
    drop(desk, *directive)
    desk.page.wait_for_url("**/van-ban/nhan/*/")
    desk.look("1-review")
    understood(desk)
    check(desk, cast)
    desk.page.locator("#tien-do .btn.main").click()
    desk.page.wait_for_url("**/van-ban/*/")
    desk.look("1-document")
    return registered(desk, cast)


def drop(desk: Desk, name: str, content: bytes) -> None:
    """A file dropped from the desktop onto the register, which takes it in at once."""
    transfer = desk.page.evaluate_handle(
        """([name, text]) => { const drawn = new DataTransfer();
        drawn.items.add(new File([text], name, {type: "text/plain"})); return drawn; }""",
        [name, content.decode()],
    )
    desk.page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})


def understood(desk: Desk) -> None:
    """Everything the reader proposes stands beside the text, and its words are marked there."""
    beside = desk.page.locator("#de-xuat").inner_text()
    for words in (
        "012/CT-UBND",
        "Chỉ thị",
        "26/11/2025",
        "Ủy ban nhân dân tỉnh Đắk Lắk",
        "Đắk Lắk",
        "Trương Công Thái",
        "Phó Chủ tịch",
        "UBND các xã, phường",
        "118/2025/NĐ-CP",
        "Sở Khoa học và Công nghệ",
    ):
        assert words in beside, words
    intake = Intake.objects.get()
    assert intake.items.filter(kind=ItemKind.TASK).count() >= 15
    for item in intake.items.exclude(span_start=None):
        assert desk.page.locator(f"mark[data-marks~='{item.ordinal}']").count() or (
            desk.page.locator(f"#cau-{item.ordinal}").count()
        ), f"{item.ordinal} is not marked in the text"


def entry_of(desk: Desk, words: str) -> Locator:
    # The lines to remember quote the tasks.
    return desk.page.locator("[data-entry]:not(:has(.line))").filter(has_text=words).first


def open_entry(desk: Desk, words: str) -> Locator:
    entry = entry_of(desk, words)
    entry.locator("h3 a").click()
    expect(entry.locator(".more")).to_be_visible()
    return entry


def edit(desk: Desk, words: str) -> Locator:
    """The form of one item, open."""
    open_entry(desk, words).locator("[data-act=e]").click()
    form = desk.page.locator("form[data-editing]")
    expect(form).to_be_visible()
    return form


def save(desk: Desk, form: Locator) -> None:
    desk.press("Save", within=form)
    expect(desk.page.locator("form[data-editing]")).to_have_count(0)


def check(desk: Desk, cast: Cast) -> None:
    """One field corrected, one task rejected, three given to those they are for, the certain rest accepted."""
    form = edit(desk, "Chức vụ người ký")
    form.locator("[name=value]").fill(POST)
    save(desk, form)
    for words in EVERYBODY:
        form = edit(desk, words)
        form.locator("[name=for_recipients]").check()
        form.locator("[name=due]").fill(DUE)
        save(desk, form)
    form = edit(desk, FOR_THE_OFFICE)
    desk.look("1-review-editing")
    form.locator("[name=lead_add]").fill(cast.economy.name)
    save(desk, form)
    for words in (NOT_OURS, "chỉ tiêu · ≥ 30"):
        open_entry(desk, words).locator("[data-act=x]").click()
        expect(entry_of(desk, words).locator(".res")).to_have_text(desk.words("left out"))
    desk.page.keyboard.press("c")
    expect(desk.page.locator(".hints form.end button")).to_have_count(0)
    accept_the_rest(desk.page)
    expect(desk.page.locator("#tien-do .btn.main")).to_be_enabled()
    desk.look("1-review-done")
    decisions = Intake.objects.get().items
    assert decisions.filter(decision=Decision.EDITED).count() == 4
    assert decisions.filter(decision=Decision.REJECTED).count() == 2


def accept_the_rest(page: Page) -> None:
    """A for each that is left; each answer moves on to the next one that waits."""
    register = page.locator("#tien-do .btn.main")
    for _item in range(MOST_ITEMS):
        if register.is_enabled():
            return
        seen = page.locator("#tien-do [role=progressbar]").get_attribute("aria-valuenow")
        page.keyboard.press("a")
        expect(page.locator("#tien-do [role=progressbar]")).not_to_have_attribute("aria-valuenow", str(seen))
    raise AssertionError("Not all items could be accepted by key.")


def registered(desk: Desk, cast: Cast) -> Document:
    document = Document.objects.get()
    assert document.subject == SUBJECT
    assert (document.symbol, document.signer) == ("012/CT-UBND", "Trương Công Thái")
    assert document.signer_title == POST
    entry = document.entries.get()
    assert (entry.unit_id, entry.direction, entry.number) == (cast.city.pk, "incoming", 1)
    desk.says(SUBJECT)
    tasks = document.provisions.filter(kind=ProvisionKind.TASK)
    assert tasks.filter(for_recipients=True).count() >= 2
    assert tasks.filter(units__unit=cast.economy, units__part=Part.LEAD).count() == 1
    assert not tasks.filter(text__startswith=NOT_OURS).exists()
    return document
