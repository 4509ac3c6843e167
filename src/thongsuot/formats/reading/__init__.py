"""The reader: takes an official document as it comes and proposes the work in it.

No Django, no network, no model. Use `read(data, filename)`; a caller that must check secrecy before it keeps
anything calls `extract`, then `mark_of(extracted)`, then `understand`.
"""

from thongsuot.formats.reading.errors import (
    ERRORS,
    ArchiveBomb,
    Broken,
    EmptyFile,
    Encrypted,
    LegacyEncoding,
    NoOcr,
    NotSupported,
    ReadingError,
    ScanWithoutText,
    TooLarge,
    Unreadable,
    WrongType,
)
from thongsuot.formats.reading.extract import MAX_BYTES, extract
from thongsuot.formats.reading.jsonform import to_json
from thongsuot.formats.reading.model import (
    Deadline,
    Extracted,
    Item,
    Metadata,
    Notice,
    Page,
    Reading,
    Recipient,
    Reference,
    Section,
    SummaryLine,
    Target,
    Task,
)
from thongsuot.formats.reading.plainness import plainness_of_paper
from thongsuot.formats.reading.secrecy import mark_of, secrecy_of
from thongsuot.formats.reading.understand import READER_VERSION, read, understand

__all__ = [
    "ERRORS",
    "MAX_BYTES",
    "READER_VERSION",
    "ArchiveBomb",
    "Broken",
    "Deadline",
    "EmptyFile",
    "Encrypted",
    "Extracted",
    "Item",
    "LegacyEncoding",
    "Metadata",
    "NoOcr",
    "NotSupported",
    "Notice",
    "Page",
    "Reading",
    "ReadingError",
    "Recipient",
    "Reference",
    "ScanWithoutText",
    "Section",
    "SummaryLine",
    "Target",
    "Task",
    "TooLarge",
    "Unreadable",
    "WrongType",
    "extract",
    "mark_of",
    "plainness_of_paper",
    "read",
    "secrecy_of",
    "to_json",
    "understand",
]
