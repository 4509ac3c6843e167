"""Whole invented papers as Word files: one from our own writer, one with everything a word processor can do."""

import datetime as dt
import io

import docx
from docx.document import Document
from docx.oxml import parse_xml

from thongsuot.formats.word import Heading, OfficialDocument, Table, Text, write

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_AUTHOR = 'w:id="{}" w:author="a" w:date="2026-01-01T00:00:00Z"'

PLAN = OfficialDocument(
    regime="state",
    parent_body="",
    body="Ủy ban nhân dân xã An Bình",
    number="15/KH-UBND",
    place="An Bình",
    date=dt.date(2026, 3, 5),
    kind="kế hoạch",
    subject="triển khai Nghị quyết số 09-NQ/ĐU về xây dựng nếp sống văn minh",
    blocks=(
        Text("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;"),
        Text("Thực hiện Nghị quyết số 09-NQ/ĐU ngày 12/01/2026 của Đảng ủy xã An Bình về nếp sống văn minh."),
        Text("Ủy ban nhân dân xã ban hành Kế hoạch như sau:"),
        Heading("I. MỤC TIÊU"),
        Text("1. Tỷ lệ hộ gia đình đạt chuẩn văn hóa đạt tối thiểu 95%."),
        Heading("II. TỔ CHỨC THỰC HIỆN"),
        Text(
            "1. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an xã tổ chức tuyên truyền, hoàn thành "
            "trước ngày 30/4/2026."
        ),
        Text(
            "2. Giao Công an xã tăng cường kiểm tra việc chấp hành quy định về trật tự đô thị, định kỳ hằng quý "
            "báo cáo Ủy ban nhân dân xã."
        ),
        Text(
            "3. Trưởng các thôn tổ chức họp dân, phổ biến nội dung Kế hoạch này đến từng hộ gia đình, vận động nhân "
            "dân ký cam kết thực hiện và tổng hợp kết quả gửi Văn phòng Ủy ban nhân dân xã trước ngày 15/6/2026 "
            "để theo dõi, đôn đốc và báo cáo Đảng ủy xã tại phiên họp thường kỳ của tháng sau theo quy định."
        ),
        Text("4. Các nhiệm vụ khác:"),
        Table(
            ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"),
            (
                (
                    "1",
                    "Viết bài tuyên truyền trên trang thông tin",
                    "Văn phòng Ủy ban nhân dân xã",
                    "Quý II/2026",
                ),
                ("2", "Tổ chức họp dân ở các thôn", "Trưởng các thôn", "Trước ngày 30/6/2026"),
            ),
            (1, 5, 4, 3),
        ),
        Text("Trên đây là Kế hoạch của Ủy ban nhân dân xã./."),
    ),
    authority="TM. Ủy ban nhân dân",
    position="Chủ tịch",
    signer="Trần Thị Minh Ánh",
    recipients=("Thường trực Đảng ủy xã", "Các thôn"),
    archive="VT",
)


def plan() -> bytes:
    return write(PLAN)


def everything() -> bytes:
    """Lists, revisions, hidden text, old fonts, merged cells, a note, a box, margins with words."""
    document = docx.Document()
    _letterhead(document)
    for words in ("KẾ HOẠCH", "Triển khai nếp sống văn minh", "Căn cứ Luật số 72/2025/QH15;"):
        document.add_paragraph(words)
    _outline(document)
    changed = document.add_paragraph("Hạn ")
    changed.add_run("ẩn").font.hidden = True
    for number, tag, text in ((1, "del", "<w:delText>30/6</w:delText>"), (2, "ins", "<w:t>31/12</w:t>")):
        author = _AUTHOR.format(number)
        changed._p.append(parse_xml(f"<w:{tag} {_W} {author}><w:r>{text}</w:r></w:{tag}>"))
    for font, words in ((".VnTime", "x· An B×nh yªu cÇu c¸c th«n"), (".VnTimeH", "uû ban nh©n d©n")):
        document.add_paragraph().add_run(words).font.name = font
    document.add_paragraph("Dòng một\nDòng hai\tsau khoảng cách")
    _tasks(document)
    document.add_paragraph("")
    signature = document.add_table(rows=1, cols=2)
    signature.cell(0, 0).text = "Nơi nhận:\n- Các thôn;\n- Lưu: VT."
    signature.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Thị Ánh"
    document.sections[0].footer.paragraphs[0].text = "MẬT"
    document.sections[0].header.paragraphs[0].text = "HỎA TỐC"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _letterhead(document: Document) -> None:
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 15/KH-UBND"
    head.cell(1, 1).text = "An Bình, ngày 05 tháng 3 năm 2026"


def _outline(document: Document) -> None:
    forms = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(forms)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {_W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, words in (
        (0, "MỤC TIÊU"),
        (1, "Tỷ lệ hộ đạt chuẩn văn hóa đạt tối thiểu 95%."),
        (0, "TỔ CHỨC THỰC HIỆN"),
        (1, "Phòng Văn hóa - Xã hội"),
        (2, "Chủ trì, phối hợp với Công an xã tổ chức tuyên truyền."),
        (2, "Báo cáo Ủy ban nhân dân xã:"),
        (3, "Bằng văn bản."),
        (1, "Giao Công an xã tăng cường kiểm tra."),
    ):
        place = f'<w:numPr {_W}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>'
        document.add_paragraph(words)._p.get_or_add_pPr().append(parse_xml(place))


def _tasks(document: Document) -> None:
    rows = (
        ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
        ("I", "Tuyên truyền", "", ""),
        ("1", "Viết bài", "Công an xã", "Quý I/2026"),
        ("2", "Phát thanh", "", "Quý II/2026"),
        ("3", "Họp dân", "Đoàn xã", "2026"),
    )
    table = document.add_table(rows=len(rows), cols=4)
    for i, words in enumerate(rows):
        for j, text in enumerate(words):
            table.cell(i, j).text = text
    table.cell(1, 1).merge(table.cell(1, 3)).text = "Tuyên truyền"
    table.cell(2, 2).merge(table.cell(3, 2)).text = "Công an xã"
