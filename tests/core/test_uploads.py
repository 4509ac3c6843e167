"""An upload is in memory, or nowhere."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path

from thongsuot.config import urls

LIMIT = 200_000


def receive(request: HttpRequest) -> JsonResponse:
    files = {}
    for name in request.FILES:
        [file] = request.FILES.getlist(name)
        content = file.read()
        files[name] = {
            "large": getattr(file, "too_large", None),
            "kept": len(content),
            "first": content[:1].decode(),
            "size": file.size,
            "name": file.name,
            "in_memory": type(file) is InMemoryUploadedFile,
        }
    return JsonResponse({"files": files, "fields": request.POST.dict()})


urlpatterns = [path("nhan/", login_not_required(receive)), *urls.urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """A small limit, an empty folder for temporary files, and no way to make one."""
    settings.UPLOAD_LIMIT = LIMIT
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    def refuse(*args: Any, **more: Any) -> Any:
        raise AssertionError("A temporary file was about to be written.")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)


def upload(client: Client, **sizes: int) -> dict[str, Any]:
    files = {name: SimpleUploadedFile(f"{name}.pdf", b"x" * size) for name, size in sizes.items()}
    before = {"truoc": "Chỉ thị về rác", **files, "sau": "còn nguyên"}
    answer: dict[str, Any] = client.post("/nhan/", before).json()
    return answer


@pytest.mark.parametrize("size", [1, 70_000, LIMIT])
def test_a_file_within_the_limit_is_kept_in_memory(client: Client, size: int) -> None:
    file = upload(client, tep=size)["files"]["tep"]
    assert file == {
        "large": False, "kept": size, "first": "x", "size": size, "name": "tep.pdf", "in_memory": True,
    }  # fmt: skip


@pytest.mark.parametrize("size", [LIMIT + 1, 3 * LIMIT])
def test_a_larger_one_is_marked_its_bytes_dropped_and_the_form_arrives(client: Client, size: int) -> None:
    answer = upload(client, lon=size, nho=10)
    assert answer["fields"] == {"truoc": "Chỉ thị về rác", "sau": "còn nguyên"}
    assert answer["files"]["lon"]["large"] is True
    assert answer["files"]["lon"]["kept"] == 0
    assert answer["files"]["lon"]["size"] == size
    assert answer["files"]["nho"]["large"] is False
    assert answer["files"]["nho"]["kept"] == 10


def test_the_files_of_one_request_share_the_limit(client: Client) -> None:
    files = upload(client, mot=LIMIT - 10, hai=11, ba=10)["files"]
    assert {name: file["kept"] for name, file in files.items()} == {"mot": LIMIT - 10, "hai": 0, "ba": 10}
    assert files["hai"]["large"] is True
    assert files["ba"]["large"] is False


def test_no_handler_that_writes_to_disk_is_configured(tmp_path: Path) -> None:
    assert configured.FILE_UPLOAD_HANDLERS == ["thongsuot.core.uploads.BoundedMemoryUploadHandler"]
    assert list(tmp_path.iterdir()) == []
