"""Taking the check: one answer at a time, as many tries as wished, counted once in the cell where one was asked.

No act is recorded of it: whether somebody has understood is nobody's business but theirs, and the counts'.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.answers.chance import draw, is_understood
from thongsuot.dissemination.jobs import fold_responses
from thongsuot.dissemination.models import (
    CheckAnswer,
    CheckQuestion,
    CheckTaken,
    QuestionCounter,
    QuestionTotal,
    Receipt,
    ResponseCounter,
    ResponseTotal,
)
from thongsuot.dissemination.queries.changes import text_of_substance
from thongsuot.dissemination.queries.own import asked_receipt
from thongsuot.documents.counting import bump
from thongsuot.documents.hooks import TextChange
from thongsuot.documents.models import Document
from thongsuot.organizations.reach import in_own_name

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def answer_question(*, by: User, document: Document, question: int, chosen: set[int]) -> CheckAnswer:
    """Note whether the answer is right: exactly the right options chosen. The same question twice changes nothing."""
    in_own_name(by)
    receipt = _receipt(by, document)
    taken = _begun(receipt)
    row = CheckQuestion.objects.asked_of(receipt).filter(pk=question).first()
    if row is None or question not in taken.drawn:
        raise Refused(_("This question is no part of the check any more. Open the page again."), "not_asked")
    if not chosen:
        raise Refused(_("Choose at least one answer."), "nothing_chosen")
    right = chosen == row.right_ones
    mine = CheckAnswer._default_manager.filter(unit=taken.unit_id, question=row, person=taken.person_id)
    answer = mine.first()
    if answer is None:
        answer = CheckAnswer._default_manager.create(
            unit_id=taken.unit_id,
            document=document,
            question=row,
            person_id=taken.person_id,
            attempt=taken.attempt,
            right=right,
            right_at_first=right,
        )
        of = {"question_id": row.pk}
        unit_ids = [taken.unit_id]
        bump(
            QuestionCounter, unit_ids=unit_ids, document_id=document.pk, of=of, answered=1, correct=int(right)
        )
        enqueue_once(fold_responses)
    elif answer.attempt != taken.attempt:
        mine.update(attempt=taken.attempt, right=right)
        answer.attempt, answer.right = taken.attempt, right
    _finish(taken, receipt)
    return answer


@transaction.atomic
def start_again(*, by: User, document: Document) -> None:
    """Another try with other questions, once this one has been answered to its end; what was counted stays."""
    in_own_name(by)
    receipt = _receipt(by, document)
    taken = _begun(receipt)
    if _answered(taken, receipt) is None:
        return
    attempt = taken.attempt + 1
    bank = CheckQuestion.objects.asked_of(receipt).values_list("pk", flat=True)
    drawn = draw(bank, taken.person_id, attempt, last=taken.drawn)
    CheckTaken._default_manager.filter(pk=taken.pk).update(attempt=attempt, drawn=drawn)


def _receipt(by: User, document: Document) -> Receipt:
    receipt = asked_receipt(by, document)
    if receipt is None:
        raise Refused(_("Nobody has asked you to hear of this document."), "not_required")
    return receipt


def _begun(receipt: Receipt) -> CheckTaken:
    """The person's row, made at the first answer; ours until the end, so that of two taps one waits."""
    key = {"unit_id": receipt.unit_id, "document_id": receipt.document_id, "person_id": receipt.person_id}
    rows = CheckTaken._default_manager
    rows.bulk_create([CheckTaken(**key, version=receipt.version)], ignore_conflicts=True)
    taken = rows.select_for_update(no_key=True).get(**key)
    if taken.version > receipt.version:
        raise Refused(_("The text has changed since you opened the check. Open it again."), "text_changed")
    if not taken.drawn or taken.version < receipt.version:
        bank = list(CheckQuestion.objects.asked_of(receipt).values_list("pk", flat=True))
        taken.drawn, taken.version = draw(bank, taken.person_id, taken.attempt), receipt.version
        rows.filter(pk=taken.pk).update(drawn=taken.drawn, version=taken.version)
    return taken


def _answered(taken: CheckTaken, receipt: Receipt) -> tuple[int, int] | None:
    """How many of how many questions of this try were right; nothing while one is open."""
    standing = set(
        CheckQuestion.objects.asked_of(receipt).filter(pk__in=taken.drawn).values_list("pk", flat=True)
    )
    answers = CheckAnswer._default_manager.filter(
        unit=taken.unit_id, person=taken.person_id, question__in=taken.drawn, attempt=taken.attempt
    )
    given = dict(answers.values_list("question_id", "right"))
    if not given or standing - set(given):
        return None
    return sum(given.values()), len(given)


def _finish(taken: CheckTaken, receipt: Receipt) -> None:
    """Count the person once as having finished, once as having understood."""
    result = _answered(taken, receipt)
    if result is None:
        return
    rows = CheckTaken._default_manager.filter(pk=taken.pk)
    by = {"checked": rows.filter(finished_at=None).update(finished_at=now())}
    if is_understood(*result, settings.CHECK_SHARE):
        by["understood"] = rows.filter(understood_at=None).update(understood_at=now())
    if any(by.values()):
        bump(ResponseCounter, unit_ids=[taken.unit_id], document_id=taken.document_id, of=None, **by)
        enqueue_once(fold_responses)


def forget_checks(change: TextChange) -> None:
    """Follows ``text_changed``: what was understood of the text before a change of substance counts no more."""
    if not change.material:
        return
    document = change.document.pk
    number = text_of_substance(change.document)
    # First what is part of the other: nobody has understood who has not finished.
    for measure, column in (("understood", "understood_at"), ("checked", "finished_at")):
        _take_back(document, number, measure, column)
    CheckAnswer._default_manager.filter(document=document).delete()
    QuestionCounter._default_manager.filter(document=document).update(answered=0, correct=0, changed=True)
    QuestionTotal._default_manager.filter(document=document).update(shown_answered=0, shown_correct=0)
    stale = CheckTaken._default_manager.filter(document=document, version__lt=number)
    stale.update(version=number, drawn=[])
    ResponseTotal._default_manager.filter(document=document).update(shown_checked=0, shown_understood=0)
    enqueue_once(fold_responses)


def _take_back(document: int, number: int, measure: str, column: str) -> None:
    """What changed is what the database says, so the counters stay exact in any race."""
    sql = (
        f"UPDATE {CheckTaken._meta.db_table} SET {column} = NULL "  # noqa: S608  # our own names
        f"WHERE document_id = %s AND version < %s AND {column} IS NOT NULL RETURNING unit_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [document, number])
        cells = Counter(unit for (unit,) in cursor.fetchall())
    alike: dict[int, list[int]] = defaultdict(list)
    for unit, people in sorted(cells.items()):
        alike[people].append(unit)
    for people, units in alike.items():
        bump(ResponseCounter, unit_ids=units, document_id=document, of=None, **{measure: -people})
