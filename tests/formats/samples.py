"""Invented documents and the files that hold them. Nothing here comes from a real office."""

import io
import zipfile
from collections.abc import Sequence

import docx

from tests.formats.extract.paper import assembled, stream

STATE_PLAN = """ỦY BAN NHÂN DÂN
XÃ AN BÌNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 15/KH-UBND
An Bình, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
TRIỂN KHAI NGHỊ QUYẾT SỐ 09-NQ/ĐU VỀ XÂY DỰNG NẾP SỐNG VĂN MINH
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Thực hiện Nghị quyết số 09-NQ/ĐU ngày 12/01/2026 của Đảng ủy xã An Bình về xây dựng nếp sống văn minh.
Ủy ban nhân dân xã ban hành Kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Các đơn vị chủ động tổ chức thực hiện đúng tiến độ.
II. MỤC TIÊU ĐẾN NĂM 2030
- Tỷ lệ hộ gia đình đạt chuẩn văn hóa đạt tối thiểu 95%.
- Xây dựng ít nhất 05 mô hình khu dân cư kiểu mẫu.
III. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội
a) Chủ trì, phối hợp với Công an xã và các thôn tổ chức tuyên truyền, hoàn thành trước ngày 30/4/2026.
b) Định kỳ hằng quý tổng hợp, báo cáo Ủy ban nhân dân xã.
2. Giao Công an xã tăng cường kiểm tra việc chấp hành quy định về trật tự đô thị.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã vận động nhân dân thực hiện nếp sống văn minh.
Trên đây là Kế hoạch của Ủy ban nhân dân xã./.
Nơi nhận:
- Thường trực Đảng ủy xã (b/c);
- Các thôn;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Thị Minh Ánh
"""

PARTY_RESOLUTION = """ĐẢNG BỘ TỈNH HÒA LẠC
ĐẢNG ỦY XÃ AN BÌNH
*
ĐẢNG CỘNG SẢN VIỆT NAM
-----
Số 09-NQ/ĐU
An Bình, ngày 12 tháng 01 năm 2026
NGHỊ QUYẾT
về xây dựng nếp sống văn minh
-----
Ban Chấp hành Đảng bộ xã quyết nghị như sau:
1. Giao Ban Xây dựng Đảng chủ trì, phối hợp với Văn phòng Đảng ủy xã hướng dẫn các chi bộ quán triệt trong quý I/2026.
2. Các chi bộ tổ chức sinh hoạt chuyên đề, báo cáo kết quả trước ngày 15 hằng tháng.
Nơi nhận:
- Ban Thường vụ Tỉnh ủy (để báo cáo),
- Các chi bộ,
- Lưu Văn phòng Đảng ủy.
T/M ĐẢNG ỦY
BÍ THƯ
Lê Văn Đức
"""


def docx_file(*, numbered: Sequence[str] = (), body: Sequence[str] = ("Nội dung văn bản.",)) -> bytes:
    """A Word file as offices write them: letterhead and signature in tables, an annex table, a numbered list."""
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 15/KH-UBND"
    head.cell(1, 1).text = "An Bình, ngày 05 tháng 3 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    for text in body:
        document.add_paragraph(text)
    for text in numbered:
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=2, cols=3)
    for column, words in enumerate(("TT", "Nội dung", "Đơn vị chủ trì")):
        table.cell(0, column).text = words
    for column, words in enumerate(("1", "Tổ chức tuyên truyền", "Công an xã")):
        table.cell(1, column).text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def zip_file(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pdf_file(pages: Sequence[Sequence[tuple[int, int, str]]]) -> bytes:
    """A small PDF with a text layer: pages of (x, y, words). The font maps every code to itself."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /I def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>"
    )
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200"
        b" /ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font, descendant, stream(cmap), descriptor]
    kids = []
    for lines in pages:
        words = [f"BT /F1 12 Tf {x} {y} Td <{t.encode('utf-16-be').hex()}> Tj ET" for x, y, t in lines]
        objects.append(stream("\n".join(words).encode()))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return assembled(objects)
