"""One person's check, and what may be said of many people's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet

from thongsuot.accounts.roles import Permission
from thongsuot.dissemination.answers.chance import draw, is_understood
from thongsuot.dissemination.answers.suppression import FEWEST_PEOPLE, tellable
from thongsuot.dissemination.models import (
    CheckAnswer,
    CheckQuestion,
    CheckTaken,
    QuestionTotal,
    ResponseTotal,
)
from thongsuot.dissemination.permissions import can_require
from thongsuot.dissemination.queries.changes import text_of_substance
from thongsuot.dissemination.queries.own import asked_receipt
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class CheckStep:
    """A question of this try; ``right`` is None while it is open."""

    question: CheckQuestion
    right: bool | None


@dataclass(frozen=True)
class Check:
    """A person's check of one document as it stands. Without steps there are too few questions."""

    steps: list[CheckStep]
    has_finished: bool
    has_understood: bool

    @property
    def current(self) -> CheckStep | None:
        return next((step for step in self.steps if step.right is None), None)

    @property
    def right(self) -> int:
        return sum(step.right is True for step in self.steps)

    @property
    def answered(self) -> int:
        return sum(step.right is not None for step in self.steps)

    @property
    def is_over(self) -> bool:
        return bool(self.steps) and self.current is None

    @property
    def is_enough(self) -> bool:
        return is_understood(self.right, len(self.steps), settings.CHECK_SHARE)

    @property
    def to_read_again(self) -> list[CheckStep]:
        """Where the text explains what was not right this time."""
        return [step for step in self.steps if step.right is False]

    def place_of(self, key: int) -> int:
        """The number of a question in the check, from 1; 0 when it is none of it."""
        return next((n for n, step in enumerate(self.steps, 1) if step.question.pk == key), 0)


def own_check(user: User, document: Document) -> Check | None:
    """The check of whoever is asked to hear of the document; None for everybody else."""
    receipt = asked_receipt(user, document)
    if receipt is None:
        return None
    key = {"unit": receipt.unit_id, "document": receipt.document_id, "person": receipt.person_id}
    taken = CheckTaken._default_manager.filter(**key).first()
    bank = {question.pk: question for question in CheckQuestion.objects.asked_of(receipt)}
    attempt = taken.attempt if taken else 1
    drawn = taken.drawn if taken and taken.version >= receipt.version else []
    drawn = drawn or draw(bank, receipt.person_id, attempt)
    answers = CheckAnswer._default_manager.filter(
        unit=receipt.unit_id, person=receipt.person_id, question__in=drawn, attempt=attempt
    )
    given = dict(answers.values_list("question_id", "right"))
    steps = [CheckStep(bank[key], given.get(key)) for key in drawn if key in bank]
    return Check(
        steps,
        has_finished=bool(taken and taken.finished_at),
        has_understood=bool(taken and taken.understood_at),
    )


@dataclass(frozen=True)
class Understanding:
    """What a page may say of a unit: nothing (``is_told``) where it would tell of fewer than five people."""

    unit: Unit
    checked: int = 0
    understood: int = 0
    is_told: bool = False
    as_of: dt.datetime | None = None


def understanding_in(document: Document, unit: Unit) -> tuple[Understanding, list[Understanding]]:
    """The figures of a unit and of those directly below it in which somebody has taken the check, in one query.

    Who may look further up could take one from the other: what is told of a unit depends on its sisters and on all
    units above, whoever asks.
    """
    chain = ancestor_paths(unit.path)
    beside = Q(unit__parent__path__in=chain) | Q(unit__path__in=chain)
    rows = ResponseTotal._default_manager.filter(beside, document=document, checked__gt=0)
    totals = list(rows.select_related("unit").order_by("unit__sort_key", "unit_id"))
    told = _told(chain, {total.unit.path: total.shown_checked for total in totals})
    below = [total for total in totals if _above(total.unit.path) == unit.path]
    children = [_understanding(total, total.unit.path in told) for total in below]
    own = next((total for total in totals if total.unit.path == unit.path), None)
    return (_understanding(own, unit.path in told) if own else Understanding(unit)), children


