"""Small PDF files drawn by hand: words, rules and pictures at places of our choice, on pages of A4."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

WIDE, TALL = 595, 842
Text = tuple[float, float, str]


@dataclass
class Sheet:
    """``texts``: (x, y from the top, words) in the usual size; ``small`` in footnote size, ``notes`` as comments."""

    texts: Sequence[Text] = ()
    small: Sequence[Text] = ()
    rules: Sequence[tuple[float, float, float, float]] = ()
    picture: Image.Image | None = None
    rotate: int = 0
    turned: bool = False  # the words themselves run upwards
    comments: Sequence[str] = ()
    extra: str = ""
    size: int = 12
    box: tuple[float, float] = field(default=(WIDE, TALL))
    pinned: Sequence[bytes] = ()  # annotations, as their dictionaries stand in the file
    picture_at: tuple[float, float, float, float] = (0, 0, WIDE, TALL)  # left, bottom, width and height


CMAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /I def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
)
FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /FontDescriptor 6 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)
DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200"
    b" /ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
)


def pdf(*sheets: Sheet, catalog: bytes = b"", cmap: bytes = CMAP) -> bytes:
    """``catalog``: further entries of the document's root."""
    root = b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog
    objects = [root, b"", FONT, DESCENDANT, stream(cmap), DESCRIPTOR]
    kids = []
    for sheet in sheets:
        objects.append(stream(_drawing(sheet)))
        content = len(objects)
        pictures = b""
        if sheet.picture:
            objects.append(_picture(sheet.picture))
            pictures = b"/XObject << /Im %d 0 R >>" % len(objects)
        notes = list(sheet.pinned)
        for comment in sheet.comments:
            objects.append(
                b"<< /Type /Annot /Subtype /FreeText /Rect [60 700 200 730] /DA (/F1 12 Tf) /Contents <feff%s> >>"
                % comment.encode("utf-16-be").hex().encode()
            )
            notes.append(b"%d 0 R" % len(objects))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Annots [%s] /Resources << /Font"
            b" << /F1 3 0 R >> %s >> /Contents %d 0 R >>"
            % (*sheet.box, sheet.rotate, b" ".join(notes), pictures, content)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return assembled(objects)


def _drawing(sheet: Sheet) -> bytes:
    parts = [_words(sheet, sheet.texts, sheet.size), _words(sheet, sheet.small, 8)]
    for x0, top, x1, bottom in sheet.rules:
        parts.append(f"{x0} {TALL - top} m {x1} {TALL - bottom} l S")
    if sheet.picture:
        left, bottom, wide, tall = sheet.picture_at
        parts.append(f"q {wide} 0 0 {tall} {left} {bottom} cm /Im Do Q")
    return "\n".join([*parts, sheet.extra]).encode()


def _words(sheet: Sheet, texts: Sequence[Text], size: int) -> str:
    turn = "0 1 -1 0" if sheet.turned else "1 0 0 1"
    shown = []
    for x, top, words in texts:
        place = f"{top} {x}" if sheet.turned else f"{x} {TALL - top}"
        shown.append(f"BT /F1 {size} Tf {turn} {place} Tm <{words.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(shown)


def _picture(picture: Image.Image) -> bytes:
    raw = io.BytesIO()
    picture.convert("RGB").save(raw, "JPEG", quality=90)
    data = raw.getvalue()
    head = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    head += b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
    return head % (picture.width, picture.height, len(data), data)


def stream(content: bytes, *, packed: bool = False) -> bytes:
    if packed:
        content = zlib.compress(content, 9)
    extra = b"/Filter /FlateDecode " if packed else b""
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (extra, len(content), content)


def assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def lines(texts: Sequence[str], *, x: float = 85, top: float = 120, step: float = 18) -> list[Text]:
    """Lines one under the other."""
    return [(x, top + i * step, text) for i, text in enumerate(texts)]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """The rules of a table, drawn from one end to the other."""
    level = [(xs[0], y, xs[-1], y) for y in ys]
    return level + [(x, ys[0], x, ys[-1]) for x in xs]
