"""The sentences of the record of acts about its own pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "journal.exported": _("exported the record of acts"),
}
