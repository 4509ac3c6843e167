"""What an erasure leaves of requests: that they were asked and answered, without the person's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.privacy.models import DataRequest


def preview(subject: Subject) -> Iterable[Line]:
    requests = DataRequest.objects.filter(person__in=subject.person_ids).count()
    why = _("as proof that they were answered; what the person wrote in them goes")
    yield Line(_("requests about one's own data"), requests, False, why)


def erase(subject: Subject) -> None:
    DataRequest.objects.filter(person__in=subject.person_ids).update(words="", proposed={})


PART = Part("privacy", preview, erase=erase)
