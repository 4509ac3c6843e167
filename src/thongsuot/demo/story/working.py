"""Units and members report on their tasks; those who gave them accept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.demo.papers import Paper, Work
from thongsuot.demo.story.model import Story
from thongsuot.documents.models import Document, Provision
from thongsuot.organizations.models import Membership
from thongsuot.tasks import services as tasks
from thongsuot.tasks.models import Task
from thongsuot.tasks.states import OPEN

DOER_OF_BOARD = {
    "kinhte": "phongkinhte",
    "vanphong": "chuyenvien",
    "tuyengiao": "tuyengiao",
    "mattran": "mattran",
    "kiemtra": "kiemtra",
}


def report_work(story: Story, paper: Paper, document: Document) -> None:
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


def share_work(story: Story) -> None:
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
