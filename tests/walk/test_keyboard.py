"""The clerk's hands stay on the keyboard: checking a paper, searching, closing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.walk.desk import Hall
from tests.walk.prepared import waiting
from tests.walk.steps.s1_take_in import MOST_ITEMS, accept_the_rest
from thongsuot.documents.models import Document
from thongsuot.documents.models.intake import Decision, ItemKind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_paper_is_checked_and_found_again_by_keys(
    hall: Hall, cast: Cast, directive: tuple[str, bytes]
) -> None:
    intake = waiting(cast, directive)
    desk = hall.seat(cast.city_clerk)
    desk.go(intake.get_absolute_url())
    page, keys = desk.page, desk.page.keyboard
    current = page.locator("[data-entry][aria-current=true]")
    expect(current).to_have_attribute("data-entry", "1")
    keys.press("j")
    expect(current).to_have_attribute("data-entry", "2")
    keys.press("k")
    expect(current).to_have_attribute("data-entry", "1")

    keys.press("a")  # accept, and on to the next
    expect(current).to_have_attribute("data-entry", "2")
    assert intake.items.get(ordinal=1).decision == Decision.ACCEPTED

    keys.press("e")  # edit: the field has the focus, Ctrl+Enter saves
    field = page.locator("form[data-editing] [name=value]")
    expect(field).to_be_focused()
    desk.go(f"{intake.get_absolute_url()}?muc=2&sua=1#muc-2")  # the same as a whole page
    expect(field).to_be_focused()
    field.select_option("thong_bao")
    keys.press("Control+Enter")
    expect(page.locator("form[data-editing]")).to_have_count(0)
    assert intake.items.get(ordinal=2).decision == Decision.EDITED

    reference = intake.items.filter(kind=ItemKind.REFERENCE).earliest("ordinal")
    for _step in range(MOST_ITEMS):
        if current.get_attribute("data-entry") == str(reference.ordinal):
            break
        keys.press("j")
    keys.press("r")
    expect(page.locator(f"#muc-{reference.ordinal} .res")).to_have_text(desk.words("left out"))

    accept_the_rest(page)
    assert intake.items.filter(decision=Decision.EDITED).count() == 1
    keys.press("Control+Enter")
    page.wait_for_url("**/van-ban/*/")
    document = Document.objects.get()
    assert document.relations.count() == intake.items.filter(kind=ItemKind.REFERENCE).count() - 1

    keys.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("[data-search]")).not_to_be_focused()
    keys.press("/")
    keys.type("thu tuc hanh chinh")
    keys.press("Enter")
    page.wait_for_url("**/tim-kiem/**")
    keys.press("j")
    expect(page.locator("[data-item][aria-current] a")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url(f"**{document.get_absolute_url()}")
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()
