"""Files: a random name, the hash beside it, photos without place or device, nothing opened that should not be."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.cast import Cast
from thongsuot.core.refusals import Refused
from thongsuot.files.models import StoredFile
from thongsuot.files.services import content_of, response_of, store, store_photo


def photo(size: tuple[int, int] = (2400, 1200), **save: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 90, 110)).save(out, "JPEG", **save)
    return out.getvalue()


def test_a_file_is_kept_under_a_random_name_with_its_hash(cast: Cast) -> None:
    content = "Kế hoạch".encode()
    file = store(
        by=cast.ward_clerk, content=content, name="../../Kế hoạch số 5.DOCX", media_type="text/plain"
    )
    assert content_of(file) == content
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert (file.original_name, file.size) == ("Kế hoạch số 5.DOCX", len(content))
    assert "hoạch" not in file.stored_name
    assert file.stored_name.endswith(".docx")
    assert (Path(settings.MEDIA_ROOT) / file.stored_name).is_file()
    same = store(by=cast.ward_clerk, content=content, name="a.docx", media_type="text/plain")
    assert same.stored_name != file.stored_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\an\\vb.pdf", "vb.pdf"),
        ("vb\r\n\x00.pdf", "vb.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_the_name_shown_is_a_plain_name(cast: Cast, given: str, kept: str) -> None:
    assert store(by=None, content=b"x", name=given, media_type="application/pdf").original_name == kept


@pytest.mark.parametrize(
    ("media_type", "inline", "disposition"),
    [
        ("application/pdf", True, "inline"),
        ("image/webp", True, "inline"),
        ("text/html", True, "attachment"),
        ("image/svg+xml", False, "attachment"),
        ("application/pdf", False, "attachment"),
    ],
)
def test_only_pictures_and_pdf_open_in_place(
    cast: Cast, media_type: str, inline: bool, disposition: str
) -> None:
    file = store(by=None, content=b"<script>", name="tệp.bin", media_type=media_type)
    response = response_of(file, inline=inline)
    assert response["Content-Disposition"].startswith(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue() == b"<script>"
    response.close()


def test_a_photo_is_drawn_again_without_place_or_device(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x0110] = "May anh cua toi"
    exif.get_ifd(0x8825)[2] = (10.0, 45.0, 12.5)
    original = photo(exif=exif)
    assert b"May anh" in original
    file = store_photo(by=cast.member, content=original, name="Rác.JPG")
    kept = content_of(file)
    picture = Image.open(io.BytesIO(kept))
    assert (file.original_name, file.media_type, picture.size) == ("Rác.webp", "image/webp", (1600, 800))
    assert not picture.getexif()
    assert b"May anh" not in kept


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg onload=alert(1)>", photo()[:200]])
def test_what_is_not_a_picture_is_refused(cast: Cast, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        store_photo(by=cast.member, content=content, name="anh.jpg")
    assert refusal.value.code == "photo"
    assert not StoredFile.objects.exists()


def test_a_picture_of_too_many_pixels_is_not_opened(cast: Cast) -> None:
    out = io.BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")
    with pytest.raises(Refused) as refusal:
        store_photo(by=cast.member, content=out.getvalue(), name="anh.png")
    assert refusal.value.code == "photo"
