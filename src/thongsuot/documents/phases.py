"""How far a paper is, in hundredths of the work between its arrival and the clerk's desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Pages are checked in their own count (Intake.pages_done); these are the steps of the reading after it.
WAITING = 0
UNDERSTANDING = 20
MATCHING = 70
DONE = 100

SAID = {
    WAITING: _("it waits for its turn"),
    UNDERSTANDING: _("tasks, targets and cited documents are looked for"),
    MATCHING: _("units and registered documents are looked up"),
}
