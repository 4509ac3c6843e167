"""The check, questions, reflections and their figures as people see them: on a narrow phone, in the dark, with axe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.dissemination.factories import make_document
from thongsuot.core import clock
from thongsuot.dissemination.models import ReflectionKind
from thongsuot.dissemination.services import (
    QuestionData,
    answer_inquiry,
    ask,
    ask_for_papers,
    hand_in,
    require_dissemination,
    write_question,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_pages_on_a_phone_and_by_keys_alone(cast: Cast, open_page: Callable[..., Page]) -> None:
    today = clock.today()
    document = make_document(cast.city_clerk, cast.city, issued_on=today - dt.timedelta(days=3))
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=today)
    for number in range(3):
        said = QuestionData(f"Câu hỏi {number} về kênh?", [("Đúng", True), ("Sai", False)], "Mục I.1.", 3)
        question = write_question(by=cast.city_clerk, document=document, unit=cast.city, data=said)
    waiting = ask(by=cast.member, document=document, text="Dọn đoạn kênh nào?", paragraph=3)
    answered = ask(by=cast.second_member, document=document, text="Ai dọn?", paragraph=3)
    answer_inquiry(by=cast.ward_leader, inquiry=answered, text="Chi bộ cùng khu phố.")
    kind = ReflectionKind.REFLECTION
    ask_for_papers(by=cast.ward_leader, document=document, unit=cast.ward, kind=kind, due=today)
    hand_in(by=cast.second_member, document=document, kind=kind, text="Tôi nhận một đoạn kênh.")
    page = open_page(f"/pho-bien/doc/{document.pk}/kiem-tra/", width=360)
    server = "/".join(page.url.split("/")[:3])

    def look(path: str) -> None:
        if not page.url.endswith(path):
            page.goto(server + path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path} {scheme}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path

    of_document, read = f"/pho-bien/van-ban/{document.pk}", f"/pho-bien/doc/{document.pk}"
    look(f"{read}/kiem-tra/")
    # By keys alone: to the first answer, tick it, on to the button.
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mục I.1.")).to_be_visible()
    look(page.url.removeprefix(server))
    for path in (f"{read}/", f"{read}/hoi-dap/", f"{read}/thu-hoach/", f"/pho-bien/hoi-dap/{waiting.pk}/"):
        look(path)
    paper = f"{of_document}/thu-hoach/{cast.cell.pk}/{cast.person(cast.second_member).pk}/reflection/"
    sign_in(page.context, cast.cell_head, server)
    for path in (f"{of_document}/thu-hoach/", paper):
        look(path)
    sign_in(page.context, cast.city_clerk, server)
    for path in (
        f"{of_document}/muc-do-hieu/",
        f"{of_document}/cau-hoi/{question.pk}/",
        f"{of_document}/thu-hoach/yeu-cau/",
        "/pho-bien/hoi-dap/",
        f"/pho-bien/hoi-dap/{waiting.pk}/",
    ):
        look(path)
