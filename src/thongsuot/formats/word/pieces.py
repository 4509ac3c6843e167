"""The few shapes an official document is made of, on top of python-docx."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from thongsuot.formats.word.cleaning import without_control_characters as clean
from thongsuot.formats.word.layout import Layout
from thongsuot.formats.word.model import Table

FONT = "Times New Roman"
Words = tuple[str, int, str]  # text, size, any of b (bold), i (italic), u (underlined)

__all__ = [
    "Cell",
    "body",
    "borderless",
    "fill",
    "grid",
    "line",
    "page_number",
    "rule",
    "rule_below",
    "set_base_font",
]


def set_base_font(file: Document, size: int) -> None:
    style = file.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def line(
    paragraph: Paragraph,
    words: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: ALIGN = ALIGN.LEFT,
    before: int = 0,
    after: int = 0,
) -> Run:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = FONT, Pt(size)
    run.bold, run.italic, run.underline = bold, italic, underline
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return run


def body(
    paragraph: Paragraph, words: str, layout: Layout, *, bold: bool = False, italic: bool = False
) -> None:
    """A paragraph of the text: justified, first line drawn in, at least 6 pt apart."""
    line(paragraph, words, layout.text_size, bold=bold, italic=italic, align=ALIGN.JUSTIFY, after=6)
    form = paragraph.paragraph_format
    form.first_line_indent = Mm(layout.first_line)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line_spacing)
    form.keep_with_next = bold
    form.widow_control = True


def borderless(file: Document, widths: tuple[int, int]) -> tuple[Cell, Cell]:
    """Two columns side by side without lines: how letterheads and signatures are set."""
    table = file.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    left, right = table.rows[0].cells
    left.width, right.width = (Mm(width) for width in widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return left, right


def fill(
    cell: Cell, lines: Sequence[Words], *, align: ALIGN = ALIGN.CENTER, keep_empty: bool = False
) -> None:
    """Add lines to a cell; empty ones are left out."""
    for words, size, style in lines:
        if not words.strip() and not keep_empty:
            continue
        for part in words.split("\n"):
            line(
                _next(cell),
                part,
                size,
                bold="b" in style,
                italic="i" in style,
                underline="u" in style,
                align=align,
            )


def rule(cell: Cell, *, share: float) -> None:
    """A line under what stands in the cell so far, over a share of its width."""
    width = cell.width.mm if cell.width else 80
    rule_below(_next(cell), share=share, width=width)


def rule_below(paragraph: Paragraph, *, share: float, width: float) -> None:
    """A short line in the middle: an empty paragraph with a border, drawn in from both sides."""
    side = Mm(width * (1 - share) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_after = Pt(4)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    borders = OxmlElement("w:pBdr")
    border = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    # The schema wants the border before spacing and indents.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def page_number(paragraph: Paragraph, size: int) -> None:
    """The number of the page, as a field that the reader's program fills."""
    run = line(paragraph, "", size, align=ALIGN.CENTER)
    for kind in ("begin", None, "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = " PAGE "
        run._r.append(mark)


def grid(file: Document, table: Table, *, size: int, width: float) -> None:
    """A table with lines; its header row comes again on each page."""
    columns = len(table.header)
    drawn = file.add_table(rows=1, cols=columns, style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = table.widths or (1.0,) * columns
    widths = [Mm(width * share / sum(shares)) for share in shares]
    _repeat_header(drawn.rows[0]._tr)
    for cell, words in zip(drawn.rows[0].cells, table.header, strict=True):
        line(_next(cell), clean(words), size, bold=True, align=ALIGN.CENTER)
    for row in table.rows:
        cells = drawn.add_row().cells
        for position, (cell, words) in enumerate(zip(cells, row, strict=True)):
            align = ALIGN.RIGHT if position in table.numeric else ALIGN.LEFT
            line(_next(cell), clean(words), size, align=align)
    for made in drawn.rows:
        for cell, length in zip(made.cells, widths, strict=True):
            cell.width = length
    line(file.add_paragraph(), "", 6)


def _repeat_header(row: object) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]  # python-docx's own element class


def _next(cell: Cell) -> Paragraph:
    """The cell's first paragraph while that is empty and unused, then new ones: a cell is never without one."""
    first = cell.paragraphs[0]
    used = first.runs or first._p.find(qn("w:pPr")) is not None
    added: Paragraph = cell.add_paragraph() if used else first
    return added
