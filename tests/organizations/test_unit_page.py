"""The page of a unit: its life, its people as far as one may see them, and what may be corrected without a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.history import end, many_cells, rename
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act, Reading
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Membership, Reorganization, Unit, UnitVersion
from thongsuot.organizations.queries import suggest_units
from thongsuot.organizations.services import describe_unit, enrol_people

DAY = dt.date(2025, 7, 1)


def page(client: Client, user: User, unit: Unit, **asked: str) -> str:
    client.force_login(user)
    return assert_whole(client.get(unit.get_absolute_url(), asked))


def test_the_page_says_what_the_unit_is_and_who_heads_it(client: Client, cast: Cast) -> None:
    html = page(client, cast.city_clerk, cast.ward)
    for words in (
        "Đảng ủy phường Cầu Ván",
        "UBND phường Cầu Ván",
        "Bí thư Đảng ủy phường Cầu Ván",
        "2025-2030",
    ):
        assert words in html
    assert "người đứng đầu đơn vị" in html
    assert "Chi bộ khu phố 1, phường Cầu Ván" in html


def test_members_are_named_to_those_who_keep_their_list_only(client: Client, cast: Cast) -> None:
    name = Membership.objects.filter(unit=cast.cell).exclude(person__positions__unit=cast.cell)[0].person.name
    assert name not in page(client, cast.city_clerk, cast.cell)
    assert not Reading.objects.exists()
    assert name in page(client, cast.cell_head, cast.cell)
    assert name in page(client, cast.ward_leader, cast.cell)
    assert set(Reading.objects.values_list("by", "unit_id")) == {
        (cast.cell_head.pk, cast.cell.pk),
        (cast.ward_leader.pk, cast.cell.pk),
    }


def test_a_renamed_unit_is_shown_by_the_name_of_the_day(client: Client, cast: Cast) -> None:
    rename(cast.commune, "Đảng ủy phường Láng Sếu", DAY)
    now = page(client, cast.city_clerk, cast.commune)
    assert "<h1>Đảng ủy phường Láng Sếu</h1>" in now
    assert "Đảng ủy xã Láng Sếu" in now  # among its names through time
    assert "<h1>Đảng ủy xã Láng Sếu</h1>" in page(client, cast.city_clerk, cast.commune, ngay="2024-06-30")
    before = page(client, cast.city_clerk, cast.commune, ngay="1990-01-01")
    assert "Ngày đó không có đơn vị này" in before


@pytest.mark.parametrize(
    ("heirs", "words"),
    [(1, "đã được tiếp nhận bởi"), (2, "đã chia tách thành"), (0, "đã kết thúc hoạt động")],
)
def test_the_old_link_says_who_took_over(client: Client, cast: Cast, heirs: int, words: str) -> None:
    if heirs:
        end(cast.other_ward, DAY, *[cast.ward, cast.commune][:heirs])
    else:
        Unit.objects.filter(pk=cast.other_ward.pk).update(valid_to=DAY)
        UnitVersion.objects.filter(unit=cast.other_ward).update(valid_to=DAY)
    html = page(client, cast.city_clerk, cast.other_ward)
    assert words in html
    assert "01/07/2025" in html
    if heirs:
        assert cast.ward.get_absolute_url() in html
        assert "Đảng ủy phường Gò Bưởi" in page(client, cast.city_clerk, cast.ward)  # took over from
        page(client, cast.ward_clerk, cast.other_ward)  # who took over may look into it


def test_a_merger_is_called_one(client: Client, cast: Cast) -> None:
    end(cast.other_ward, DAY, cast.ward)
    end(cast.commune, DAY, cast.ward)
    assert "Từ 01/07/2025 đã hợp nhất vào" in page(client, cast.city_clerk, cast.commune)


def test_the_page_asks_the_same_for_two_rows_and_for_twenty(client: Client, cast: Cast) -> None:
    def asked(unit: Unit) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(unit.get_absolute_url()).status_code == 200
        return len(caught)

    client.force_login(cast.ward_leader)
    few = asked(cast.ward), asked(cast.cell)
    many_cells(cast.ward, 20)
    enrol_people([(f"Nguyễn Văn {n}", cast.cell) for n in range(20)], since=dt.date(2020, 1, 1))
    assert (asked(cast.ward), asked(cast.cell)) == few
    assert max(few) <= 19


def described(client: Client, user: User, unit: Unit, **entered: Any) -> Any:
    client.force_login(user)
    fields = (
        "address",
        "phone",
        "email",
        "symbol",
        "place",
        "code",
        "identifier",
        "old_identifier",
        "area_code",
    )
    data = {name: getattr(unit, name) for name in fields} | {"aliases": ""} | entered
    return client.post(reverse("organizations:edit_unit", args=[unit.pk]), data)


def test_a_clerk_corrects_contacts_and_names_and_nothing_else(client: Client, cast: Cast) -> None:
    answer = described(
        client,
        cast.ward_clerk,
        cast.ward,
        phone="0296 1234",
        aliases="Phường Cầu Ván\nP. Cầu Ván\n",
        symbol="X",
    )
    assert answer.status_code == 302
    cast.ward.refresh_from_db()
    assert (cast.ward.phone, cast.ward.symbol) == ("0296 1234", "ĐU")
    assert set(cast.ward.aliases.values_list("name", flat=True)) == {
        "Đảng ủy phường Cầu Ván",
        "Cầu Ván",
        "Phường Cầu Ván",
        "P. Cầu Ván",
    }
    assert suggest_units("p cau van", within=cast.city)[0].units == (cast.ward,)
    act = Act.objects.get(verb="unit.described")
    assert set(act.detail["fields"]) == {"phone", "aliases"}
    assert "0296" not in str(vars(act))
    html = assert_whole(client.get(reverse("organizations:edit_unit", args=[cast.ward.pk])))
    assert "P. Cầu Ván" in html
    assert 'name="identifier"' not in html
    with pytest.raises(PermissionDenied):
        describe_unit(by=cast.ward_clerk, unit=cast.ward, fields={"symbol": "X"})


def test_a_corrected_symbol_is_kept_with_what_it_was(client: Client, cast: Cast) -> None:
    answer = described(
        client,
        cast.administrator,
        cast.ward,
        symbol="ĐUCV",
        identifier="H37.02.02",
        old_identifier="000.01.12.H28",
    )
    assert answer.status_code == 302
    act = Act.objects.get(verb="unit.described")
    assert act.before == {"symbol": "ĐU", "identifier": "", "old_identifier": ""}
    assert act.after["symbol"] == "ĐUCV"
    assert cast.ward.versions.get().symbol == "ĐUCV"
    assert "H37.02.02" in page(client, cast.administrator, cast.ward)
    client.force_login(cast.administrator)
    found = client.get(reverse("organizations:tree"), {"q": "h37.02"}).content.decode()
    assert "Đảng ủy phường Cầu Ván" in found


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"identifier": "h37"}, "mã định danh"),
        ({"old_identifier": "12.34"}, "13 ký tự"),
        ({"area_code": "12a"}, "chữ số"),
        ({"email": "ai đó"}, "id_email_error"),
        ({"code": "P-1"}, "Mã này đã dùng cho đơn vị khác"),
        ({"aliases": "x" * 201}, "quá dài"),
        ({"aliases": "\n".join(f"Tên {n}" for n in range(70))}, "nhiều nhất 60"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: Client, cast: Cast, entered: dict[str, str], words: str
) -> None:
    Unit.objects.filter(pk=cast.other_ward.pk).update(code="P-1")
    answer = described(client, cast.administrator, cast.ward, **entered)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Act.objects.filter(verb="unit.described").exists()


def test_nothing_changed_leaves_no_act_and_a_code_taken_meanwhile_is_refused(cast: Cast) -> None:
    assert describe_unit(by=cast.administrator, unit=cast.ward, fields={"symbol": "ĐU"}) == []
    Unit.objects.filter(pk=cast.other_ward.pk).update(code="P-1")
    with pytest.raises(Refused):
        describe_unit(by=cast.administrator, unit=cast.ward, fields={"code": "P-1"})
    assert not Act.objects.filter(verb="unit.described").exists()


def test_a_move_becomes_a_step_of_a_reorganisation(client: Client, cast: Cast) -> None:
    address = reverse("organizations:move_unit", args=[cast.second_cell.pk])
    client.force_login(cast.city_clerk)
    dropped = assert_whole(client.get(address, {"den": cast.other_ward.pk}))
    assert f'value="{cast.other_ward.pk}" checked' in dropped
    data = {"unit": cast.other_ward.pk, "effective_on": "2099-01-01"}
    assert client.post(address, data).status_code == 302
    draft = Reorganization.objects.get()
    step = draft.steps.get()
    assert (draft.scope, step.unit, step.target_unit) == (cast.city, cast.second_cell, cast.other_ward)
    cast.second_cell.refresh_from_db()
    assert cast.second_cell.parent == cast.ward  # nothing has moved
    # Into the same draft, but not twice; not below itself; not beyond one's reach.
    twice = client.post(address, data | {"draft": draft.pk})
    assert twice.status_code == 200
    assert twice.context["form"].errors
    below_itself = reverse("organizations:move_unit", args=[cast.ward.pk])
    assert "unit" in client.post(below_itself, data | {"unit": cast.cell.pk}).context["form"].errors
    client.force_login(cast.ward_clerk)
    assert "unit" in client.post(address, data).context["form"].errors
    up = client.post(reverse("organizations:move_unit", args=[cast.ward.pk]), data | {"unit": cast.ward.pk})
    assert up.context["form"].errors
    assert Reorganization.objects.count() == 1
