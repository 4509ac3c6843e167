"""A cell of thirty is split in two: who goes where, by ticks, by letters and by a list, carried out and undone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.reorganizing import carried_out, draft, in_days, on, rows_of_units
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.models import Reading
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Membership, Person, ReorganizationStep, Unit
from thongsuot.organizations.reorganization import PartData, StepData, add_step, check, undo
from thongsuot.organizations.reorganization.lines import lines_of
from thongsuot.organizations.reorganization.members import initial_of, send_members
from thongsuot.organizations.services import enrol_people

NAMES = ("An", "Ánh", "Bình", "Cường", "Dũng", "Đào", "Đức", "Hà", "Lan", "Yến")


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Nguyễn Thị Ánh", "A"), ("Trần Ân", "Â"), ("Lê Đức", "Đ"), ("Phạm Ước", "Ư"), (" ", "?")],
)
def test_a_person_stands_under_the_letter_of_the_given_name(name: str, letter: str) -> None:
    assert initial_of(name) == letter


@pytest.fixture
def split(cast: Cast) -> ReorganizationStep:
    """A new cell takes two thirds, the neighbour the rest; thirty members, the first five with codes."""
    Membership.objects.filter(unit=cast.cell).delete()
    people = enrol_people(
        [(f"Nguyễn Văn {NAMES[number % 10]}", cast.cell) for number in range(30)], since=in_days(-9)
    )
    for number, person in enumerate(people[:5]):
        Person.objects.filter(pk=person.pk).update(code=f"DV{number}")
    by = User.objects.get(pk=cast.administrator.pk)
    founding = StepData(
        "found", target=cast.ward, name="Chi bộ khu phố 1A", short_name="KP 1A", unit_kind="cell"
    )
    made = draft(cast, founding, by=by)
    parts = [
        PartData(made.steps.get(), Decimal("0.6"), is_main=True),
        PartData(cast.second_cell, Decimal("0.4")),
    ]
    data = StepData("split", unit=cast.cell, parts=parts, target=None)
    return add_step(by=by, reorganization=made, data=data)


def page_of(step: ReorganizationStep) -> str:
    return reverse("organizations:reorganization_members", args=[step.pk])


def test_members_are_sent_by_ticks_letters_and_codes(cast: Cast, split: ReorganizationStep) -> None:
    before = rows_of_units()
    client = Client()
    client.force_login(cast.administrator)
    main, other = split.parts.order_by("ordinal")
    page = assert_whole(client.get(page_of(split)))
    assert page.count('name="people"') == 30
    assert Reading.objects.filter(what="people.members", count=30).exists()

    def send(way: str, into: int = other.pk, **said: object) -> int:
        return client.post(page_of(split), {"way": way, "into": into} | said).status_code

    assert send("letters", first="A", last="B") == 302  # An, Ánh, Bình: nine people
    dung = Person.objects.filter(memberships__unit=cast.cell, name="Nguyễn Văn Dũng").order_by("pk")
    assert send("ticked", people=[person.pk for person in dung[:2]]) == 302
    assert split.members.count() == 11
    assert send("codes", codes="DV0\tNguyễn Văn An\nDV9", into=main.pk) == 422, "a list has to be right"
    assert send("ticked") == 422
    assert split.members.count() == 11
    assert send("codes", codes="DV0\tNguyễn Văn An\n\nDV1;", into=main.pk) == 302
    assert split.members.count() == 9
    reorganization = split.reorganization
    looked = check(reorganization)
    line = lines_of(reorganization, looked.steps)[1]
    assert any("21" in rule and "9" in rule and "KP 1A" not in rule for rule in line.rules), line.rules
    assert page_of(split) in assert_whole(client.get(reorganization.get_absolute_url()))

    done = carried_out(reorganization)
    assert done.state == "done", done.failure
    new = Unit.objects.get(name="Chi bộ khu phố 1A")
    joined = Membership.objects.filter(valid_from=done.effective_on)
    assert joined.filter(unit=new).count() == 21
    assert joined.filter(unit=cast.second_cell).count() == 9
    assert client.get(page_of(split)).status_code == 404
    with on(in_days(2)):
        undo(by=cast.administrator, reorganization=done)
    assert rows_of_units() == before


def test_only_members_and_only_by_who_keeps_the_list(cast: Cast, split: ReorganizationStep) -> None:
    other = split.parts.get(is_main=False)
    stranger = Person.objects.filter(memberships__unit=cast.other_cell)[0]
    with pytest.raises(Refused) as refusal:
        send_members(by=cast.administrator, step=split, people=[stranger], into=other)
    assert refusal.value.code == "not_member"
    member = Person.objects.filter(memberships__unit=cast.cell)[0]
    with pytest.raises(PermissionDenied):
        send_members(by=cast.city_clerk, step=split, people=[member], into=other)
    clerk = Client()
    clerk.force_login(cast.city_clerk)
    assert clerk.get(page_of(split)).status_code == 403
    assert not split.members.exists()
