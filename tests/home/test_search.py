from __future__ import annotations

from django.test import Client

from tests.cast import Cast
from tests.pages import assert_whole
from tests.tasks.factory import a_document, member_task, ward_task
from thongsuot.accounts.models import User
from thongsuot.core.search import searchable
from thongsuot.documents.models import Document
from thongsuot.home.queries import search

SEARCH = "/tim-kiem/"


def found(user: User, text: str) -> dict[str, list[str]]:
    return {str(group.label): [str(row.title) for row in group.found] for group in search(user, text)}


def a_found_document(cast: Cast) -> Document:
    document = a_document(cast, units=[cast.ward])
    document.search_text = searchable(document.symbol, document.subject)
    document.save(update_fields=["search_text"])
    return document


def test_everything_a_person_may_see_is_found_without_diacritics(cast: Cast) -> None:
    a_found_document(cast)
    member_task(cast, text="Dọn kênh, rạch khu phố 1")
    member_task(cast, text="Việc khác")
    assert found(cast.ward_leader, "kenh rach") == {
        "Văn bản": ["12-CT/ThU Giữ sạch đường phố, kênh, rạch"],
        "Nhiệm vụ": ["Dọn kênh, rạch khu phố 1"],
    }
    assert "Văn bản" not in found(cast.other_ward_leader, "kenh rach")
    assert found(cast.other_member, "kenh rach") == {}


def test_units_are_found_where_they_may_be_seen(cast: Cast) -> None:
    assert cast.ward.name in found(cast.city_clerk, "cau van")["Đơn vị"]
    assert "Đơn vị" not in found(cast.other_ward_clerk, "cau van")


def test_who_is_a_member_is_told_to_those_who_keep_the_list(cast: Cast) -> None:
    name = cast.person(cast.member).name
    assert name in found(cast.cell_head, name)["Người"]
    assert name in found(cast.ward_leader, name)["Người"]
    assert name not in found(cast.ward_clerk, name).get("Người", [])
    assert name not in found(cast.other_cell_head, name).get("Người", [])
    assert "Bí thư Đảng ủy phường Cầu Ván" in found(cast.ward_clerk, "Bí thư Đảng ủy")["Người"]


def test_the_page_groups_what_it_found_and_says_when_there_is_more(cast: Cast) -> None:
    for number in range(11):
        ward_task(cast, text=f"Dọn kênh {number}")
    client = Client()
    client.force_login(cast.ward_leader)
    html = assert_whole(client.get(SEARCH, {"q": "dọn kênh"}))
    assert html.count('class="job"') == 10
    assert "/nhiem-vu/?q=d%E1%BB%8Dn+k%C3%AAnh&amp;trang-thai=all" in html
    assert "Không tìm thấy" in assert_whole(client.get(SEARCH, {"q": "xyzxyz"}))
    assert "Tìm mọi thứ" in assert_whole(client.get(SEARCH))
    assert "Không tìm thấy" in assert_whole(client.get(SEARCH, {"q": "k"}))


def test_a_search_costs_the_same_for_two_and_for_ten(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(12):
        ward_task(cast, text=f"Dọn kênh {number}")
    client = Client()
    client.force_login(cast.ward_leader)
    with django_assert_max_num_queries(16):
        client.get(SEARCH, {"q": "cau van kenh don"})
    with django_assert_max_num_queries(16):
        client.get(SEARCH, {"q": "kenh"})
