"""Who may open the pages about units and people. The unit of the table is the ward."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.organizations import accounts_by_role, imports_by_role, reorganization_by_role, rights_by_role
from tests.permissions import Row
from thongsuot.organizations.models import Position, Unit
from thongsuot.organizations.services import enter_evaluation, found_units, merge_people


def ward(cast: Cast) -> list[Any]:
    return [cast.ward.pk]


# Everybody has a role in some unit, so everybody sees that unit; the ward is seen by its own people and the city's.
CITY = dict.fromkeys(("city_clerk", "city_leader", "city_inspector", "administrator"), 200)
WARD = CITY | dict.fromkeys(("ward_clerk", "ward_leader", "ward_officer"), 200)
HIDDEN = {"*": 404}

ONLY_ADMINISTRATOR = HIDDEN | dict.fromkeys(WARD, 403) | {"administrator": 200}
# A member of a cell of the ward: known by name to who keeps the list, looks after people, and to oneself.
KNOWN = HIDDEN | dict.fromkeys(("city_leader", "administrator", "ward_leader", "cell_head", "member"), 200)
KEPT = HIDDEN | dict.fromkeys(KNOWN, 403) | {"*": 404, "administrator": 200}


def member(cast: Cast) -> list[Any]:
    return [cast.person(cast.member).pk]


def post(cast: Cast) -> list[Any]:
    person = cast.person(cast.member)
    since = cast.cell.valid_from
    return [
        person.pk,
        Position.objects.create(unit=cast.cell, person=person, title="Ủy viên", valid_from=since).pk,
    ]


def affiliation(cast: Cast) -> list[Any]:
    person = cast.person(cast.member)
    name = "Chi hội Phụ nữ"
    branch = Unit(parent=cast.ward, kind="mass_organisation", name=name, short_name=name)
    branch.valid_from = cast.cell.valid_from
    found_units([branch])
    return [person.pk, branch.affiliations.create(person=person, valid_from=branch.valid_from).pk]


def evaluation(cast: Cast) -> list[Any]:
    person = cast.person(cast.member)
    made = enter_evaluation(
        by=cast.ward_leader,
        person=person,
        year=2025,
        grade="good",
        note="",
        decided_on=cast.cell.valid_from,
        decided_by="1-QĐ/ĐU",
    )
    return [person.pk, made.pk]


def twins(cast: Cast) -> list[Any]:
    return [cast.person(cast.member).pk, cast.person(cast.second_member).pk]


def merged(cast: Cast) -> list[Any]:
    kept, other = cast.person(cast.member), cast.person(cast.second_member)
    cast.second_member.is_active = False
    cast.second_member.save()
    merge = merge_people(by=cast.administrator, kept=kept, duplicate=other)
    cast.second_member.is_active = True
    cast.second_member.save()
    return [kept.pk, merge.pk]


# The record of the member: to oneself and to who answers for the cell; kept by the committee above.
RECORD = KNOWN | {"administrator": 403}
RECORD_KEPT = RECORD | {"cell_head": 403, "member": 403}

ROWS = [
    *accounts_by_role.ROWS,
    *imports_by_role.ROWS,
    *rights_by_role.ROWS,
    *reorganization_by_role.ROWS,
    Row("organizations:tree", {"*": 200}),
    Row("organizations:compare", {"*": 200}),
    Row("organizations:print", {"*": 200}),
    Row("organizations:export", {"*": 200}),
    Row("organizations:branch", HIDDEN | WARD, args=ward),
    Row("organizations:unit", HIDDEN | WARD, args=ward),
    Row(
        "organizations:edit_unit",
        HIDDEN | dict.fromkeys(WARD, 403) | dict.fromkeys(("city_clerk", "ward_clerk", "administrator"), 200),
        args=ward,
    ),
    Row(
        "organizations:move_unit",
        HIDDEN | dict.fromkeys(WARD, 403) | dict.fromkeys(("city_clerk", "ward_clerk", "administrator"), 200),
        args=ward,
    ),
    Row("organizations:people", HIDDEN | WARD, args=ward),
    Row("organizations:add_person", ONLY_ADMINISTRATOR, args=ward),
    Row("organizations:alike", ONLY_ADMINISTRATOR, args=ward),
    Row("people:person", KNOWN, args=member),
    Row("people:edit", KEPT, args=member),
    Row("people:give_post", KEPT, args=member),
    # With a post in the cell, everybody who looks into the cell may see it.
    Row(
        "people:end_post",
        KEPT | dict.fromkeys(("city_clerk", "city_inspector", "ward_clerk", "second_member"), 403),
        args=post,
    ),
    Row("people:move", KEPT, args=member),
    Row("people:join", KEPT, args=member),
    Row("people:leave", KEPT, args=affiliation),
    Row("people:party_record", RECORD, args=member),
    Row("people:edit_party_record", RECORD_KEPT, args=member),
    Row("people:evaluate", RECORD_KEPT, args=member),
    Row("people:correct_evaluation", RECORD_KEPT, args=evaluation),
    Row("people:merge", KEPT | {"member": 404}, args=twins),
    Row("people:undo_merge", KEPT | {"administrator": 302}, args=merged, method="post"),
]