def _above(path: str) -> str:
    return (ancestor_paths(path)[-2:-1] or [""])[0]


def _told(chain: Sequence[str], people: Mapping[str, int]) -> set[str]:
    """The paths of which something may be told, from the top down to the children of the last of the chain.

    ``people`` by path: the units of the chain, and all that hang directly below one of them.
    """
    below: dict[str, dict[str, int]] = {}
    for path, number in people.items():
        below.setdefault(_above(path), {})[path] = number
    told: set[str] = set()
    for path in sorted(chain, key=len):
        whole = people.get(path)
        if whole is None:
            break
        if not _above(path) and whole >= FEWEST_PEOPLE:
            told.add(path)
        if path not in told:
            break
        told |= tellable(below.get(path, {}), whole)
    return told


def _understanding(total: ResponseTotal, is_told: bool) -> Understanding:
    if not is_told:
        return Understanding(total.unit)
    return Understanding(total.unit, total.shown_checked, total.shown_understood, True, total.as_of)


@dataclass(frozen=True)
class QuestionRow:
    """A question of the bank, and what may be said of how people answered it at their first try."""

    question: CheckQuestion
    may_correct: bool
    is_stale: bool
    answered: int = 0
    right: int = 0
    is_told: bool = False

    @property
    def needs_explaining(self) -> bool:
        """More get it wrong than the setting allows: the paragraph has to be explained."""
        wrong = self.answered - self.right
        return self.is_told and wrong >= self.answered * settings.CHECK_WRONG_SHARE


def questions_with_figures(
    user: Viewer, document: Document, unit: Unit, whole: Understanding
) -> list[QuestionRow]:
    """The bank as a unit sees it, those many get wrong first."""
    number = text_of_substance(document)
    figures = {total.question_id: total for total in _told_of_questions(document, unit, whole)}
    rows = [
        QuestionRow(
            question,
            can_require(user, question.unit),
            question.version < number,
            answered=figures[question.pk].shown_answered if question.pk in figures else 0,
            right=figures[question.pk].shown_correct if question.pk in figures else 0,
            is_told=question.pk in figures,
        )
        for question in bank_of(user, document, unit)
    ]
    return sorted(rows, key=lambda row: not row.needs_explaining)


def _told_of_questions(document: Document, unit: Unit, whole: Understanding) -> list[QuestionTotal]:
    """Of a unit of which anything is told, those of which its sisters and the units above let something be told.

    Each question by itself: not everybody who takes a check is asked it.
    """
    if not whole.is_told:
        return []
    chain = ancestor_paths(unit.path)
    beside = Q(unit__parent__path__in=chain[:-1]) | Q(unit__path__in=chain)
    rows = QuestionTotal._default_manager.filter(beside, document=document, answered__gt=0)
    people: dict[int, dict[str, int]] = {}
    for question, path, answered in rows.values_list("question_id", "unit__path", "shown_answered"):
        people.setdefault(question, {})[path] = answered
    told = [question for question, numbers in people.items() if unit.path in _told(chain, numbers)]
    return list(QuestionTotal._default_manager.filter(unit=unit, document=document, question__in=told))


def bank_of(user: Viewer, document: Document, unit: Unit) -> QuerySet[CheckQuestion]:
    """The questions asked in a unit: its own, those of units above, and those of units below that one answers for."""
    theirs = reach(user, Permission.DOCUMENT_SEND) | reach(user, Permission.SESSION_CALL)
    asked = Q(unit__path__in=ancestor_paths(unit.path)) | theirs
    return (
        CheckQuestion.objects.standing()
        .filter(asked, document=document)
        .select_related("unit")
        .order_by("paragraph", "pk")
    )
