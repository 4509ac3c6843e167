"""Themes: named, filled and given up by whoever sends documents in the name of their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.models import Document
from thongsuot.documents.models.themes import Theme, ThemeDocument
from thongsuot.documents.permissions import can_send

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit

# A theme is followed as one picture; what is larger is no longer one matter.
MOST_DOCUMENTS = 200


@transaction.atomic
def save_theme(*, by: User, unit: Unit, name: str, theme: Theme | None = None) -> Theme:
    """Name a theme of the unit, or name it anew."""
    require(can_send(by, unit) and (theme is None or theme.unit_id == unit.pk))
    name = nfc(name).strip()
    if not name:
        raise Refused(_("Give the theme a name."), "no_name")
    theme = theme or Theme(unit=unit)
    theme.name, theme.changed_at, theme.changed_by = name, now(), by
    verb = "theme.renamed" if theme.pk else "theme.made"
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError:
        raise Refused(_("The unit has a theme of this name already."), "name") from None
    record(verb, by=by, on=theme)
    return theme


@transaction.atomic
def add_to_theme(*, by: User, theme: Theme, document: Document) -> None:
    """The document belongs to the theme; said twice, it does once."""
    require(can_send(by, theme.unit) and Document.objects.visible_to(by).filter(pk=document.pk).exists())
    # Whoever adds to the same theme at this moment waits, so that the bound is kept.
    Theme.objects.select_for_update().get(pk=theme.pk)
    members = ThemeDocument.objects.filter(theme=theme)
    if members.filter(document=document).exists():
        return
    if members.count() >= MOST_DOCUMENTS:
        raise Refused(_("A theme holds at most %(most)s documents.") % {"most": MOST_DOCUMENTS}, "too_many")
    ThemeDocument.objects.create(theme=theme, document=document)
    _changed(theme, by)
    record("theme.document_added", by=by, on=theme, document=document.pk)


@transaction.atomic
def take_from_theme(*, by: User, theme: Theme, document: Document) -> None:
    """The document no longer belongs to the theme; nothing else of it changes."""
    require(can_send(by, theme.unit))
    gone, _kinds = ThemeDocument.objects.filter(theme=theme, document=document).delete()
    if gone:
        _changed(theme, by)
        record("theme.document_removed", by=by, on=theme, document=document.pk)


@transaction.atomic
def delete_theme(*, by: User, theme: Theme) -> None:
    """Give the theme up; its documents stay as they are."""
    require(can_send(by, theme.unit))
    record("theme.deleted", by=by, on=theme)
    theme.delete()


def _changed(theme: Theme, by: User) -> None:
    theme.changed_at, theme.changed_by = now(), by
    theme.save(update_fields=["changed_at", "changed_by"])
