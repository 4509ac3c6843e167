"""The pages of the record of acts: what they find, for whom, and what they cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.documents.papers import directive
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act
from thongsuot.audit.services import note_reading, record
from thongsuot.core import clock
from thongsuot.journal import keyset
from thongsuot.journal.queries import acts_visible_to, readings_visible_to
from thongsuot.organizations.models import RoleGrant

PAGE = "/nhat-ky/"
DAY = dt.date(2026, 11, 20)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ward_inspector(cast: Cast) -> User:
    """Somebody who reads the record of one ward and what lies below."""
    RoleGrant.objects.create(
        user=cast.ward_officer,
        unit=cast.ward,
        role_id="inspector",
        reaches_subtree=True,
        valid_from=dt.date(2020, 1, 1),
    )
    return User.objects.get(pk=cast.ward_officer.pk)


@pytest.fixture
def acts(cast: Cast) -> dict[str, Act]:
    def at(day: int, verb: str, by: User | None, on: Any, **more: Any) -> Act:
        with clock.at(clock.moment(DAY + dt.timedelta(days=day))):
            return record(verb, by=by, on=on, **more)

    return {
        "given": at(
            0, "task.given", cast.ward_leader, cast.ward, unit_id=cast.ward.pk, reason="Theo Kế hoạch số 5"
        ),
        "returned": at(
            1, "task.returned", cast.cell_head, cast.cell, unit_id=cast.cell.pk, reason="Chưa đạt yêu cầu"
        ),
        "elsewhere": at(2, "task.given", cast.other_ward_leader, cast.other_ward, unit_id=cast.other_ward.pk),
        "nowhere": at(3, "audit.key_added", None, cast.city, unit_id=None),
        "lent": at(
            4,
            "task.extended",
            cast.ward_clerk,
            cast.ward,
            unit_id=cast.ward.pk,
            on_behalf_of=cast.ward_leader,
            before={"due": "2026-11-30"},
            after={"due": "2026-12-15"},
        ),
    }


def shown(client: Client, **asked: Any) -> list[str]:
    """The acts of a page by the names of the fixture's cast, newest first, as their verbs."""
    answer = client.get(PAGE, asked)
    assert_whole(answer)
    return [line.verb for line in answer.context["lines"]]


def test_each_sees_the_acts_within_reach(cast: Cast, acts: dict[str, Act]) -> None:
    everything = set(acts)
    reach: dict[Callable[[], User], set[str]] = {
        lambda: cast.administrator: everything,
        # What belongs to no unit is for who looks after the whole installation.
        lambda: cast.city_inspector: everything - {"nowhere"},
        lambda: ward_inspector(cast): {"given", "returned", "lent"},
        lambda: cast.city_clerk: set(),
    }
    for who, expected in reach.items():
        found = set(acts_visible_to(who()).values_list("pk", flat=True))
        assert {name for name, act in acts.items() if act.pk in found} == expected


def test_the_record_is_searched_by_person_unit_verb_object_period_and_reason(
    cast: Cast, acts: dict[str, Act]
) -> None:
    client = signed_in(cast.city_inspector)
    assert shown(client) == ["task.extended", "task.given", "task.returned", "task.given"]
    assert shown(client, nguoi="bithu.cauvan") == ["task.extended", "task.given"]
    assert shown(client, nguoi=cast.person(cast.cell_head).name) == ["task.returned"]
    assert shown(client, nguoi="khongai") == []
    assert shown(client, **{"don-vi": cast.ward.pk}) == ["task.extended", "task.returned", "task.given"]
    assert shown(client, viec="task.given") == ["task.given", "task.given"]
    assert shown(
        client, tu=(DAY + dt.timedelta(days=1)).isoformat(), den=(DAY + dt.timedelta(days=2)).isoformat()
    ) == [
        "task.given",
        "task.returned",
    ]
    assert shown(client, q="dat yeu") == ["task.returned"]
    assert shown(client, q="chưa đạt yêu cầu gì") == []
    subject = f"organizations.unit:{cast.ward.pk}"
    assert shown(client, **{"doi-tuong": subject}) == ["task.extended", "task.given"]


@pytest.mark.parametrize(
    "asked",
    [
        {"tu": "31-12"},
        {"den": "0001-01-01"},
        {"don-vi": "²"},
        {"viec": "no.such"},
        {"doi-tuong": "' OR 1=1"},
        {"truoc": "x"},
        {"truoc": "9" * 40 + "-" + "0" * 32},
        {"sau": "1-zz"},
        {"nguoi": " "},
        {"q": "% _"},
    ],
)
def test_what_makes_no_sense_is_not_asked(cast: Cast, acts: dict[str, Act], asked: dict[str, str]) -> None:
    assert len(shown(signed_in(cast.city_inspector), **asked)) == 4


