"""Cells meet, attendance is taken, the absent catch up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.demo.papers import Paper
from thongsuot.demo.story.model import Story
from thongsuot.dissemination import services as dissemination
from thongsuot.dissemination.meetings.agenda import lines_of
from thongsuot.dissemination.models import (
    AskedForm,
    Attendance,
    AttendanceState,
    ExemptionKind,
    Form,
    Presenter,
    Receipt,
    Session,
)
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit


def disseminate(
    story: Story, paper: Paper, document: Document, commune: Unit, issued: dt.date, number: int
) -> None:
    """Meetings of the cells: one for each in the newest paper, one for the whole commune in older ones."""
    cells = story.place.cells_of(commune)
    going = cells[: max(round(paper.met * len(cells)), 1)] if number >= 8 else cells
    groups = [[cell] for cell in going] if paper.issued > -30 else [going]
    for index, group in enumerate(groups):
        day = issued + dt.timedelta(days=9 + (number + index * 2) % 10)
        if day < story.today:
            _meet(story, paper, document, commune, group, day)
    if paper.issued > -300:
        _catch_up(story, paper, document, going, issued + dt.timedelta(days=19))
    if paper.issued > -30 and issued + dt.timedelta(days=12) < story.today:
        _count_apart(story, document, commune, cells[0], issued + dt.timedelta(days=12), number)


def _meet(
    story: Story, paper: Paper, document: Document, commune: Unit, cells: list[Unit], day: dt.date
) -> None:
    leader = story.user("bithu", commune)
    with clock.at(clock.moment(day - dt.timedelta(days=3), 10)):
        session = dissemination.call_session(
            by=leader,
            unit=commune,
            cells=cells,
            documents=[document],
            title=f"Quán triệt {document.symbol}",
            form=Form.CELL_MEETING if len(cells) == 1 else Form.CONFERENCE,
            starts_at=clock.moment(day, 19),
            place=f"Nhà văn hóa {cells[0].short_name.removeprefix('Chi bộ ')}"
            if len(cells) == 1
            else "Hội trường Đảng ủy",
            presenter=leader.display_name,
        )
        if session.form == Form.CONFERENCE:
            _prepare(session, leader, commune)
    with clock.at(clock.moment(day, 20, 30)):
        _take_attendance(story, paper, session, leader)


def _prepare(session: Session, leader: User, commune: Unit) -> None:
    """A conference has a presenter of the roster and an agenda."""
    person = Person.objects.get(user=leader)
    presenter = Presenter.objects.filter(unit=commune, person=person).first()
    if presenter is None:
        presenter = dissemination.add_presenter(
            by=leader, unit=commune, person=person, title="Báo cáo viên Đảng ủy", topics="Xây dựng Đảng"
        )
    lines = lines_of(
        "19:00 | Ổn định tổ chức | Văn phòng Đảng ủy\n19:10 | Quán triệt văn bản\n20:00 | Thảo luận"
    )
    speakers = [(presenter, "Nội dung, yêu cầu của văn bản")]
    dissemination.set_programme(by=leader, session=session, speakers=speakers, lines=lines)


def _take_attendance(story: Story, paper: Paper, session: Session, leader: User) -> None:
    expected: dict[int, list[int]] = {}
    rows = Attendance.objects.filter(session=session, state=AttendanceState.EXPECTED).order_by("person_id")
    for unit_id, person_id in rows.values_list("unit_id", "person_id"):
        expected.setdefault(unit_id, []).append(person_id)
    for unit in Unit.objects.filter(pk__in=expected):
        people = expected[unit.pk]
        present = {person for person in people if story.chance.random() < paper.attendance}
        dissemination.mark_attendance(by=leader, session=session, unit=unit, present=present, excused=set())


def _count_apart(
    story: Story, document: Document, commune: Unit, cell: Unit, day: dt.date, number: int
) -> None:
    """A meeting of residents, and a member of the first cell who works far away."""
    with clock.at(clock.moment(day, 21)):
        dissemination.count_residents(
            by=story.user("vanthu", commune),
            document=document,
            unit=commune,
            who="residents",
            channel=AskedForm.NEIGHBOURHOOD,
            day=day,
            number=120 + 15 * (number % 7),
            expected=240,
        )
    absent = Receipt.objects.filter(document=document, unit=cell, reached_at=None, released_at=None)
    away = absent.filter(person__user=None).select_related("person").order_by("person_id").last()
    if away is None:
        return
    head = Person.objects.get(memberships__unit=cell, positions__unit=cell, positions__is_head=True)
    with clock.at(clock.moment(story.today, 7)):
        dissemination.exempt_member(
            by=head.user,  # type: ignore[arg-type]  # heads of cells sign in
            unit=cell,
            person=away.person,
            kind=ExemptionKind.AWAY,
            reason="Đi lao động ở nước ngoài có thời hạn",
            document=document,
        )


def _catch_up(story: Story, paper: Paper, document: Document, cells: Sequence[Unit], day: dt.date) -> None:
    """The absent who have read it since, by the word of the head of their cell."""
    day = min(day, story.today)
    absent = Receipt.objects.filter(document=document, unit__in=cells, reached_at=None).order_by("person_id")
    heads = {user.pk: user for user in story.place.users.values() if user.username.startswith("chibo")}
    head_of: dict[int, User] = {}
    for user_id, unit_id in Person.objects.filter(user__in=heads).values_list(
        "user_id", "memberships__unit_id"
    ):
        head_of[unit_id] = heads[user_id]
    for unit_id, person_id in list(absent.values_list("unit_id", "person_id")):
        if story.chance.random() >= paper.read:
            continue
        with clock.at(clock.moment(day, 18)):
            dissemination.vouch_reading(
                by=head_of[unit_id],
                document=document,
                unit=Unit.objects.get(pk=unit_id),
                person=Person.objects.get(pk=person_id),
                reason="Đọc bản in tại nhà",
            )
