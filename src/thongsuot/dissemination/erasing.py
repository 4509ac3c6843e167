"""What an erasure leaves of dissemination: counts, under a key without a name. Words and answers go."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.dissemination.models import (
    Attendance,
    CheckAnswer,
    Exemption,
    Inquiry,
    InquirySupport,
    Receipt,
    ReflectionText,
    SessionGuest,
)
from thongsuot.dissemination.queries.inquiries import signs_of


def preview(subject: Subject) -> Iterable[Line]:
    people = subject.person_ids
    receipts = Receipt.objects.filter(person__in=people).count()
    calls = Attendance._default_manager.filter(person__in=people).count()
    calls += SessionGuest._default_manager.filter(person__in=people).count()
    why = _("as counts, under the number: how many had to be reached and were does not change")
    yield Line(_("documents to take note of, and attendance"), receipts + calls, False, why)
    answers = CheckAnswer._default_manager.filter(person__in=people).count()
    texts = ReflectionText._default_manager.filter(person__in=people).count()
    yield Line(
        _("answers in checks, reflections and commitments"),
        answers + texts,
        True,
        _("for good; how many finished a check or handed in does not change"),
    )
    exemptions = Exemption.objects.filter(person__in=people).exclude(reason="").count()
    yield Line(_("reasons of exemptions"), exemptions, True, _("for good; the kind stays, for counts"))
    questions = Inquiry._default_manager.filter(mark__in=_marks(subject)).count()
    yield Line(
        _("questions about documents"),
        questions,
        True,
        _("nothing leads to the asker any more; the question stays for those who read its answer"),
    )


def erase(subject: Subject) -> None:
    CheckAnswer._default_manager.filter(person__in=subject.person_ids).delete()
    ReflectionText._default_manager.filter(person__in=subject.person_ids).delete()
    Exemption.objects.filter(person__in=subject.person_ids).update(reason="")
    marks = _marks(subject)
    Inquiry._default_manager.filter(mark__in=marks).update(asker=None, mark="")
    # How many asked stands in the question itself.
    InquirySupport._default_manager.filter(mark__in=marks).delete()


def _marks(subject: Subject) -> list[str]:
    documents = Inquiry._default_manager.order_by("document").values_list("document", flat=True).distinct()
    return signs_of(subject.person_ids, documents)


PART = Part("dissemination", preview, erase=erase)
