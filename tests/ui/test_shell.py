"""The frame around every page, and the pages that stand alone."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.cast import Cast
from thongsuot.core.ui import navigation
from thongsuot.core.ui.context import Shell
from thongsuot.core.ui.navigation import NavItem

INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.fixture
def rail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rail of its own, so that these tests do not depend on what other apps register."""
    monkeypatch.setattr(navigation, "_items", {})


def test_the_gallery_shows_every_part_without_inline_code(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    html = client.get("/giao-dien/").content.decode()
    assert '<html lang="vi" data-theme="auto">' in html
    assert html.count("<h1") == 1
    assert cast.member.display_name in html
    assert not INLINE.findall(html)
    assert "UNDEFINED" not in html


def test_the_first_page_is_light_on_a_slow_line(client: Client, cast: Cast) -> None:
    from thongsuot.core.static import FONT_FOLDER

    client.force_login(cast.member)
    html = client.get("/giao-dien/").content
    own = sum(f.stat().st_size for f in FONT_FOLDER.parent.iterdir() if f.is_file())
    assert len(html) + own < 150_000  # before compression; htmx adds 17 kB after it


def test_the_rail_shows_what_this_person_may_see_in_order(rail: None, cast: Cast) -> None:
    navigation.register(
        NavItem("Khóa", "ui:keys", "lock", 5, visible=lambda user: user == cast.administrator)
    )
    navigation.register(NavItem("Sau", "ui:gallery", "house", 110, count=lambda user: 11, urgent=True))
    navigation.register(NavItem("Trước", "ui:theme", "tasks", 10, phone=True))
    request = RequestFactory().get("/giao-dien/")
    request.user = cast.member
    shell = Shell(request)
    assert [place.item.label for place in shell.upper] == ["Trước"]
    assert [place.item.label for place in shell.lower] == ["Sau"]
    assert [place.count for place in shell.places] == [0, 11]
    assert [place.item.label for place in shell.phone] == ["Trước"]
    request.user = cast.administrator
    assert [place.item.label for place in Shell(request).places] == ["Khóa", "Trước", "Sau"]


def test_the_page_one_stands_on_is_marked_once(client: Client, cast: Cast, rail: None) -> None:
    navigation.register(NavItem("Phím", "ui:keys", "lock", 10))
    navigation.register(NavItem("Giao diện", "ui:gallery", "house", 20))
    client.force_login(cast.member)
    places = client.get("/giao-dien/").context["shell"].places
    assert [(place.item.label, place.current) for place in places] == [("Phím", False), ("Giao diện", True)]


def test_nobody_signed_in_sees_no_rail(rail: None) -> None:
    navigation.register(NavItem("Phím", "ui:keys", "lock", 10))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    shell = Shell(request)
    assert (shell.places, shell.person, shell.position) == ([], "", "")


def test_a_chosen_theme_is_there_at_the_next_first_paint(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    answer = client.post("/giao-dien/che-do/", {"theme": "dark", "next": "/giao-dien/phim/"})
    assert answer["Location"] == "/giao-dien/phim/"
    assert 'data-theme="dark"' in client.get("/giao-dien/phim/").content.decode()
    client.post("/giao-dien/che-do/", {"theme": "<script>"})
    assert 'data-theme="dark"' in client.get("/giao-dien/phim/").content.decode()


def test_letters_are_no_keys_after_they_were_turned_off(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    assert "data-keys" not in client.get("/giao-dien/phim/").content.decode()
    answer = client.post("/giao-dien/phim/mot-chu/", {"keys": "off", "next": "/giao-dien/phim/"})
    assert answer["Location"] == "/giao-dien/phim/"
    assert ' data-keys="off"' in client.get("/giao-dien/phim/").content.decode()
    client.post("/giao-dien/phim/mot-chu/", {"keys": "both"})
    assert ' data-keys="off"' in client.get("/giao-dien/phim/").content.decode()


def test_a_chosen_language_speaks_on_the_next_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    client.post("/giao-dien/ngon-ngu/", {"language": "en"})
    html = client.get("/giao-dien/phim/").content.decode()
    assert '<html lang="en"' in html
    assert "Sign out" in html
    client.post("/giao-dien/ngon-ngu/", {"language": "xx"})
    assert '<html lang="en"' in client.get("/giao-dien/phim/").content.decode()


def test_a_choice_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/giao-dien/che-do/", {"theme": "dark", "next": "https://example.org/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_refusal_is_drawn_even_without_a_request(template: str) -> None:
    html = render_to_string(template)
    assert '<html lang="vi" data-theme="auto">' in html
    assert "UNDEFINED" not in html
    assert not INLINE.findall(html)


def test_an_unknown_address_says_what_to_do(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    answer = client.get("/khong-co-o-day/")
    assert answer.status_code == 404
    assert "Không tìm thấy nội dung này" in answer.content.decode()


def test_a_rule_that_refuses_gives_its_sentence() -> None:
    html = render_to_string("ui/refused.html", {"sentence": "Văn bản đã được vào sổ."})
    assert "Văn bản đã được vào sổ." in html


def test_signing_in_speaks_vietnamese_and_helps_with_a_wrong_password(client: Client, cast: Cast) -> None:
    address = "/tai-khoan/dang-nhap/"
    html = client.get(address).content.decode()
    assert "Tên đăng nhập" in html
    assert 'autocomplete="username"' in html
    assert not INLINE.findall(html)
    wrong = client.post(address, {"login": cast.member.username, "password": "sai"}).content.decode()
    assert "tắt bộ gõ tiếng Việt" in wrong
    assert cast.member.username in wrong
