"""Requiring: everybody gets one receipt, in sets, and the first deadline stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, TODAY, make_dispatch, make_document, make_session
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import CoverageCounter, Receipt, Requirement
from thongsuot.dissemination.queries import coverage_of
from thongsuot.dissemination.services import require_dissemination, require_of_dispatch
from thongsuot.documents.hooks import document_dispatched
from thongsuot.documents.models import Circulation, Document
from thongsuot.organizations.models import Membership, Unit
from thongsuot.organizations.services import enrol_people


def _require(cast: Cast, document: Document, units: list[Unit], due: dt.date = DUE) -> Requirement:
    return require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=units, due=due)


def test_every_member_below_gets_a_receipt_and_the_cells_may_read(cast: Cast, document: Document) -> None:
    _require(cast, document, [cast.ward, cast.other_ward])
    assert Receipt.objects.filter(unit=cast.cell).count() == 5
    assert Receipt.objects.count() == 20
    assert Circulation.objects.filter(document=document, unit=cast.cell).exists()
    totals = coverage_of(document, [cast.city, cast.ward, cast.cell.pk, cast.commune])
    assert {key: (t.required, t.cells, t.reached) for key, t in totals.items()} == {
        cast.city.pk: (20, 4, 0),
        cast.ward.pk: (10, 2, 0),
        cast.cell.pk: (5, 1, 0),
    }
    assert cast.commune.pk not in totals
    assert_counts_equal_the_rows()


def test_a_later_requirement_adds_the_missing_and_keeps_the_first_deadline(
    cast: Cast, document: Document
) -> None:
    _require(cast, document, [cast.ward])
    with pytest.raises(Refused) as refusal:
        _require(cast, document, [cast.city], due=TODAY - dt.timedelta(days=1))
    assert refusal.value.code == "due_passed"
    _require(cast, document, [cast.city, cast.ward], due=DUE + dt.timedelta(days=5))
    assert set(Receipt.objects.filter(unit__parent=cast.ward).values_list("due", flat=True)) == {DUE}
    assert Receipt.objects.count() == 30
    assert_counts_equal_the_rows()


def test_only_members_in_force_on_the_day_are_required(cast: Cast, document: Document) -> None:
    gone, coming = enrol_people(
        [("Lê Văn Cũ", cast.cell), ("Lê Văn Mới", cast.cell)], since=dt.date(2020, 1, 1)
    )
    Membership.objects.filter(person=gone).update(valid_to=TODAY)
    Membership.objects.filter(person=coming).update(valid_from=TODAY + dt.timedelta(days=1))
    _require(cast, document, [cast.cell])
    assert Receipt.objects.count() == 5


def test_who_has_moved_keeps_one_receipt(cast: Cast, document: Document) -> None:
    _require(cast, document, [cast.cell])
    person = cast.person(cast.member)
    Membership.objects.filter(person=person).update(valid_to=TODAY)
    Membership.objects.create(person=person, unit=cast.second_cell, valid_from=TODAY)
    _require(cast, document, [cast.ward])
    assert Receipt.objects.filter(person=person).values_list("unit", flat=True).get() == cast.cell.pk
    assert Receipt.objects.count() == 10
    assert_counts_equal_the_rows()


def test_a_dispatch_with_a_day_requires_and_one_without_does_not(cast: Cast, document: Document) -> None:
    silent = make_dispatch(cast.city_clerk, cast.city, document, [cast.ward], None)
    require_of_dispatch(silent)
    assert not Receipt.objects.exists()
    silent.deliveries.all().delete()
    require_of_dispatch(make_dispatch(cast.city_clerk, cast.city, document, [cast.ward, cast.commune], DUE))
    assert Receipt.objects.count() == 20
    assert Requirement.objects.get().opened_by == cast.city_clerk


def test_the_hook_follows_the_sending(cast: Cast, document: Document) -> None:
    document_dispatched(make_dispatch(cast.city_clerk, cast.city, document, [cast.ward], DUE))
    assert Receipt.objects.count() == 10


def test_who_may_require(cast: Cast, document: Document) -> None:
    def by(user: Any, unit: Unit, units: list[Unit]) -> Requirement:
        return require_dissemination(by=user, document=document, unit=unit, units=units, due=DUE)

    for user in (
        cast.city_officer,
        cast.member,
        cast.city_inspector,
        cast.administrator,
        cast.other_ward_leader,
    ):
        with pytest.raises(PermissionDenied):
            by(user, cast.ward, [cast.ward])
    with pytest.raises(PermissionDenied):
        by(cast.ward_leader, cast.ward, [cast.other_ward])
    with pytest.raises(Refused):
        by(cast.ward_leader, cast.ward, [])
    assert by(cast.ward_leader, cast.ward, [cast.cell]).unit == cast.ward
    hidden = make_document(cast.city_clerk, cast.city, number=13)
    with pytest.raises(PermissionDenied):
        require_dissemination(
            by=cast.ward_leader, document=hidden, unit=cast.ward, units=[cast.ward], due=DUE
        )


@pytest.mark.parametrize("members", [10, 1000])
def test_opening_costs_the_same_statements_for_any_number(
    cast: Cast, document: Document, members: int
) -> None:
    enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(members)], since=dt.date(2020, 1, 1))
    with CaptureQueriesContext(connection) as opened:
        _require(cast, document, [cast.ward])
    writes = [q["sql"] for q in opened if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    for table in ("dissemination_receipt", "documents_circulation"):
        assert (
            len([sql for sql in writes if sql.startswith((f"INSERT INTO {table}", f'INSERT INTO "{table}"'))])
            == 1
        )
    assert len(opened) <= 26, "\n".join(q["sql"][:100] for q in opened)
    with CaptureQueriesContext(connection) as called:
        make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])
    assert len(called) <= 30, "\n".join(q["sql"][:100] for q in called)
    assert CoverageCounter.objects.get(unit=cast.cell).required == members + 5
