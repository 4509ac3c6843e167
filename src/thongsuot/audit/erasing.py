"""What an erasure leaves of the record of acts: it is chained, and holds keys and no names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from thongsuot.audit.models import Act
from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject


def preview(subject: Subject) -> Iterable[Line]:
    acts = Act.objects.filter(by=subject.user_id).count()
    why = _("the record cannot be changed; it names the account, which then has no name")
    yield Line(_("acts of this person"), acts, False, why)


PART = Part("audit", preview)
