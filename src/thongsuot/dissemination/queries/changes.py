"""What a change of the text means for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.urls import reverse

from thongsuot.dissemination.models import ReachEvent, ReachVerb, Receipt
from thongsuot.documents.models import Document, DocumentVersion

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@dataclass(frozen=True)
class TextNews:
    """The changes since the text a reader knows, oldest first; ``still_stands``: they need not confirm again.

    ``address`` compares the two texts, for those who may look into the register.
    """

    changes: list[DocumentVersion]
    still_stands: bool
    address: str


def change_since(user: User, document: Document, receipt: Receipt | None, shown: str = "") -> TextNews | None:
    """What has changed since the text the reader confirmed, or had before them (``shown``, its hash).

    Nothing for whoever reads it for the first time; a document that was never changed costs no query.
    """
    if document.version == 1 or receipt is None:
        return None
    known = shown or _confirmed(receipt)
    if not known:
        return None
    rows = list(DocumentVersion.objects.filter(document=document).defer("text").order_by("number"))
    read = max((row.number for row in rows if row.text_sha256 == known), default=1)
    changes = [row for row in rows if row.number > read]
    if not changes:
        return None
    may_compare = Document.objects.visible_to(user).filter(pk=document.pk).exists()
    address = f"{reverse('documents:versions', args=[document.pk])}?tu={read}&den={document.version}"
    return TextNews(changes, receipt.reached_at is not None, address if may_compare else "")


def text_of_substance(document: Document) -> int:
    """The number of the last text that says something new; a document that was never changed costs no query."""
    if document.version == 1:
        return 1
    changes = DocumentVersion.objects.filter(document=document, material=True)
    return changes.aggregate(last=Max("number"))["last"] or 1


def _confirmed(receipt: Receipt) -> str:
    """The hash of the text this person last heard of, in whatever way."""
    facts = ReachEvent.objects.filter(
        unit=receipt.unit_id, document=receipt.document_id, person=receipt.person_id, verb=ReachVerb.REACHED
    )
    return facts.order_by("-at", "-id").values_list("text_sha256", flat=True).first() or ""
