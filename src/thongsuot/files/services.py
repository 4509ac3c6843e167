"""Keeping and giving back files."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ForeignObjectRel
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from thongsuot.core.keys import uuid7
from thongsuot.core.refusals import Refused
from thongsuot.files.models import StoredFile

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

LONGEST_SIDE = 1600
PIXEL_LIMIT = 50_000_000
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")


def store(*, by: User | None, content: bytes, name: str, media_type: str) -> StoredFile:
    """Keep bytes that somebody has already proven by parsing. The row and the file appear together.

    Should the transaction be rolled back, a file without a row may stay behind; never a row without a file.
    """
    key = uuid7()
    suffix = PurePath(name).suffix.lower()[:10]
    stored_name = default_storage.save(f"{key.hex[:4]}/{key.hex}{suffix}", ContentFile(content))
    return StoredFile.objects.create(
        id=key,
        stored_name=stored_name,
        original_name=_plain_name(name),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
    )


def drop_bytes(file: StoredFile) -> None:
    """Take the bytes of a file from the disk whose row was rolled back or has just been deleted for good."""
    default_storage.delete(file.stored_name)


def remove(file: StoredFile) -> bool:
    """Delete a file that nothing refers to any more; whether it is gone. Its bytes go with the commit."""
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(field, ForeignObjectRel):
            continue
        if field.related_model._default_manager.filter(**{field.field.name: file}).exists():
            return False
    file.delete()
    transaction.on_commit(lambda: drop_bytes(file))
    return True


def store_photo(*, by: User, content: bytes, name: str) -> StoredFile:
    """Keep a photo as evidence: drawn again at most 1,600 px wide, so that no place or device data is left."""
    picture = _drawn_again(content)
    return store(by=by, content=picture, name=f"{PurePath(name).stem}.webp", media_type="image/webp")


def _drawn_again(content: bytes) -> bytes:
    try:
        opened = Image.open(io.BytesIO(content), formats=PHOTO_FORMATS)
        if opened.width * opened.height > PIXEL_LIMIT:
            raise Refused(_("The picture has too many pixels. Take it again with a smaller size."), "photo")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image = ImageOps.exif_transpose(opened).convert("RGB")
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        sentence = _("This file is not a picture we can read. Send a photo as JPEG, PNG or WebP.")
        raise Refused(sentence, "photo") from error
    return out.getvalue()


def content_of(file: StoredFile) -> bytes:
    with default_storage.open(file.stored_name, "rb") as stream:
        return bytes(stream.read())


def response_of(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file as an answer, after the calling view has checked the right. Only pictures and PDF open in place."""
    shown = inline and (file.media_type.startswith("image/") or file.media_type == "application/pdf")
    response = FileResponse(
        default_storage.open(file.stored_name, "rb"),
        as_attachment=not shown,
        filename=file.original_name,
        content_type=file.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _plain_name(name: str) -> str:
    cleaned = "".join(c for c in PurePath(name.replace("\\", "/")).name if unicodedata.category(c)[0] != "C")
    return unicodedata.normalize("NFC", cleaned)[-200:] or "file"
