"""The questions of a check: written, corrected while nobody has answered, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import CheckAnswer, CheckQuestion
from thongsuot.dissemination.permissions import can_require
from thongsuot.dissemination.queries.changes import text_of_substance
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
MOST_QUESTIONS = 100


@dataclass(frozen=True)
class QuestionData:
    """What an author writes. ``options`` are pairs of a text and whether it is right."""

    text: str
    options: Sequence[tuple[str, bool]]
    explanation: str
    paragraph: int | None = None


@transaction.atomic
def write_question(*, by: User, document: Document, unit: Unit, data: QuestionData) -> CheckQuestion:
    """Put a question into the bank of a document, for the members of this unit and of those below."""
    require(can_require(by, unit))
    require(Document.objects.visible_to(by).filter(pk=document.pk).exists())
    _refuse_faulty(data)
    standing = CheckQuestion.objects.standing().filter(document=document, unit=unit)
    if standing.count() >= MOST_QUESTIONS:
        raise Refused(_("There are enough questions. Withdraw one before you write another."), "enough")
    question = CheckQuestion(document=document, unit=unit, written_by=by)
    _fill(question, data)
    question.save()
    record("check.question_written", by=by, on=document, unit_id=unit.pk, question=question.pk)
    return question


@transaction.atomic
def correct_question(*, by: User, question: CheckQuestion, data: QuestionData) -> CheckQuestion:
    """Write a question anew as long as nobody has answered it; later, only say that it holds for the text of today."""
    require(can_require(by, question.unit))
    question = _held(question)
    _refuse_faulty(data)
    kept = CheckQuestion(document=question.document)
    _fill(kept, data)
    same = all(getattr(kept, name) == getattr(question, name) for name in ("text", "options"))
    if not same and CheckAnswer._default_manager.filter(question=question).exists():
        raise Refused(_("Somebody has answered this question. Withdraw it and write a new one."), "answered")
    _fill(question, data)
    question.save()
    record(
        "check.question_corrected",
        by=by,
        on=question.document,
        unit_id=question.unit_id,
        question=question.pk,
    )
    return question


@transaction.atomic
def withdraw_question(*, by: User, question: CheckQuestion) -> None:
    """Ask it no more; what was answered stays counted."""
    require(can_require(by, question.unit))
    if CheckQuestion.objects.standing().filter(pk=question.pk).update(withdrawn_at=now()):
        record(
            "check.question_withdrawn",
            by=by,
            on=question.document,
            unit_id=question.unit_id,
            question=question.pk,
        )


def _held(question: CheckQuestion) -> CheckQuestion:
    """The row as it stands, ours until the end; whoever answers it waits."""
    rows = CheckQuestion.objects.standing().select_for_update(of=("self",)).select_related("document", "unit")
    held = rows.filter(pk=question.pk).first()
    if held is None:
        raise Refused(_("This question was withdrawn."), "withdrawn")
    return held


def _fill(question: CheckQuestion, data: QuestionData) -> None:
    question.text = data.text.strip()
    question.options = [{"text": text.strip(), "right": right} for text, right in data.options]
    question.explanation = data.explanation.strip()
    question.paragraph = data.paragraph
    question.version = text_of_substance(question.document)


def _refuse_faulty(data: QuestionData) -> None:
    texts = [text.strip() for text, _right in data.options]
    if not data.text.strip() or not data.explanation.strip():
        raise Refused(_("A question needs its text and an explanation of the answer."), "empty")
    if not FEWEST_OPTIONS <= len(texts) <= MOST_OPTIONS or not all(texts):
        raise Refused(_("Give two to six answers to choose from."), "options")
    if len({text.casefold() for text in texts}) < len(texts):
        raise Refused(_("Two of the answers are the same."), "options")
    if not any(right for _text, right in data.options):
        raise Refused(_("Tick at least one answer that is right."), "no_right_one")
