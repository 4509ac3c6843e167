"""What a file really is, by its content, and whether it is safe to open."""

import enum
import io
import re
import zipfile
from pathlib import PurePath

from thongsuot.formats.reading.errors import ArchiveBomb, Broken, Encrypted, NotSupported, WrongType

MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 5_000
MAX_RATIO = 400
SMALL_MEMBER = 8 * 1024 * 1024  # below this a high ratio is harmless: blank pages compress very well


class Kind(enum.Enum):
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    DOC = "application/msword"
    PDF = "application/pdf"
    HTML = "text/html"
    TEXT = "text/plain"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


_SUFFIXES = {
    ".docx": {Kind.DOCX},
    ".docm": {Kind.DOCX},
    ".dotx": {Kind.DOCX},
    ".odt": {Kind.ODT},
    ".ott": {Kind.ODT},
    ".rtf": {Kind.RTF},
    ".pdf": {Kind.PDF},
    ".png": {Kind.PNG},
    ".jpg": {Kind.JPEG},
    ".jpeg": {Kind.JPEG},
    ".tif": {Kind.TIFF},
    ".tiff": {Kind.TIFF},
    ".htm": {Kind.HTML},
    ".html": {Kind.HTML},
    ".txt": {Kind.TEXT, Kind.HTML},
    ".md": {Kind.TEXT, Kind.HTML},
    # Word opens all of these under the old name, so people send them under it.
    ".doc": {Kind.DOC, Kind.RTF, Kind.HTML, Kind.DOCX},
    ".dot": {Kind.DOC, Kind.RTF},
}
_PICTURES = {
    b"\x89PNG": Kind.PNG,
    b"\xff\xd8\xff": Kind.JPEG,
    b"II*\x00": Kind.TIFF,
    b"MM\x00*": Kind.TIFF,
}
_FOREIGN = {
    b"GIF8": "GIF image",
    b"BM": "BMP image",
}
_WORD_MAIN = re.compile(r"word/document\d{0,3}\.xml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def kind_of(data: bytes, filename: str) -> Kind:
    """The kind of document, proven by the content. A name that says otherwise is an error, not a hint."""
    kind = _kind_by_content(data)
    suffix = PurePath(filename).suffix.lower()
    allowed = _SUFFIXES.get(suffix)
    if allowed is not None and kind not in allowed:
        raise WrongType(f"{suffix} holds {kind.value}")
    return kind


def _kind_by_content(data: bytes) -> Kind:
    head = data[:4096]
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted("OOXML")
        if "WordDocument".encode("utf-16-le") not in data:
            raise NotSupported("another old office format")
        return Kind.DOC
    if head.lstrip(b"\xef\xbb\xbf\r\n \0").startswith(b"{\\rt"):
        return Kind.RTF
    for magic, picture in _PICTURES.items():
        if head.startswith(magic):
            return picture
    for magic, name in _FOREIGN.items():
        if head.startswith(magic) and not (magic == b"BM" and data[6:10] != b"\0\0\0\0"):
            raise NotSupported(name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_archive(data)
        return _kind_of_archive(data)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if (
        _HTML.search(head.replace(b"\0", b""))
        and head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
    ):
        return Kind.HTML
    if _looks_binary(data):
        raise WrongType("binary content")
    return Kind.TEXT


def _looks_binary(data: bytes) -> bool:
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    nulls = head.count(0)
    if nulls:  # UTF-16 without a mark: every second byte of Latin text is zero
        return not (nulls > len(head) * 0.25 and min(head[::2].count(0), head[1::2].count(0)) < nulls * 0.1)
    controls = sum(1 for b in head if b < 32 and b not in (9, 10, 12, 13))
    # TCVN3 puts a few capitals on control codes, so some are allowed.
    return controls > len(head) * 0.02


def check_archive(data: bytes) -> None:
    """Refuse an archive by its declared sizes first, then by what really comes out, in small pieces."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ArchiveBomb(f"{len(members)} members")
            if sum(m.file_size for m in members) > MAX_UNPACKED:
                raise ArchiveBomb("declared size")
            for member in members:
                if member.flag_bits & 0x1:
                    raise Encrypted("zip member")
                if member.file_size > SMALL_MEMBER and member.file_size > MAX_RATIO * max(
                    member.compress_size, 1
                ):
                    raise ArchiveBomb("compression ratio")
            _count_unpacked(archive, members)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Broken(type(error).__name__) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # zipfile re-exports zlib, stubs do not
        raise Broken("zlib") from error


def _count_unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    total = 0
    for member in members:
        with archive.open(member) as stream:
            first = True
            while piece := stream.read(256 * 1024):
                total += len(piece)
                if total > MAX_UNPACKED:
                    raise ArchiveBomb("actual size")
                # OOXML forbids document type definitions; an entity trick has no business here.
                if first and member.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(piece[:4096]):
                    raise Broken("document type definition")
                first = False


def _kind_of_archive(data: bytes) -> Kind:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    if mime.startswith(Kind.ODT.value.encode()) and "content.xml" in names:
        return Kind.ODT
    # Office on the web names the main part document2.xml and the like.
    if any(_WORD_MAIN.fullmatch(name) for name in names):
        return Kind.DOCX
    if "content.xml" in names or any(n.startswith(("xl/", "ppt/")) for n in names):
        raise NotSupported("another office format")
    raise WrongType("archive without a document")
