"""The components: what a template says, and what a person sees and hears."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from thongsuot.core import clock
from thongsuot.core.pages import BoundedPaginator
from thongsuot.core.ui import panels
from thongsuot.core.ui.items import Entry, Figure, Tab, segments


def draw(text: str, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    return Template(text).render(Context({"request": request, **context}))


class Words(HTMLParser):
    """The words of a page, without its marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def __str__(self) -> str:
        return " ".join("".join(self.said).split())


def test_a_badge_says_its_state_and_refuses_an_unknown_one() -> None:
    assert (
        draw('{% badge "late" label %}', label="<quá hạn>")
        == '<span class="st is-late">&lt;quá hạn&gt;</span>'
    )
    with pytest.raises(TemplateSyntaxError):
        draw('{% badge "purple" "x" %}')


def test_due_counts_from_the_clock_of_the_product() -> None:
    with clock.at(dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)):  # already the 23rd in Việt Nam
        html = draw("{% due deadline %}", deadline=dt.date(2026, 11, 24))
    assert html == '<span class="st is-soon">còn 1 ngày (24/11/2026)</span>'


def test_a_ratio_shows_count_base_and_percentage() -> None:
    html = draw("{% ratio 2909 3044 %}")
    assert str(Words(html)) == "2.909/3.044 95,6 %"
    assert 'width="95.6%"' in html  # numbers in attributes stay unlocalised
    assert 'width="0.0%"' in draw("{% ratio 0 0 %}")


def test_a_share_bar_says_its_parts_in_words() -> None:
    html = draw("{% share_bar 9 18 0 2 %}")
    assert 'aria-label="9 hoàn thành, 18 trong hạn, 2 quá hạn"' in html
    assert html.count("<rect") == 3
    assert "chưa có gì" in draw("{% share_bar 0 0 0 0 %}")


def test_the_parts_of_a_bar_fill_it_and_keep_the_small_ones_visible() -> None:
    parts = segments([("done", 990), ("run", 0), ("late", 1)])
    assert [part.state for part in parts] == ["done", "late"]
    assert parts[-1].length >= 1.5
    assert parts[-1].start + parts[-1].length == pytest.approx(99, abs=0.1)


def test_query_with_keeps_the_filters_and_starts_at_the_first_page() -> None:
    path = "/?state=late&trang=7&unit=3"
    assert draw("{% query_with unit=5 %}", path) == "?state=late&amp;unit=5"
    assert draw("{% query_with state=None %}", path) == "?unit=3"
    assert draw("{% query_with trang=8 %}", path) == "?state=late&amp;trang=8&amp;unit=3"


def test_the_pager_keeps_the_filters_and_says_where_one_is() -> None:
    page = Paginator(range(3044), 20).page(7)
    html = draw('{% pager page "#rows" %}', "/?state=late&trang=7", page=page)
    assert "121–140 trong 3.044" in str(Words(html))
    assert '<a href="?state=late&amp;trang=8" hx-get="?state=late&amp;trang=8"' in html.replace(
        ' rel="next"', ""
    )
    assert html.count('aria-current="page"') == 1
    assert draw("{% pager page %}", page=Paginator([], 20).page(1)).strip() == ""


def test_the_pager_of_a_list_too_long_to_count_says_so() -> None:
    class Endless(list[int]):
        def count_up_to(self, most: int) -> int:
            return most

    page = BoundedPaginator(Endless(range(100)), 50, 100).page(2)
    said = str(Words(draw("{% pager page %}", page=page)))
    assert "51–100 trong hơn 100" in said
    assert "thu hẹp danh sách" in said


def test_a_reason_in_the_timeline_is_escaped() -> None:
    entry = Entry(dt.datetime(2026, 11, 23, 1, 10, tzinfo=dt.UTC), "Lê Thị Sậy", "gia hạn", "<b>mưa</b>")
    said = draw("{% timeline entries %}", entries=[entry])
    assert "Lý do: &lt;b&gt;mưa&lt;/b&gt;" in said
    assert "08:10, 23/11/2026" in said
    assert "Chưa có việc nào được ghi lại." in draw("{% timeline entries %}", entries=[])


def test_figures_and_tabs_are_links_to_their_rows() -> None:
    html = draw("{% figures f %}", f=[Figure(1187, "done", "Hoàn thành", "/nhiem-vu/?state=done")])
    assert 'href="/nhiem-vu/?state=done"' in html
    assert "1.187" in html
    html = draw("{% tabs t %}", t=[Tab("Của tôi", "?", True, 0), Tab("Tất cả", "?tab=all")])
    assert html.count('aria-current="page"') == 1
    assert '<span class="n">0</span>' in html


def test_long_work_asks_again_only_while_it_runs() -> None:
    running = draw('{% progress_bar 3 1200 "/x/" "Gửi" "còn 2 phút" %}')
    assert 'hx-get="/x/"' in running
    assert 'max="1200"' in running
    assert "đã xong 3/1.200, còn 2 phút" in str(Words(running))
    assert "hx-get" not in draw('{% progress_bar 60 60 "/x/" %}')


