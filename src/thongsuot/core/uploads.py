"""Uploads stay in memory until somebody has read them: nothing reaches the disk on its own."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps a file in memory up to ``UPLOAD_LIMIT`` bytes; what is larger is marked and its bytes dropped.

    All files of one request share the limit: a form asks for one file, and nobody needs to have signed in for a
    request to be read. Django's own handlers write a larger file to the temporary folder, which the law on state
    secrets does not leave to chance, and stopping the upload would lose what the person typed in the same form.
    """

    kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = io.BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self._fits():
            self.buffer.write(raw_data)
        else:
            self.buffer = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.buffer.seek(0)
        file = InMemoryUploadedFile(
            file=self.buffer,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "application/octet-stream",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        file.too_large = not self._fits()  # type: ignore[attr-defined]  # asked by our forms
        self.kept += len(self.buffer.getbuffer())
        return file

    def _fits(self) -> bool:
        return self.kept + self.size <= int(settings.UPLOAD_LIMIT)
