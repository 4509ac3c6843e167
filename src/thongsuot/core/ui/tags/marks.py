"""Numbers, dates, icons, badges, bars: what stands inside a line."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core import clock
from thongsuot.core.ui import words
from thongsuot.core.ui.items import STATES, Text, segments

register = template.Library()

_BAR = (
    '<svg class="bar" aria-hidden="true"><rect class="bed" width="100%%" height="100%%" rx="3"/>'
    '<rect class="fill" width="%.1f%%" height="100%%" rx="3"/></svg>'
)


@register.filter
def day(value: date | datetime | None) -> str:
    return words.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    return words.moment(value)


@register.filter
def long_day(value: date | datetime | None) -> str:
    return words.long_day(value) if value else ""


@register.filter
def count(value: int | None) -> str:
    return "" if value is None else words.count(value)


@register.filter
def quantity(value: Decimal | float | int | None, places: int | None = None) -> str:
    return "" if value is None else words.quantity(value, places)


@register.filter
def initials(name: str) -> str:
    return words.initials(str(name))


@register.simple_tag
def percent(part: int, whole: int) -> str:
    return words.percent(part, whole)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    return _icon(name, size, static("ui/sprite.svg"))


@lru_cache(maxsize=512)
def _icon(name: str, size: str, sprite: str) -> SafeString:
    """Drawn once: a page has thirty of them."""
    return format_html(
        '<svg class="ic{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {size}" if size else "",
        sprite,
        name,
    )


@register.simple_tag
def badge(state: str, label: Text) -> SafeString:
    if state not in STATES:
        raise template.TemplateSyntaxError(f"badge: {state!r} is not one of {', '.join(STATES)}")
    return format_html('<span class="st is-{}">{}</span>', state, label)


@register.simple_tag
def due(deadline: date | None, done_on: date | None = None, soon_days: int = clock.SOON_DAYS) -> SafeString:
    deadline = words.local_day(deadline) if deadline else None
    done_on = words.local_day(done_on) if done_on else None
    standing = words.standing(deadline, done_on, clock.today(), soon_days)
    return badge(standing.state, standing.text)


@register.simple_tag
def face(name: str) -> SafeString:
    return format_html('<span class="face" aria-hidden="true">{}</span>', words.initials(str(name)))


@register.simple_tag
def ratio(part: int, whole: int, label: Text = "", bar: bool = True) -> SafeString:
    """A count with its base, its percentage, and a bar.

    Written here and not in a template, and only the words escaped: a list of totals draws two hundred of them.
    """
    share = min(max(part / whole, 0), 1) * 100 if whole else 0
    drawn = _BAR % share if bar else ""
    said = format_html('<span class="vh">{}: </span>', label) if label else ""
    numbers = f"<b>{words.count(part)}</b>/{words.count(whole)}</span> <em>{words.percent(part, whole)}</em>"
    return mark_safe(f'<span class="cov">{drawn}<span class="of">{said}{numbers}</span>')  # noqa: S308 - our numbers


@register.inclusion_tag("ui/parts/share_bar.html")
def share_bar(done: int, run: int, soon: int, late: int) -> dict[str, object]:
    """One bar of four parts, with the same numbers in words."""
    said = [
        (done, ngettext("%(count)s done", "%(count)s done", done)),
        (run, ngettext("%(count)s in time", "%(count)s in time", run)),
        (soon, ngettext("%(count)s due soon", "%(count)s due soon", soon)),
        (late, ngettext("%(count)s overdue", "%(count)s overdue", late)),
    ]
    text = ", ".join(sentence % {"count": words.count(number)} for number, sentence in said if number)
    parts = segments([("done", done), ("run", run), ("soon", soon), ("late", late)])
    return {
        "text": text or _("nothing yet"),
        "segments": [{"state": p.state, "x": f"{p.start}", "width": f"{p.length}"} for p in parts],
    }
