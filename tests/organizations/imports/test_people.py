"""People from a table: who is meant, what changes, what is refused, and what is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.organizations.imports.tables import PEOPLE, codes, counts, looked_through, states, table, written
from thongsuot.accounts.models import Role, User
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.clock import today
from thongsuot.core.erasing import erase
from thongsuot.core.holdings import Subject
from thongsuot.core.refusals import Refused
from thongsuot.core.retention import remove_expired
from thongsuot.organizations.imports import jobs, reading, services
from thongsuot.organizations.imports.people import Writing
from thongsuot.organizations.imports.writing_people import write_people
from thongsuot.organizations.models import (
    Import,
    ImportPart,
    ImportState,
    Membership,
    Person,
    Position,
    RoleGrant,
)
from thongsuot.organizations.services import add_person

DAY = "01/10/2026"


def somebody(cast: Cast, code: str = "A1", name: str = "Đỗ Thị Mơ", **more: str) -> dict[str, str]:
    return {"code": code, "name": name, "cell": cast.cell.name, "member_since": DAY} | more


def test_looking_through_writes_nothing(cast: Cast) -> None:
    people, members = Person.objects.count(), Membership.objects.count()
    batch = looked_through(cast, PEOPLE, somebody(cast), somebody(cast, "A2", "Lê Văn Hai"))
    assert (batch.state, counts(batch)) == (ImportState.PLANNED, (2, 0, 0, 0))
    assert (Person.objects.count(), Membership.objects.count()) == (people, members)


def test_people_posts_and_memberships_are_written_and_found(cast: Cast) -> None:
    row = somebody(
        cast, phone="0900 000 001", email="mo@example.vn", title="Phó Bí thư", valid_from="05/10/2026"
    )
    batch = written(cast, PEOPLE, row, somebody(cast, title="Ủy viên", unit=cast.ward.name))
    assert (batch.state, batch.done) == (ImportState.DONE, 2)
    person = Person.objects.search("do thi mo").get()
    assert (person.code, person.phone, person.email) == ("A1", "0900 000 001", "mo@example.vn")
    member = person.memberships.get()
    assert (member.unit, member.valid_from) == (cast.cell, dt.date(2026, 10, 1))
    posts = {post.unit_id: (post.title, post.valid_from) for post in person.positions.all()}
    assert posts == {
        cast.cell.pk: ("Phó Bí thư", dt.date(2026, 10, 5)),
        cast.ward.pk: ("Ủy viên", today()),
    }
    acts = Act.objects.filter(object_type="organizations.import", object_id=str(batch.pk))
    assert set(acts.values_list("verb", flat=True)) == {
        "import.begun",
        "import.decided",
        "import.carried_out",
    }


def test_a_second_time_nothing_is_new_and_a_third_time_only_the_difference(cast: Cast) -> None:
    rows = (somebody(cast, title="Ủy viên"), somebody(cast, "A2", "Lê Văn Hai"))
    written(cast, PEOPLE, *rows)
    again = looked_through(cast, PEOPLE, *rows)
    assert counts(again) == (0, 0, 2, 0)
    with pytest.raises(Refused) as refusal:
        services.carry_out_import(by=cast.administrator, batch=again, skip_wrong=False)
    assert refusal.value.code == "nothing_new"
    moved = somebody(cast, phone="1") | {"cell": cast.second_cell.name, "member_since": "01/11/2026"}
    batch = written(cast, PEOPLE, moved, rows[1])
    assert counts(batch) == (0, 1, 1, 0)
    person = Person.objects.get(code="A1")
    spells = list(person.memberships.order_by("valid_from").values_list("unit", "valid_from", "valid_to"))
    assert spells == [
        (cast.cell.pk, dt.date(2026, 10, 1), dt.date(2026, 11, 1)),
        (cast.second_cell.pk, dt.date(2026, 11, 1), None),
    ]
    assert person.phone == "1"


def test_without_a_code_the_name_in_the_same_cell_is_the_same_person(cast: Cast) -> None:
    known = cast.person(cast.member)
    batch = written(
        cast, PEOPLE, {"name": known.name.upper(), "cell": cast.cell.name, "phone": "123", "code": "M1"}
    )
    assert counts(batch) == (0, 1, 0, 0)
    known.refresh_from_db()
    assert (known.phone, known.code) == ("123", "M1")


def test_two_of_one_name_are_not_guessed(cast: Cast) -> None:
    for code in ("X1", "X2"):
        add_person(
            by=cast.administrator, name="Đỗ Thị Mơ", code=code, cell=cast.cell, since=dt.date(2020, 1, 1)
        )
    batch = looked_through(cast, PEOPLE, {"name": "Đỗ Thị Mơ", "cell": cast.cell.name})
    assert codes(batch) == [["ambiguous_person"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"name": ""}, "no_name"),
        ({"code": "079123456789"}, "citizen_number"),
        ({"email": "nobody"}, "no_email"),
        ({"member_since": "31/02/2026"}, "no_day"),
        ({"member_since": "01/01/2999"}, "too_far_ahead"),
        ({"member_since": "01/01/1800"}, "before_unit"),
        ({"cell": "Chi bộ không có"}, "unknown_unit"),
        ({"cell": "Đảng ủy phường Cầu Ván"}, "no_cell"),
        ({"cell": ""}, "belongs_nowhere"),
        ({"unit": "Thành ủy Vàm Cỏ"}, "no_title"),
        ({"title": "Ủy viên", "valid_from": "02/10/2026", "valid_to": "01/10/2026"}, "ends_before"),
        ({"title": "Bí thư", "is_head": "maybe"}, "no_answer"),
        ({"title": "Bí thư mới", "is_head": "x"}, "has_a_head"),
        ({"phone": "1" * 41}, "too_long"),
    ],
)
def test_a_wrong_row_says_why_and_leaves_the_others_alone(cast: Cast, row: dict[str, str], code: str) -> None:
    batch = looked_through(cast, PEOPLE, somebody(cast) | row, somebody(cast, "A2", "Lê Văn Hai"))
    assert (states(batch), codes(batch)[0]) == (["wrong", "new"], [code])


def test_rows_that_repeat_each_other_are_told(cast: Cast) -> None:
    batch = looked_through(
        cast,
        PEOPLE,
        somebody(cast),
        somebody(cast),
        somebody(cast, name="Lê Văn Hai"),
        somebody(cast, title="Ủy viên"),
    )
    assert codes(batch) == [[], ["twice"], ["other_name"], ["change"]]
    assert states(batch) == ["new", "wrong", "wrong", "changed"]


def test_wrong_rows_stop_the_import_until_somebody_leaves_them_out(cast: Cast) -> None:
    rows = [somebody(cast, f"A{n}", f"Lê Văn {n}", phone="1" * (50 if n % 3 == 0 else 5)) for n in range(30)]
    batch = looked_through(cast, PEOPLE, *rows)
    assert counts(batch) == (20, 0, 0, 10)
    with pytest.raises(Refused) as refusal:
        services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=False)
    assert refusal.value.code == "wrong_rows"
    services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=True)
    assert Person.objects.filter(code__startswith="A").count() == 20


def test_what_changed_after_the_preview_is_left_out_not_overwritten(cast: Cast) -> None:
    batch = looked_through(cast, PEOPLE, somebody(cast), somebody(cast, "A2", "Lê Văn Hai"))
    add_person(
        by=cast.administrator, name="Đỗ Thị Mơ", code="A1", cell=cast.second_cell, since=dt.date(2020, 1, 1)
    )
    services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=False)
    batch.refresh_from_db()
    assert (batch.state, codes(batch)) == (ImportState.DONE, [["moved_on"], []])
    assert Person.objects.get(code="A1").memberships.get().unit == cast.second_cell


def test_the_bar_of_a_preview_never_goes_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last part is a short one: what was looked through before it still counts."""
    monkeypatch.setattr(reading, "PART", 2)
    monkeypatch.setattr(jobs, "_sum_up", lambda *_: None)
    batch = looked_through(cast, PEOPLE, *(somebody(cast, f"A{n}", f"Lê Văn {n}") for n in range(5)))
    assert (batch.state, batch.done, batch.total) == (ImportState.PLANNING, 5, 5)


