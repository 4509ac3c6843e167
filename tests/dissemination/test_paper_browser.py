"""A sheet goes through a real printer and scanner: Chromium prints it, PDFium scans it, a phone hands it in."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.dissemination.factories import make_document, make_session
from tests.formats.signed.drawing import DOTS, Photo, photographed, sign
from thongsuot.core import clock
from thongsuot.dissemination.models import Attendance, PaperSheet
from thongsuot.dissemination.paper import drawing
from thongsuot.dissemination.paper.printing import print_for_session

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(cast: Cast) -> PaperSheet:
    document = make_document(
        cast.city_clerk, cast.city, circulating=(cast.ward,), issued_on=clock.today() - dt.timedelta(days=3)
    )
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], day=clock.today())
    return print_for_session(by=cast.cell_head, session=session, units=[cast.cell])[0]


def printed(page: Page) -> Image.Image:
    """The page as it comes out of the printer, brought back to the size in which the tests sign."""
    made = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        assert len(made) == 1, "a page of the sheet is a page of paper"
        paper = made[0].render(scale=DOTS * 254 / 72).to_pil().convert("L")
    finally:
        made.close()
    # The margins of print.css, and the box that is left.
    left, top, wide, tall = (round(tenths * DOTS) for tenths in (140, 160, 1820, 2628))
    shown = paper.crop((left, top, left + wide, top + tall))
    x, y, width, height = (round(int(number) * DOTS) for number in drawing.SHOWN.split())
    whole = Image.new("L", (width + 2 * x, height + 2 * y), 255)
    whole.paste(shown.resize((width, height), Image.Resampling.BICUBIC), (x, y))
    return whole


def nothing_wrong(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


def test_from_the_printer_to_the_phone(
    cast: Cast, sheet: PaperSheet, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/", width=360, signed_in=False)
    server = "/".join(page.url.split("/")[:3])
    sign_in(page.context, cast.cell_head, server)
    page.goto(f"{server}/pho-bien/phieu/in/?phieu={sheet.code}")
    nothing_wrong(page)
    chance = random.Random(7)
    how = Photo(turn=-6, slant=0.1, light=0.7, noise=6, curl=8)
    photo = tmp_path / "phieu.jpg"
    photo.write_bytes(photographed(sign(printed(page), [1], chance), how, chance))
    page.goto(f"{server}/pho-bien/phieu/")
    nothing_wrong(page)
    page.get_by_label("Ảnh chụp hoặc bản quét các trang đã ký").set_input_files(photo)
    page.get_by_role("button", name="Đọc các trang").click()
    page.wait_for_url(f"**/{sheet.code}/?trang=1")
    expect(page.get_by_text("Thấy nét mực trong 1 ô ký.")).to_be_visible()
    nothing_wrong(page)
    ticked = [box.is_checked() for box in page.locator("input[name=row]").all()]
    assert ticked == [row == 1 for row in range(len(sheet.rows))]
    assert page.request.get(f"{server}/pho-bien/phieu/{sheet.code}/trang/1.jpg").ok
    page.get_by_role("button", name="Xác nhận các dòng đã chọn").click()
    expect(page.get_by_text("Đã tính 1 người.").first).to_be_visible()
    nothing_wrong(page)
    assert Attendance._default_manager.get(person_id=sheet.rows[1]).state == "present"
