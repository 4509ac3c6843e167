"""Uploads stay in memory until somebody has read them: nothing reaches the disk on its own."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps a file in memory up to ``UPLOAD_LIMIT`` bytes; what is larger is marked and its bytes dropped.

    Django's own handlers write a larger file to the temporary folder, which the law on state secrets does not
    leave to chance, and stopping the upload would lose what the person typed in the same form.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = io.BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= settings.UPLOAD_LIMIT:
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
        file.too_large = self.size > settings.UPLOAD_LIMIT  # type: ignore[attr-defined]  # asked by our forms
        return file
