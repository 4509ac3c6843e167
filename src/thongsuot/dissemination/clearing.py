"""Lists of meeting systems that nobody has decided about go after some days: they hold names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.retention import DataClass, Rows
from thongsuot.dissemination.models import AttendanceList, MaterialCheck
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


def old_checks(before: dt.datetime) -> models.QuerySet[MaterialCheck]:
    return MaterialCheck.objects.filter(received_at__lt=before)


def delete_checks(keys: Sequence[Any]) -> int:
    return MaterialCheck.objects.filter(pk__in=keys).delete()[0]


MATERIAL_CHECKS = DataClass(
    "dissemination.material_checks",
    _("Files that did not join the materials of a session"),
    _(
        "Who handed something in for a session that was not taken in, and when; neither its name nor its text."
    ),
    _("The row is deleted."),
    lambda: settings.PUT_ASIDE_DAYS,
    Rows(old_checks, delete_checks, since="received_at", unit="session__unit_id"),
)
