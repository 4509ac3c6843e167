"""Dates, distances and numbers as an official writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import get_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from thongsuot.core.clock import SOON_DAYS


@dataclass(frozen=True)
class Standing:
    """How a deadline stands: the state that colours it, and the words."""

    state: str
    text: str


def local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime | None) -> str:
    """14/04/2021, in Việt Nam's time."""
    return local_day(value).strftime("%d/%m/%Y") if value else ""


def moment(value: datetime | None) -> str:
    """08:10, 23/11/2026, in Việt Nam's time."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%H:%M, %d/%m/%Y")


def long_day(value: date | datetime) -> str:
    """thứ Hai 23/11/2026."""
    names = [
        pgettext("day in a date", "Monday"),
        pgettext("day in a date", "Tuesday"),
        pgettext("day in a date", "Wednesday"),
        pgettext("day in a date", "Thursday"),
        pgettext("day in a date", "Friday"),
        pgettext("day in a date", "Saturday"),
        pgettext("day in a date", "Sunday"),
    ]
    return f"{names[local_day(value).weekday()]} {day(value)}"


def count(value: int) -> str:
    """2909 -> 2.909; a page of totals says hundreds, and Django's own way takes five times as long for each."""
    return f"{value:,}".replace(",", get_format("THOUSAND_SEPARATOR", use_l10n=True))


def quantity(value: Decimal | float | int, places: int | None = None) -> str:
    """1234.5 -> 1.234,5; without ``places`` the digits that are there, and no zeros behind them."""
    if places is None:
        exact = Decimal(str(value))
        exact = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
        return number_format(exact, use_l10n=True, force_grouping=True)
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def percent(part: int, whole: int) -> str:
    """95,6 %. 100 % only when nobody is missing, 0 % only when nobody is reached; without a base no percentage."""
    if whole <= 0:
        return "–"
    tenths = (part * 2000 + whole) // (2 * whole)
    if 0 < part < whole:
        tenths = min(max(tenths, 1), 999)
    return _tenths(tenths, get_language() or "")


@lru_cache(maxsize=4096)  # from 0,0 % to 100,0 % in both languages; a page says a hundred of them
def _tenths(tenths: int, language: str) -> str:
    mark = get_format("DECIMAL_SEPARATOR", lang=language or None, use_l10n=True)
    return _("%(number)s %%") % {"number": f"{tenths // 10}{mark}{tenths % 10}"}


def standing(
    deadline: date | None, done_on: date | None, today: date, soon_days: int = SOON_DAYS
) -> Standing:
    """Say where a deadline stands: distance and date; what was done late stays late."""
    if done_on is not None:
        return Standing("done", _done_text(deadline, done_on))
    if deadline is None:
        return Standing("quiet", _("no deadline stated"))
    left = (deadline - today).days
    if left < 0:
        text = ngettext("%(count)s day overdue (%(date)s)", "%(count)s days overdue (%(date)s)", -left)
        return Standing("late", text % {"count": count(-left), "date": day(deadline)})
    state = "soon" if left <= soon_days else "run"
    if left == 0:
        return Standing(state, _("due today (%(date)s)") % {"date": day(deadline)})
    text = ngettext("%(count)s day left (%(date)s)", "%(count)s days left (%(date)s)", left)
    return Standing(state, text % {"count": count(left), "date": day(deadline)})


def _done_text(deadline: date | None, done_on: date) -> str:
    if deadline is None:
        return _("done on %(date)s") % {"date": day(done_on)}
    late = (done_on - deadline).days
    if late <= 0:
        return _("done on %(date)s, in time") % {"date": day(done_on)}
    text = ngettext("done on %(date)s, %(count)s day late", "done on %(date)s, %(count)s days late", late)
    return text % {"date": day(done_on), "count": count(late)}


def initials(name: str) -> str:
    """The two letters in the round face: first and last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
