"""Figures with their units, and the words before and after that make one a goal: đạt, trên, ít nhất, trở lên."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from thongsuot.formats.reading.model import Comparator
from thongsuot.formats.reading.words import caseless, small


def _words(joined: str) -> frozenset[str]:
    return frozenset(joined.split("|"))


# What is counted, as data; longer names stand before the shorter ones they begin with.
_NOUNS = (
    "trường đại học|trường học|trường|trạm y tế|trạm|lớp học|lớp|phòng học|phòng|mô hình|doanh nghiệp"
    "|hợp tác xã|tổ hợp tác"
    "|tổ chức, doanh nghiệp|tổ chức|người lao động|người dân|người|hộ gia đình|hộ nghèo|hộ dân|hộ|gia đình"
    "|xã|phường|thị trấn"
    "|thôn|ấp|bản|khu phố|tổ dân phố|khu dân cư|khu công nghiệp|khu du lịch|khu|cụm công nghiệp|cụm|huyện"
    "|tỉnh|địa phương"
    "|vùng|dự án|đề án|đề tài|công trình|căn hộ|căn nhà|căn|nhà ở xã hội|nhà|nước|quốc gia|bậc|hạng|điểm"
    "|giường bệnh|giường"
    "|bác sĩ|bác sỹ|dược sĩ|điều dưỡng|sản phẩm|cơ sở|lao động|tuyến đường|tuyến|học sinh|sinh viên"
    "|học viên|giáo viên"
    "|giảng viên|cán bộ|công chức|viên chức|chi bộ|chi hội|chi đoàn|đảng viên|hội viên|đoàn viên|thành viên"
    "|thanh niên|phụ nữ|đồng chí|quần chúng|chuyến hàng|chuyến|hoạt động|đội hình|buồng|thửa|khóa|khoá"
    "|phần việc"
    "|chuyên gia|kỹ sư|nhân lực|sáng chế|bằng sáng chế|bài báo|công bố|nhiệm vụ|cuộc|buổi|lượt khách|lượt người|lượt"
    "|khách du lịch|khách|đơn vị|câu lạc bộ|tổ|nhóm|đội|đoàn|vụ|ca|máy|thiết bị|camera|điểm cầu"
    "|điểm bưu điện|cây xanh|cây"
    "|con|xe|chiếc|hồ sơ|thủ tục|dịch vụ công|dịch vụ|văn bản|tài khoản|thẻ|tin, bài|tin bài|bài viết|bài"
    "|ý kiến|suất|phần quà"
    "|di tích|di sản|lễ hội|thư viện|nhà văn hóa|nhà văn hoá|sân bay|cảng|cầu|chợ|siêu thị|trung tâm"
    "|bệnh viện|phòng khám"
    "|trang trại|vườn|đô thị|trụ|thuê bao|hội nghị|lần"
)
_MEASURES = (
    r"ngày(?=\s?/\s?(?:tuần|tháng|quý|năm))"
    "|ha|km2|km²|km|m2|m²|m3|m³|tấn|tạ|kg|lít|MWp|MW|GWh|GW|kWh|kWp|Mbps|Gbps|Mb/s|Mbit/s|Gb/s|tuổi|m"
)
_MONEY = (
    r"(?:(?:nghìn|ngàn|trăm|triệu|tỷ|tỉ)\s+){0,2}(?:đồng(?!\s+chí)|USD|đô la(?:\s+Mỹ)?|EUR|VNĐ|VND)\b"
    r"|(?:(?:nghìn|ngàn)\s+)?(?:tỷ|tỉ)(?!\s+(?:lệ|trọng|suất|số|giá))\b"
)
_PERCENT = r"(?:điểm\s+)?(?:%|‰|phần trăm)(?:\s*(?:GDP|GRDP)\b)?"
_PER = (
    r"(?:\s?/\s?(?:(?:một|1|100|1\.000|10\.000|100\.000|vạn|nghìn)\s?)?(?:vạn\s+)?"
    r"(?:dân số|dân|người|năm|tháng|quý|ngày|ha|hộ|km2|km|m2|đơn vị|xã|phường|thôn|lượt khách|khách"
    r"|lao động|trẻ|phụ nữ)\b"
    r"|\s+trên\s+(?:một|1)\s+vạn\s+dân)"
)
UNIT = (
    rf"(?:{_PERCENT}|{_MONEY}|(?:(?:nghìn|ngàn|triệu|vạn)\s+)?(?:{_MEASURES})\b(?!/\d)"
    rf"|(?:(?:nghìn|ngàn|triệu|vạn)\s+)?(?:{_NOUNS})(?!\w))(?:{_PER}){{0,3}}"
    r"|/\s?(?:1\.000|10\.000|100\.000|vạn)\s(?:dân|trẻ đẻ sống|trẻ|người|phụ nữ)\b"
)
NUMBER = r"(?:\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,4})?|\d{1,9}\.\d{1,2}(?![\d.])|\d{1,9}(?:,\d{1,4})?)(?!\d)"
VALUE = caseless(
    rf"(?<![\w/.,-])(?P<value>(?P<low>{NUMBER})(?:\s?%)?\s?(?:[-–÷]|\s(?:đến|tới)\s)\s?(?P<high>{NUMBER})"
    rf"|\d{{1,4}}/\d{{1,4}}(?=\s(?:{_NOUNS})(?!\w))|{NUMBER})\s?(?P<unit>{UNIT})?(?P<more>\s+trở\s+(?:lên|xuống))?"
)
_VERBS = (
    "đạt mức|đạt được|đạt|chiếm|ở mức|giữ mức|duy trì|giữ vững|giữ|lên đến|lên|xuống còn|xuống|giảm xuống còn"
    "|giảm xuống|giảm còn|giảm|còn|tăng trưởng|tăng trung bình|tăng bình quân|tăng thêm|tăng|nâng lên|nâng"
    "|cắt giảm|rút ngắn|hoàn thành|thu hút thêm|thu hút|phấn đấu|bố trí|dành|có thêm|có|kết nạp|thành lập mới"
    "|thành lập|xây dựng mới|xây dựng|xây mới|trồng mới|trồng|tạo việc làm cho|tạo việc làm mới cho"
    "|giải quyết việc làm cho|đào tạo nghề cho|đào tạo|xóa|xoá|công nhận|phát triển mới|phát triển|huy động"
    "|giải ngân|lắp đặt|cải tạo|thuộc nhóm|nhóm|trong số|trong top|top|gấp|bằng|là|đến|bảo đảm|đảm bảo"
    "|nộp vào NSNN đạt|đưa|vận động|hỗ trợ|đón|thu ngân sách|cung cấp|cấp|sử dụng|tổ chức|mở"
    "|giới thiệu|đăng ký|tiếp|kiểm tra|dự"
)
STRONG = _words(
    "đạt mức|đạt được|đạt|chiếm|ở mức|giữ mức|duy trì|tăng trưởng|tăng trung bình|tăng bình quân|tăng thêm"
    "|tăng|giảm xuống"
    "|giảm còn|giảm|nâng lên|nâng|cắt giảm|rút ngắn|hoàn thành|thu hút thêm|thu hút|phấn đấu|bố trí|dành"
    "|thuộc nhóm|nhóm"
    "|trong top|top|gấp|bảo đảm|đảm bảo|kết nạp|nộp vào nsnn đạt"
)
# Verbs whose object is what is counted: "thành lập 5 hợp tác xã" counts co-operatives.
MAKING = _words(
    "có thêm|có|thu hút thêm|thu hút|kết nạp|thành lập mới|thành lập|xây dựng mới|xây dựng|xây mới"
    "|trồng mới|trồng|đào tạo"
    "|đào tạo nghề cho|tạo việc làm cho|tạo việc làm mới cho|giải quyết việc làm cho|xóa|xoá|công nhận|phát triển mới"
    "|phát triển|lắp đặt|cải tạo|đưa|vận động|hỗ trợ|đón|nhóm|thuộc nhóm|trong số|trong top|top|bảo đảm"
    "|đảm bảo|phấn đấu"
    "|hoàn thành|cung cấp|cấp|bố trí|dành|sử dụng|tổ chức|mở|giới thiệu|đăng ký|tiếp|kiểm tra|dự"
)
_BOUNDS = (
    r"(?:tối thiểu|ít nhất|không\s+để\s+(?:xảy ra\s+)?quá"
    r"|không\s+(?:thấp|ít|nhỏ|dưới|quá|vượt quá|cao|nhiều|lớn)(?:\s+hơn)?|trên|hơn|vượt|cao hơn"
    r"|từ|tối đa|xuống dưới|dưới|thấp hơn|khoảng|xấp xỉ|gần|bình quân|trung bình|có|ở mức|mức|được|thêm"
    r"|tỷ lệ|tỉ lệ|cho)"
)
_LEAD = caseless(
    rf"(?:(?<!\w)(?P<verb>{_VERBS})\s+(?:mới\s+)?)?(?P<bounds>(?:{_BOUNDS}\s+){{0,4}}(?:[≥≤<>]=?\s*)?)$"
)
_MORE = caseless(r"[^,;.()\d]{0,40}?(?P<more>\strở\s+(?:lên|xuống))")
_DIGITS = re.compile(r"\d+")
_LOOK_BACK = 60
_MOST = 150  # no paragraph sets more goals; hostile ones have thousands of figures


@dataclass(frozen=True)
class Figure:
    """A figure in its place: `start` where its lead words begin, `at` where its digits do."""

    start: int
    at: int
    end: int
    value: str
    unit: str | None
    verb: str
    bounds: str
    more: str

    @property
    def comparator(self) -> Comparator:
        return _comparator(f" {self.verb} {self.bounds} {self.more} ".lower())

    @property
    def bounded(self) -> bool:
        return bool(self.bounds.strip() or self.more)


def figures_in(text: str, start: int, *, bare: bool = True) -> list[Figure]:
    """The figures from `start` on; without `bare` only those with a unit, for others are looked at in vain."""
    lowered = small(text)
    found = []
    for match in islice(_values_in(lowered, start), _MOST):
        unit = " ".join(text[slice(*match.span("unit"))].split()) if match["unit"] else None
        if unit is None and not bare:
            continue
        lead = _LEAD.search(lowered, max(start, match.start() - _LOOK_BACK), match.start())
        found.append(
            Figure(
                start=lead.start() if lead else match.start(),
                at=match.start(),
                end=match.end(),
                value=f"{match['low']}-{match['high']}" if match["low"] else match["value"],
                unit=unit,
                verb=lead["verb"] or "" if lead else "",
                bounds=lead["bounds"] if lead else "",
                more=match["more"] or _more_after(lowered, match.end(), lead),
            )
        )
    return found


def _values_in(text: str, start: int) -> Iterator[re.Match[str]]:
    """What VALUE finds; asked only where digits begin, for it cannot skip to them by itself."""
    end = start
    for digits in _DIGITS.finditer(text, start):
        match = VALUE.match(text, digits.start()) if digits.start() >= end else None
        if match:
            end = match.end()
            yield match


def _more_after(text: str, end: int, lead: re.Match[str] | None) -> str:
    """ "từ 3% đảng viên mới trở lên": what is counted stands between the figure and its bound."""
    after = _MORE.match(text, end) if lead and "từ" in lead["bounds"] else None
    return after["more"] if after else ""


def _comparator(words: str) -> Comparator:
    """The comparison the words make; "không dưới" and "không quá" before the "dưới" and "trên" they contain."""
    if re.search(r"tối thiểu|ít nhất|không\s+(?:thấp|ít|nhỏ|dưới)|trở\s+lên|≥|>=", words):
        return ">="
    if re.search(r"tối đa|không\s+(?:để\s|quá|vượt|cao|nhiều|lớn)|nhóm|top|trở\s+xuống|≤|<=", words):
        return "<="
    if re.search(r"\b(?:trên|hơn|vượt)\b(?<!thấp hơn)|>", words):
        return ">"
    if re.search(r"\b(?:dưới|thấp hơn)\b|<", words):
        return "<"
    return "~" if re.search(r"khoảng|xấp xỉ|gần", words) else "="
