"""The sentences of the record of acts about itself."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "audit.end_accepted": _("took the record of acts as it is for whole"),
    "audit.key_added": _("began to sign the record of acts with a new key"),
}
