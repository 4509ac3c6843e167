"""Files made to hurt: each a few kilobytes that ask for hours, gigabytes or a connection."""

import io
import struct
import zlib

from PIL import Image

from tests.formats.extract.paper import CMAP, DESCENDANT, DESCRIPTOR, FONT, assembled, stream

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> %s >>"
    b" /Contents %d 0 R >>"
)


def of_pages(pages: int) -> bytes:
    """All pages are the same one."""
    kids = b"7 0 R " * pages
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    return assembled(
        [CATALOG, tree, FONT, DESCENDANT, stream(CMAP), DESCRIPTOR, PAGE % (b"", 8), stream(b"")]
    )


def of_forms(depth: int, width: int) -> bytes:
    """Drawings that draw drawings: width to the power of depth words on a page."""
    first = 9
    objects = [
        CATALOG,
        b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>",
        FONT,
        DESCENDANT,
        stream(CMAP),
        DESCRIPTOR,
    ]
    objects.append(PAGE % (b"/XObject << /X %d 0 R >>" % first, 8))
    objects.append(stream(b"/X Do"))
    for level in range(depth):
        last = level == depth - 1
        content = b"BT /F1 9 Tf 50 50 Td <00410042> Tj ET " if last else b"/X Do " * width
        inner = b"/Font << /F1 3 0 R >>" if last else b"/XObject << /X %d 0 R >>" % (first + level + 1)
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >> /Length %d >>\nstream\n%s"
            b"\nendstream" % (inner, len(content), content)
        )
    return assembled(objects)


def of_text(megabytes: int) -> bytes:
    """One page whose packed content unpacks to so much."""
    line = b"BT /F1 9 Tf 50 50 Td <00410042004300440045004600470048> Tj ET\n"
    packer = zlib.compressobj(9)
    parts = [packer.compress(line * (1024 * 1024 // len(line))) for _ in range(megabytes)]
    packed = b"".join([*parts, packer.flush()])
    content = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    tree = b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>"
    return assembled([CATALOG, tree, FONT, DESCENDANT, stream(CMAP), DESCRIPTOR, PAGE % (b"", 8), content])


def deep_tree(depth: int) -> bytes:
    """A page under so many branches."""
    branches = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (i + 3) for i in range(depth)]
    return assembled([CATALOG, *branches, b"<< /Type /Page /MediaBox [0 0 595 842] >>"])


def circular_tree() -> bytes:
    return assembled([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000 >>"])


def active(address: str) -> bytes:
    """Script, a file to launch, an address to open and a font from elsewhere, all to happen on opening."""
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL('%s')) >>"
        b" /AA << /WC << /S /URI /URI (%s) >> >> /Names << /EmbeddedFiles << /Names [(a.exe) 9 0 R] >> >> >>"
        % (address.encode(), address.encode())
    )
    words = "Một câu bình thường trong văn bản.".encode("utf-16-be").hex()
    content = stream(f"BT /F1 12 Tf 60 700 Td <{words}> Tj ET".encode())
    embedded = b"<< /Type /Filespec /F (%s) /EF << /F 10 0 R >> >>" % address.encode()
    tree = b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>"
    page = PAGE % (b"", 8)
    return assembled(
        [catalog, tree, FONT, DESCENDANT, stream(CMAP), DESCRIPTOR, page, content, embedded, stream(b"MZ")]
    )


def huge_png(side: int) -> bytes:
    """White paper of so many dots a side: a few bytes for every million of them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * min(side, 2_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def many_pictures(pages: int) -> bytes:
    out = io.BytesIO()
    first, *rest = [Image.new("1", (16, 16), 1) for _ in range(pages)]
    first.save(out, "TIFF", save_all=True, append_images=rest)
    return out.getvalue()


def circular_tiff() -> bytes:
    """A directory of pages whose next page is itself."""
    entries = [
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 110),
    ]
    entries += [(278, 3, 1, 8), (279, 4, 1, 64)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", 8) + bytes(100)
