"""From an official document to the bytes of a Word file."""

import io
from datetime import date

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from thongsuot.formats.word import pieces
from thongsuot.formats.word.cleaning import without_control_characters as clean
from thongsuot.formats.word.layout import LAYOUTS, Layout
from thongsuot.formats.word.model import Heading, OfficialDocument, Table, Text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ILLUSTRATION = "Văn bản minh họa, không có giá trị pháp lý"


def write(document: OfficialDocument) -> bytes:
    """The document as a Word file, laid out by the rules of its regime."""
    layout = LAYOUTS[document.regime]
    file = docx.Document()
    _page(file, layout, document)
    _letterhead(file, layout, document)
    _title(file, layout, document)
    _blocks(file, layout, document)
    _closing(file, layout, document)
    file.core_properties.title = clean(document.subject)[:250]
    file.core_properties.author = clean(document.body)[:250]
    file.core_properties.language = "vi-VN"
    file.core_properties.comments = ""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def number_line(layout: Layout, number: str) -> str:
    """``Số 05-TB/ThU``; room for a figure where there is none yet."""
    number = clean(number)
    room = "" if number[:1].isdigit() else " " * 6
    return f"{layout.number_sign}{room}{number}".rstrip()


def date_line(place: str, day: date | None, year: int | None = None) -> str:
    """Days below 10 and the months 1 and 2 have two figures, the other months have not."""
    where = f"{clean(place)}, " if place else ""
    if day is None:
        return f"{where}ngày      tháng      năm {year or '     '}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{where}ngày {day.day:02d} tháng {month} năm {day.year}"


def _page(file: Document, layout: Layout, document: OfficialDocument) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.header_distance = section.footer_distance = Mm(layout.header)
    section.different_first_page_header_footer = True
    pieces.set_base_font(file, layout.text_size)
    pieces.page_number(section.header.paragraphs[0], layout.page_number)
    if document.is_illustration:
        for footer in (section.first_page_footer, section.footer):
            line = footer.paragraphs[0]
            pieces.line(line, ILLUSTRATION, 11, italic=True, align=ALIGN.CENTER)


def _letterhead(file: Document, layout: Layout, document: OfficialDocument) -> None:
    left, right = pieces.borderless(file, (78, 87))
    pieces.fill(
        left,
        [
            (clean(document.parent_body).upper(), layout.parent_size, ""),
            (clean(document.body).upper(), layout.body_size, "b"),
            ("*" if layout.star else "", layout.body_size, ""),
        ],
    )
    if not layout.star:
        pieces.rule(left, share=0.4)
    pieces.fill(left, [(number_line(layout, document.number), layout.number_size, "")])
    pieces.fill(
        right,
        [
            (clean(document.title) or layout.title, layout.title_size, "b"),
            (layout.motto, layout.motto_size, "b"),
        ],
    )
    pieces.rule(right, share=0.86)
    year = document.year
    pieces.fill(right, [(date_line(document.place, document.date, year), layout.date_size, "i")])


def _title(file: Document, layout: Layout, document: OfficialDocument) -> None:
    kind = file.add_paragraph()
    pieces.line(
        kind, clean(document.kind).upper(), layout.kind_size, bold=True, align=ALIGN.CENTER, before=18
    )
    for words in clean(document.subject).split("\n"):
        pieces.line(file.add_paragraph(), words, layout.subject_size, bold=True, align=ALIGN.CENTER)
    if layout.dashes:
        pieces.line(file.add_paragraph(), layout.dashes, layout.subject_size, align=ALIGN.CENTER, after=12)
    else:
        pieces.rule_below(file.add_paragraph(), share=0.35, width=165)


def _blocks(file: Document, layout: Layout, document: OfficialDocument) -> None:
    last_text = max((i for i, block in enumerate(document.blocks) if isinstance(block, Text)), default=-1)
    for position, block in enumerate(document.blocks):
        if isinstance(block, Table):
            pieces.grid(file, block, size=layout.text_size - 2, width=165)
            continue
        words = [words for words in clean(block.text).split("\n") if words.strip()]
        if position == last_text and words and layout.end_mark:
            words[-1] = words[-1].rstrip(". ") + layout.end_mark
        for paragraph in words:
            pieces.body(
                file.add_paragraph(),
                paragraph,
                layout,
                bold=isinstance(block, Heading),
                italic=isinstance(block, Text) and block.italic,
            )


def _closing(file: Document, layout: Layout, document: OfficialDocument) -> None:
    pieces.line(file.add_paragraph(), "", 6)
    left, right = pieces.borderless(file, (78, 87))
    if document.countersign is None:
        _recipients(left, layout, document)
    else:
        _signature(left, layout, *document.countersign)
    pieces.fill(right, [(clean(document.authority).upper(), layout.text_size, "b")])
    _signature(right, layout, document.position, document.signer)
    if document.countersign is not None:
        _recipients(pieces.borderless(file, (78, 87))[0], layout, document)


def _signature(cell: pieces.Cell, layout: Layout, position: str, name: str) -> None:
    pieces.fill(cell, [(clean(position).upper(), layout.text_size, "b" if layout.position_bold else "")])
    if name:
        pieces.fill(cell, [(" ", layout.text_size, "")] * 4, keep_empty=True)
        pieces.fill(cell, [(clean(name), layout.text_size, "b")])


def _recipients(cell: pieces.Cell, layout: Layout, document: OfficialDocument) -> None:
    style = "u" if layout.recipients_label_formal else "bi"
    listed = [f"- {clean(name).strip(' ;.')};" for name in document.recipients if name.strip()]
    kept = f"- {layout.archive.format(place=clean(document.archive) or 'Văn phòng')}."
    pieces.fill(cell, [("Nơi nhận:", layout.recipients_label_size, style)], align=ALIGN.LEFT)
    pieces.fill(cell, [(words, layout.recipients_size, "") for words in [*listed, kept]], align=ALIGN.LEFT)
