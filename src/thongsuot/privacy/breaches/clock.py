"""The legal clock of a breach in words: how many hours are left, or by how many it is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.clock import now
from thongsuot.core.ui.words import count, moment
from thongsuot.privacy.models import Breach

HOURS_THAT_ARE_SOON = 24
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Clock:
    """The state that colours it and the words that say it."""

    state: str
    text: str

    @property
    def is_late(self) -> bool:
        return self.state == "late"


def clock_of(breach: Breach) -> Clock:
    """Until the authority is told or the breach is closed it runs; afterwards it says whether that was in time."""
    deadline = breach.deadline
    if breach.notified_at is not None:
        return _stopped(breach.notified_at, deadline)
    if breach.closed_at is not None:
        return Clock("quiet", _("closed without a notification"))
    left = deadline - now()
    if left < dt.timedelta():
        hours = -(left // HOUR)  # a late hour that has begun counts
        told = ngettext("%(hours)s hour late (%(deadline)s)", "%(hours)s hours late (%(deadline)s)", hours)
        return Clock("late", told % {"hours": count(hours), "deadline": moment(deadline)})
    hours = left // HOUR
    if not hours:
        return Clock("soon", _("less than an hour left (%(deadline)s)") % {"deadline": moment(deadline)})
    told = ngettext("%(hours)s hour left (%(deadline)s)", "%(hours)s hours left (%(deadline)s)", hours)
    state = "soon" if hours < HOURS_THAT_ARE_SOON else "run"
    return Clock(state, told % {"hours": count(hours), "deadline": moment(deadline)})


def _stopped(notified_at: dt.datetime, deadline: dt.datetime) -> Clock:
    when = {"at": moment(notified_at)}
    if notified_at <= deadline:
        return Clock("done", _("notified at %(at)s, in time") % when)
    hours = -((deadline - notified_at) // HOUR)
    told = ngettext(
        "notified at %(at)s, %(hours)s hour late", "notified at %(at)s, %(hours)s hours late", hours
    )
    return Clock("back", told % (when | {"hours": count(hours)}))