def test_a_worker_that_dies_leaves_whole_parts_and_the_next_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PART", 2)
    rows = [somebody(cast, f"A{n}", f"Lê Văn {n}") for n in range(6)]
    batch = looked_through(cast, PEOPLE, *rows)
    whole, calls = write_people, []

    def dies(writing: Writing) -> dict[str, Any]:
        calls.append(1)
        made = whole(writing)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr("thongsuot.organizations.imports.jobs.write_people", dies)
    Import.objects.filter(pk=batch.pk).update(
        state=ImportState.RUNNING, is_writing=True, decided_by=cast.administrator
    )
    with pytest.raises(KeyboardInterrupt):
        jobs.write(batch.pk)
    assert Person.objects.filter(code__startswith="A").count() == 2
    jobs.write(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE
    assert Person.objects.filter(code__startswith="A").count() == 6
    jobs.write(batch.pk)
    assert Person.objects.filter(code__startswith="A").count() == 6


def test_only_one_import_writes_at_a_time(cast: Cast) -> None:
    first, second = (
        looked_through(cast, PEOPLE, somebody(cast)),
        looked_through(cast, PEOPLE, somebody(cast, "B1")),
    )
    Import.objects.filter(pk=first.pk).update(state=ImportState.RUNNING, is_writing=True)
    with pytest.raises(Refused) as refusal:
        services.carry_out_import(by=cast.administrator, batch=second, skip_wrong=False)
    assert refusal.value.code == "busy"


def test_undoing_restores_everything(cast: Cast) -> None:
    written(cast, PEOPLE, somebody(cast, title="Ủy viên", valid_from=DAY))
    before = [list(model.objects.order_by("pk").values()) for model in (Person, Membership, Position)]
    moved = somebody(cast, phone="1", title="Ủy viên", valid_from=DAY, valid_to="01/12/2026")
    moved |= {"cell": cast.second_cell.name, "member_since": "01/11/2026", "unit": cast.cell.name}
    batch = written(cast, PEOPLE, moved, somebody(cast, "A2", "Lê Văn Hai", title="Phó Bí thư"))
    assert counts(batch) == (1, 1, 0, 0)
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert batch.state == ImportState.UNDONE
    assert [list(model.objects.order_by("pk").values()) for model in (Person, Membership, Position)] == before


def test_undoing_puts_nobody_whose_data_was_erased_back_into_a_cell(cast: Cast) -> None:
    written(cast, PEOPLE, somebody(cast))
    moved = somebody(cast) | {"cell": cast.second_cell.name, "member_since": "01/11/2026"}
    batch = written(cast, PEOPLE, moved)
    person = Person.objects.get(code="A1")
    erase(Subject((person.pk,), 0))
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (ImportState.DONE, "depends")
    assert not Membership.objects.filter(person=person, valid_to=None).exists()


def test_undoing_stops_whole_when_something_rests_on_it(cast: Cast) -> None:
    batch = written(cast, PEOPLE, somebody(cast), somebody(cast, "A2", "Lê Văn Hai"))
    Person.objects.filter(code="A2").update(user=User.objects.create(username="hai"))
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.failure, batch.is_writing) == (ImportState.DONE, "depends", False)
    assert Person.objects.filter(code__in=("A1", "A2")).count() == 2


