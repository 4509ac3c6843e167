"""The measures of both rules of layout, side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in millimetres, letters in points."""

    top: int
    bottom: int
    left: int
    right: int
    header: int  # from the edge of the page to the page number
    page_number: int
    title: str  # the national title, or that of the Party
    title_size: int
    motto: str
    motto_size: int
    parent_size: int
    body_size: int
    star: bool  # an asterisk under the issuing body
    number_sign: str
    number_size: int
    date_size: int
    kind_size: int
    subject_size: int
    dashes: str  # what stands under the subject
    text_size: int
    first_line: float
    line_spacing: float
    end_mark: str
    position_bold: bool
    recipients_label_size: int
    recipients_label_formal: bool  # upright and underlined; otherwise bold italic
    recipients_size: int
    archive: str


# Guideline 05-HD/VPTW (2025) with Regulation 399-QD/TW: A4 20/20/30/15 mm, lines of exactly 18-22 pt.
PARTY = Layout(
    top=20,
    bottom=20,
    left=30,
    right=15,
    header=10,
    page_number=14,
    title="ĐẢNG CỘNG SẢN VIỆT NAM",
    title_size=15,
    motto="",
    motto_size=0,
    parent_size=14,
    body_size=14,
    star=True,
    number_sign="Số ",
    number_size=14,
    date_size=14,
    kind_size=16,
    subject_size=14,
    dashes="-----",
    text_size=14,
    first_line=10,
    line_spacing=20,
    end_mark="",
    position_bold=False,
    recipients_label_size=14,
    recipients_label_formal=True,
    recipients_size=12,
    archive="Lưu {place}",
)

# Decree 30/2020/ND-CP, appendix I: top and bottom 20-25, left 30-35, right 15-20 mm.
STATE = Layout(
    top=20,
    bottom=20,
    left=30,
    right=15,
    header=10,
    page_number=13,
    title="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    title_size=12,
    motto="Độc lập - Tự do - Hạnh phúc",
    motto_size=13,
    parent_size=12,
    body_size=12,
    star=False,
    number_sign="Số: ",
    number_size=13,
    date_size=13,
    kind_size=14,
    subject_size=14,
    dashes="",
    text_size=14,
    first_line=10,
    line_spacing=20,
    end_mark="./.",
    position_bold=True,
    recipients_label_size=12,
    recipients_label_formal=False,
    recipients_size=11,
    archive="Lưu: VT",
)

LAYOUTS: dict[str, Layout] = {"party": PARTY, "state": STATE}
