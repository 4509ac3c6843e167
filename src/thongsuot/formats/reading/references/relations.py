"""What a paper does with a document it cites: rests on it, carries it out, amends, replaces, repeals, or names it."""

import re

from thongsuot.formats.reading.model import Relation
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references.numbers import TYPES
from thongsuot.formats.reading.words import caseless, small

BASIS = re.compile(
    r"^\W*(?:\w\)\s*)?(?:Căn cứ|Theo (?:đề nghị|đề xuất|yêu cầu|ý kiến)|Xét|Trên cơ sở|Sau khi xem xét|Chiếu theo)\b"
)
_IMPLEMENTS = re.compile(
    r"^\W*(?:(?:Để|Nhằm|Tiếp tục|Tổ chức)\s+)?(?:triển khai|thực hiện|quán triệt|cụ thể hóa|cụ thể hoá|thi hành)\b",
    re.IGNORECASE,
)
# "kế hoạch thực hiện Nghị quyết số ...", "hướng dẫn thi hành Luật ...": the act of carrying out stands right before it.
_CARRIED_OUT = caseless(
    r"(?:thực hiện|triển khai|thi hành|quán triệt|học tập|cụ thể hóa|cụ thể hoá)\s+"
    r"(?:(?:nghiêm|tốt|có hiệu quả|hiệu quả|các)\s+)?$",
)
_REPLACES = caseless(r"thay thế\s+(?:cho\s+)?(?:(?:các|toàn bộ|một phần)\s+)?$")
_REPEALS = caseless(r"(?:bãi bỏ|hủy bỏ|huỷ bỏ|thu hồi|chấm dứt hiệu lực)[^.;]{0,80}$")
_EXPIRES = caseless(r"^[^.;]{0,200}(?:hết hiệu lực|không còn hiệu lực|bị bãi bỏ|được bãi bỏ)")
_AMENDS = re.compile(r"(?:^|[.;:]\s)\W*(?:Điều \d+\.?\s*)?(?:Sửa đổi|Điều chỉnh|Bổ sung)\b[^.;]{0,160}$")
_OWN_NAME = caseless(rf"(?:các\s+)?(?:{TYPES})\s*(?:số\s*:?\s*)?$")
WINDOW = 200
_LONGEST_NAME = 60  # of the kind of a paper, with what stands around it


def relation_of(paragraph: Paragraph, start: int, end: int) -> Relation:
    """From the words before the citation in its clause, then from what its paragraph begins with."""
    text = paragraph.text
    before = text[max(paragraph.body_start, start - WINDOW) : start]
    named = _OWN_NAME.search(small(before), max(0, len(before) - _LONGEST_NAME))
    before = before[: named.start()] if named else before
    lowered = small(before)
    if _REPLACES.search(lowered):
        return "replaces"
    if _REPEALS.search(lowered) or _EXPIRES.search(small(text[end : end + WINDOW * 2])):
        return "repeals"
    if _AMENDS.search(before):
        return "amends"
    if BASIS.match(paragraph.body):
        return "based_on"
    if _CARRIED_OUT.search(lowered) or (
        _IMPLEMENTS.match(paragraph.body) and paragraph.kind in (None, "bullet")
    ):
        return "implements"
    return "refers_to"