def test_an_act_is_told_with_its_reason_authority_changes_and_origin(
    cast: Cast, acts: dict[str, Act]
) -> None:
    html = assert_whole(signed_in(cast.city_inspector).get(PAGE))
    assert f"{cast.ward_clerk} thay mặt {cast.ward_leader}" in html
    assert "2026-11-30 → 2026-12-15" in html
    assert "Lý do: Chưa đạt yêu cầu" in html
    assert "Dòng lệnh" in html


def test_the_list_goes_on_by_its_own_order_both_ways(
    cast: Cast, acts: dict[str, Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.moment(DAY - dt.timedelta(days=9))
    with clock.at(at):  # many at one moment: the key decides
        for number in range(5):
            record("task.urged", by=cast.ward_leader, on=cast.ward, unit_id=cast.ward.pk, n=number)
    monkeypatch.setattr(keyset, "SIZE", 2)
    monkeypatch.setattr(keyset.stretch_of, "__defaults__", (2,))
    client, address = signed_in(cast.city_inspector), PAGE
    seen: list[str] = []
    pages: list[list[str]] = []
    while address:
        answer = client.get(address)
        page = [line.key for line in answer.context["lines"]]
        pages.append(page)
        seen += page
        older = answer.context["stretch"].older
        address = f"{PAGE}{older}" if older else ""
    expected = acts_visible_to(cast.city_inspector).order_by("-at", "-id")
    assert seen == [str(key) for key in expected.values_list("pk", flat=True)]
    assert len(seen) == 9
    back = client.get(f"{PAGE}{answer.context['stretch'].newer}")
    assert [line.key for line in back.context["lines"]] == pages[-2]


def test_two_acts_cost_what_twenty_cost(cast: Cast) -> None:
    client = signed_in(cast.city_inspector)

    def queries(more: int) -> int:
        for number in range(more):
            on = (cast.ward, cast.cell, cast.other_ward, cast.economy)[number % 4]
            by = (cast.ward_leader, cast.city_clerk, cast.cell_head)[number % 3]
            record("task.given", by=by, on=on, unit_id=on.pk, on_behalf_of=cast.city_leader, reason="Việc")
        asked: Any = {"don-vi": cast.city.pk, "nguoi": cast.city_leader.username, "q": "việc"}
        with CaptureQueriesContext(connection) as counted:
            assert_whole(client.get(PAGE, asked))
        return len(counted)

    assert queries(2) == queries(20) <= 12


def test_the_export_is_an_act_and_starts_no_formula(cast: Cast, acts: dict[str, Act]) -> None:
    record("task.given", by=cast.ward_leader, on=cast.ward, unit_id=cast.ward.pk, reason="=cmd()")
    client = signed_in(cast.city_inspector)
    answer = client.post(f"{PAGE}xuat/?viec=task.given&nguoi=bithu.cauvan")
    text = answer.getvalue().decode()
    assert "'=cmd()" in text
    assert "Theo Kế hoạch số 5" in text
    assert len(text.strip().splitlines()) == 3
    act = Act.objects.get(verb="journal.exported")
    assert (act.by, act.detail) == (cast.city_inspector, {"asked": {"verb": "task.given", "by_person": True}})
    assert client.get(f"{PAGE}xuat/").status_code == 405


def test_the_history_of_an_object_leads_to_its_acts(cast: Cast) -> None:
    document = directive(cast)
    link = f"/nhat-ky/?doi-tuong=documents.document%3A{document.pk}"
    assert link in assert_whole(signed_in(cast.city_inspector).get(document.get_absolute_url()))
    assert link not in assert_whole(signed_in(cast.city_clerk).get(document.get_absolute_url()))
    assert "document.registered" in shown(
        signed_in(cast.city_inspector), **{"doi-tuong": f"documents.document:{document.pk}"}
    )


def test_looks_at_personal_data_are_listed_within_reach(cast: Cast) -> None:
    note_reading(by=cast.ward_leader, what="members.attendance", unit_id=cast.cell.pk, count=5)
    note_reading(by=cast.other_ward_leader, what="members.attendance", unit_id=cast.other_cell.pk, count=7)
    assert readings_visible_to(ward_inspector(cast)).get().count == 5
    html = assert_whole(signed_in(cast.city_inspector).get(f"{PAGE}luot-xem/"))
    assert cast.ward_leader.display_name in html
    assert cast.other_cell.short_name in html
    narrowed = signed_in(cast.city_inspector).get(f"{PAGE}luot-xem/", {"nguoi": "bithu.cauvan"})
    assert [line.count for line in narrowed.context["lines"]] == [5]
