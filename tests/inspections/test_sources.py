"""What dissemination tells inspections: real counts, real sessions, only those of the unit and the period."""

from __future__ import annotations

from tests.cast import Cast
from tests.dissemination.factories import make_session
from tests.inspections.story import november, on, sent_directive
from thongsuot.core import clock
from thongsuot.dissemination.services import hold_session, mark_attendance
from thongsuot.inspections.sources import DisseminationFacts, SessionFact, dissemination_of
from thongsuot.organizations.queries import members_of


def test_counts_and_sessions_are_those_of_the_unit_and_the_period(cast: Cast) -> None:
    with clock.at(on(2)):
        document = sent_directive(cast, disseminate_by=november(30))
        session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], november(14))
        make_session(cast.ward_leader, cast.ward, [cast.cell], [document], november(25))
        elsewhere = make_session(
            cast.other_ward_leader, cast.other_ward, [cast.other_cell], [document], november(14)
        )
    members = {person.pk for person in members_of([cast.cell], november(14))}
    with clock.at(on(14)):
        for one, cell, by in (
            (session, cast.cell, cast.ward_leader),
            (elsewhere, cast.other_cell, cast.other_ward_leader),
        ):
            people = {person.pk for person in members_of([cell], november(14))}
            hold_session(by=by, session=one)
            mark_attendance(by=by, session=one, unit=cell, present=people, excused=set())
    told = dissemination_of(document, cast.ward, november(1), november(20))
    assert told == DisseminationFacts(
        required=10,
        reached=len(members),
        in_time=len(members),
        cells=2,
        met=1,
        sessions=(SessionFact(november(14), session.title, 1),),
    )
    assert dissemination_of(document, cast.ward, november(15), november(20)).sessions == ()


def test_a_document_nobody_must_hear_of_is_all_zeros(cast: Cast) -> None:
    document = sent_directive(cast)
    assert dissemination_of(document, cast.ward, november(1), november(30)) == DisseminationFacts()
