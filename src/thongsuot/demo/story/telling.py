"""What happened in the demonstration place: three terms in miniature, told through the services themselves.

Nothing is written past the rules: every paper is registered, sent, received, planned, met and reported by the
people whose part it is, on the day it is said to have happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from thongsuot.core import clock, jobs
from thongsuot.demo.papers import CURRENT, EARLIER, Paper
from thongsuot.demo.place import Place
from thongsuot.demo.story.evaluating import evaluate
from thongsuot.demo.story.gathering import gather
from thongsuot.demo.story.inspecting import inspect
from thongsuot.demo.story.issuing import follow_together, issue, issue_plan, receive_from_above
from thongsuot.demo.story.meeting import disseminate
from thongsuot.demo.story.model import Story
from thongsuot.demo.story.understanding import make_of
from thongsuot.demo.story.working import report_work, share_work
from thongsuot.documents import services as documents
from thongsuot.documents.models import Delivery


@transaction.atomic
def tell_story(place: Place, *, papers: Sequence[Paper] = (*EARLIER, *CURRENT)) -> Story:
    """Tell everything up to today. Totals are folded once, at the end."""
    story = Story(place, clock.today())
    with jobs.held():
        for paper in papers:
            _tell(story, paper)
        receive_from_above(story)
        follow_together(story, papers)
        share_work(story)
        inspect(story)
        evaluate(story)
        make_of(story)
        gather(story)
    return story


def _tell(story: Story, paper: Paper) -> None:
    issued = story.day(paper.issued)
    communes = story.place.communes[: paper.communes] if paper.communes < 14 else story.place.communes
    document = issue(story, paper, issued, communes)
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
            issue_plan(story, paper, document, commune, issued + dt.timedelta(days=5 + number % 5))
    for number, commune in enumerate(planned):
        disseminate(story, paper, document, commune, issued, number)
    report_work(story, paper, document)
