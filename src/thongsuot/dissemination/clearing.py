"""Lists of meeting systems that nobody has decided about go after some days: they hold names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.retention import DataClass, Rows
from thongsuot.dissemination.models import AttendanceList
from thongsuot.dissemination.models.attendance_lists import ATTENDANCE_LISTS


def old_lists(before: dt.datetime) -> models.QuerySet[AttendanceList]:
    return AttendanceList.objects.filter(created_at__lt=before)


def delete_lists(keys: Sequence[Any]) -> int:
    return AttendanceList.objects.filter(pk__in=keys).delete()[0]


LISTS = DataClass(
    ATTENDANCE_LISTS,
    _("Lists of meeting systems not decided about"),
    _("Names and contacts of those who were in an online room, and how long, as they stood in the list."),
    _("The rows are deleted; attendance that was taken over from a list stays."),
    lambda: settings.ATTENDANCE_LIST_DAYS,
    Rows(old_lists, delete_lists, since="created_at", unit="session__unit_id"),
)