def test_people_of_units_out_of_reach_are_neither_moved_nor_named(cast: Cast) -> None:
    stranger = add_person(
        by=cast.administrator, name="Lê Văn Hai", code="B1", cell=cast.other_cell, since=dt.date(2020, 1, 1)
    )
    batch = looked_through(
        cast,
        PEOPLE,
        {"code": "B1", "name": "Lê Văn Hai", "cell": cast.cell.name},
        {"name": "Ai đó", "cell": cast.other_cell.name},
        unit=cast.ward,
    )
    assert codes(batch) == [["elsewhere"], ["unknown_unit"]]
    assert stranger.memberships.get().unit == cast.other_cell


def test_who_does_not_keep_people_imports_none(cast: Cast) -> None:
    content = table(PEOPLE, [somebody(cast)])
    for user in (cast.city_clerk, cast.ward_leader):
        with pytest.raises(PermissionDenied):
            services.take_in_table(by=user, unit=cast.ward, subject=PEOPLE, content=content, name="a.csv")


def test_rows_are_forgotten_after_some_days(cast: Cast) -> None:
    batch = written(cast, PEOPLE, somebody(cast))
    assert not remove_expired("organizations.import_rows")
    assert ImportPart.objects.filter(batch=batch).exists()
    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert remove_expired("organizations.import_rows") == 1
        assert not services.can_be_undone(batch)
    assert not ImportPart.objects.filter(batch=batch).exists()


