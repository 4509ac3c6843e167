"""The review of a paper in a real browser: by keyboard alone, on a phone, and for everybody's eyes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import complain_into, sign_in
from tests.cast import Cast
from tests.documents import sheets
from tests.documents.test_intake import taken
from tests.documents.test_review import item_of, task_of, value_of
from thongsuot.documents import items
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Document, Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
PATIENT = 60_000  # many answers one after the other, on a machine that may be busy


@pytest.fixture
def open_as_clerk(chromium: Browser, live_server: Any, cast: Cast) -> Iterator[Open]:
    """The city's clerk at an address; a complaint of the browser fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(address: str, width: int = 1440, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **options)
        contexts.append(context)
        sign_in(context, cast.city_clerk, live_server.url)
        page = context.new_page()
        complain_into(complaints, page)
        page.goto(f"{live_server.url}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_from_the_dropped_file_to_the_book_by_keyboard(
    open_as_clerk: Open, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "chi-thi.docx"
    file.write_bytes(sheets.word())
    page = open_as_clerk("/van-ban/nhan/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.locator("#muc-1")).to_be_focused()  # the script is there
    intake = Intake.objects.get()
    page.keyboard.press("a")
    expect(page.locator("#muc-2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("u")
    expect(page.locator("#muc-1")).to_have_attribute("aria-current", "true")
    assert intake.items.get(ordinal=1).decision == Decision.PENDING

    signer = item_of(intake, "signer")
    for _step in range(signer.ordinal - 1):
        page.keyboard.press("j")
    page.keyboard.press("e")
    entry = page.locator(f"#muc-{signer.ordinal} input[name=value]")
    expect(entry).to_be_focused()
    entry.fill("Trần Thị Bích")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#muc-{signer.ordinal} .edited")).to_be_attached()

    last = task_of(intake, 2)
    page.locator(f"#muc-{last.ordinal} .what a").click()
    expect(page.locator(f"#cau-{last.ordinal}")).to_have_class("mg on")
    page.keyboard.press("x")
    expect(page.locator(f"#muc-{last.ordinal}")).to_contain_text("đã bỏ")

    page.keyboard.press("Control+Enter")  # nothing is registered unseen
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="mục chắc chắn")).to_have_count(0)
    for item in waiting(intake.items.order_by("ordinal")):
        expect(page.locator(f"#muc-{item.ordinal}")).to_have_attribute("aria-current", "true")
        page.keyboard.press("a")
    expect(page.locator("form[data-send]")).to_be_visible()
    assert not Document.objects.exists()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/van-ban/*/")
    document = Document.objects.get()
    assert (document.signer, document.symbol) == ("Trần Thị Bích", "12-CT/ThU")
    assert not document.provisions.filter(text__startswith="Theo dõi").exists()


@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_and_nothing_sticks_out(open_as_clerk: Open, cast: Cast, width: int) -> None:
    intake = taken(cast)
    task = task_of(intake, 1)
    address = intake.get_absolute_url()
    task_address = f"{address}?muc={task.ordinal}"
    pages = (
        address,
        f"{task_address}&sua=1",
        f"{task_address}&tach=1",
        f"{address}?xem=ky",
        f"{address}?them=task",
    )
    for shown in ("/van-ban/nhan/", *pages, f"{address}?them=task&tu=0&den=20"):
        page = open_as_clerk(shown, width)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{shown}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, shown


def forty_tasks(cast: Cast) -> tuple[Intake, list[ReadingItem]]:
    """A paper with exactly forty tasks, whatever the reader of the day makes of it."""
    intake = taken(cast, sheets.plain(sheets.forty_points()))
    intake.items.filter(kind__in=(ItemKind.TASK, ItemKind.TARGET)).delete()
    first = intake.items.count() + 1
    units = {"lead_text": "Đảng ủy các phường, xã", "lead_units": [unit.pk for unit in cast.communes]}
    return intake, ReadingItem.objects.bulk_create(
        ReadingItem(
            intake=intake,
            ordinal=first + position,
            kind=ItemKind.TASK,
            proposed=items.checked(ItemKind.TASK, "", {"text": words, "due": "2026-12-24", **units}),
            confidence=0.7 + position % 4 / 10,
            span_start=intake.text.index(words + "."),
            span_end=intake.text.index(words + ".") + len(words),
        )
        for position, words in enumerate(sheets.FORTY)
    )


def test_forty_tasks_are_checked_without_the_mouse(open_as_clerk: Open, cast: Cast) -> None:
    """Every task is looked at on its own; one is corrected, one cut, two made one, one left out, one added."""
    intake, tasks = forty_tasks(cast)
    page = open_as_clerk(intake.get_absolute_url())
    page.evaluate(
        "document.addEventListener('pointerdown', () => { document.body.dataset.mouse = 'used'; }, true)"
    )
    current = page.locator("[data-entry][aria-current=true]")
    keys = 0

    def press(*given: str) -> None:
        nonlocal keys
        for key in given:
            page.keyboard.press(key)
            keys += 1

    def stands_at(item: ReadingItem | int) -> None:
        number = item if isinstance(item, int) else item.ordinal
        expect(current).to_have_attribute("data-entry", str(number), timeout=PATIENT)

    before = [item for item in waiting(intake.items.all()) if item.kind != ItemKind.TASK]
    press(*["a"] * len(before))  # the keys need not wait for an answer
    stands_at(tasks[0])

    press(
        "e", *["Tab"] * 5
    )  # over the words, the lead as the paper has it, the three units and to all who receive
    page.locator("form[data-editing] [name=lead_add]").press("Escape")
    expect(page.locator("form[data-editing]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("form[data-editing]")).to_have_count(0)
    stands_at(tasks[0])
    press(*["a"] * 8)
    stands_at(tasks[8])

    press("t")
    expect(page.locator("[data-editing] [data-first]")).to_be_focused()
    press("1")
    expect(current).to_contain_text("Lắp đặt biển báo")
    part = intake.items.get(split_from=tasks[8])
    press("a", *["a"] * 3)
    stands_at(tasks[12])

    press("g")
    expect(page.locator(f"#muc-{tasks[13].ordinal}")).to_contain_text(f"đã gộp vào mục {tasks[12].ordinal}")
    stands_at(tasks[12])
    press("j", "j", "x")
    expect(page.locator(f"#muc-{tasks[14].ordinal}")).to_contain_text("đã bỏ")
    stands_at(tasks[15])
    press("u")
    stands_at(tasks[14])
    press("x")
    stands_at(tasks[15])

    press("Enter")
    expect(page.locator(f"#cau-{tasks[15].ordinal}")).to_be_focused()
    press("Enter")
    expect(page.locator(f"#muc-{tasks[15].ordinal}")).to_be_focused()

    press("n")
    expect(page.locator("[data-adding] [name=text]")).to_be_focused()
    page.keyboard.type("Báo cáo kết quả thực hiện")
    press("Control+Enter")
    added = page.locator("[data-entry]").filter(has_text="Báo cáo kết quả thực hiện")
    expect(added).to_have_attribute("aria-current", "true")
    press("a")
    stands_at(tasks[15])

    press(*["a"] * 25)
    expect(page.locator("#tien-do form[data-send]")).to_be_visible(timeout=PATIENT)
    press("Control+Enter")
    page.wait_for_url("**/van-ban/*/")
    provisions = list(Document.objects.get().provisions.order_by("ordinal"))
    # Forty, one more by the cut, one less by the merge, one less left out, one more by hand.
    assert len(provisions) == 40
    assert provisions[9].text == (part.decided or {})["text"]
    assert page.evaluate("document.body.dataset.mouse") is None
    assert keys <= 2 * intake.items.count()


def test_keys_pressed_while_an_answer_is_under_way_wait_for_it(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url())

    def slowly(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/muc/*/**", slowly)
    for key in ("a", "a", "j", "e"):
        page.keyboard.press(key)
    expect(page.locator("#muc-4 [data-editing]")).to_be_visible()
    assert page.url.endswith(intake.get_absolute_url())  # no key was taken for a plain link
    assert list(intake.items.order_by("ordinal").values_list("decision", flat=True)[:4]) == [
        "accepted",
        "accepted",
        "pending",
        "pending",
    ]
    page.locator("[data-editing] [name=value]").press_sequentially("jax")  # letters, no keys, while typing
    expect(page.locator("[data-editing] [name=value]")).to_have_value(re.compile("jax"))


SELECT = """([from, to]) => {
  const pieces = [...document.querySelectorAll('.paper [data-at]')];
  const edge = (words, atEnd) => {
    const piece = pieces.find((one) => one.textContent.includes(words));
    return [piece.firstChild, piece.textContent.indexOf(words) + (atEnd ? words.length : 0)];
  };
  const range = document.createRange();
  range.setStart(...edge(from, false));
  range.setEnd(...edge(to, true));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_selected_words_become_a_task_marked_in_the_paper(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url())
    page.evaluate(SELECT, ["Ban Thường vụ Thành ủy yêu cầu", "yêu cầu:"])
    expect(page.locator("[data-pick]")).to_be_visible()
    page.keyboard.press("n")
    words = page.locator("[data-adding] [name=text]")
    expect(words).to_have_value("Ban Thường vụ Thành ủy yêu cầu")
    page.keyboard.press("Control+Enter")
    added = page.locator("[data-entry][aria-current=true]")
    expect(added).to_contain_text("Ban Thường vụ Thành ủy yêu cầu")
    item = intake.items.order_by("-ordinal")[0]
    assert intake.text[item.span_start : item.span_end] == "Ban Thường vụ Thành ủy yêu cầu:"
    expect(page.locator(f"mark[data-marks~='{item.ordinal}']").first).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(f"#muc-{item.ordinal}")).to_contain_text("đã bỏ")


def test_units_are_chosen_by_keys_from_what_is_typed(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    task = task_of(intake, 1)
    page = open_as_clerk(f"{intake.get_absolute_url()}?muc={task.ordinal}&sua=1")
    chosen = page.locator("[data-units=lead_units] input:checked")
    expect(chosen).to_have_count(1)
    typed = page.locator("[name=lead_add]")
    typed.focus()
    page.keyboard.type("phuong xa")
    expect(page.get_by_role("option").first).to_contain_text("3 đơn vị")
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(4)
    page.locator(f"[data-units=lead_units] input[value='{cast.commune.pk}']").uncheck()
    page.keyboard.press("Control+Enter")
    expect(page.locator("form[data-editing]")).to_have_count(0)
    task.refresh_from_db()
    assert set(value_of(task)["lead_units"]) == {cast.economy.pk, cast.ward.pk, cast.other_ward.pk}


def test_paper_and_items_follow_each_other(open_as_clerk: Open, cast: Cast) -> None:
    intake, tasks = forty_tasks(cast)
    page = open_as_clerk(intake.get_absolute_url())
    expect(page.locator(f"#muc-{tasks[-1].ordinal}")).not_to_be_in_viewport()
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 20_000)
    expect(page.locator("[data-entry].near")).to_be_in_viewport()
    expect(page.locator("mark.near").first).to_be_in_viewport()
    near = int(page.locator("[data-entry].near").get_attribute("data-entry") or 0)
    assert near > tasks[20].ordinal
    expect(page.locator("#muc-1")).to_have_attribute("aria-current", "true")  # looking on opens nothing
    page.mouse.move(1200, 500)
    page.mouse.wheel(0, -20_000)
    expect(page.locator("#cau-1")).to_be_in_viewport()


def test_without_script_a_paper_is_decided_by_links_and_buttons(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url(), java_script_enabled=False)
    page.locator("#muc-1").get_by_role("button", name="Nhận").click()
    expect(page.locator("#muc-2")).to_have_attribute("aria-current", "true")
    page.locator("#muc-2").get_by_role("link", name="Sửa").click()
    page.locator("#muc-2 select").select_option("ke_hoach")
    page.locator("#muc-2").get_by_role("button", name="Lưu").click()
    assert item_of(intake, "kind").decided == {"value": "ke_hoach"}


def test_without_script_an_item_is_cut_merged_and_taken_back(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    first, second = task_of(intake, 0), task_of(intake, 1)
    page = open_as_clerk(f"{intake.get_absolute_url()}?muc={first.ordinal}", java_script_enabled=False)
    page.locator(f"#muc-{first.ordinal}").get_by_role("link", name="Tách").click()
    page.locator("[name=parts]").fill("Xây dựng kế hoạch\nHoàn thành trước ngày 12/11/2026")
    page.get_by_role("button", name="Tách theo chỗ xuống dòng").click()
    part = intake.items.get(split_from=first)
    expect(page.locator(f"#muc-{part.ordinal}")).to_have_attribute("aria-current", "true")
    page.locator(f"#muc-{part.ordinal}").get_by_role("button", name="Gộp với mục sau").click()
    second.refresh_from_db()
    assert second.merged_into == part
    for _act in ("merge", "split"):
        page.get_by_role("button", name="hoàn tác").click()
    assert not intake.items.filter(split_from=first).exists()
    assert not intake.items.exclude(decision=Decision.PENDING).exists()
    page.get_by_role("link", name="Thêm nhiệm vụ").click()
    page.locator("[name=text]").fill("tổ tự quản hoạt động")
    page.locator("[name=lead_add]").fill("phuong cau van")
    page.get_by_role("button", name="Thêm").click()
    added = intake.items.order_by("-ordinal")[0]
    assert value_of(added)["lead_units"] == [cast.ward.pk]
    expect(page.locator(f"mark[data-marks~='{added.ordinal}']").first).to_contain_text("tổ tự quản")
