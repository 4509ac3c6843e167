"""A paper is written, registered and sent; a ward answers with its own plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from thongsuot.core import clock
from thongsuot.demo.papers import CURRENT, FROM_ABOVE, Paper
from thongsuot.demo.story.model import Story
from thongsuot.demo.story.writing import file_of, text_of
from thongsuot.documents import services as documents
from thongsuot.documents.kinds import Direction, Kind, Regime
from thongsuot.documents.models import Document
from thongsuot.documents.models.register import Relation
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData
from thongsuot.documents.services.numbering import next_symbol
from thongsuot.organizations.models import Unit


def issue(story: Story, paper: Paper, issued: dt.date, communes: Sequence[Unit]) -> Document:
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


def issue_plan(story: Story, paper: Paper, document: Document, commune: Unit, day: dt.date) -> None:
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


def receive_from_above(story: Story) -> None:
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


def follow_together(story: Story, papers: Sequence[Paper]) -> None:
    """What the city follows as one matter: the papers of the term under way."""
    clerk, found = story.user("vanthu"), [story.told[paper.subject] for paper in papers if paper in CURRENT]
    theme = documents.save_theme(by=clerk, unit=story.place.city, name="Đưa nghị quyết đại hội vào cuộc sống")
    for document in found:
        documents.add_to_theme(by=clerk, theme=theme, document=document)