class PaperForm(forms.Form):
    subject = forms.CharField(label="Trích yếu", help_text="Một dòng")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(label="Loại", widget=forms.RadioSelect, choices=[("a", "A")])
    agree = forms.BooleanField(label="Đồng ý", required=False)
    photo = forms.FileField(label="Ảnh", required=False)


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    form = PaperForm({"subject": ""})
    html = draw('{% field form.subject inputmode="text" %}', form=form)
    assert '<label for="id_subject">Trích yếu</label>' in html
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'id="id_subject_helptext"' in html
    assert 'id="id_subject_error"' in html
    assert 'inputmode="text"' in html
    assert 'aria-invalid="true"' in html
    assert "không bắt buộc" in draw("{% field form.note %}", form=form)


def test_choices_ticks_and_files_get_the_frame_they_need() -> None:
    form = PaperForm()
    assert "<fieldset" in draw("{% field form.kind %}", form=form)
    assert '<label class="tick" for="id_agree">' in draw("{% field form.agree %}", form=form)
    assert "data-drop" in draw("{% field form.photo %}", form=form)


def test_the_errors_of_a_form_lead_to_its_fields() -> None:
    html = draw("{% form_errors form %}", form=PaperForm({"subject": ""}))
    assert '<a href="#id_subject">Trích yếu</a>' in html
    assert draw("{% form_errors form %}", form=PaperForm()).strip() == ""


def test_wrappers_escape_their_titles_and_keep_their_content() -> None:
    html = draw("{% panel t %}<p>{{ inner }}</p>{% endpanel %}", t="<i>", inner="<b>")
    assert "<h2>&lt;i&gt;</h2>" in html
    assert "<p>&lt;b&gt;</p>" in html
    html = draw('{% filterbar "Lọc" "?" "#rows" %}{% endfilterbar %}', "/nhiem-vu/?a=1")
    assert 'action="/nhiem-vu/"' in html
    assert 'hx-get="/nhiem-vu/" hx-target="#rows"' in html
    assert "hx-get" not in draw('{% filterbar "Lọc" %}{% endfilterbar %}')
    assert "Cả 3.044 mục phù hợp" in draw("{% bulkbar 3044 %}{% endbulkbar %}")
    assert 'id="d-title"' in draw('{% dialog "d" "Tên" %}x{% enddialog %}')
    assert '<caption class="vh">Sổ</caption>' in draw('{% table "Sổ" %}{% endtable %}')


def test_panels_are_drawn_in_order_and_each_may_keep_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})

    def second(request: HttpRequest, subject: object) -> str | None:
        return f"<p>2 {subject}</p>"

    def first(request: HttpRequest, subject: object) -> str | None:
        return "<p>1</p>"

    def silent(request: HttpRequest, subject: object) -> str | None:
        return None

    for render, order in ((second, 20), (first, 10), (silent, 15), (first, 10)):
        panels.register_panel("document", render, order)
    assert draw('{% panels "document" "x" %}') == "<p>1</p>\n<p>2 x</p>"
    assert draw('{% panels "elsewhere" %}') == ""


def test_the_frame_leaves_the_names_of_a_page_alone() -> None:
    page = (
        '{% extends "ui/plain.html" %}{% block title %}T{% endblock %}{% block as_of %}lúc {{ as_of }}{% endblock %}'
        "{% block acts %}A{% endblock %}{% block content %}{{ acts }} {{ as_of }} {{ language }}{% endblock %}"
    )
    names: dict[str, Any] = {"acts": "việc", "as_of": "08:10", "language": "tiếng Kinh", "shell": None}
    for frame in ("ui/plain.html", "ui/base.html"):
        assert "việc 08:10 tiếng Kinh" in draw(page.replace("ui/plain.html", frame), **names)
    assert "<h1>T</h1>" in draw(page, **names)


def test_a_part_drawn_once_knows_nobody_and_escapes_what_is_put_in() -> None:
    here, token = '/a?q="><script>', "geheim"
    part = '{% drawn_once "ui/parts/menu.html" %}'
    first = draw(part, shell=SimpleNamespace(here=here), csrf_token=token)
    other = draw(part, shell=SimpleNamespace(here="/b"), csrf_token="another")
    assert "<script>" not in first
    assert "&quot;&gt;&lt;script&gt;" in first
    assert first.count(token) == 3
    assert token not in other
    assert 'value="/b"' in other
    with translation.override("en"):
        assert "My account" in draw(part, csrf_token=token)
    assert "My account" not in draw(part, csrf_token=token)


def test_a_part_drawn_once_for_each_kind() -> None:
    part = '{% drawn_once "dissemination/_tools.html" kind=size parts=3 contents=list %}'
    for size in ("normal", "large", "normal"):
        drawn = draw(part, size=size, list=mark_safe("<b>list</b>"), csrf_token="t")
        assert f'value="{size}" aria-label=' in drawn
        assert drawn.count('aria-pressed="true"') == 1
        assert "<b>list</b>" in drawn
    assert "&lt;b&gt;" in draw(part, size="large", list="<b>", csrf_token="t")
