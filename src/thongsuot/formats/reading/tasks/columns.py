"""The columns a table of tasks may have, told by the words of its header."""

import re
from dataclasses import dataclass
from functools import lru_cache

from thongsuot.formats.reading.model import Span
from thongsuot.formats.reading.words import ORGANISATION, bare

_COLUMNS = (
    ("number", re.compile(r"^(?:s?tt|so tt|so thu tu|stt\b.*)$")),
    (
        "other",
        re.compile(r"ghi chu|kinh phi|du toan|tong muc|so luong|don vi tinh|dvt|dia diem|chu dau tu|nguon"),
    ),
    ("help", re.compile(r"phoi hop")),
    (
        "lead",
        re.compile(
            r"chu tri|thuc hien chinh|don vi thuc hien|co quan thuc hien|chiu trach nhiem|bo phan thuc hien"
            r"|phan cong|dau moi|nguoi thuc hien|tham muu|phu trach|^(?:don vi|co quan|bo phan)$"
        ),
    ),
    ("time", re.compile(r"thoi gian|thoi han|tien do|hoan thanh|thoi diem|^han$|lo trinh")),
    ("product", re.compile(r"san pham|ket qua|hinh thuc|dau ra")),
    (
        "content",
        re.compile(r"noi dung|nhiem vu|cong viec|giai phap|hoat dong|dau viec|cong tac|ten viec|van ban"),
    ),
)
FIGURE = re.compile(r"^\(?\d{1,3}(?:\.\d{1,2})*\.?\)?$")
ROMAN = re.compile(r"^[IVXABC]{1,5}\.?$")
TIME = re.compile(
    r"^(?:trước|chậm nhất|trong|quý|quí|tháng|năm|từ|đến|hằng|hàng|thường xuyên|định kỳ|sau khi|ngay sau|khi"
    r"|theo kế hoạch|theo tiến độ|hoàn thành|\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{4}|20\d{2}\b|ngày)",
    re.IGNORECASE,
)
UNIT = re.compile(
    rf"^(?:{ORGANISATION}|các|cơ quan|sở|ubnd|công chức|cán bộ|hiệu trưởng|trưởng)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    action: str
    span: Span
    lead: str
    help: str
    time: str
    product: str


@lru_cache(maxsize=256)  # every cell of a row is asked about more than once
def column_of(header: str) -> str:
    folded = bare(header).strip(" .:")
    return next((name for name, pattern in _COLUMNS if pattern.search(folded)), "")
