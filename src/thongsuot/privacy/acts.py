"""What the acts on personal data say in a timeline."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "privacy.request_asked": _("asked something about their own data"),
    "privacy.request_prolonged": _("moved the day of the answer to a request about data"),
    "privacy.request_upheld": _("granted a request about data"),
    "privacy.request_refused": _("refused a request about data"),
    "privacy.request_withdrawn": _("took back a request about data"),
    "privacy.request_lifted": _("lifted the restriction of somebody's data"),
    "privacy.request": _("a request about somebody's data, or the form for entering one"),
    "privacy.exported": _("exported what is held about them"),
    "retention.period_changed": _("changed how long a class of data is kept, to %(days)s days"),
    "retention.hold_placed": _("kept data from being removed"),
    "retention.hold_lifted": _("let data be removed again"),
    "breach.noted": _("noted a breach of personal data"),
    "breach.measure": _("noted a measure against a breach"),
    "breach.authority": _("noted that the authority was told of a breach"),
    "breach.people": _("noted that the people concerned were told of a breach"),
    "breach.corrected": _("corrected what is known of a breach"),
    "breach.closed": _("closed a breach"),
}