def test_what_is_asked_does_not_grow_with_the_rows(cast: Cast) -> None:
    def queries(number: int) -> int:
        rows = [somebody(cast, f"Q{number}-{n}", f"Lê Văn {number} {n}") for n in range(number)]
        batch = looked_through(cast, PEOPLE, *rows)
        with CaptureQueriesContext(connection) as caught:
            services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=False)
        return len(caught)

    assert queries(2) == queries(20)


def test_an_import_whose_job_was_given_up_does_not_shut_out_the_others(cast: Cast) -> None:
    batch = looked_through(cast, PEOPLE, somebody(cast))
    Import.objects.filter(pk=batch.pk).update(
        state=ImportState.RUNNING, is_writing=True, moved_at=clock.now(), decided_by=cast.administrator
    )
    jobs.release_given_up()
    batch.refresh_from_db()
    assert batch.is_writing
    with clock.at(clock.now() + dt.timedelta(hours=2)):
        jobs.release_given_up()
    batch.refresh_from_db()
    assert (batch.state, batch.is_writing) == (ImportState.STOPPED, False)
    services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=False)
    assert Person.objects.filter(code="A1").exists()


def test_undoing_stops_when_another_record_names_the_person(cast: Cast) -> None:
    batch = written(cast, PEOPLE, somebody(cast))
    person = Person.objects.get(code="A1")
    person.merges.create(duplicate=cast.person(cast.member), by=cast.administrator)
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (ImportState.DONE, "depends")
    assert person.memberships.get().unit == cast.cell


@pytest.fixture
def keeper(cast: Cast) -> User:
    """Keeps the people of the city and may do nothing else."""
    role = Role.objects.create(
        code="keeper", name="Cán bộ tổ chức", permissions=["people.manage", "unit.read"]
    )
    user = User.objects.create(username="tochuc")
    RoleGrant.objects.create(
        user=user, unit=cast.city, role=role, valid_from=dt.date(2020, 1, 1), reaches_subtree=True
    )
    return user


def test_letters_to_a_stronger_account_are_not_led_elsewhere(cast: Cast, keeper: User) -> None:
    leader = cast.person(cast.ward_leader)
    post = leader.positions.get()
    row = {"name": leader.name, "unit": post.unit.name, "title": post.title, "email": "thief@example.vn"}
    assert codes(looked_through(cast, PEOPLE, row, by=keeper)) == [["letters"]]
    assert codes(looked_through(cast, PEOPLE, row)) == [["change"]]
    without = row | {"email": "", "phone": "0900"}
    assert codes(looked_through(cast, PEOPLE, without, by=keeper)) == [["change"]]


def test_an_undoing_leads_no_letters_back(cast: Cast, keeper: User) -> None:
    leader = cast.person(cast.ward_leader)
    Person.objects.filter(pk=leader.pk).update(email="thief@example.vn")
    post = leader.positions.get()
    row = {"name": leader.name, "unit": post.unit.name, "title": post.title, "email": "leader@example.vn"}
    batch = written(cast, PEOPLE, row)
    services.undo_import(by=keeper, batch=batch)
    leader.refresh_from_db()
    assert leader.email == "leader@example.vn"
    batch.refresh_from_db()
    assert (batch.state, batch.is_writing) == (ImportState.DONE, False)
