"""Cells that end: coming sessions and members pass on, receipts stay, whoever was to hear still confirms."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE
from tests.organizations.reorganizing import carried_out, draft, founding, in_days, on
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import (
    Attendance,
    CoverageCounter,
    CoverageDay,
    CoverageTotal,
    PaperSheet,
    QuestionCounter,
    Receipt,
    ResponseCounter,
    Session,
    SessionUnit,
)
from thongsuot.dissemination.paper.confirming import confirm
from thongsuot.dissemination.paper.printing import print_for_session
from thongsuot.dissemination.services import (
    call_session,
    confirm_reading,
    mark_attendance,
    require_dissemination,
    vouch_reading,
)
from thongsuot.dissemination.services.following import follow_everybody, follow_people
from thongsuot.documents.models import Document, FlowCounter
from thongsuot.organizations.models import Reorganization, Unit
from thongsuot.organizations.reorganization import StepData, add_step, carry_out, schedule, undo
from thongsuot.organizations.services import enrol_people

pytestmark = pytest.mark.django_db


def anew(user: User) -> User:
    return User.objects.get(pk=user.pk)


def session_of(cast: Cast, document: Document, cells: list[Unit]) -> Session:
    return call_session(
        by=cast.ward_leader,
        unit=cast.ward,
        cells=cells,
        documents=[document],
        title="Phổ biến chỉ thị",
        form="sinh_hoat_chi_bo",
        starts_at=clock.moment(in_days(5)),
        place="Nhà văn hóa",
    )


def cells_merge(cast: Cast) -> Reorganization:
    """The second cell of the ward goes into the first."""
    return draft(cast, StepData("merge", target=cast.cell, sources=[cast.second_cell]))


def rows() -> list[Any]:
    models: tuple[Any, ...] = (Session, SessionUnit)
    people = Attendance.objects.order_by("unit_id", "session_id", "person_id")
    kept = [row for model in models for row in model.objects.order_by("pk").values()]
    for row in kept:
        row.pop("sequence", None)  # only ever rises: a calendar takes no older file
    return [*kept, *people.values_list("unit", "session", "person", "state")]


def test_a_coming_session_is_that_of_the_successor(cast: Cast, document: Document) -> None:
    session = session_of(cast, document, [cast.second_cell])
    called = session.attendance.count()
    done = carried_out(cells_merge(cast))
    place = session.units.get()
    assert (place.unit, place.called) == (cast.cell, called)
    with on(in_days(5), 10):
        people = set(session.attendance.values_list("person", flat=True))
        mark_attendance(
            by=anew(cast.ward_leader), session=session, unit=cast.cell, present=people, excused=set()
        )
        with pytest.raises(Refused, match="1"):
            undo(by=cast.city_clerk, reorganization=done)
    reached = Receipt.objects.filter(document=document, reached_on=in_days(5))
    assert set(reached.values_list("unit", flat=True)) == {cast.second_cell.pk}, (
        "receipts stay where they are"
    )


def test_a_sheet_printed_before_the_merger_still_reads_right(cast: Cast, document: Document) -> None:
    session = session_of(cast, document, [cast.second_cell])
    (sheet,) = print_for_session(by=cast.ward_leader, session=session, units=[cast.second_cell])
    carried_out(cells_merge(cast))
    with on(in_days(5), 10):
        head = anew(cast.cell_head)
        sheet = PaperSheet.objects.visible_to(head).get(code=sheet.code)
        assert confirm(by=head, sheet=sheet, rows=[1]).new == 1
    row = Attendance.objects.get(session=session, person=sheet.rows[0])
    assert (row.unit, row.state) == (cast.cell, "present")


def test_a_session_of_both_cells_counts_everybody_once_and_comes_back(cast: Cast, document: Document) -> None:
    session = session_of(cast, document, [cast.cell, cast.second_cell])
    session.points.create(number=1, unit=cast.second_cell, place="Nhà văn hóa 2")
    called = session.attendance.count()
    done = carried_out(cells_merge(cast))
    assert session.points.get().unit == cast.cell
    assert [(row.unit, row.called) for row in session.units.all()] == [(cast.cell, called)]
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert session.points.get().unit == cast.second_cell
    assert {row.unit for row in session.units.all()} == {cast.cell, cast.second_cell}
    assert sum(row.called for row in session.units.all()) == called


def test_who_joins_the_cell_that_took_over_gets_what_was_open_in_the_old_one(
    cast: Cast, document: Document
) -> None:
    units = [cast.cell, cast.second_cell]
    require_dissemination(by=cast.ward_leader, document=document, unit=cast.ward, units=units[:1], due=DUE)
    asked = Receipt.objects.count()
    made = draft(cast, founding(cast.ward, "Chi bộ khu phố 1 và 2", kind="cell"))
    add_step(
        by=cast.city_clerk,
        reorganization=made,
        data=StepData("merge", target=made.steps.get(), sources=units),
    )
    day = carried_out(made).effective_on
    with on(day):
        new = Unit.objects.get(name="Chi bộ khu phố 1 và 2")
        follow_everybody()
        assert Receipt.objects.count() == asked, "members of the other cell are not asked by a merger"
    with on(day + dt.timedelta(days=1)):
        (late,) = enrol_people([("Lê Văn Mới", new)], since=clock.today())
        assert follow_people(late.pk) == 1
        assert Receipt.objects.get(person=late).unit == new
        assert_counts_equal_the_rows()


def test_undoing_brings_the_sessions_of_a_committee_back(cast: Cast, document: Document) -> None:
    session_of(cast, document, [cast.cell])
    before = rows()
    done = carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward])))
    assert Session.objects.get().unit == cast.other_ward
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert rows() == before


def test_a_new_cell_is_called_and_heard_of_until_that_is_undone(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.ward_clerk, document=document, unit=cast.ward, units=[cast.ward], due=DUE)
    session_of(cast, document, [cast.cell, cast.second_cell])
    before = Attendance.objects.count()
    made = draft(cast, founding(cast.ward, "Chi bộ khu phố chung", "cell"))
    step = StepData("merge", target=made.steps.get(), sources=[cast.cell, cast.second_cell])
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    done = carried_out(made)
    new = Unit.objects.get(name="Chi bộ khu phố chung")
    assert Attendance.objects.filter(unit=new).count() == before
    total = CoverageTotal.objects.get(unit=new, document=document)
    print_for_session(by=anew(cast.ward_leader), session=Session.objects.get(), units=[new])
    assert total.required == Receipt.objects.filter(unit__in=[cast.cell, cast.second_cell]).count()
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert not Unit.objects.filter(pk=new.pk).exists()
    assert Attendance.objects.filter(unit__in=[cast.cell, cast.second_cell]).count() == before
    assert_counts_equal_the_rows()


def test_what_a_member_was_to_hear_in_the_old_cell_is_still_confirmed(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.ward_clerk, document=document, unit=cast.ward, units=[cast.ward], due=DUE)
    carried_out(draft(cast, StepData("merge", target=cast.second_cell, sources=[cast.cell])))
    with on(in_days(2), 9):
        receipt = confirm_reading(by=anew(cast.member), document=document)
        assert receipt.unit == cast.cell
        assert receipt.reached_on == clock.today()
    assert_counts_equal_the_rows()


def test_the_head_vouches_for_those_of_the_cell_it_took_over(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.ward_clerk, document=document, unit=cast.ward, units=[cast.ward], due=DUE)
    receipt = Receipt.objects.filter(unit=cast.second_cell).order_by("person_id")[0]
    carried_out(cells_merge(cast))
    with on(in_days(2), 9):
        old = Unit.objects.get(pk=cast.second_cell.pk)
        head = anew(cast.cell_head)
        assert Receipt.objects.visible_to(head).filter(pk=receipt.pk).exists()
        vouch_reading(by=head, document=document, unit=old, person=receipt.person, reason="Đã đọc tại nhà")


def test_sums_follow_the_tree(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.ward_clerk, document=document, unit=cast.ward, units=[cast.ward], due=DUE)

    def required(unit: Unit) -> int:
        return sum(
            CoverageTotal.objects.filter(unit=unit, document=document).values_list("required", flat=True)
        )

    before = {unit.pk: required(unit) for unit in (cast.city, cast.ward, cast.other_ward)}
    assert before[cast.ward.pk] > 0
    done = carried_out(draft(cast, StepData("move", unit=cast.cell, target=cast.other_ward)))
    moved = required(cast.cell)
    assert required(cast.ward) == before[cast.ward.pk] - moved
    assert required(cast.other_ward) == moved > 0
    assert required(cast.city) == before[cast.city.pk]
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert {unit.pk: required(unit) for unit in (cast.city, cast.ward, cast.other_ward)} == before


def test_nobody_folds_while_a_reorganisation_holds_units(cast: Cast) -> None:
    """A fold that ends holds units one after the other: against somebody who holds some, that is a deadlock."""
    made = cells_merge(cast)
    schedule(by=made.created_by, reorganization=made)
    with on(made.effective_on), CaptureQueriesContext(connection) as queries:
        carry_out(made.pk)
    statements = [query["sql"] for query in queries.captured_queries]

    def first(words: str, after: int = 0) -> int:
        return next(n for n, sql in enumerate(statements) if n >= after and words in sql)

    acting = first("organizations_reorganizationturn")
    units = first('FROM "organizations_unit"', acting)
    for counter in (FlowCounter, CoverageCounter, CoverageDay, ResponseCounter, QuestionCounter):
        assert acting < first(f"'{counter._meta.label_lower}'") < units
