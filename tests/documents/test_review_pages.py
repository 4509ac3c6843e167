"""The pages of intake and review, with and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.test_intake import taken
from tests.documents.test_review import accept_all, item_of, task_of, value_of
from tests.pages import assert_whole
from thongsuot.documents import services
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Document, ReadingItem
from thongsuot.documents.models.intake import Decision

TAKE_IN = "/van-ban/nhan/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.city_clerk)
    return client


def test_the_text_is_escaped_and_every_mark_has_its_item(clerk: Client, cast: Cast) -> None:
    text = sheets.DIRECTIVE.replace("giữ sạch đường phố", "<script>alert(1)</script> & <b>đường phố</b>")
    intake = taken(cast, sheets.plain(text))
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;đường phố" in page
    numbers = {number for found in re.findall(r'data-marks="([\d ]+)"', page) for number in found.split()}
    items = set(re.findall(r'id="muc-(\d+)"', page))
    assert numbers
    assert numbers <= items
    for number in numbers:
        assert f'id="cau-{number}"' in page


def test_without_script_a_decision_leads_to_the_next_item(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    address = reverse("documents:decide", args=[intake.pk, 1])
    response = clerk.post(address, {"decision": "accepted"})
    assert response["Location"] == f"{intake.get_absolute_url()}?muc=2#muc-2"
    page = assert_whole(clerk.get(response["Location"]))
    assert re.search(r'id="muc-2" class="task open', page)
    back = clerk.post(address, {"decision": "pending"})
    assert back["Location"].endswith("?muc=1#muc-1")
    assert intake.items.get(ordinal=1).decision == Decision.PENDING


def test_the_swapped_panel_shows_what_a_reload_would(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    answer = clerk.post(
        reverse("documents:decide", args=[intake.pk, 1]), {"decision": "accepted"}, headers=HTMX
    ).content.decode()
    page = clerk.get(intake.get_absolute_url()).content.decode()
    assert answer.count("<html") == 0
    assert 'id="tien-do" class="revacts" hx-swap-oob="true"' in answer
    assert _part(answer, '<section class="props"', "</section>") == _part(
        page, '<section class="props"', "</section>"
    )
    assert _part(answer, '<div class="prog">', "</div>") == _part(page, '<div class="prog">', "</div>")


def _part(html: str, start: str, end: str) -> str:
    begins = html.index(start)
    part = html[begins : html.index(end, begins)]
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", part)  # the token differs with every answer


def test_a_field_is_edited_in_its_own_form(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    signer = item_of(intake, "signer")
    page = assert_whole(clerk.get(f"{intake.get_absolute_url()}?muc={signer.ordinal}&sua=1"))
    assert 'value="Nguyễn Văn An"' in page
    address = reverse("documents:decide", args=[intake.pk, signer.ordinal])
    clerk.post(address, {"decision": "edited", "value": "Lê Văn Tư"})
    signer.refresh_from_db()
    assert signer.decided == {"value": "Lê Văn Tư"}


def test_a_wrong_entry_keeps_what_was_typed(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    task = task_of(intake, 0)
    page = assert_whole(
        clerk.post(
            reverse("documents:decide", args=[intake.pk, task.ordinal]),
            {"decision": "edited", "text": "Việc mới gõ", "due": "32/13/2026"},
        )
    )
    assert "Việc mới gõ" in page
    assert 'class="errors"' in page
    task.refresh_from_db()
    assert task.decision == Decision.PENDING


def test_a_task_goes_to_a_unit_or_to_all_who_receive_it(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    task = task_of(intake, 1)
    address = reverse("documents:decide", args=[intake.pk, task.ordinal])
    entered = {
        "decision": "edited",
        "text": "Rà soát điểm rác",
        "lead_text": "Đảng ủy phường Cầu Ván",
        "lead_add": "phuong cau van",
        "coordinator_text": "Phòng Kinh tế, Hạ tầng; Công an thành phố",
        "due": "2026-12-01",
        "deadline_text": "",
        "product": "Báo cáo",
    }
    clerk.post(address, entered)
    task.refresh_from_db()
    assert value_of(task)["lead_units"] == [cast.ward.pk]
    assert value_of(task)["coordinator_units"] == [cast.economy.pk]
    assert (value_of(task)["due"], value_of(task)["product"]) == ("2026-12-01", "Báo cáo")
    clerk.post(address, entered | {"lead_add": "", "for_recipients": "on"})
    task.refresh_from_db()
    assert (value_of(task)["for_recipients"], value_of(task)["lead_units"]) == (True, [])


def test_a_cell_of_another_ward_cannot_be_chosen(client: Client, cast: Cast) -> None:
    intake = services.take_in(
        by=cast.ward_clerk, unit=cast.ward, direction="incoming", name="a.txt", content=sheets.plain()
    )
    client.force_login(cast.ward_clerk)
    task = task_of(intake, 0)
    address = reverse("documents:assignees", args=[intake.pk])
    offered = client.get(address, {"lead_add": "chi bo khu pho 1"}).content.decode()
    assert f'data-unit="{cast.cell.pk}"' in offered
    assert f'data-unit="{cast.other_cell.pk}"' not in offered
    for given in ({"lead_units": str(cast.other_cell.pk)}, {"lead_add": cast.other_cell.name}):
        page = assert_whole(
            client.post(
                reverse("documents:decide", args=[intake.pk, task.ordinal]),
                {"decision": "edited", "text": "x", **given},
            )
        )
        assert 'class="errors"' in page
    task.refresh_from_db()
    assert task.decision == Decision.PENDING


def test_items_are_added_by_hand(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    page = assert_whole(clerk.get(f"{intake.get_absolute_url()}?them=task"))
    assert "Thêm bằng tay: nhiệm vụ" in page
    address = reverse("documents:add_item", args=[intake.pk])
    clerk.post(address, {"kind": "task", "text": "Báo cáo kết quả", "lead": "", "due": "2026-12-20"})
    added = intake.items.order_by("ordinal").last()
    assert added is not None
    assert value_of(added)["text"] == "Báo cáo kết quả"
    page = assert_whole(
        clerk.post(address, {"kind": "reference", "issuing_body": "Chính phủ", "relation": "based_on"})
    )
    assert "Hãy ghi số, ký hiệu hoặc tên của văn bản viện dẫn." in page
    assert "Chính phủ" in page
    clerk.post(
        address,
        {"kind": "target", "text": "Tổ tự quản", "comparator": ">=", "value": "100", "measure_unit": "%"},
    )
    assert intake.items.filter(kind="target", decided__value="100").exists()


def test_register_waits_until_everything_was_looked_at(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    assert "data-send" not in page
    address = reverse("documents:register_intake", args=[intake.pk])
    page = assert_whole(clerk.post(address), 409)
    assert "Còn mục chưa xem" in page
    clerk.post(reverse("documents:accept_certain", args=[intake.pk]))
    accept_all(cast, intake)
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    assert "data-send" in page
    response = clerk.post(address)
    document = Document.objects.get()
    assert response["Location"] == document.get_absolute_url()
    assert clerk.get(intake.get_absolute_url())["Location"] == document.get_absolute_url()


def test_who_comes_second_lands_at_the_document_and_reads_who_was_first(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    for name, args, data in (
        ("documents:register_intake", [intake.pk], {}),
        ("documents:decide", [intake.pk, 1], {"decision": "pending"}),
        ("documents:accept_certain", [intake.pk], {}),
    ):
        response = clerk.post(reverse(name, args=args), data)
        assert response["Location"] == document.get_absolute_url()
        assert any("đã vào sổ văn bản này" in str(said) for said in _messages(response))
    part = clerk.post(reverse("documents:decide", args=[intake.pk, 1]), {"decision": "pending"}, headers=HTMX)
    assert part["HX-Redirect"] == document.get_absolute_url()


def _messages(response: Any) -> list[str]:
    from django.contrib.messages import get_messages

    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_same_paper_is_announced_before_the_work_and_refused_after_it(clerk: Client, cast: Cast) -> None:
    first, second = taken(cast), taken(cast, sheets.word(), "b.docx")
    accept_all(cast, first)
    document = services.register_intake(by=cast.city_clerk, intake=first)
    page = assert_whole(clerk.get(second.get_absolute_url()))
    assert "12-CT/ThU đã có trong sổ." in page
    accept_all(cast, second)
    page = assert_whole(clerk.post(reverse("documents:register_intake", args=[second.pk])), 409)
    assert document.get_absolute_url() in page
    assert not waiting(second.items.all())


def test_a_paper_put_aside_says_so(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    response = clerk.post(reverse("documents:discard", args=[intake.pk]))
    assert response["Location"] == TAKE_IN
    assert "để sang bên" in assert_whole(clerk.get(intake.get_absolute_url()))


def test_nonsense_in_the_address_or_the_form_changes_nothing(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    address = intake.get_absolute_url()
    for query in ("?muc=9999", "?muc=x", "?muc=-1&sua=1", "?them=xyz", "?them=field"):
        assert_whole(clerk.get(address + query))
    assert clerk.get(f"{address}?muc=9999&sua=1").status_code == 404
    assert clerk.post(reverse("documents:decide", args=[intake.pk, 1]), {"decision": "x"}).status_code == 302
    assert clerk.post(reverse("documents:decide", args=[intake.pk, 999])).status_code == 404
    assert clerk.post(reverse("documents:add_item", args=[intake.pk]), {"kind": "field"}).status_code == 302
    assert clerk.get(reverse("documents:decide", args=[intake.pk, 1])).status_code == 405
    assert not intake.items.exclude(decision=Decision.PENDING).exists()


def test_the_review_costs_the_same_for_few_and_many_items(
    clerk: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    intake = taken(cast)
    clerk.get(intake.get_absolute_url())
    with django_assert_max_num_queries(20) as few:
        clerk.get(intake.get_absolute_url())
    sample = task_of(intake, 1)
    last = intake.items.count()
    ReadingItem.objects.bulk_create(
        ReadingItem(
            intake=intake,
            ordinal=last + step,
            kind=sample.kind,
            proposed=sample.proposed,
            span_start=sample.span_start,
            span_end=sample.span_end,
            confidence=0.9,
        )
        for step in range(1, 60)
    )
    with django_assert_max_num_queries(20) as many:
        assert_whole(clerk.get(intake.get_absolute_url()))
    assert len(many) == len(few)
