"""The pages of the register: empty, with two rows, with many; what each part of the cast may do there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, incoming, plan_for, send
from tests.pages import assert_whole
from thongsuot.core import clock
from thongsuot.documents.models import Document, FlowTotal, RegisterEntry
from thongsuot.documents.services import receive_delivery, refuse_delivery

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def text_of(client: Client, address: str) -> str:
    return assert_whole(client.get(address))


@pytest.mark.parametrize(
    "part", ["city_clerk", "city_leader", "ward_clerk", "ward_officer", "cell_head", "member"]
)
def test_an_empty_register_says_what_will_be_here(client: Client, cast: Cast, part: str) -> None:
    client.force_login(getattr(cast, part))
    for book in ("", "incoming", "outgoing", "all", "waiting", "nonsense"):
        assert "empty" in text_of(client, f"{reverse('documents:list')}?book={book}") or book == "waiting"


def test_the_number_of_my_own_book_comes_first(client: Client, cast: Cast) -> None:
    incoming(cast.ward_clerk, cast.ward, number=7)
    document = directive(cast)
    send(cast, document)
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    client.force_login(cast.ward_clerk)
    page = text_of(client, reverse("documents:list"))
    assert "7-CT/TU" in page
    assert document.symbol in page
    assert page.index(document.symbol) < page.index("7-CT/TU")
    assert "<b>2</b>" in page
    client.force_login(cast.city_clerk)
    assert "7-CT/TU" not in text_of(client, reverse("documents:list"))
    wider = f"{reverse('documents:list')}?book=incoming&unit="
    assert "7-CT/TU" in text_of(client, wider)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=kenh rach", True),
        ("q=KÊNH", True),
        ("q=45-ct", True),
        ("q=khong co", False),
        ("kind=chi_thi", True),
        ("kind=bao_cao", False),
        ("year=2026", True),
        ("year=2019", True),  # not among the years of the book: not asked
        ("kind=%01&unit=x&year=y&trang=99", True),
        ("unit=999999", True),
    ],
)
def test_the_sentence_narrows_the_book(client: Client, cast: Cast, query: str, found: bool) -> None:
    incoming(cast.city_clerk, cast.city)
    client.force_login(cast.city_clerk)
    for book in ("incoming", "all"):
        page = text_of(client, f"{reverse('documents:list')}?book={book}&{query}")
        assert ("45-CT/TU" in page) is found


def test_a_neighbours_papers_are_nowhere(client: Client, cast: Cast) -> None:
    document = incoming(cast.ward_clerk, cast.ward)
    client.force_login(cast.other_ward_clerk)
    for book in ("incoming", "all"):
        for unit in ("", cast.ward.pk):
            page = text_of(client, f"{reverse('documents:list')}?book={book}&unit={unit}")
            assert document.symbol not in page
    for name in ("document", "file", "deliveries", "send"):
        assert client.get(reverse(f"documents:{name}", args=[document.pk])).status_code == 404


def test_htmx_gets_the_same_rows_as_a_reload(client: Client, cast: Cast) -> None:
    incoming(cast.city_clerk, cast.city)
    client.force_login(cast.city_clerk)
    address = f"{reverse('documents:list')}?q=kenh"
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    whole = text_of(client, address)
    assert "<h1" not in part
    assert part.strip() in whole


@pytest.mark.parametrize("book", ["incoming", "all"])
def test_a_long_register_costs_as_much_as_a_short_one(client: Client, cast: Cast, book: str) -> None:
    client.force_login(cast.city_clerk)
    address = f"{reverse('documents:list')}?book={book}"
    for number in (1, 2):
        incoming(cast.city_clerk, cast.city, number=number)
    text_of(client, address)
    with CaptureQueriesContext(connection) as for_two:
        text_of(client, address)
    fill(cast, 60)
    with CaptureQueriesContext(connection) as for_many:
        page = text_of(client, address)
    assert len(for_many) == len(for_two) <= 24
    assert page.count("<tr data-item") == 50


def fill(cast: Cast, count: int) -> None:
    """Many lines in the city's book, written at once."""
    model = Document.objects.first()
    assert model is not None
    papers = []
    for number in range(100, 100 + count):
        paper = Document.objects.get(pk=model.pk)
        paper.pk, paper.symbol, paper.identity = None, f"{number}-CT/TU", f"{number}-ct/tu"
        papers.append(paper)
    made = Document.objects.bulk_create(papers)
    from thongsuot.documents.models import Circulation

    Circulation.objects.bulk_create(Circulation(unit=cast.city, document=paper) for paper in made)
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            unit=cast.city,
            register="incoming",
            period="2026",
            number=number,
            direction="incoming",
            document=paper,
            entered_by=cast.city_clerk,
        )
        for number, paper in enumerate(made, start=100)
    )


def test_the_document_page_shows_the_paper_and_what_follows(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, receive_by=DAY - dt.timedelta(days=3), note="Gấp")
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    refuse_delivery(
        by=cast.other_ward_clerk, delivery=delivery_of(document, cast.other_ward), reason="Gửi nhầm"
    )
    plan = plan_for(cast.ward_clerk, cast.ward, document)
    client.force_login(cast.city_leader)
    page = text_of(client, document.get_absolute_url())
    assert 'id="cau-1"' in page
    assert "<mark" in page
    assert plan.symbol in page
    assert "Gửi nhầm" in page
    assert cast.economy.name in page
    client.force_login(cast.ward_leader)
    page = text_of(client, document.get_absolute_url())
    assert plan.symbol in page
    assert "Gửi nhầm" not in page
    client.force_login(cast.ward_officer)
    assert "Gửi nhầm" not in text_of(client, document.get_absolute_url())


