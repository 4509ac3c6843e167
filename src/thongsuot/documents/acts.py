"""How the record of acts speaks about documents."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "document.registered": _("registered the document, %(symbol)s"),
    "document.text_changed": _("published version %(number)s of the text, a change of substance"),
    "document.text_corrected": _("published version %(number)s of the text, a correction"),
    "unit_group.made": _("made the group of units"),
    "unit_group.changed": _("changed the group of units"),
    "unit_group.deleted": _("gave up the group of units"),
    "theme.made": _("made the theme"),
    "theme.renamed": _("gave the theme another name"),
    "theme.deleted": _("gave up the theme"),
    "theme.document_added": _("added a document to the theme"),
    "theme.document_removed": _("took a document out of the theme"),
    "document.sent": _("sent the document to %(units)s units"),
    "document.recalled": _("recalled the document: taken back from %(units)s units, asked of %(asked)s"),
    "document.recall_undone": _("took the recall back, for %(units)s units"),
    "document.ended": _("ended what was open of the document, replaced by %(symbol)s"),
    "document.carried_over": _("sent %(symbol)s in place of the document to %(units)s units"),
    "document.urged": _("urged %(units)s units"),
    "delivery.given_back": _("gave the document back"),
    "delivery.kept": _("kept the document that was asked back"),
    "delivery.done": _("said that the document is carried out"),
    "delivery.received": _("received the document, incoming number %(number)s"),
    "delivery.refused": _("refused the document"),
    "intake.taken_in": _("took in the paper"),
    "intake.read_again": _("had the paper read again by the newer reader"),
    "intake.discarded": _("put the paper aside"),
    "intake.cleared": _("the file and text of the paper that was put aside were cleared"),
    "intake.registered": _("confirmed what was read"),
    "intake.secret_refused": _("a paper with a mark of State secrecy was refused; nothing of it was kept"),
    "delivery.planned": _("issued the unit's own plan %(symbol)s"),
}
