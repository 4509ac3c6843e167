"""Pictures inside a file of a word processor: nobody looks at them, and a stamp of State secrecy may be one of them."""

import io
import re
import zipfile

from thongsuot.formats.reading.extract.container import Kind
from thongsuot.formats.reading.model import Notice

NOT_LOOKED_AT = Notice(
    "pictures_not_looked_at",
    "There are pictures in this file that were not looked at: make sure that no stamp of State secrecy is among them.",
)
_IN_ARCHIVE = re.compile(
    r"(?:word/media/|Pictures/|media/).+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)", re.IGNORECASE
)
_IN_RTF = re.compile(rb"\\(?:pngblip|jpegblip|wmetafile|emfblip|dibitmap)")
# Pages of the web are full of pictures; what Word saved as one holds them in itself.
_IN_HTML = re.compile(rb"<v:imagedata\b|data:image/", re.IGNORECASE)


def pictures_unseen(kind: Kind, data: bytes) -> bool:
    """Whether the file holds or shows pictures; those of PDFs and scans are looked at elsewhere."""
    if kind in (Kind.DOCX, Kind.ODT):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(_IN_ARCHIVE.fullmatch(name) for name in archive.namelist())
    if kind is Kind.RTF:
        return _IN_RTF.search(data) is not None
    return kind is Kind.HTML and _IN_HTML.search(data) is not None
