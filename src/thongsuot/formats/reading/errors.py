"""Why a file could not be read. Callers translate by `code`; the English message is the fallback."""

from typing import ClassVar


class ReadingError(Exception):
    """A file we refuse or cannot read. `code` is stable, `detail` is technical and never shown alone."""

    code: ClassVar[str] = "unreadable"
    message: ClassVar[str] = "The file cannot be read."

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.message} ({detail})" if detail else self.message)
        self.detail = detail


class EmptyFile(ReadingError):
    code = "empty"
    message = "The file is empty or contains no text."


class TooLarge(ReadingError):
    code = "too_large"
    message = (
        "The file is larger than 25 MB, has more than 2,000 pages, or asks for more time and memory than a document"
        " needs."
    )


class WrongType(ReadingError):
    code = "wrong_type"
    message = "The content of the file does not match its name or any format we read."


class NotSupported(ReadingError):
    code = "not_supported"
    message = "This format is not read. Save the document as DOCX, PDF with text, HTML or plain text."


class Encrypted(ReadingError):
    code = "encrypted"
    message = "The file is protected by a password."


class ScanWithoutText(ReadingError):
    code = "scan_without_text"
    message = "The file consists of pictures of pages, and no text was recognised on them."


class NoOcr(ScanWithoutText):
    code = "no_ocr"
    message = (
        "This is a scan and the machine cannot recognise text: install tesseract-ocr and tesseract-ocr-vie."
    )


class ArchiveBomb(ReadingError):
    code = "archive_bomb"
    message = "The file unpacks to far more data than a document can hold."


class Broken(ReadingError):
    code = "broken"
    message = "The file is damaged."


class Unreadable(ReadingError):
    code = "unreadable"
    message = "The text of the file is not legible: its letters are mapped to wrong characters."


class LegacyEncoding(ReadingError):
    code = "legacy_encoding"
    message = "The text uses an old Vietnamese encoding that could not be converted."


ERRORS: tuple[type[ReadingError], ...] = (
    EmptyFile,
    TooLarge,
    WrongType,
    NotSupported,
    Encrypted,
    ScanWithoutText,
    NoOcr,
    ArchiveBomb,
    Broken,
    Unreadable,
    LegacyEncoding,
)
