"""What an erasure leaves of documents: what was registered is kept by law."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.documents.models import Document


def preview(subject: Subject) -> Iterable[Line]:
    registered = Document.objects.filter(registered_by=subject.user_id).count()
    why = _("registers are kept without gaps, and papers keep their words, names included")
    yield Line(_("documents this person registered"), registered, False, why)


PART = Part("documents", preview)
