"""What people made of a document, counted in each cell and summed up the tree: checks, reflections, commitments."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, F, Q

from thongsuot.dissemination.models.checks import CheckAnswer, CheckQuestion, CheckTaken
from thongsuot.dissemination.models.reflections import Reflection, ReflectionKind
from thongsuot.documents.counting import Leaves, SubtreeTotal, UnitCounter


class ResponseCounter(UnitCounter):
    """People of one cell: who has finished a check, who has understood, whose papers are in."""

    MEASURES = ("checked", "understood", "reflections", "commitments")

    checked = models.IntegerField(default=0)
    understood = models.IntegerField(default=0)
    reflections = models.IntegerField(default=0)
    commitments = models.IntegerField(default=0)
    folded_checked = models.IntegerField(default=0)
    folded_understood = models.IntegerField(default=0)
    folded_reflections = models.IntegerField(default=0)
    folded_commitments = models.IntegerField(default=0)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("response_counter")
        constraints = [
            models.CheckConstraint(
                condition=Q(understood__gte=0, understood__lte=F("checked")),
                name="understood_are_among_the_checked",
            )
        ]

    @classmethod
    def leaves(cls) -> list[Leaves]:
        taken = CheckTaken.objects.exclude(finished_at=None)
        of_checks = {"checked": Count("finished_at"), "understood": Count("understood_at")}
        written = Reflection.objects.handed_in()
        of_papers = {
            "reflections": Count("person_id", filter=Q(kind=ReflectionKind.REFLECTION)),
            "commitments": Count("person_id", filter=Q(kind=ReflectionKind.COMMITMENT)),
        }
        return [Leaves(taken, of_checks), Leaves(written, of_papers)]


class ResponseTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it.

    What pages may say of checks are ``shown_checked`` and ``shown_understood``. They move on only when at least five
    more people have finished one, so that nobody's result can be told from two looks at the page.
    """

    COUNTER = ResponseCounter

    checked = models.IntegerField(default=0)
    understood = models.IntegerField(default=0)
    reflections = models.IntegerField(default=0)
    commitments = models.IntegerField(default=0)
    shown_checked = models.IntegerField(default=0, db_default=0)
    shown_understood = models.IntegerField(default=0, db_default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("response_total")


class QuestionCounter(UnitCounter):
    """People of one cell who answered one question of a check, and who did it rightly at their first try."""

    # Not "right": that is a word of SQL.
    MEASURES = ("answered", "correct")
    BY = ("question_id",)

    pk = models.CompositePrimaryKey("unit_id", "document_id", "question_id")
    question = models.ForeignKey(CheckQuestion, models.PROTECT, related_name="+", db_index=False)
    answered = models.IntegerField(default=0)
    correct = models.IntegerField(default=0)
    folded_answered = models.IntegerField(default=0)
    folded_correct = models.IntegerField(default=0)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("question_counter")

    @classmethod
    def leaves(cls) -> list[Leaves]:
        firsts = {
            "answered": Count("person_id"),
            "correct": Count("person_id", filter=Q(right_at_first=True)),
        }
        return [Leaves(CheckAnswer._default_manager.all(), firsts, by=("question_id",))]


class QuestionTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it; ``shown_…`` as in ``ResponseTotal``."""

    COUNTER = QuestionCounter

    pk = models.CompositePrimaryKey("unit_id", "document_id", "question_id")
    question = models.ForeignKey(CheckQuestion, models.PROTECT, related_name="+", db_index=False)
    answered = models.IntegerField(default=0)
    correct = models.IntegerField(default=0)
    shown_answered = models.IntegerField(default=0, db_default=0)
    shown_correct = models.IntegerField(default=0, db_default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("question_total")
