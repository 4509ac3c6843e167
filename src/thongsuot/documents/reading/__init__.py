"""The bridge to the reader: its refusals as sentences a clerk can act on, its reading as items to decide."""

from thongsuot.documents.reading.proposals import proposals_of
from thongsuot.documents.reading.sentences import REFUSALS, SECRET, WARNINGS, sentence_of
from thongsuot.documents.reading.text import extract_harmless, is_felt, of_the_file, reading_of, takes_long

__all__ = [
    "REFUSALS",
    "SECRET",
    "WARNINGS",
    "extract_harmless",
    "is_felt",
    "of_the_file",
    "proposals_of",
    "reading_of",
    "sentence_of",
    "takes_long",
]
