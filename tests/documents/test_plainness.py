"""The long and knotted sentences of a paper, shown when somebody asks for them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.documents.test_intake import taken
from tests.pages import assert_whole
from thongsuot.documents import services
from thongsuot.documents.models import Intake

KNOT = (
    "Các đơn vị rà soát, thống kê, phân loại, lập danh sách, niêm yết, công khai, lấy ý kiến, tổng hợp, báo cáo "
    "kết quả theo đúng thời gian đã nêu trong kế hoạch."
)


@pytest.fixture
def intake(cast: Cast) -> Intake:
    found = taken(cast)
    first = found.text.index("\n1. ")
    Intake.objects.filter(pk=found.pk).update(text=f"{found.text[:first]}\n{KNOT}\n{found.text[first:]}")
    found.refresh_from_db()
    return found


def test_the_marks_come_when_asked_for(intake: Intake, cast: Cast, client: Client) -> None:
    client.force_login(cast.city_clerk)
    page = assert_whole(client.get(intake.get_absolute_url()))
    assert "Đánh dấu câu dài, khó hiểu" in page
    assert "nhiều vế liệt kê nối nhau" not in page
    page = assert_whole(client.get(intake.get_absolute_url() + "?cau=kho"))
    # To point at is not enough: a button opens the reason, by touch and by key.
    reason = re.search(
        r'popovertarget="([^"]+)"[^>]*>\?</button><span class="whynote" id="\1" popover>([^<]+)<', page
    )
    assert reason is not None
    assert reason[2] == "nhiều vế liệt kê nối nhau"
    assert "Độ khó đọc: tương đương lớp" in page
    assert "Bỏ đánh dấu" in page


def test_the_measure_asks_the_database_nothing(intake: Intake, cast: Cast, client: Client) -> None:
    client.force_login(cast.city_clerk)
    counted = []
    for query in ("", "?cau=kho"):
        with CaptureQueriesContext(connection) as queries:
            client.get(intake.get_absolute_url() + query)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_registered_paper_shows_them_too(cast: Cast, client: Client) -> None:
    found = taken(cast)
    for item in found.items.filter(decision="pending", proposed__isnull=False):
        services.decide(by=cast.city_clerk, item=item, decision="accepted")
    document = services.register_intake(by=cast.city_clerk, intake=found)
    client.force_login(cast.city_clerk)
    page = assert_whole(client.get(document.get_absolute_url() + "?cau=kho"))
    assert "Độ khó đọc: tương đương lớp" in page


def test_a_paper_without_a_sentence_says_so(cast: Cast, client: Client) -> None:
    found = taken(cast)
    Intake.objects.filter(pk=found.pk).update(text="1234\n5678")
    client.force_login(cast.city_clerk)
    page = assert_whole(client.get(found.get_absolute_url() + "?cau=kho"))
    assert "Văn bản này không có câu nào để đo." in page
