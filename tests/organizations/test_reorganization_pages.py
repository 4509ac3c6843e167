"""The pages of reorganisations: a merger from the first form to the result, without script."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.reorganizing import carried_out, draft, founding, in_days, on
from tests.tasks.factory import a_document, cell_task, ward_task
from thongsuot.core.search import searchable
from thongsuot.organizations.models import Reorganization, Unit
from thongsuot.organizations.reorganization import StepData

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.city_clerk)
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def step_address(made: Reorganization, kind: str, **asked: int) -> str:
    query = "&".join(f"{name.replace('_', '-')}={value}" for name, value in asked.items())
    return reverse("organizations:add_reorganization_step", args=[made.pk, kind]) + f"?{query}"


def test_a_merger_from_the_first_form_to_the_result(cast: Cast, clerk: Client) -> None:
    answer = clerk.post(
        reverse("organizations:start_reorganization"),
        {
            "scope": cast.city.pk,
            "title": "Sắp xếp phường",
            "effective_on": in_days(1).isoformat(),
            "decision_symbol": "15-QĐ/TU",
        },
    )
    made = Reorganization.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    address = step_address(made, "merge", o=cast.city.pk)
    assert cast.ward.name in text_of(clerk, address)
    answer = clerk.post(
        address,
        {
            "sources": [f"u{cast.ward.pk}", f"u{cast.other_ward.pk}"],
            "name": "Đảng ủy phường Vàm Cỏ Đông",
            "short_name": "phường Vàm Cỏ Đông",
            "unit_kind": "ward_committee",
            "symbol": "ĐU",
            "roles": "same",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    page = text_of(clerk, made.get_absolute_url())
    assert "Hợp nhất Đảng ủy phường Cầu Ván, Đảng ủy phường Gò Bưởi vào Đảng ủy phường Vàm Cỏ Đông" in page
    assert "Nhiệm vụ đang mở" in page
    assert "Văn bản đến chưa tiếp nhận" in page
    clerk.post(reverse("organizations:act_on_reorganization", args=[made.pk, "len-lich"]))
    made.refresh_from_db()
    assert made.state == "scheduled"
    with on(made.effective_on, 8):
        assert "Thực hiện ngay" in text_of(clerk, made.get_absolute_url())
        clerk.post(reverse("organizations:act_on_reorganization", args=[made.pk, "thuc-hien"]))
        page = text_of(clerk, made.get_absolute_url())
        assert "Đơn vị kế thừa sau sắp xếp" in page
        old = text_of(clerk, reverse("organizations:unit", args=[cast.ward.pk]))
        assert "Đảng ủy phường Vàm Cỏ Đông" in old
        clerk.post(reverse("organizations:act_on_reorganization", args=[made.pk, "hoan-tac"]))
    made.refresh_from_db()
    assert made.state == "undone"
    assert not Unit.objects.filter(name="Đảng ủy phường Vàm Cỏ Đông").exists()


def test_the_preview_leads_to_what_it_counts(cast: Cast, clerk: Client) -> None:
    made = draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward]))
    wards, cells = ward_task(cast), cell_task(cast)
    tasks = f"{reverse('tasks:list')}?xem=don-vi&don-vi={cast.ward.pk}&rieng=1&trang-thai=open"
    roles = f"{reverse('rights:list')}?don-vi={cast.ward.pk}"
    posts = f"{reverse('organizations:people', args=[cast.ward.pk])}?la=post"
    page = text_of(clerk, made.get_absolute_url())
    assert f'href="{posts}"' in page
    assert f'href="{tasks.replace("&", "&amp;")}"' in page
    open_ones = text_of(clerk, tasks)
    assert wards.get_absolute_url() in open_ones
    assert cells.get_absolute_url() not in open_ones, "what the cells below do goes on there"
    assert roles not in page, "a clerk does not see who holds which role"
    assert cast.ward_leader.display_name in text_of(clerk, posts)
    administrator = Client()
    administrator.force_login(cast.administrator)
    assert f'href="{roles}"' in text_of(administrator, made.get_absolute_url())
    shown = text_of(administrator, roles)
    assert cast.ward_leader.display_name in shown
    assert cast.other_ward_leader.display_name not in shown


def test_the_deciding_document_is_looked_up_in_the_register(cast: Cast, clerk: Client) -> None:
    document = a_document(cast, number=77, units=[cast.city])
    type(document).objects.filter(pk=document.pk).update(search_text=searchable(document.symbol))
    made = draft(cast)
    address = reverse("organizations:describe_reorganization", args=[made.pk])
    assert document.get_absolute_url() not in text_of(clerk, made.get_absolute_url())
    assert f"?van-ban={document.pk}" in text_of(clerk, f"{address}?q={document.symbol}")
    assert "Không có văn bản nào" in text_of(clerk, f"{address}?q=khongcochunaynhu")
    page = text_of(clerk, f"{address}?van-ban={document.pk}")
    assert f'name="decision_symbol" value="{document.symbol}"' in page
    given = {
        "title": "Sắp xếp",
        "effective_on": in_days(1).isoformat(),
        "decision_symbol": document.symbol,
        "decision_issuer": document.issuing_body,
        "document": document.pk,
    }

    def decided(**other: object) -> int | None:
        assert clerk.post(address, given | other).status_code == 302
        return Reorganization.objects.get(pk=made.pk).document_id

    assert decided() == document.pk
    assert f'href="{document.get_absolute_url()}"' in text_of(clerk, made.get_absolute_url())
    assert decided(decision_symbol="88-QĐ/TU") is None, "another number typed over it is another paper"
    assert decided(document=document.pk + 1000) is None


def test_a_split_is_entered_in_per_cent(cast: Cast, clerk: Client) -> None:
    made = draft(cast)
    address = step_address(made, "split", don_vi=cast.ward.pk, o=cast.city.pk)
    given = {
        "part_1": f"u{cast.other_ward.pk}",
        "share_1": "60",
        "part_2": f"u{cast.commune.pk}",
        "share_2": "30",
        "main": "1",
        "obligations": "shares",
        "roles": "same",
    }
    answer = clerk.post(address, given)
    assert answer.status_code == 422
    assert "100 %" in answer.content.decode()
    assert clerk.post(address, given | {"share_2": "40"}).status_code == 302
    assert "(60,0 %)" in text_of(clerk, made.get_absolute_url())
    step = made.steps.get()
    children = reverse("organizations:reorganization_children", args=[step.pk])
    assert cast.cell.name in text_of(clerk, children)
    clerk.post(children, {f"child_{cast.cell.pk}": f"u{cast.commune.pk}"})
    assert step.children.get().target_unit == cast.commune


def test_a_unit_elsewhere_is_named_by_hand(cast: Cast, clerk: Client) -> None:
    made = draft(cast)
    address = step_address(made, "move", don_vi=cast.cell.pk)
    answer = clerk.post(address, {"elsewhere": "Phường nào đó"})
    assert answer.status_code == 422
    assert "Phường nào đó" in answer.content.decode()
    assert clerk.post(address, {"elsewhere": "đảng ủy phường gò bưởi"}).status_code == 302
    assert made.steps.get().target_unit == cast.other_ward


def test_what_cannot_be_is_said_in_the_form_and_the_words_stay(cast: Cast, clerk: Client) -> None:
    made = draft(cast)
    answer = clerk.post(step_address(made, "move", don_vi=cast.ward.pk), {"elsewhere": cast.cell.name})
    assert answer.status_code == 422
    assert "thành vòng lặp" in answer.content.decode()
    assert not made.steps.exists()


def test_the_page_of_a_draft_costs_the_same_for_many_steps(cast: Cast, clerk: Client) -> None:
    few = draft(cast, *[founding(cast.city, f"Đảng ủy phường {number}") for number in range(2)])
    many = draft(cast, *[founding(cast.city, f"Đảng ủy phường {number}") for number in range(20, 40)])

    def cost(made: Reorganization) -> int:
        clerk.get(made.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            clerk.get(made.get_absolute_url())
        return len(asked)

    assert cost(few) == cost(many)


def test_the_list_costs_the_same_for_many(cast: Cast, clerk: Client) -> None:
    draft(cast)
    address = reverse("organizations:reorganizations")

    def cost() -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as asked:
            clerk.get(address)
        return len(asked)

    before = cost()
    for _number in range(20):
        draft(cast)
    assert cost() == before


def test_a_failed_one_says_why_and_goes_back(cast: Cast, clerk: Client) -> None:
    made = draft(cast, StepData("dissolve", unit=cast.economy))
    clerk.post(reverse("organizations:act_on_reorganization", args=[made.pk, "len-lich"]))
    Unit.objects.filter(pk=cast.economy.pk).update(name="Phòng Kinh tế mới")
    with on(made.effective_on, 8):
        clerk.post(reverse("organizations:act_on_reorganization", args=[made.pk, "thuc-hien"]))
    assert "Phòng Kinh tế mới" in text_of(clerk, made.get_absolute_url())
    clerk.post(reverse("organizations:act_on_reorganization", args=[made.pk, "ve-nhap"]))
    made.refresh_from_db()
    assert carried_out(made).state == "done"
