"""What happened in the demonstration place: three terms in miniature, told through the services themselves.

Nothing is written past the rules: every paper is registered, sent, received, planned, met and reported by the
people whose part it is, on the day it is said to have happened.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from thongsuot.accounts.models import User
from thongsuot.core import clock, jobs
from thongsuot.core.text import fold
from thongsuot.demo.inspecting import inspect
from thongsuot.demo.papers import CURRENT, EARLIER, FROM_ABOVE, Paper, Work
from thongsuot.demo.place import Place
from thongsuot.demo.writing import file_of, text_of
from thongsuot.dissemination import services as dissemination
from thongsuot.dissemination.models import Attendance, AttendanceState, Form, Receipt, Session
from thongsuot.documents import services as documents
from thongsuot.documents.kinds import Direction, Kind, Regime
from thongsuot.documents.models import Delivery, Document, Provision
from thongsuot.documents.models.register import Relation
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData
from thongsuot.documents.services.numbering import next_symbol
from thongsuot.organizations.models import Membership, Person, Unit
from thongsuot.tasks import services as tasks
from thongsuot.tasks.models import Task
from thongsuot.tasks.states import OPEN


@dataclass
class Story:
    """Who tells, of which place, counted from which day; chance is seeded, so a place tells the same story."""

    place: Place
    today: dt.date
    chance: random.Random = field(default_factory=lambda: random.Random(1912))  # noqa: S311  # a story, not a secret
    told: dict[str, Document] = field(default_factory=dict)

    def day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def user(self, part: str, unit: Unit | None = None) -> User:
        """An account of the place: "bithu" of the city, or of a ward or commune."""
        return self.place.users[f"{part}.{slug_of(unit)}" if unit else part]


def slug_of(unit: Unit) -> str:
    return fold(unit.short_name).replace(" ", "")


@transaction.atomic
def tell_story(place: Place, *, papers: Sequence[Paper] = (*EARLIER, *CURRENT)) -> Story:
    """Tell everything up to today. Totals are folded once, at the end."""
    story = Story(place, clock.today())
    with jobs.held():
        for paper in papers:
            _tell(story, paper)
        _receive_from_above(story)
        _share_work(story)
        inspect(story)
    return story


def _tell(story: Story, paper: Paper) -> None:
    issued = story.day(paper.issued)
    communes = story.place.communes[: paper.communes] if paper.communes < 14 else story.place.communes
    document = _issue(story, paper, issued, communes)
    story.told[paper.subject] = document
    received = communes[: round(paper.received * len(communes))]
    planned = received[: round(paper.planned * len(communes))] if paper.plan_in else received
    deliveries = {
        row.unit_id: row
        for row in Delivery.objects.filter(document=document).select_related("unit", "document")
    }
    for number, commune in enumerate(received):
        with clock.at(clock.moment(issued + dt.timedelta(days=number % 2), 9, 5 + number % 50)):
            documents.receive_delivery(by=story.user("vanthu", commune), delivery=deliveries[commune.pk])
    for number, commune in enumerate(planned):
        if paper.plan_in:
            _plan(story, paper, document, commune, issued + dt.timedelta(days=5 + number % 5))
    for number, commune in enumerate(planned):
        _disseminate(story, paper, document, commune, issued, number)
    _work(story, paper, document)


def _issue(story: Story, paper: Paper, issued: dt.date, communes: Sequence[Unit]) -> Document:
    city, clerk = story.place.city, story.user("vanthu")
    with clock.at(clock.moment(issued, 8)):
        symbol = next_symbol(city, paper.kind, Regime.PARTY, issued)
        text = text_of(paper, symbol, issued, story.today)
        document = documents.register_document(
            by=clerk,
            unit=city,
            direction=Direction.OUTGOING,
            fields=DocumentFields(
                kind=paper.kind,
                regime=Regime.PARTY,
                issuing_body="Ban Thường vụ Thành ủy Vàm Cỏ",
                issuing_body_parent="Thành ủy Vàm Cỏ",
                place="Vàm Cỏ",
                issued_on=issued,
                subject=paper.subject,
                signer_title="Bí thư",
                sign_authority="T/M BAN THƯỜNG VỤ",
                recipients=["Đảng ủy các phường, xã", "Lưu Văn phòng Thành ủy"],
                is_illustration=True,
                summary="\n".join(paper.summary),
            ),
            file=file_of(paper, symbol, issued, story.today, by=clerk),
            text=text,
            provisions=[*_tasks_of(story, paper, text), *_targets_of(paper, text)],
            relations=_basis_of(story, paper),
        )
        documents.dispatch_document(
            by=clerk,
            unit=city,
            document=document,
            units=communes,
            receive_by=issued + dt.timedelta(days=paper.receive_in),
            plan_by=issued + dt.timedelta(days=paper.plan_in) if paper.plan_in else None,
            disseminate_by=issued + dt.timedelta(days=paper.reach_in),
        )
    return document


def _tasks_of(story: Story, paper: Paper, text: str) -> list[ProvisionData]:
    made = []
    for number, work in enumerate(paper.works, start=1):
        start = text.index(work.text)
        made.append(
            ProvisionData(
                kind="task",
                text=work.text,
                section=str(number),
                lead_text=work.lead_text,
                for_recipients=not work.lead,
                lead_units=(story.place.boards[work.lead].pk,) if work.lead else (),
                deadline_text=work.deadline_text,
                due=story.day(work.due),
                product=work.product,
                span=(start, start + len(work.text)),
            )
        )
    return made


def _targets_of(paper: Paper, text: str) -> list[ProvisionData]:
    return [
        ProvisionData(
            kind="target",
            text=goal.text,
            comparator=goal.comparator,
            value=goal.value,
            measure_unit=goal.unit,
            period=goal.period,
            span=(text.index(goal.text), text.index(goal.text) + len(goal.text)),
        )
        for goal in paper.goals
    ]


def _basis_of(story: Story, paper: Paper) -> list[RelationData]:
    basis = next(
        (known for known in story.told.values() if paper.basis and known.subject in paper.basis), None
    )
    if basis is None:
        return []
    return [
        RelationData(relation=Relation.BASED_ON, symbol=basis.symbol, target_id=basis.pk, title=basis.subject)
    ]


def _plan(story: Story, paper: Paper, document: Document, commune: Unit, day: dt.date) -> None:
    """The ward's own plan, which implements the paper."""
    with clock.at(clock.moment(day, 15, 10)):
        documents.register_document(
            by=story.user("vanthu", commune),
            unit=commune,
            direction=Direction.OUTGOING,
            fields=DocumentFields(
                kind=Kind.KE_HOACH,
                regime=Regime.PARTY,
                issuing_body=commune.name,
                issuing_body_parent="Thành ủy Vàm Cỏ",
                place=commune.place,
                issued_on=day,
                subject=f"thực hiện {document.symbol} {paper.subject}",
                signer_title="Bí thư",
                sign_authority="T/M ĐẢNG ỦY",
                is_illustration=True,
            ),
            text=f"VĂN BẢN MINH HỌA\n\nKẾ HOẠCH\nthực hiện {document.symbol} {paper.subject}",
            relations=[
                RelationData(relation=Relation.IMPLEMENTS, symbol=document.symbol, target_id=document.pk)
            ],
        )


