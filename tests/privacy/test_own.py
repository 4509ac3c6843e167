"""What is held about me: asked of every subject, in as many queries for much as for little, and nobody else's."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.functional import Promise

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act
from thongsuot.audit.services import note_reading
from thongsuot.core import clock
from thongsuot.core.clock import today
from thongsuot.core.holdings import holdings
from thongsuot.core.personal import register
from thongsuot.organizations.models import Membership, Person, Position
from thongsuot.privacy.queries.own import looks_at, subject_of

OTHERS_ROWS = {
    "organizations.ImportPart",
    "dissemination.SessionHandover",
}  # keys inside lists, kept some days


def test_whatever_points_at_a_person_is_told_and_every_label_is_in_words() -> None:
    told = {holding.model for holding in holdings()}
    for entry in register():
        target = entry.model._meta.get_field(entry.name).related_model
        if target is Person:
            assert entry.model in told, f"{entry.place}: tell people of it (core.holdings)"
    for holding in holdings():
        assert holding.held.fields
        for name, label in zip(holding.shown, holding.labels, strict=True):
            assert isinstance(label, Promise), f"{holding.model._meta.label}.{name}: a label people can read"


def test_a_member_sees_their_own_data_and_no_other(cast: Cast, client: Client) -> None:
    me, other = cast.person(cast.member), cast.person(cast.second_member)
    Person.objects.filter(pk=me.pk).update(phone="0900 000 111", code="MA-1")
    Person.objects.filter(pk=other.pk).update(phone="0900 000 222")
    client.force_login(cast.member)
    page = client.get(reverse("privacy:mine")).content.decode()
    assert me.name in page
    assert "0900 000 111" in page
    assert cast.cell.name in page
    assert "0900 000 222" not in page
    assert "điều khoản" in page, "what it rests on is said"
    assert reverse("privacy:mine") in client.get(reverse("accounts:own")).content.decode()


def test_entries_found_to_be_one_person_are_told_together(cast: Cast, client: Client) -> None:
    me = cast.person(cast.member)
    twin = Person.objects.create(name="Người Ghi Hai Lần", merged_into=me)
    Position.objects.create(unit=cast.ward, person=twin, title="Chức Vụ Ghi Nhầm", valid_from=today())
    client.force_login(cast.member)
    page = client.get(reverse("privacy:mine")).content.decode()
    assert "Người Ghi Hai Lần" in page
    assert "Chức Vụ Ghi Nhầm" in page


def test_twenty_rows_cost_as_many_queries_as_two(cast: Cast, client: Client) -> None:
    me = cast.person(cast.member)
    client.force_login(cast.member)

    def cost(number: int) -> int:
        for index in range(number):
            post = {"title": f"Chức vụ {index}", "valid_from": today()}
            Position.objects.create(unit=cast.ward, person=me, **post)
            note_reading(by=cast.cell_head, what="people.one", unit_id=cast.cell.pk, count=1, person_id=me.pk)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(reverse("privacy:mine")).status_code == 200
            assert client.get(reverse("privacy:my_readers")).status_code == 200
        return len(seen)

    few = cost(2)
    assert cost(18) == few < 52


def test_who_looked_is_told_with_lists_of_my_units_but_not_of_others(cast: Cast, client: Client) -> None:
    me, other = cast.person(cast.member), cast.person(cast.other_member)
    for who, unit, person in (
        (cast.cell_head, cast.cell, me.pk),
        (cast.ward_leader, cast.ward, None),
        (cast.other_cell_head, cast.other_cell, None),
        (cast.other_ward_leader, cast.other_ward, other.pk),
        (cast.member, cast.cell, None),
    ):
        note_reading(by=who, what="people.list", unit_id=unit.pk, count=3, person_id=person)
    client.force_login(cast.member)
    looks = client.get(reverse("privacy:my_readers")).context["looks"]
    assert {look.by for look, _words in looks} == {cast.cell_head, cast.ward_leader}


def test_a_list_is_told_to_whom_it_held_then(cast: Cast) -> None:
    """Not to who joined later, and still to who has left."""
    me, moved = cast.person(cast.member), clock.today() - dt.timedelta(days=9)
    Membership.objects.filter(person=me).update(unit=cast.other_cell, valid_to=moved)
    Membership.objects.create(person=me, unit=cast.cell, valid_from=moved)
    for who, unit, days in (
        (cast.other_cell_head, cast.other_cell, 10),
        (cast.cell_head, cast.cell, 10),
        (cast.other_ward_leader, cast.other_ward, 8),
        (cast.ward_leader, cast.ward, 8),
    ):
        with clock.at(clock.now() - dt.timedelta(days=days)):
            note_reading(by=who, what="people.list", unit_id=unit.pk, count=3)
    assert {look.by for look in looks_at(subject_of(cast.member))} == {cast.other_cell_head, cast.ward_leader}


def test_the_export_is_readable_twice_and_recorded(cast: Cast, client: Client) -> None:
    me = cast.person(cast.member)
    client.force_login(cast.member)
    answer = client.post(reverse("privacy:my_file"))
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        content = json.loads(archive.read("du-lieu-cua-toi.json"))
        page = archive.read("du-lieu-cua-toi.html").decode()
    by_place = {one["place"]: one for one in content["held"]}
    assert me.name in by_place["organizations.Person"]["rows"][0]
    assert by_place["organizations.Membership"]["reasons"][0]["kind"] == "nhạy cảm"
    assert "dissemination.ReachEvent" in by_place, "what no index leads to is looked through here"
    assert me.name in page
    assert "UNDEFINED" not in page
    assert Act.objects.filter(verb="privacy.exported", by=cast.member).count() == 1
    assert client.get(reverse("privacy:my_file")).status_code == 405


def test_every_pointer_to_an_account_is_told_or_counted() -> None:
    """Nothing that says who did something is missing from the export."""
    pointers = {
        (model, field.name)
        for model in {entry.model for entry in register()}
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }
    assert pointers <= {(entry.model, entry.name) for entry in register()}