def test_a_paper_without_text_is_drawn_from_its_entry(client: Client, cast: Cast) -> None:
    document = incoming(cast.city_clerk, cast.city, signer="Nguyễn <b>Văn</b> A", recipients=["Như trên"])
    client.force_login(cast.city_clerk)
    page = text_of(client, document.get_absolute_url())
    assert "Nguyễn &lt;b&gt;Văn&lt;/b&gt; A" in page
    assert client.get(reverse("documents:file", args=[document.pk])).status_code == 404


def test_the_page_costs_the_same_however_many_units_have_it(client: Client, cast: Cast) -> None:
    few, many = directive(cast), directive(cast)
    send(cast, few, [cast.ward])
    send(cast, many)
    for unit, clerk in ((cast.ward, cast.ward_clerk), (cast.other_ward, cast.other_ward_clerk)):
        plan_for(clerk, unit, many)
    plan_for(cast.ward_clerk, cast.ward, few)
    client.force_login(cast.city_leader)
    client.get(few.get_absolute_url())
    for name in ("document", "deliveries"):
        with CaptureQueriesContext(connection) as for_one:
            text_of(client, reverse(f"documents:{name}", args=[few.pk]))
        with CaptureQueriesContext(connection) as for_three:
            text_of(client, reverse(f"documents:{name}", args=[many.pk]))
        assert len(for_one) == len(for_three)


def test_figures_open_into_exactly_their_rows(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, receive_by=DAY - dt.timedelta(days=1))
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    refuse_delivery(by=cast.other_ward_clerk, delivery=delivery_of(document, cast.other_ward), reason="Nhầm")
    plan_for(cast.ward_clerk, cast.ward, document)
    client.force_login(cast.city_leader)
    total = FlowTotal.objects.get(unit=cast.city, document=document)
    address = reverse("documents:deliveries", args=[document.pk])
    shown = {
        state: text_of(client, f"{address}?state={state}").count("<tr data-item")
        for state in ("", "received", "refused", "planned", "late")
    }
    assert shown == {
        "": total.sent,
        "received": total.received,
        "refused": total.refused,
        "planned": total.planned,
        "late": 1,
    }
    assert (total.sent, total.received, total.refused, total.planned) == (3, 1, 1, 1)


def outgoing_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    values = {
        "unit": cast.ward.pk,
        "regime": "party",
        "kind": "ke_hoach",
        "subject": "Kế hoạch thực hiện Chỉ thị",
        "issued_on": "2026-11-20",
        "signer": "Trần Thị Bình",
        "signer_title": "Bí thư",
        "implements": "",
        "recipients": "Như trên\n\nLưu văn phòng",
    }
    return values | changes


def test_a_clerk_enters_the_wards_plan_and_the_sender_sees_it(client: Client, cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, plan_by=DAY)
    client.force_login(cast.ward_clerk)
    form = text_of(client, f"{reverse('documents:register')}?implements={document.pk}")
    assert f'<option value="{document.pk}" selected' in form
    answer = client.post(reverse("documents:register"), outgoing_form(cast, implements=document.pk))
    plan = Document.objects.get(unit=cast.ward)
    assert answer["Location"] == plan.get_absolute_url()
    assert (plan.symbol, plan.recipients) == ("01-KH/ĐU", ["Như trên", "Lưu văn phòng"])
    assert delivery_of(document, cast.ward).plan == plan
    assert "01-KH/ĐU" in text_of(client, answer["Location"])


def test_a_file_is_read_and_kept_with_the_plan(client: Client, cast: Cast) -> None:
    client.force_login(cast.ward_clerk)
    content = "KẾ HOẠCH\nthực hiện Chỉ thị về giữ sạch đường phố, kênh, rạch trên địa bàn phường".encode()
    upload = SimpleUploadedFile("ke-hoach.txt", content)
    answer = client.post(reverse("documents:register"), outgoing_form(cast, file=upload))
    plan = Document.objects.get()
    assert "giữ sạch" in plan.text
    file = client.get(reverse("documents:file", args=[plan.pk]))
    assert file.getvalue() == content
    assert file["Content-Disposition"].startswith("attachment")
    assert "giữ sạch" in text_of(client, answer["Location"])
    client.force_login(cast.other_ward_clerk)
    assert client.get(reverse("documents:file", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"issued_on": ""}, "issued_on"),
        ({"issued_on": "2026-11-24"}, "issued_on"),
        ({"kind": "nonsense"}, "kind"),
        ({"unit": "0"}, "unit"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, cast: Cast, changes: dict[str, Any], field: str
) -> None:
    client.force_login(cast.ward_clerk)
    answer = client.post(reverse("documents:register"), outgoing_form(cast, **changes))
    page = assert_whole(answer, 422)
    assert "Trần Thị Bình" in page
    assert field in answer.context["form"].errors
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("trong.txt", b""), ("mat.txt", "TUYỆT MẬT\nSố 1-CT/TU\nkế hoạch tác chiến khu vực phòng thủ".encode())],
)
def test_a_file_that_may_not_enter_stops_the_registration(
    client: Client, cast: Cast, name: str, content: bytes
) -> None:
    client.force_login(cast.ward_clerk)
    upload = SimpleUploadedFile(name, content)
    page = assert_whole(client.post(reverse("documents:register"), outgoing_form(cast, file=upload)), 422)
    assert "Trần Thị Bình" in page
    assert not Document.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_a_plan_begins_with_what_it_carries_out_and_who_signs(cast: Cast, client: Client) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    client.force_login(cast.ward_clerk)
    page = client.get(reverse("documents:register"), {"implements": document.pk})
    html = assert_whole(page)
    assert f"thực hiện Chỉ thị {document.symbol}" in html
    assert "Bí thư Đảng ủy phường Cầu Ván" in html
    assert client.get(reverse("documents:register"), {"implements": "²"}).status_code == 200
