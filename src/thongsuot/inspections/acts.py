"""What the record of acts says of inspections."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "inspection.opened": _("opened the inspection"),
    "inspection.concluded": _("issued the conclusion %(symbol)s"),
    "inspection.closed": _("closed the inspection"),
    "self_report.asked": _("had the self-report drafted from the data"),
    "self_report.handed_in": _("handed in the self-report"),
    "self_report.secret_refused": _("refused a file that bears a secrecy mark"),
    "finding.noted": _("noted a finding"),
    "finding.withdrawn": _("took back a finding"),
    "requirement.added": _("added a requirement"),
    "requirement.withdrawn": _("took back a requirement"),
    "requirement.closed": _("found a requirement fulfilled and closed it"),
    "requirement.returned": _("returned a requirement to the unit"),
}
