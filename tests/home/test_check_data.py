"""`manage check_data`: true data proves itself, and each planted fault is found, named and counted against us."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet

from tests.cast import Cast
from tests.dissemination.factories import make_session
from tests.documents.papers import delivery_of, directive, fields, incoming, send
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.dissemination.models import Attendance, CoverageCounter, CoverageTotal, Receipt, SessionUnit
from thongsuot.dissemination.services import confirm_reading, mark_attendance
from thongsuot.documents.counting import counted_totals, recounting
from thongsuot.documents.models import (
    Book,
    Delivery,
    Document,
    FlowCounter,
    FlowDay,
    FlowTotal,
    RegisterEntry,
)
from thongsuot.documents.services import link_plan, receive_delivery, refuse_delivery, register_document
from thongsuot.home.proofs import PROOFS
from thongsuot.organizations.models import Membership, Position, RoleGrant, Unit, UnitVersion
from thongsuot.tasks.models import Task

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def document(cast: Cast) -> Document:
    """A directive sent, received, refused, planned for, heard of at a session and read: something in every total."""
    with clock.at(clock.moment(DAY, 12)):
        document = directive(cast)
        send(cast, document, plan_by=DAY, disseminate_by=DAY + dt.timedelta(days=7))
        receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
        refuse_delivery(
            by=cast.other_ward_clerk, delivery=delivery_of(document, cast.other_ward), reason="Gửi nhầm"
        )
        incoming(cast.ward_clerk, cast.ward)
        own = fields(kind="ke_hoach", symbol="", issuing_body=cast.ward.name)
        plan = register_document(by=cast.ward_clerk, unit=cast.ward, direction="outgoing", fields=own)
        link_plan(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward), plan=plan)
        session = make_session(
            cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document], day=DAY
        )
        called = Attendance.objects.filter(session=session, unit=cast.cell).order_by("person_id")
        people = list(called.values_list("person_id", flat=True))
        mark_attendance(
            by=cast.cell_head, session=session, unit=cast.cell, present=set(people[1:4]), excused={people[4]}
        )
        confirm_reading(by=cast.other_member, document=document)
    return document


def check(*options: str) -> tuple[int, str]:
    """Exit code and what was said."""
    said = io.StringIO()
    try:
        call_command("check_data", *options, stdout=said)
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()
    return 0, said.getvalue()


def test_what_the_services_wrote_is_proven_line_by_line(document: Document) -> None:
    assert CoverageTotal._default_manager.filter(reached__gt=0).exists()
    assert FlowTotal._default_manager.filter(planned=1, refused=1).exists()
    code, said = check()
    assert code == 0, said
    *lines, end = said.splitlines()
    assert said.count("✓") == len(PROOFS) == len(lines)
    assert end.startswith("Nhật ký kết thúc ở 1:")


def test_an_empty_place_is_proven_too(cast: Cast) -> None:
    assert check()[0] == 0


Plant = Callable[[Cast, Document], object]


def _counter(name: str, value: int) -> Plant:
    def plant(cast: Cast, document: Document) -> None:
        CoverageCounter._default_manager.filter(unit=cast.cell).update(
            **{name: value, f"folded_{name}": value}
        )

    return plant


def _lost_entry(cast: Cast, document: Document) -> None:
    last = RegisterEntry.objects.filter(unit=cast.ward, register="incoming").order_by("number").last()
    assert last is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_registerentry SET number = 9 WHERE unit_id = %s AND number = %s",
            [cast.ward.pk, last.number],
        )


def _place(cast: Cast) -> dict[str, object]:
    return {name: getattr(cast.cell, name) for name in UnitVersion.COPIED}


def _positions(cast: Cast) -> None:
    """The second begins and ends within the first, the third begins after the second and within the first."""
    for since, until in ((2010, 2020), (2011, 2012), (2013, 2014)):
        Position.objects.create(
            unit=cast.ward,
            person=cast.person(cast.member),
            title="Ủy viên",
            valid_from=dt.date(since, 1, 1),
            valid_to=dt.date(until, 1, 1),
        )


def _task_left_behind(cast: Cast, document: Document) -> None:
    Task.objects.create(
        unit=cast.cell, giver=cast.ward, document=document, text="Việc", created_by=cast.ward_leader
    )
    Unit.objects.filter(pk=cast.cell.pk).update(valid_to=DAY)


FAULTS: dict[str, tuple[str, Plant]] = {
    "a receipt nobody counted": (
        "reached 3, the rows say 2",
        lambda cast, document: Receipt.objects.filter(
            pk=Receipt.objects.filter(unit=cast.cell, reached_on__isnull=False).values_list("pk", flat=True)[
                0
            ]
        ).update(reached_at=None, reached_on=None, channel=""),
    ),
    "a counter that counts too much": ("required 7, the rows say 5", _counter("required", 7)),
    "a cell counted twice": ("cells 2, required 5", _counter("cells", 2)),
    "late called in time": (
        "in_time 3, the rows say",
        lambda cast, document: Receipt.objects.filter(unit=cast.cell).update(due=DAY - dt.timedelta(days=1)),
    ),
    "a counter without rows": (
        "sent 1, the rows say 0",
        lambda cast, document: FlowCounter._default_manager.create(unit=cast.cell, document=document, sent=1),
    ),
    "a counter that is gone": (
        "received 0, the rows say 1",
        lambda cast, document: FlowCounter._default_manager.filter(unit=cast.ward).delete(),
    ),
    "a delivery changed by hand": (
        "refused 1, the rows say 0",
        lambda cast, document: Delivery.objects.filter(unit=cast.other_ward).update(state="01"),
    ),
    "a plan that became late": (
        "planned_in_time 1, the rows say 0",
        lambda cast, document: Delivery.objects.filter(unit=cast.ward).update(
            plan_by=DAY - dt.timedelta(days=1)
        ),
    ),
    "a total that lost a unit": (
        "received 0, the rows say 1",
        lambda cast, document: FlowTotal._default_manager.filter(unit=cast.city).update(received=0),
    ),
    "a total that is gone": (
        "required 0, the rows say",
        lambda cast, document: CoverageTotal._default_manager.filter(unit=cast.ward).delete(),
    ),
    "a total of a unit that has nothing": (
        "sent 4, the rows say 0",
        lambda cast, document: FlowTotal._default_manager.create(
            unit=cast.economy, document=document, sent=4
        ),
    ),
    "a change nobody will fold": (
        "not marked as changed",
        lambda cast, document: FlowCounter._default_manager.filter(unit=cast.ward).update(folded_sent=0),
    ),
    "a day that is not that of the delivery": (
        "the delivery says",
        lambda cast, document: FlowCounter._default_manager.filter(unit=cast.ward).update(
            received_on=DAY + dt.timedelta(days=99)
        ),
    ),
    "a cell asked on another day": (
        "asked_on",
        lambda cast, document: CoverageCounter._default_manager.filter(unit=cast.cell).update(asked_on=None),
    ),
    "a step that is summed up twice": (
        "the rows say 1",
        lambda cast, document: FlowDay.objects.filter(unit=cast.city, step="planned").update(number=2),
    ),
    "a cell that met without anybody": (
        "attendance says None",
        lambda cast, document: Attendance.objects.filter(unit=cast.cell).update(state="absent"),
    ),
    "a session counted wrong": (
        "present 4, the rows say 3",
        lambda cast, document: SessionUnit.objects.filter(unit=cast.cell).update(present=4),
    ),
    "a number that is missing": ("2 numbers from 1 to 9, the book says 2", _lost_entry),
    "a book that ran ahead": (
        "the book says 8",
        lambda cast, document: Book._default_manager.filter(unit=cast.ward).update(last_number=8),
    ),
    "a book without entries": (
        "no entries, the book says 3",
        lambda cast, document: Book._default_manager.create(
            unit=cast.cell, register="incoming", period="2026", last_number=3
        ),
    ),
    "a unit in another's place": (
        "depth 1",
        lambda cast, document: Unit.objects.filter(pk=cast.cell.pk).update(depth=1),
    ),
    "a path that leads elsewhere": (
        "path zzzzzz",
        lambda cast, document: Unit.objects.filter(pk=cast.economy.pk).update(path="zzzzzz"),
    ),
    "units in a circle": (
        "each is below the next, in a circle",
        lambda cast, document: Unit.objects.filter(pk=cast.ward.pk).update(parent=cast.cell),
    ),
    "a unit that outlives the one above": (
        "outlives its parent",
        lambda cast, document: Unit.objects.filter(pk=cast.ward.pk).update(valid_to=DAY),
    ),
    "a unit with two answers for a day": (
        "its versions do not meet",
        lambda cast, document: UnitVersion.of(
            Unit(
                pk=cast.cell.pk, valid_from=dt.date(2000, 1, 1), valid_to=dt.date(2001, 1, 1), **_place(cast)
            )
        ).save(),
    ),
    "a version that says something else": (
        "its present version says something else",
        lambda cast, document: UnitVersion.objects.filter(unit=cast.cell).update(name="Khác"),
    ),
    "a unit without a version": (
        "has no version",
        lambda cast, document: UnitVersion.objects.filter(unit=cast.cell).delete(),
    ),
    "a role held twice": (
        "are the same and overlap",
        lambda cast, document: RoleGrant.objects.create(
            unit=cast.ward, user=cast.ward_clerk, role_id="clerk", valid_from=dt.date(2026, 10, 10)
        ),
    ),
    "a position held twice inside a longer one": (
        "are the same and overlap",
        lambda cast, document: _positions(cast),
    ),
    "a role that outlives its unit": (
        "outlives unit",
        lambda cast, document: Unit.objects.filter(pk=cast.cell.pk).update(valid_to=DAY),
    ),
    "nobody in charge": (
        "nobody may look after its accounts",
        lambda cast, document: User.objects.filter(pk=cast.administrator.pk).update(is_active=False),
    ),
    "nobody in charge of all of it": (
        "nobody may look after its accounts",
        lambda cast, document: RoleGrant.objects.filter(user=cast.administrator).update(
            reaches_subtree=True, unit=cast.ward
        ),
    ),
    "work in a unit that ended": (
        "which ended on",
        lambda cast, document: _task_left_behind(cast, document),
    ),
    "an act changed by hand": (
        "was changed",
        lambda cast, document: QuerySet(Act).filter(verb="document.sent").update(verb="document.received"),
    ),
    "a member of two cells": (
        "overlap",
        lambda cast, document: Membership.objects.create(
            unit=cast.other_cell,
            person=cast.person(cast.member),
            valid_from=dt.date(2020, 1, 1),
            valid_to=dt.date(2021, 1, 1),
        ),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_planted_fault_is_found_and_named(cast: Cast, document: Document, fault: str) -> None:
    sentence, plant = FAULTS[fault]
    plant(cast, document)
    code, said = check()
    assert code == 1
    assert "✗" in said
    assert sentence in said


def test_a_counter_that_waits_for_the_next_fold_is_no_fault(cast: Cast, document: Document) -> None:
    CoverageCounter._default_manager.filter(unit=cast.cell).update(folded_reached=0, changed=True)
    CoverageTotal._default_manager.filter(unit__in=[cast.cell, cast.ward, cast.city]).update(reached=0)
    with_other = CoverageTotal._default_manager.filter(unit=cast.city)
    with_other.update(reached=1)
    code, said = check()
    assert code == 0, said


def test_repair_makes_totals_anew_and_leaves_what_only_a_person_can_mend(
    cast: Cast, document: Document
) -> None:
    FlowTotal._default_manager.all().delete()
    CoverageTotal._default_manager.update(reached=99)
    assert check()[0] == 1
    code, said = check("--repair")
    assert code == 0, said
    assert FlowTotal._default_manager.get(unit=cast.city, document=document).received == 1
    Book._default_manager.filter(unit=cast.ward).update(last_number=8)
    assert check("--repair")[0] == 1


def test_an_end_of_the_record_noted_elsewhere_is_asked_for(document: Document) -> None:
    end = check()[1].splitlines()[-1].split("kết thúc ở ")[1].split()[0]
    assert check("--anchor", end)[0] == 0
    code, said = check("--anchor", "9:" + "0" * 64)
    assert code == 1
    assert "what was noted elsewhere says there was seal 9" in said
    with pytest.raises(CommandError):
        check("--anchor", "9")


def test_faults_name_keys_and_no_people(cast: Cast, document: Document) -> None:
    Receipt.objects.filter(unit=cast.cell).update(due=DAY - dt.timedelta(days=1))
    FAULTS["a member of two cells"][1](cast, document)
    said = check()[1]
    assert cast.member.display_name not in said
    assert document.subject not in said


def test_counters_and_totals_that_are_all_gone_come_back_from_the_rows(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small slices leave the units at the top to a slice of their own: people who belong there are counted too."""
    monkeypatch.setattr(recounting, "MOST", 3)
    first = Receipt.objects.order_by("pk")[0]
    Receipt.objects.filter(pk=first.pk).update(unit=Unit.objects.get(depth=0))
    call_command("rebuild_totals", "--counters", stdout=io.StringIO())
    right = set(CoverageTotal._default_manager.values_list("unit_id", "required", "reached"))
    CoverageTotal._default_manager.all().delete()
    CoverageCounter._default_manager.all().delete()
    call_command("rebuild_totals", "--counters", stdout=io.StringIO())
    assert set(CoverageTotal._default_manager.values_list("unit_id", "required", "reached")) == right
    assert CoverageCounter._default_manager.filter(unit__depth=0, required=1).exists()


def _wrong_counters() -> None:
    """Too much, too little, gone, and one that nothing is behind; folded numbers are what the totals hold."""
    counters = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    keys = list(counters.values_list("unit_id", flat=True))
    counters.filter(unit=keys[0]).update(required=7, folded_required=7)
    counters.filter(unit=keys[1]).update(reached=0, in_time=0, met=0, first_met_on=None, changed=False)
    counters.filter(unit=keys[2]).delete()
    FlowCounter._default_manager.filter(planned=1).update(planned=0, received=0)


def test_counters_are_counted_anew_from_their_rows(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "MOST", 3)
    _wrong_counters()
    code, said = check("--totals")
    assert (code, said.count("✗")) == (1, 5), said
    out = io.StringIO()
    call_command("rebuild_totals", "--counters", stdout=out)
    kinds = list(counted_totals())
    added_up = [total for total in kinds if total.COUNTER._default_manager.exists()]
    assert out.getvalue().count("100 %") == len(kinds) + len(added_up)
    code, said = check("--totals")
    assert (code, said.count("✓")) == (0, sum(proof.counts for proof in PROOFS)), said
    assert check()[0] == 0
