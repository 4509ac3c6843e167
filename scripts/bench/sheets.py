"""Papers of any length for the reader: the text of a plan, printed as PDF and written as DOCX."""

from __future__ import annotations

import datetime as dt

from thongsuot.formats.word import Heading, OfficialDocument, Table, Text, write

LINES = 40  # on a printed page
PARAGRAPHS = 12
TOP, STEP, LEFT = 70, 18, 85
HEAD = (
    (60, "ỦY BAN NHÂN DÂN"),
    (320, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (60, "XÃ AN BÌNH"),
    (320, "Độc lập - Tự do - Hạnh phúc"),
    (60, "Số: 15/KH-UBND"),
    (320, "An Bình, ngày 05 tháng 3 năm 2026"),
)
UNITS = ("Phòng Kinh tế", "Công an xã", "Trạm Y tế", "Phòng Văn hóa - Xã hội", "Ban Chỉ huy Quân sự xã")
# About five duties and as many targets and cited documents on a page, as in a plan of a province.
DUTY = (
    "Chủ trì, phối hợp với các thôn tổ chức tuyên truyền, vận động nhân dân thực hiện nếp sống văn minh,",
    "hoàn thành trước ngày {day:02d} tháng {month} năm 2026; báo cáo kết quả về Ủy ban nhân dân xã theo",
    "Quyết định số {number}/QĐ-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Hòa Lạc. Phấn đấu",
    "đến hết năm 2026 đạt ít nhất {share}% số hộ gia đình đạt chuẩn văn hóa, giảm còn dưới 2% số hộ nghèo.",
)
REPORT = (
    "Trong năm 2025, việc thực hiện nếp sống văn minh trên địa bàn đã có nhiều chuyển biến; nhân dân các",
    "thôn hưởng ứng, đóng góp {number} ngày công và hiến đất mở rộng đường làng, ngõ xóm; tuy nhiên một số",
    "nơi còn hình thức, kinh phí chưa kịp thời, công tác phối hợp giữa các ngành có lúc thiếu chặt chẽ, cán",
    "bộ phụ trách kiêm nhiệm nhiều việc nên việc theo dõi, tổng hợp số liệu chưa thường xuyên, đầy đủ.",
)


def lines_of(pages: int, *, dense: bool = True) -> list[str]:
    """Numbered parts, each with a unit and what it has to do; else every second part only tells what was.

    To 1,000 letters the dense ones have 2.6 tasks, 1.3 of them with a deadline, the others 2.1 and 0.9. Real papers
    have fewer: 1.4 and 0.4 in the labelled ones that the reader was made with.
    """
    lines: list[str] = []
    part = 0
    while len(lines) < pages * LINES:
        part += 1
        tells = not dense and part % 2 == 0
        lines.append(f"{part}. {'Tình hình thực hiện' if tells else UNITS[part % len(UNITS)]}")
        figures = {
            "day": part % 28 + 1,
            "month": part % 12 + 1,
            "number": part % 900 + 1,
            "share": part % 60 + 40,
        }
        told = (REPORT,) * 4 if tells else (DUTY, REPORT, DUTY, REPORT)
        for letter, sentences in zip("abcd", told, strict=True):
            first, *rest = (sentence.format(**figures) for sentence in sentences)
            lines += [f"{letter}) {first}", *rest]
    return lines[: pages * LINES]


def word(pages: int, *, dense: bool = True) -> bytes:
    """About so many pages, with a table of twenty rows on every tenth."""
    blocks: list[Heading | Text | Table] = []
    for paragraph in _paragraphs(lines_of(pages, dense=dense)):
        if len(blocks) % (10 * PARAGRAPHS) == 0:
            rows = tuple((f"{n}", paragraph, UNITS[n % len(UNITS)], "Quý II/2026") for n in range(1, 21))
            blocks.append(Table(("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"), rows))
        blocks.append(Text(paragraph))
    return write(
        OfficialDocument(
            regime="state",
            body="Ủy ban nhân dân xã An Bình",
            kind="kế hoạch",
            subject="triển khai nếp sống văn minh",
            blocks=tuple(blocks),
            number="15/KH-UBND",
            place="An Bình",
            date=dt.date(2026, 3, 5),
        )
    )


def _paragraphs(lines: list[str]) -> list[str]:
    """What a line with a number or a letter begins."""
    paragraphs: list[str] = []
    for line in lines:
        if line.split(" ")[0].endswith((".", ")")) or not paragraphs:
            paragraphs.append(line)
        else:
            paragraphs[-1] += f" {line}"
    return paragraphs


def pdf(pages: int) -> bytes:
    """Exactly so many pages, with a letterhead, page numbers and a ruled frame of six cells on every tenth."""
    lines = lines_of(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_FONT]
    kids = []
    for number in range(pages):
        objects.append(_stream(_page(number, lines[number * LINES : (number + 1) * LINES])))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def _page(number: int, lines: list[str]) -> bytes:
    parts = [_words(290, 30, f"{number + 1}")]
    begin = TOP
    if not number:
        parts += [_words(x, 40 + i // 2 * 10, text) for i, (x, text) in enumerate(HEAD)]
    if number % 10 == 9:
        parts += [f"{x} 792 m {x} 802 l S" for x in (60, 300, 400, 530)]
        parts += [f"60 {y} m 530 {y} l S" for y in (792, 797, 802)]
    parts += [_words(LEFT, begin + i * STEP, line) for i, line in enumerate(lines)]
    return "\n".join(parts).encode()


def _words(x: int, top: int, text: str) -> str:
    return f"BT /F1 9 Tf {x} {842 - top} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assembled(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


# A font that maps every code to itself, so that any letter can be written without a font file.
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /FontDescriptor 6 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    _stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /I def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    ),
    b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200"
    b" /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
)
