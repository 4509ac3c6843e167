"""A change of the text by its issuer (exchange type 2, "update"): a new version beside the old ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.hooks import TextChange, text_changed
from thongsuot.documents.models import Document, DocumentVersion, Provision
from thongsuot.documents.permissions import can_publish
from thongsuot.documents.services.harmless import proven_harmless
from thongsuot.files.services import store

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.files.models import StoredFile
    from thongsuot.formats.reading import Extracted


def publish_version(
    *,
    by: User,
    document: Document,
    material: bool,
    what_changed: str,
    text: str = "",
    content: bytes | None = None,
    name: str = "",
    too_large: bool = False,
    seen: int | None = None,
    due: dt.date | None = None,
) -> DocumentVersion:
    """Put another text in force, from a file or as typed; the one before stays readable.

    ``material`` decides whether those who have read it are asked again, and none of them before ``due``. Of two at
    once the later one is told: ``seen`` is the version that was changed, or that of ``document``. A file, and a typed
    text alike, is kept only after it was found harmless.
    """
    unit = document.issuing_unit
    require(can_publish(by, document))
    what_changed = nfc(what_changed).strip()
    if not what_changed:
        raise Refused(_("Say what has changed, so that readers know where to look."), "no_words")
    if unit is None:  # never: who may publish stands in the issuing unit
        raise PermissionDenied
    given = content if content is not None else nfc(text).replace("\r\n", "\n").strip().encode()
    if seen not in (None, document.version):
        raise _published_meanwhile()
    extracted = proven_harmless(
        by=by, unit=unit, content=given, name=name if content is not None else "text.txt", too_large=too_large
    )
    _refuse_the_same(document, extracted, has_file=content is not None, material=material)
    with transaction.atomic():
        file = None
        if content is not None:
            file = store(by=by, content=content, name=name, media_type=extracted.media_type)
        return _publish(by, document, extracted.text, file, material, what_changed, due)


def _refuse_the_same(document: Document, extracted: Extracted, *, has_file: bool, material: bool) -> None:
    if extracted.text == document.text and (material or not has_file):
        raise Refused(_("This is the text that is in force already."), "unchanged")


def _publish(
    by: User,
    document: Document,
    text: str,
    file: StoredFile | None,
    material: bool,
    what_changed: str,
    due: dt.date | None = None,
) -> DocumentVersion:
    seen, moment = document.version, now()
    if seen == 1:
        _keep_the_registered_one(document)
    digest = hashlib.sha256(text.encode()).hexdigest()
    changes = {"version": seen + 1, "text": text, "text_sha256": digest, "file": file}
    if not Document.objects.filter(pk=document.pk, version=seen).update(**changes):
        raise _published_meanwhile()
    version = DocumentVersion.objects.create(
        document=document,
        number=seen + 1,
        text=text,
        text_sha256=digest,
        file=file,
        published_at=moment,
        by=by,
        material=material,
        what_changed=what_changed,
    )
    _find_the_words_again(document, text)
    for column, value in changes.items():
        setattr(document, column, value)
    verb = "document.text_changed" if material else "document.text_corrected"
    record(verb, by=by, on=document, reason=what_changed, number=version.number)
    text_changed(TextChange(document, version.number, material, by, due if material else None))
    return version


def _published_meanwhile() -> Refused:
    return Refused(_("Somebody else has published a change in the meantime. Look at it first."), "state")


def _keep_the_registered_one(document: Document) -> None:
    """Number 1. Of two at once both see number 1 missing: the second insert does nothing, its update tells it."""
    first = DocumentVersion(
        document=document,
        number=1,
        text=document.text,
        text_sha256=document.text_sha256,
        file=document.file,
        published_at=document.registered_at,
        by=document.registered_by,
    )
    DocumentVersion.objects.bulk_create([first], ignore_conflicts=True)


def _find_the_words_again(document: Document, text: str) -> None:
    """What the document demands stays as confirmed; its place in the text is looked for by its very words."""
    provisions = list(Provision.objects.filter(document=document, span_start__isnull=False))
    for provision in provisions:
        start, end = provision.span_start or 0, provision.span_end or 0
        words = document.text[start:end]
        found = _nearest(text, words, start)
        provision.span_start, provision.span_end = (
            (None, None) if found is None else (found, found + end - start)
        )
    Provision.objects.bulk_update(provisions, ["span_start", "span_end"])


def _nearest(text: str, words: str, place: int) -> int | None:
    if not words:
        return None
    before = text.rfind(words, 0, place + len(words))
    after = text.find(words, place)
    places = [found for found in (before, after) if found >= 0]
    return min(places, key=lambda found: abs(found - place)) if places else None
