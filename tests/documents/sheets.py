"""Files as they come to a clerk's desk: a small directive in every form, and every kind of file that is refused."""

from __future__ import annotations

import io
import zipfile
from random import Random

from docx import Document as WordDocument
from pypdf import PdfReader, PdfWriter

from thongsuot.formats.reading.effort import LONG_BYTES

DIRECTIVE = """ĐẢNG BỘ TỈNH SÔNG SẬY
THÀNH ỦY VÀM CỎ
*
Số 12-CT/ThU
ĐẢNG CỘNG SẢN VIỆT NAM
Vàm Cỏ, ngày 02 tháng 11 năm 2026

CHỈ THỊ
của Ban Thường vụ Thành ủy
về giữ sạch đường phố, kênh, rạch

Thực hiện Nghị quyết số 09-NQ/ThU ngày 18/3/2026 của Ban Chấp hành Đảng bộ thành phố, Ban Thường vụ Thành ủy yêu cầu:

1. Đảng ủy các phường, xã xây dựng kế hoạch thực hiện, hoàn thành trước ngày 12/11/2026.

2. Phòng Kinh tế, Hạ tầng chủ trì, phối hợp với Công an thành phố rà soát các điểm tập kết rác tự phát, \
xử lý xong trong quý IV năm 2026.

3. Phấn đấu đến ngày 31/12/2026 có 100% khu phố, ấp có tổ tự quản hoạt động.

4. Ủy ban kiểm tra Thành ủy theo dõi, kiểm tra việc thực hiện, báo cáo Ban Thường vụ trước ngày 15/01/2027.

Nơi nhận:
- Các đảng ủy phường, xã;
- Lưu Văn phòng Thành ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Nguyễn Văn An
"""


_ACTS = (
    "Xây dựng kế hoạch thực hiện",
    "Rà soát các điểm tập kết rác tự phát",
    "Tổ chức tuyên truyền đến từng hộ dân",
    "Kiểm tra, xử lý các trường hợp vi phạm",
)
FORTY = tuple(
    f"{_ACTS[number % 4]} đợt {number}{'; lắp đặt biển báo tại các điểm đó' if number == 9 else ''}"
    for number in range(1, 41)
)


def forty_points() -> str:
    """A long directive of forty points; the ninth holds two acts."""
    head, _tasks, tail = DIRECTIVE.partition("1. Đảng ủy")
    points = [f"{number}. {words}." for number, words in enumerate(FORTY, start=1)]
    return head + "\n\n".join(points) + "\n\n" + tail[tail.index("Nơi nhận:") :]


def plain(text: str = DIRECTIVE) -> bytes:
    return text.encode()


def word(text: str = DIRECTIVE) -> bytes:
    document = WordDocument()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def secret(text: str = DIRECTIVE) -> bytes:
    """The same directive with a stamp, as a Word file."""
    return word("MẬT\n" + text)


def tcvn3(text: str = DIRECTIVE) -> bytes:
    """The text in the encoding of the nineties: each Vietnamese letter is one byte of its own font."""
    small = dict(zip(_UNICODE, _TCVN3, strict=True))
    return "".join(small.get(letter, letter) for letter in text.lower()).encode("latin-1")


_UNICODE = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
_TCVN3 = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô­õö÷øùúûüýþ"


def pdf(text: str = "Trang") -> bytes:
    """A PDF of one page with a line of text, written by hand: no font has to be on the machine."""
    return _pdf(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("khong-ai-biet", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """A small Word file whose text unpacks to 120 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            if member != "word/document.xml":
                target.writestr(member, source.read(member))
        target.writestr("word/document.xml", b"<a>" + b" " * (120 * 1024 * 1024) + b"</a>")
    return out.getvalue()


def picture() -> bytes:
    """A moving picture: the kind of picture nobody scans a paper into."""
    return b"GIF89a" + bytes(64)


def long_paper(text: str = DIRECTIVE) -> bytes:
    """A Word file that announces itself as long by its size: a remark nobody sees, which does not compress."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(text))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            content = source.read(member)
            if member == "word/document.xml":
                filler = b"<!--" + Random(1).randbytes(LONG_BYTES // 2).hex().encode() + b"-->"
                content = content.replace(b"<w:sectPr", filler + b"<w:sectPr", 1)
            target.writestr(member, content)
    return out.getvalue()


def broken() -> bytes:
    """A Word file cut off in the middle."""
    return word()[:2000]


def garbled() -> bytes:
    """A text whose letters a wrong font map has turned into others."""
    return ("k\u04cbt q\u04bfQ 4X\u04c3w h\u04cdQP th\u04d5c " * 80).encode()


def unknown_encoding() -> bytes:
    """Letters that no Vietnamese encoding of the last forty years explains: here Russian ones."""
    return ("Постановление о чистоте улиц, каналов и дорог в городе. " * 20).encode("cp1251")


def _pdf(content: bytes) -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, part in enumerate(parts, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table)
    return bytes(out)
