"""The page where a paper is handed in, and the one that shows how it is read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.test_intake import REFUSED, taken
from tests.pages import assert_whole
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.reading import REFUSALS, SECRET

TAKE_IN = "/van-ban/nhan/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.city_clerk)
    return client


def hand_in(client: Client, cast: Cast, name: str, content: bytes, **data: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(TAKE_IN, {"file": file, "direction": "incoming", "unit": cast.city.pk} | data)


def test_a_dropped_file_leads_to_its_review(clerk: Client, cast: Cast) -> None:
    assert_whole(clerk.get(TAKE_IN))
    response = hand_in(clerk, cast, "chi-thi.docx", sheets.word())
    intake = Intake.objects.get()
    assert response.status_code == 302
    assert response["Location"] == intake.get_absolute_url()
    page = assert_whole(clerk.get(response["Location"]))
    assert "Kiểm lại điều máy đọc được" in page
    assert "12-CT/ThU" in page


@pytest.mark.parametrize("code", REFUSED)
def test_a_refused_file_gets_one_sentence_and_keeps_the_rest(clerk: Client, cast: Cast, code: str) -> None:
    name, content = REFUSED[code]
    page = assert_whole(hand_in(clerk, cast, name, content, direction="outgoing"))
    assert str(REFUSALS.get(code, SECRET)) in page
    assert re.search(r'value="outgoing"[^>]*checked', page)
    assert "chỉ cần chọn lại tệp" in page
    assert not Intake.objects.exists()


def test_no_file_is_said_at_the_field(clerk: Client, cast: Cast) -> None:
    page = assert_whole(clerk.post(TAKE_IN, {"direction": "incoming", "unit": cast.city.pk}))
    assert "Hãy chọn tệp văn bản trước." in page


def test_a_clerk_hands_in_for_the_own_unit_only(clerk: Client, cast: Cast) -> None:
    assert_whole(hand_in(clerk, cast, "a.txt", sheets.plain(), unit=cast.ward.pk))
    assert not Intake.objects.exists()


def test_a_file_in_the_register_leads_to_its_document(clerk: Client, cast: Cast) -> None:
    waiting_intake = taken(cast)
    page = assert_whole(hand_in(clerk, cast, "again.txt", sheets.plain()))
    assert waiting_intake.get_absolute_url() in page
    assert "đang chờ kiểm lại" in page


def test_a_paper_being_read_shows_how_far_it_is(clerk: Client, cast: Cast) -> None:
    intake = taken(cast)
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READING, progress=20)
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    address = reverse("documents:reading_progress", args=[intake.pk])
    assert f'hx-get="{address}"' in page
    assert '<meta http-equiv="refresh"' in page  # without script
    assert "<progress" in clerk.get(address, headers=HTMX).content.decode()
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READY)
    assert clerk.get(address, headers=HTMX)["HX-Redirect"] == intake.get_absolute_url()
    assert clerk.get(address).status_code == 302


def test_the_list_of_waiting_papers_costs_the_same_for_two_and_ten(
    clerk: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for step in range(2):
        taken(cast, sheets.plain(f"{sheets.DIRECTIVE}\n{step}"))
    clerk.get(TAKE_IN)
    with django_assert_max_num_queries(14) as two:
        clerk.get(TAKE_IN)
    for step in range(2, 12):
        taken(cast, sheets.plain(f"{sheets.DIRECTIVE}\n{step}"))
    with django_assert_max_num_queries(14) as ten:
        page = assert_whole(clerk.get(TAKE_IN))
    assert len(ten) == len(two)
    assert page.count('class="job"') == 10
