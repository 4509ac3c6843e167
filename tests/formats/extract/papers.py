"""Whole invented papers as Word files: one from our own writer, one with everything a word processor can do."""

import datetime as dt
import io

import docx
from docx.document import Document
from docx.oxml import parse_xml

from tests.formats.extract.word_files import (
    cell,
    level,
    numbering,
    paragraph,
    row,
    run,
    table,
    word_file,
)
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


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PLACE = (
    f'<wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0" simplePos="0" '
    'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="2000000" cy="500000"/><wp:wrapNone/><wp:docPr id="1" name="b"/>'
)
_SHAPE = (
    '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{}</wps:txbx><wps:bodyPr/></wps:wsp>'
)


def _box(words: str) -> str:
    shape = _SHAPE.format(f"<w:txbxContent>{paragraph(words)}</w:txbxContent>")
    graphic = (
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData></a:graphic>'
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{_PLACE}{graphic}</wp:anchor></w:drawing>'
        "</mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
    )


def _notes(kind: str, words: str) -> str:
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{i}"><w:p/></w:{kind}>'
        for i, name in enumerate(("separator", "continuationSeparator"))
    )
    return f'{separators}<w:{kind} w:id="2">{paragraph(words)}</w:{kind}>'


def oddities() -> bytes:
    """What our own writer never does: a box, notes, lists by style and begun again, capitals and fonts by style."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Cu"><w:name w:val="Cu"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>'
    )
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    levels = level("upperRoman", "%1."), level("decimal", "%1.%2."), level("lowerLetter", "%3)")
    notes = ('<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>')
    inner = f"<w:tc><w:tcPr/>{table(row(cell('b1')), row(cell('b2')))}<w:p/></w:tc>"
    body = (
        f"<w:p>{run('KẾ HOẠCH')}{_box('Số: 15/KH-UBND')}</w:p>",
        f"<w:p>{run('Căn cứ')}{notes[0]}{run(' và')}{notes[1]}</w:p>",
        paragraph("Mục tiêu", style="Muc"),
        *(paragraph(words, number="1", level=1) for words in ("một", "hai")),
        paragraph("x", number="1", level=2),
        paragraph("Tổ chức", style="Muc"),
        paragraph("ba", number="1", level=1),
        paragraph("Lại từ đầu", number="2"),
        paragraph("x· An B×nh", style="Cu"),
        f"<w:p>{run('kế hoạch', '<w:caps/>')}</w:p>",
        "<w:p><w:r><w:t>UBND</w:t><w:noBreakHyphen/><w:t>XD</w:t><w:br/><w:t>dòng</w:t></w:r></w:p>",
        table(row(cell("A"), inner, cell("C")), row(cell("1"), cell("2"), cell("3"))),
        paragraph("Cuối."),
    )
    return word_file(
        "".join(body),
        styles=styles,
        numbering=numbering(*levels, overrides=again),
        footnotes=_notes("footnote", "Chân trang"),
        endnotes=_notes("endnote", "Cuối bài"),
    )


def drawn() -> bytes:
    """A paper whose stamp is a decorated word (WordArt), a picture to every other program."""
    art = (
        '<w:r><w:pict><v:shapetype id="t136" coordsize="21600,21600" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="s1" type="#t136" style="position:absolute;width:100pt;height:30pt">'
        '<v:textpath style="font-family:Arial" string="TỐI MẬT"/></v:shape></w:pict></w:r>'
    )
    return word_file(f"<w:p>{run('KẾ HOẠCH')}{art}</w:p>" + paragraph("Nội dung của kế hoạch."))
