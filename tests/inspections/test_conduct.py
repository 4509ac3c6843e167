"""Opening an inspection, noting findings and requirements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.documents.papers import directive, send
from tests.inspections.story import in_days, noted, on, opened, required, sent_directive
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.inspections import permissions, queries, services
from thongsuot.inspections.models import Inspection
from thongsuot.organizations.models import RoleGrant


def refusal(act: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.code


def test_an_inspection_begins_in_preparation_with_documents_team_and_title(cast: Cast) -> None:
    document = sent_directive(cast)
    made = opened(cast, document, team=[cast.person(cast.city_officer)])
    assert made.state == "preparing"
    assert [row.document for row in made.subjects.all()] == [document]
    assert {(row.person, row.is_head) for row in made.team.all()} == {
        (cast.person(cast.city_inspector), True),
        (cast.person(cast.city_officer), False),
    }
    assert made.title == f"Kiểm tra Đảng ủy phường Cầu Ván về việc thực hiện Chỉ thị số {document.symbol}"
    assert Inspection.objects.search("cau van").get() == made
    assert Act.objects.filter(verb="inspection.opened", by=cast.city_inspector).exists()


@pytest.mark.parametrize("part", ["city_leader", "ward_leader", "city_clerk"])
def test_only_an_inspector_opens(cast: Cast, part: str) -> None:
    document = sent_directive(cast)
    with pytest.raises(PermissionDenied):
        opened(cast, document, by=cast.everybody[part])


def test_only_units_below_and_documents_they_were_sent(cast: Cast) -> None:
    document = sent_directive(cast)
    kept = directive(cast, subject="Chưa gửi")
    assert refusal(opened, cast=cast, document=document, inspected=cast.city) == "unit"
    assert refusal(opened, cast=cast, document=document, inspected=cast.cell) == "unit"
    assert refusal(opened, cast=cast, document=kept) == "documents"
    assert refusal(opened, cast=cast, documents=[]) == "documents"
    assert not Inspection.objects.exists()


def test_a_document_sent_to_another_ward_is_not_offered(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.other_ward])
    assert not queries.documents_to_inspect(cast.city_inspector, cast.ward).exists()
    assert queries.documents_to_inspect(cast.city_inspector, cast.other_ward).get() == document


def test_five_years_back_and_no_day_that_has_passed(cast: Cast) -> None:
    document = sent_directive(cast)
    assert refusal(opened, cast=cast, document=document, period_from=in_days(-365 * 5 - 10)) == "period"
    assert refusal(opened, cast=cast, document=document, report_due=in_days(-1)) == "report_due"


def test_five_years_back_from_a_leap_day(cast: Cast) -> None:
    with clock.at(clock.moment(dt.date(2028, 2, 29))):
        assert opened(cast, period_from=dt.date(2023, 3, 1), period_to=dt.date(2028, 1, 1)).pk


def test_nobody_of_the_inspected_unit_is_in_the_team(cast: Cast) -> None:
    assert refusal(opened, cast=cast, team=[cast.person(cast.ward_officer)]) == "team"
    assert refusal(opened, cast=cast, team=[cast.person(cast.member)]) == "team"


def test_the_first_finding_begins_the_second_step(cast: Cast) -> None:
    made = opened(cast)
    noted(cast, made, "strength")
    assert Inspection.objects.get().state == "conducting"


def test_a_cause_belongs_to_a_shortcoming_of_this_inspection(cast: Cast) -> None:
    made = opened(cast)
    strength, shortcoming = noted(cast, made, "strength"), noted(cast, made)
    other = opened(cast, made.subjects.get().document)
    for about in (None, strength, noted(cast, other)):
        assert refusal(noted, cast=cast, inspection=made, kind="cause", about=about) == "cause"
    assert noted(cast, made, "cause", about=shortcoming).about == shortcoming


def test_a_finding_is_taken_back_with_its_causes_and_never_deleted(cast: Cast) -> None:
    made = opened(cast)
    shortcoming = noted(cast, made)
    noted(cast, made, "cause", about=shortcoming)
    services.withdraw_finding(by=cast.city_inspector, finding=shortcoming)
    found = queries.findings_of(made)
    assert not found.any
    assert len(found.withdrawn) == 2
    assert made.findings.count() == 2
    assert refusal(required, cast=cast, inspection=made, finding=shortcoming) == "finding"


def test_a_shortcoming_with_a_requirement_stays_until_that_is_taken_back(cast: Cast) -> None:
    made = opened(cast)
    requirement = required(cast, made)
    finding = requirement.finding
    assert refusal(services.withdraw_finding, by=cast.city_inspector, finding=finding) == "requirement"
    services.withdraw_requirement(by=cast.city_inspector, requirement=requirement)
    services.withdraw_finding(by=cast.city_inspector, finding=finding)
    assert not queries.active_requirements(made).exists()


def test_a_requirement_answers_a_shortcoming_and_has_a_day_to_come(cast: Cast) -> None:
    made = opened(cast)
    strength = noted(cast, made, "strength")
    assert refusal(required, cast=cast, inspection=made, finding=strength) == "finding"
    assert refusal(required, cast=cast, inspection=made, due=in_days(-1)) == "due"
    assert required(cast, made, due=in_days(0)).task is None


@pytest.mark.parametrize("part", ["ward_leader", "city_leader", "other_ward_leader"])
def test_nobody_but_the_inspector_notes_or_requires(cast: Cast, part: str) -> None:
    made = opened(cast)
    requirement = required(cast, made)
    other = cast.everybody[part]
    for act, arguments in (
        (services.note_finding, {"inspection": made, "kind": "strength", "text": "x"}),
        (services.withdraw_finding, {"finding": requirement.finding}),
        (
            services.add_requirement,
            {"inspection": made, "finding": requirement.finding, "text": "x", "due": in_days(3)},
        ),
        (services.withdraw_requirement, {"requirement": requirement}),
        (services.conclude, {"inspection": made}),
    ):
        with pytest.raises(PermissionDenied):
            act(by=other, **arguments)


def test_an_inspector_with_a_role_in_the_inspected_unit_does_not_judge_it(cast: Cast) -> None:
    made = opened(cast)
    assert permissions.can_conduct(cast.city_inspector, made)
    RoleGrant.objects.create(
        user=cast.city_inspector, unit=cast.cell, role_id="member", valid_from=dt.date(2020, 1, 1)
    )
    again = type(cast.city_inspector).objects.get(pk=cast.city_inspector.pk)
    assert not permissions.can_conduct(again, made)


def test_what_each_part_may(cast: Cast) -> None:
    made = opened(cast)
    may = {
        name: (
            permissions.can_read_inspections(user),
            permissions.can_conduct(user, made),
            permissions.can_answer(user, made),
            permissions.can_draft(user, made),
            permissions.can_see_findings(user, made),
        )
        for name, user in cast.everybody.items()
    }
    nothing = (False, False, False, False, False)
    assert may["city_inspector"] == (True, True, False, True, True)
    assert may["city_leader"] == may["city_clerk"] == (True, False, False, False, True)
    assert may["ward_leader"] == may["ward_officer"] == (True, False, True, True, False)
    assert may["ward_clerk"] == (True, False, False, False, False)
    assert may["other_ward_leader"] == (True, False, False, False, False)
    assert may["member"] == may["cell_head"] == may["administrator"] == nothing


def test_the_timeline_hides_the_work_on_findings_from_the_inspected_side(cast: Cast) -> None:
    with clock.at(on(16)):
        made = opened(cast)
        required(cast, made)
    seen = [entry.verb for entry in queries.timeline(cast.city_leader, made)]
    assert seen == ["inspection.opened", "finding.noted", "requirement.added"]
    assert [entry.verb for entry in queries.timeline(cast.ward_leader, made)] == ["inspection.opened"]
