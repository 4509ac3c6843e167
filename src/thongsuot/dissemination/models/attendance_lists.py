"""The list of a meeting system between upload and decision: rows in the database, never a file on disk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held, Keep
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.receipts import REACHED
from thongsuot.dissemination.models.sessions import Session

ATTENDANCE_LISTS = "dissemination.attendance_lists"
UNTIL_DECIDED = Keep(_("until somebody has decided about the list, at most %(days)s days"), ATTENDANCE_LISTS)


class AttendanceList(models.Model):
    """Who was in the online room, by its own list; gone as soon as it is taken over or given up."""

    placement = Placement.LOCAL
    personal = Held(
        _("lists of meeting systems"),
        {
            "rows": REACHED.but(label=_("who was in the online room, and how long"), keep=UNTIL_DECIDED),
            "created_by": WHO.but(keep=UNTIL_DECIDED),
        },
        none=("header", "columns"),
    )

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    # How much of the session somebody has to have been there, in hundredths, and how long it was.
    least_share = models.PositiveSmallIntegerField(default=50)
    minutes = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.session_id} {self.created_at:%d/%m/%Y}"
