"""The review of a paper in a real browser: by keyboard alone, on a phone, and for everybody's eyes."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.conftest import Open
from tests.documents.test_intake import taken
from tests.documents.test_plainness import KNOT
from tests.documents.test_review import item_of, task_of, value_of
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.models.intake import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1440, 360])
def test_why_a_sentence_is_hard_is_told_to_keys_and_fingers(
    open_as_clerk: Open, cast: Cast, width: int, script: bool
) -> None:
    intake = taken(cast)
    knotted = intake.text.replace("\n1. ", f"\n{KNOT}\n1. ", 1)
    Intake.objects.filter(pk=intake.pk).update(text=knotted)
    page = open_as_clerk(intake.get_absolute_url(), width, java_script_enabled=script, has_touch=True)
    level = page.locator(".plainly")
    head, first = level.bounding_box(), page.locator("#muc-1").bounding_box()
    assert head is not None
    assert first is not None
    assert head["y"] < first["y"]  # about the whole paper, so above its items on a phone too
    level.get_by_role("link").click()
    why = page.get_by_role("button", name="Vì sao câu này khó đọc").first
    expect(why).to_be_in_viewport()
    reason = page.get_by_text("nhiều vế liệt kê nối nhau")
    expect(reason).to_be_hidden()
    why.press("Enter")
    expect(reason).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(reason).to_be_hidden()
    why.tap()
    expect(reason).to_be_in_viewport()
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(page).violations_count == 0


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


def test_without_script_a_paper_is_decided_by_links_and_buttons(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    page = open_as_clerk(intake.get_absolute_url(), java_script_enabled=False)
    page.locator("#muc-1").get_by_role("button", name="Nhận").click()
    expect(page.locator("#muc-2")).to_have_attribute("aria-current", "true")
    page.locator("#muc-2").get_by_role("link", name="Sửa").click()
    page.locator("#muc-2 select").select_option("ke_hoach")
    with page.expect_navigation():
        page.locator("#muc-2").get_by_role("button", name="Lưu").click()
    assert item_of(intake, "kind").decided == {"value": "ke_hoach"}


def test_without_script_an_item_is_cut_merged_and_taken_back(open_as_clerk: Open, cast: Cast) -> None:
    intake = taken(cast)
    first, second = task_of(intake, 0), task_of(intake, 1)
    page = open_as_clerk(f"{intake.get_absolute_url()}?muc={first.ordinal}", java_script_enabled=False)
    page.locator(f"#muc-{first.ordinal}").get_by_role("link", name="Tách").click()
    page.locator("[name=parts]").fill("Xây dựng kế hoạch\nHoàn thành trước ngày 12/11/2026")
    with page.expect_navigation():
        page.get_by_role("button", name="Tách theo chỗ xuống dòng").click()
    part = intake.items.get(split_from=first)
    expect(page.locator(f"#muc-{part.ordinal}")).to_have_attribute("aria-current", "true")
    with page.expect_navigation():
        page.locator(f"#muc-{part.ordinal}").get_by_role("button", name="Gộp với mục sau").click()
    second.refresh_from_db()
    assert second.merged_into == part
    for _act in ("merge", "split"):
        with page.expect_navigation():
            page.get_by_role("button", name="hoàn tác").click()
    assert not intake.items.filter(split_from=first).exists()
    assert not intake.items.exclude(decision=Decision.PENDING).exists()
    page.get_by_role("link", name="Thêm nhiệm vụ").click()
    page.locator("[name=text]").fill("tổ tự quản hoạt động")
    page.locator("[name=lead_add]").fill("phuong cau van")
    with page.expect_navigation():
        page.get_by_role("button", name="Thêm").click()
    added = intake.items.order_by("-ordinal")[0]
    assert value_of(added)["lead_units"] == [cast.ward.pk]
    expect(page.locator(f"mark[data-marks~='{added.ordinal}']").first).to_contain_text("tổ tự quản")
