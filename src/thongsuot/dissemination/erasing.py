"""What an erasure leaves of dissemination: counts, under a key without a name."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.dissemination.models import Attendance, Receipt


def preview(subject: Subject) -> Iterable[Line]:
    receipts = Receipt.objects.filter(person__in=subject.person_ids).count()
    calls = Attendance._default_manager.filter(person__in=subject.person_ids).count()
    why = _("as counts, under the number: how many had to be reached and were does not change")
    yield Line(_("documents to take note of, and attendance"), receipts + calls, False, why)


PART = Part("dissemination", preview)
