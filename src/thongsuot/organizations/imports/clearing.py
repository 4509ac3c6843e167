"""Rows of files hold personal data: they go after some days, and with them the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.retention import DataClass, Rows
from thongsuot.organizations.models import Import, ImportFile, ImportPart, ImportState

UNDECIDED = (ImportState.READING, ImportState.MAPPING, ImportState.PLANNING, ImportState.PLANNED)


def old_imports(before: dt.datetime) -> models.QuerySet[Import]:
    """Those whose rows are still here, or that nobody has decided about."""
    has_rows = Exists(ImportPart.objects.filter(batch=OuterRef("pk")))
    old = Import.objects.filter(created_at__lt=before, is_writing=False)
    return old.filter(has_rows | Q(state__in=UNDECIDED))


@transaction.atomic
def clear_rows_of(keys: Sequence[Any]) -> int:
    """Delete the rows of these imports, and give up those nobody decided about; how many imports."""
    old = Import.objects.filter(pk__in=keys, is_writing=False)
    held = list(old.select_for_update().values_list("pk", flat=True))
    ImportPart.objects.filter(batch__in=held).delete()
    ImportFile.objects.filter(batch__in=held).delete()
    Import.objects.filter(pk__in=held, state__in=UNDECIDED).update(
        state=ImportState.DISCARDED, ended_at=now()
    )
    return len(held)


IMPORT_ROWS = DataClass(
    "organizations.import_rows",
    _("Rows of imported files"),
    _("Names, contacts, posts and memberships as they stood in a file, and what became of each row."),
    _("The rows are deleted and the import can no longer be undone; what it wrote stays."),
    lambda: settings.IMPORT_DAYS,
    Rows(old_imports, clear_rows_of, since="created_at", unit="unit_id"),
)
