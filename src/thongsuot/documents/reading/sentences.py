"""What the reader's codes are in words: refusals a clerk can act on, and warnings about what was read."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECRET = _(
    "This paper bears a mark of State secrecy. The law does not allow it into this system; nothing of it was "
    "kept. Register it in the paper book for secret documents."
)
REFUSALS: dict[str, str | Promise] = {
    "empty": _(
        "The file is empty or holds no text. Open it on your machine to check, then choose the right file."
    ),
    "too_large": _(
        "The file is larger than 25 MB or longer than 2,000 pages. Save a lighter copy (text instead of "
        "pictures) or split off the appendices, then choose it again."
    ),
    "wrong_type": _(
        "The content of the file is not what its name says. Open the original, save it as DOCX or PDF, then "
        "choose the new file."
    ),
    "not_supported": _(
        "This kind of file is not read. Save the document as DOCX, PDF with text, HTML or plain text, then "
        "choose it again."
    ),
    "encrypted": _(
        "The file is locked by a password. Open it with the password, save a copy without one, then choose it."
    ),
    "scan_without_text": _(
        "The file holds only pictures of pages, and no text could be recognised on them. Scan the paper again, "
        "straight and dark enough, or ask the sender for the original file."
    ),
    "no_ocr": _(
        "This is a scan, and this machine cannot recognise text in pictures yet. Ask whoever runs it to install "
        "tesseract-ocr and tesseract-ocr-vie, or ask the sender for the original file."
    ),
    "archive_bomb": _(
        "The file unpacks to far more than a document can hold, so it was not opened. Ask the sender for it again."
    ),
    "broken": _("The file is damaged and cannot be opened. Ask the sender for it again, or save it anew."),
    "unreadable": _(
        "The letters in this file stand for wrong characters, so its text cannot be read. Ask for the DOCX file "
        "or print it to PDF again."
    ),
    "legacy_encoding": _(
        "The text is in an old Vietnamese encoding that could not be converted. Convert it to Unicode, then "
        "choose it again."
    ),
}
# What this program says of its own, besides the codes of the reader.
REFUSALS |= {
    "takes_long": _(
        "Reading this file takes minutes: it is a scan or has very many pages. Hand it in on the page for taking in "
        "papers, which reads it in the background, or choose a lighter copy with text."
    ),
    "interrupted": _(
        "The program was stopped while it checked this file. Nothing of the file was kept: hand it in again."
    ),
    "waiting": _("This file has been taken in already and waits to be checked."),
    "duplicate": _("This file is already in the register of the unit."),
}
WARNINGS: dict[str, str | Promise] = {
    "converted_encoding": _(
        "The text was in an old encoding and has been converted to Unicode: look at the letters."
    ),
    "pages_without_text": _(
        "Some pages are pictures without text and were not read: look at the file itself."
    ),
    "pictures_not_looked_at": _(
        "There are pictures in this file that were not looked at: make sure that no stamp of State secrecy is among "
        "them."
    ),
    "recognised": _(
        "The text was recognised from pictures of the pages: compare it with the paper, above all numbers and names."
    ),
    "no_letterhead": _("No letterhead was found: please fill in the information of the document."),
    "reader_failed": _(
        "The text could not be taken apart: please fill in the information and the tasks by hand."
    ),
}
# What is said of the text, not of the file it came from.
OF_THE_READER = ("no_letterhead", "reader_failed")


def sentence_of(code: str) -> str:
    """Why a file was not taken in, in words; a code of tomorrow's reader is a damaged file until it has its own."""
    return str(SECRET if code == "secret" else REFUSALS.get(code, REFUSALS["broken"]))
