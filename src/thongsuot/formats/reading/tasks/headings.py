"""Headings that consist of units, and the words of an order that may stand before them."""

import re

from thongsuot.formats.reading.frame.casing import normal_case
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.tasks.heads import starts_unit
from thongsuot.formats.reading.tasks.organisations import split_units
from thongsuot.formats.reading.tasks.phrases import units_end
from thongsuot.formats.reading.words import bare

ORDER = (
    r"(?:[Gg]iao(?: (?:nhiệm vụ|trách nhiệm|quyền|chỉ tiêu))?(?: cho)?|[YyÝý]êu cầu|[ĐđD]ề nghị"
    r"|[Pp]hân công(?: (?:nhiệm vụ|trách nhiệm))?(?: cho)?|[Kk]iến nghị|[Uu][ỷy] quyền cho|[ỦU][ỷy] quyền cho)"
)
_ORDERS_IN = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|kiến nghị|giao)\s")
_HEADING_OPENS = re.compile(
    rf"^(?:{ORDER}|Trách nhiệm của|Đối với|Nhiệm vụ của|Về phía|Phần việc của|Trách nhiệm|Về trách nhiệm của)\s+"
)
# The title of a chapter that hands out work, which begins with a verb like the work itself.
_TITLE = re.compile(
    r"(?:to chuc(?: trien khai)? thuc hien|phan cong(?: nhiem vu| to chuc| trach nhiem)?(?: thuc hien)?"
    r"|to chuc va phan cong(?: thuc hien)?|(?:de xuat|kien nghi|de nghi)(?:,? (?:va )?(?:de xuat|kien nghi))?)"
    r"\s*(?:\([^)]{1,40}\)\s*)?:?$"
)
_CHAPTERS = ("roman", "capital", "part", "chapter", "article")


def is_title(paragraph: Paragraph) -> bool:
    """The title of a chapter of the paper: it names no work of its own and hands nothing down."""
    body = paragraph.body.strip()
    return (paragraph.kind in _CHAPTERS or body.isupper()) and _TITLE.match(bare(body)) is not None


def heading_units(text: str) -> tuple[str, ...] | None:
    """The units a heading consists of: "Sở Công Thương", "Giao Sở Nội vụ", "Trách nhiệm của các sở, ngành:"."""
    words = _HEADING_OPENS.sub("", text.strip()).rstrip(" :;.,").strip()
    usual = normal_case(words) if words.isupper() else words
    if len(words) > 260 or not starts_unit(usual, 0):
        return None
    if (
        units_end(usual, 0) is not None
        or _ORDERS_IN.search(usual)
        or re.search(r"\s(?:là|đã|để|được)\s", usual)
    ):
        return None
    return None if words.lower() in _BARE else split_units(words)


# Heads without a name: the title of a column rather than of a section.
_BARE = {
    "bộ",
    "sở",
    "bộ, ngành",
    "địa phương",
    "đơn vị",
    "cơ quan",
    "ngành",
    "tỉnh",
    "thành phố",
    "xã",
    "huyện",
    "ban",
}