def _disseminate(
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
    with clock.at(clock.moment(day, 20, 30)):
        _take_attendance(story, paper, session, leader)


def _take_attendance(story: Story, paper: Paper, session: Session, leader: User) -> None:
    expected: dict[int, list[int]] = {}
    rows = Attendance.objects.filter(session=session, state=AttendanceState.EXPECTED).order_by("person_id")
    for unit_id, person_id in rows.values_list("unit_id", "person_id"):
        expected.setdefault(unit_id, []).append(person_id)
    for unit in Unit.objects.filter(pk__in=expected):
        people = expected[unit.pk]
        present = {person for person in people if story.chance.random() < paper.attendance}
        dissemination.mark_attendance(by=leader, session=session, unit=unit, present=present, excused=set())


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


def _work(story: Story, paper: Paper, document: Document) -> None:
    """Units report on their tasks; the city accepts what is done."""
    works = {work.text: work for work in paper.works}
    provisions = dict(Provision.objects.filter(document=document).values_list("pk", "text"))
    for task in (
        Task.objects.filter(document=document, parent=None)
        .select_related("unit", "giver")
        .order_by("unit__path", "pk")
    ):
        work = works[provisions[task.provision_id or 0]]
        if story.chance.random() < work.done:
            _finish(story, work, task)
        elif story.chance.random() < 0.6:
            _begin(story, task)


def _finish(story: Story, work: Work, task: Task) -> None:
    due = task.due or story.today
    late = story.chance.random() < work.late
    ready = due + dt.timedelta(days=story.chance.randint(3, 15) if late else -story.chance.randint(1, 6))
    created = clock.day_of(task.created_at)
    ready = max(min(ready, story.today - dt.timedelta(days=1)), created + dt.timedelta(days=1))
    with clock.at(clock.moment(ready, 16)):
        tasks.report_progress(
            by=_doer(story, task), task=task, note="Đã thực hiện xong, có báo cáo kèm theo.", hand_in=True
        )
    with clock.at(clock.moment(min(ready + dt.timedelta(days=2), story.today), 9)):
        tasks.accept_task(by=story.user("bithu"), task=Task.objects.get(pk=task.pk))


def _begin(story: Story, task: Task) -> None:
    day = max(story.today - dt.timedelta(days=story.chance.randint(1, 6)), clock.day_of(task.created_at))
    with clock.at(clock.moment(day, 14)):
        tasks.report_progress(by=_doer(story, task), task=task, note="Đang triển khai.", figure=None)


def _doer(story: Story, task: Task) -> User:
    boards = {unit.pk: key for key, unit in story.place.boards.items()}
    if task.unit_id in boards:
        return story.place.users[DOER_OF_BOARD[boards[task.unit_id]]]
    return story.user("chuyenvien", task.unit)


def _receive_from_above(story: Story) -> None:
    """Papers of the province in the city's book of incoming documents."""
    for letter in FROM_ABOVE:
        issued = story.day(letter.issued)
        with clock.at(clock.moment(issued + dt.timedelta(days=2), 8, 20)):
            documents.register_document(
                by=story.user("vanthu"),
                unit=story.place.city,
                direction=Direction.INCOMING,
                fields=DocumentFields(
                    kind=letter.kind,
                    regime=Regime.PARTY,
                    symbol=letter.symbol,
                    issuing_body=letter.body,
                    place="Sông Sậy",
                    issued_on=issued,
                    subject=letter.subject,
                    signer_title="Phó Bí thư Thường trực",
                    is_illustration=True,
                ),
                text=f"VĂN BẢN MINH HỌA\n\n{letter.body}\nSố {letter.symbol}\n{letter.subject}",
            )


def _share_work(story: Story) -> None:
    """In two wards the newest paper's work has gone on to cells and members, who have begun to report."""
    document = list(story.told.values())[-1]
    for commune in story.place.communes[0], story.place.communes[min(9, len(story.place.communes) - 1)]:
        task = (
            Task.objects.filter(document=document, unit=commune, parent=None, state__in=OPEN)
            .order_by("pk")
            .last()
        )
        if task is None:
            continue
        leader = story.user("bithu", commune)
        members = Membership.objects.filter(
            unit__in=story.place.cells_of(commune), person__user__isnull=False
        )
        shares = [
            tasks.Share(
                unit=member.unit,
                assignee=member.person,
                text=f"dọn đoạn kênh được nhận, {member.unit.short_name.lower()}",
                due=story.day(offset),
                measure_name="chiều dài đã dọn",
                measure_unit="m",
                measure_goal=Decimal(60),
            )
            for offset, member in zip(
                (-2, 3, 6, 10) * 9, members.select_related("unit", "person").order_by("pk"), strict=False
            )
        ]
        with clock.at(clock.moment(story.day(-9), 9)):
            parts = tasks.assign_task(by=leader, task=task, shares=shares)
        for part in parts[::2]:
            if part.assignee and part.assignee.user:
                with clock.at(clock.moment(story.day(-4), 18)):
                    tasks.report_progress(
                        by=part.assignee.user,
                        task=part,
                        note="Đã dọn được một đoạn.",
                        figure=Decimal(story.chance.randint(10, 45)),
                    )


DOER_OF_BOARD = {
    "kinhte": "phongkinhte",
    "vanphong": "chuyenvien",
    "tuyengiao": "tuyengiao",
    "mattran": "mattran",
    "kiemtra": "kiemtra",
}
