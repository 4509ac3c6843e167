"""Checking a paper by keys: forty tasks without the mouse, a selection, units, and what scrolls along."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Route, expect

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.conftest import Open
from tests.documents.test_intake import taken
from tests.documents.test_review import item_of, task_of, value_of
from thongsuot.documents import items
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Document, Intake, ReadingItem
from thongsuot.documents.models.intake import ItemKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENT = 60_000  # many answers one after the other, on a machine that may be busy


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


def slowly(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()


def test_keys_pressed_while_an_answer_is_under_way_wait_for_it(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url())
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


def test_what_is_typed_goes_into_the_form_that_is_still_coming(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url())
    page.route(re.compile(r"/van-ban/nhan/\d+/.+"), slowly)
    page.keyboard.press("n")
    page.keyboard.type("xajx")  # letters that are keys elsewhere, and one too many
    page.keyboard.press("Backspace")
    page.keyboard.type(" giao ban")
    page.keyboard.press("Tab")
    page.keyboard.type("cac phuong")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("x")  # for the new item, not for the form that is on its way
    added = page.locator("[data-entry]").filter(has_text="xaj giao ban")
    expect(added).to_contain_text("đã bỏ")
    assert value_of(intake.items.order_by("-ordinal")[0])["lead_text"] == "cac phuong"


def test_a_key_held_down_decides_once(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url())
    for _time in range(5):
        page.keyboard.down("a")
    page.keyboard.up("a")
    page.keyboard.press("j")
    expect(page.locator("#muc-3")).to_have_attribute("aria-current", "true")
    assert intake.items.filter(decision="accepted").count() == 1


def test_without_single_keys_buttons_and_chords_still_work(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    signer = item_of(intake, "signer")
    page = open_as_clerk(f"{intake.get_absolute_url()}?muc={signer.ordinal}")
    page.keyboard.press("?")
    page.locator("#phim button[value=off]").click()
    page.keyboard.press("Escape")
    page.reload()
    current = page.locator("[data-entry][aria-current=true]")
    accept = current.get_by_role("button", name="Nhận")
    expect(accept).to_be_visible()
    expect(accept.locator("kbd")).to_be_hidden()
    assert page.locator("[aria-keyshortcuts]").count() == 0
    for key in ("a", "x", "j", "n", "1", "?"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")  # no letter: to the words, and back
    expect(page.locator(f"#cau-{signer.ordinal}")).to_be_focused()
    current.get_by_role("link", name="Sửa").click()
    page.locator("form[data-editing] [name=value]").fill("Trần Thị Bích")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#muc-{signer.ordinal} .edited")).to_be_attached()
    assert [item.ordinal for item in intake.items.exclude(decision="pending")] == [signer.ordinal]
    expect(accept.locator("kbd")).to_be_hidden()


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
    page.route(re.compile(r"lead_add="), slowly)
    page.keyboard.type("phuong xa")
    page.keyboard.press("Enter")  # before there is a list to choose from
    expect(chosen).to_have_count(4)
    expect(page.get_by_role("option").first).to_be_hidden()
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
