"""The reading page: its text, what others say on it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.factories import DUE, TEXT
from tests.pages import assert_whole
from thongsuot.core.ui import panels
from thongsuot.dissemination.reading_page import places
from thongsuot.dissemination.reading_page.drawing import drawn_text
from thongsuot.dissemination.services import require_dissemination
from thongsuot.documents.models import Document


@pytest.fixture
def required(cast: Cast, document: Document) -> Document:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


def test_headings_are_the_table_of_contents_and_every_paragraph_has_its_anchor() -> None:
    text = drawn_text(1, TEXT)
    assert [(line.anchor, line.text) for line in text.contents] == [
        ("doan-2", "I. NHIỆM VỤ"),
        ("doan-5", "II. TỔ CHỨC THỰC HIỆN"),
    ]
    for number in range(1, 7):
        assert f'id="doan-{number}"' in text.html
    assert drawn_text(1, TEXT) is text
    assert drawn_text(1, "I. NHIỆM VỤ\nMột tiêu đề không dẫn đi đâu.").contents == ()
    assert drawn_text(1, "").parts == 0


def test_the_letterhead_is_shown_small_and_nothing_else_is() -> None:
    head = [
        "ĐẢNG BỘ TỈNH SÔNG SẬY",
        "THÀNH ỦY VÀM CỎ",
        "Số 03-CT/ThU",
        "CHỈ THỊ",
        "về giữ sạch đường phố, kênh, rạch",
        "-----",
    ]
    text = drawn_text(
        2, "\n".join([*head, "Việc giữ gìn vệ sinh có chuyển biến; Ban Thường vụ yêu cầu:", TEXT])
    )
    words = text.html.index("Việc giữ gìn vệ sinh")
    assert 'class="lh"' in text.html[: text.html.index("CHỈ THỊ")]
    assert text.html.rindex('class="lh"') < words
    assert 'class="lh"' not in drawn_text(3, TEXT).html


def test_what_a_paper_writes_is_never_taken_for_a_mark_of_ours() -> None:
    text = drawn_text(1, "Một dòng <!--doan 1--> <b>đậm</b> của văn bản.\nDòng thứ hai của văn bản.")
    html = text.with_remarks({1: "<i>hỏi</i>"})
    assert html.count("<i>hỏi</i>") == 1
    assert "<b>" not in html


def test_others_speak_below_a_paragraph_and_at_the_end(
    client: Client, cast: Cast, required: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def below(request: HttpRequest, reading: places.Reading) -> dict[int, str]:
        assert reading.receipt is not None
        return {2: "<aside>Đã trả lời</aside>"}

    monkeypatch.setattr(places, "_speakers", [])
    monkeypatch.setattr(panels, "_panels", {})
    places.say_at_paragraphs(below)
    places.say_at_paragraphs(below)
    panels.register_panel("reading", lambda request, reading: "<section>Tự kiểm tra</section>", order=1)
    client.force_login(cast.member)
    answer = client.get(reverse("dissemination:read", args=[required.pk]))
    assert_whole(answer)
    page = answer.content.decode()
    assert "I. NHIỆM VỤ</h3><aside>Đã trả lời</aside><p" in page
    assert page.count("Tự kiểm tra") == 1
