"""Units as they are named in sentences: where a list of units ends, and which units it names."""

import re

from thongsuot.formats.reading.words import CLASS, MINISTRIES, ORGANISATION

# Words that open what a unit has to do. Small letters only: capitals belong to names (Bộ Xây dựng, Ủy ban Kiểm tra).
ACTION = (
    r"(?:chủ trì|chủ động|phối hợp|tích cực|khẩn trương|kịp thời|tiếp tục|tập trung|tăng cường|đẩy mạnh"
    r"|đẩy nhanh|nâng cao|có trách nhiệm|chịu trách nhiệm"
    r"|có (?:kế hoạch|giải pháp|biện pháp|phương án|văn bản|báo cáo|hình thức)|lãnh đạo|chỉ đạo|căn cứ"
    r"|theo (?:chức năng|thẩm quyền|phân công|nhiệm vụ|dõi|lĩnh vực)|trong phạm vi|trên cơ sở|hướng dẫn"
    r"|rà soát|nghiên cứu|tham mưu"
    r"|xây dựng|thực hiện|triển khai|tổ chức|bố trí|báo cáo|phát động|giám sát|làm việc|làm tốt|tiếp thu"
    r"|tuyên truyền|hoàn thiện|hoàn thành|kiểm tra|thanh tra|đôn đốc|tổng hợp"
    r"|phải|cần|thường xuyên|bảo đảm|đảm bảo|đề xuất|ban hành|trình|quán triệt|nghiêm túc|quyết liệt|xem xét"
    r"|xác minh|xử lý|giải quyết|phân công|bám sát|đánh giá|cập nhật|công bố|công khai"
    r"|cung cấp|hỗ trợ|huy động|khảo sát|lồng ghép|lập|mời|nắm|ngăn chặn|phân bổ|phê duyệt|phổ biến|quan tâm"
    r"|sắp xếp|sơ kết|tổng kết|tạo điều kiện|tham gia|thẩm định|thẩm tra|thành lập"
    r"|thí điểm|thống kê|tìm kiếm|chỉnh sửa|thừa ủy quyền|thừa uỷ quyền|vận động|xác định|định kỳ|chấn chỉnh"
    r"|chuẩn bị|chấp hành|cân đối|duy trì|điều chỉnh|đổi mới|gửi|kiện toàn|phát huy"
    r"|phân tích|đi đầu|nhanh chóng|sớm|cụ thể hóa|cụ thể hoá|thể chế hóa|thể chế hoá|hằng năm|hàng năm"
    r"|hằng tháng|hàng tháng|hằng quý|chuyển|tự|gương mẫu|giao|trực tiếp|đăng ký|tiến hành|xúc tiến|theo"
    r"|tuân thủ|nêu cao|truyền tải|đăng tải|đưa tin|bổ sung|sử dụng|khuyến khích|trước ngày|trước mắt|ưu tiên"
    r"|lựa chọn|ký kết|tiếp nhận|thông tin|niêm yết|in ấn|cấp phát)"
)
_ACTION = re.compile(rf"(?<![\w])(?:nghiêm cấm|{ACTION})(?!\w)")
ACTION_START = re.compile(rf"^(?:{ACTION})(?!\w)", re.IGNORECASE)
_UNIT_START = re.compile(
    rf"(?:{ORGANISATION}|các {CLASS}|cơ quan|đơn vị|đồng chí|người đứng đầu|thủ trưởng|bộ phận|cấp [uủ][ỷy]"
    r"|chính quyền|địa phương|bộ, ngành|bộ ngành|sở, ban|sở, ngành|doanh nghiệp|chủ đầu tư|từng|mỗi|toàn thể"
    r"|[uủ][ỷy] ban|chi bộ|đảng [uủ][ỷy]|tổ chức|ngành|một số)(?!\w)"
)
_NOT_AN_ACTION_AFTER = re.compile(
    r"(?:\b(?:chưa|được|do|đã|đang|không|để|bị|nơi|của|về|và|hoặc|đầu tư|cơ quan|đơn vị|bộ phận|ban|Ban"
    r"|sản xuất, kinh doanh|Phòng|công tác|các|ngành|quy chế|nhằm|việc|dự án|gia|thực hiện|được phân công"
    r"|được giao|chủ trì thực hiện),?)\s*$"
)
_NOUN_ORGANISATION = re.compile(
    r"tổ chức\s*(?:,|;|chính trị|xã hội|đảng|có liên|có chức|liên quan|hội\b|đoàn|cá nhân|kinh tế|tín dụng"
    r"|thành viên|khác|trên địa|quốc tế|hành nghề|sự nghiệp)"
)
MAX_UNITS = 420

_HEADED = re.compile(
    r"^(?P<class>(?:[Cc]ác )?(?P<head>Bộ|Sở)(?:, (?:cơ quan|ngành|ban, ngành))?)\s*:\s*(?P<names>.+)$"
)
_NAME = re.compile(rf"{MINISTRIES}|[^,;]+?(?=\s*(?:,|;|\svà\s|$))")
_LOCALITY = re.compile(r"(?:các|và)\s+(?:tỉnh|xã|phường|huyện|quận|thị xã|thành phố|đặc khu|thôn)\b")


def starts_unit(text: str, position: int) -> bool:
    return _UNIT_START.match(text, position) is not None


def units_end(text: str, position: int, limit: int = MAX_UNITS) -> int | None:
    """Where the list of units beginning at `position` ends and their action begins; None if no action follows."""
    for match in _ACTION.finditer(text, position + 2, min(len(text), position + limit)):
        before = text[position : match.start()]
        if _is_name_part(text, match, before):
            continue
        if not before.strip() or _NARRATED.search(before) or _ORDERS.search(before):
            return None
        if match.group() == "giao" and starts_unit(text, match.end() + 1):
            return None  # "Tỉnh ủy giao Sở X ...": the order begins here, Tỉnh ủy only gives it
        if re.search(r"[.!?]\s", before.replace("TP. ", "TP ")):
            return None
        return match.start()
    return None


_NARRATED = re.compile(r"(?:^|\s)(?:đã|(?<!nhất )(?<!biệt )là|sẽ|đang)\s")
_ORDERS = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|kiến nghị)\s")
_ALWAYS = {"có trách nhiệm", "chịu trách nhiệm", "khẩn trương", "cần", "phải"}
_DUTY = {"căn cứ", "chủ trì", "phối hợp", "tiếp tục"}
_GIVEN = re.compile(r"\b(?:được giao|được phân công|chưa|do|của|cơ quan|đơn vị)\s*$")


def _is_name_part(text: str, match: re.Match[str], before: str) -> bool:
    """A verb inside a name or a noun phrase: các tổ chức chính trị, được giao chủ trì, đầu tư xây dựng."""
    word = match.group()
    if word == "tổ chức":
        noun = re.search(r"(?:các|,|cơ quan|và)\s*$", before) or _NOUN_ORGANISATION.match(text, match.start())
        return noun is not None
    if word == "theo" and not re.match(
        r"theo\s+(?:đúng|quy định|dõi|chỉ đạo|hướng dẫn)", text[match.start() :]
    ):
        return True
    if word in _ALWAYS:
        return False
    return bool((_GIVEN if word in _DUTY else _NOT_AN_ACTION_AFTER).search(before))


_PLAIN_UNIT = re.compile(
    rf"(?:(?:Đảng [uủ][ỷy] )?(?:Bộ|Sở) (?:{MINISTRIES})|(?:Công an|Văn phòng|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND"
    r"|Hội đồng nhân dân|Đảng [uủ][ỷy]|Thanh tra|Trạm Y tế|Hội Nông dân|Hội Cựu chiến binh|Đoàn Thanh niên"
    r"|Hội Liên hiệp Phụ nữ|Liên đoàn Lao động) (?:tỉnh|xã|phường|thành phố|huyện|đặc khu|Chính phủ|Quốc hội))(?!\w)"
)
_NAME_GOES_ON = re.compile(
    r"\s*(?:[,;:/()-]|%U|(?:các|tỉnh|thành|xã|phường|và|cùng|hoặc|thuộc|trực|của|cấp|theo|trong|là|đã|được|chưa|đang|sẽ"
    r"|khu|có|tại|ở|với|về|nơi|liên|để|trên)(?!\w))".replace("%U", r"[A-ZĐ]")
)


def plain_unit_end(text: str, position: int) -> int | None:
    """Where a well-known unit ends when an order follows it directly, whatever verb comes: "giao Sở Y tế khám ..."."""
    match = _PLAIN_UNIT.match(text, position)
    if match is None or match.end() >= len(text) or _NAME_GOES_ON.match(text, match.end()):
        return None
    return match.end() + 1 if text[match.end() + 1 : match.end() + 2].islower() else None


def split_units(text: str) -> tuple[str, ...]:
    """The units a phrase names, one entry each; classes (các sở, ban, ngành) and localities stay together."""
    words = re.sub(r"\s*\([^)]*\)", "", " ".join(text.split())).strip(" ,;:.-–")
    words = re.sub(r",?\s*(?:nhất là|trong đó|đặc biệt là|bao gồm)\s.*$", "", words)
    words = re.sub(r"\s+(?:theo|trong)\s+(?:chức năng|phạm vi|thẩm quyền)\b.*$", "", words)
    headed = _HEADED.match(words)
    if headed:
        return _ministries(headed.group("head"), headed.group("names"))
    entries: list[str] = []
    for part in re.split(r"\s*;\s*", words):
        entries += _split_part(part)
    return tuple(e.strip(" ,;") for e in entries if len(e.strip(" ,;")) > 1)


def _ministries(head: str, names: str) -> tuple[str, ...]:
    found = []
    position = 0
    while position < len(names):
        match = _NAME.match(names, position)
        if match is None:
            position += 1
            continue
        name = re.sub(r"^và\s+", "", match.group().strip())
        if name:
            own_head = re.match(rf"{ORGANISATION}\s", name) or name.startswith("các ")
            found.append(name if own_head else f"{head} {name}")
        position = match.end()
        while position < len(names) and (names[position] in " ,;" or names.startswith("và ", position)):
            position += 3 if names.startswith("và ", position) else 1
    return tuple(found)


def _split_part(part: str) -> list[str]:
    entries: list[str] = []
    start = 0
    for match in re.finditer(r",\s+(?:và\s+)?|\s+(?:và|cùng|hoặc)\s+", part):
        rest = part[match.end() :]
        current = part[start : match.start()]
        if not _separates(current, match.group(), rest):
            continue
        entries.append(current)
        start = match.end()
    return [*entries, part[start:]]


_CAPITAL_HEAD = re.compile(rf"{ORGANISATION}(?!\w)")
_SMALL_HEAD = re.compile(
    r"(?:các|cơ quan|đơn vị|địa phương|[uủ][ỷy] ban|tổ chức|đoàn thể|chủ đầu tư|doanh nghiệp|đại biểu"
    r"|chính quyền|ngành)(?!\w)"
)


def _separates(current: str, separator: str, rest: str) -> bool:
    locality = re.match(r"(?:các\s+)?(?:tỉnh|xã|phường|huyện|quận|thị xã|thành phố|đặc khu)(?!\w)", rest)
    if locality and (_LOCALITY.search(current) or re.search(r"\b(?:tỉnh|xã|phường)\b", current)):
        return False
    if ":" in current and not _CAPITAL_HEAD.match(rest) and not rest.startswith("các "):
        return False
    if re.search(
        r"(?:Chủ tịch|Bí thư|Thủ trưởng|đồng chí|Bộ trưởng|[Nn]gười đứng đầu)\b", current
    ) and separator.startswith(","):
        return (
            rest[:1].isupper()
            and re.match(r"(?:Chủ tịch|Giám đốc|Thủ trưởng|Sở|Bộ|Ủy ban|UBND|Công an)", rest) is not None
            and "đồng chí" not in current
        )
    if rest[:1].isupper():
        return bool(_CAPITAL_HEAD.match(rest)) and not re.match(r"(?:Thành [uủ]|Ban, |Ngành)", rest)
    if separator.startswith(",") and "và" not in separator:
        return (
            rest.startswith("các ")
            and not re.match(r"(?:các )?(?:sở|bộ|cơ quan|ban)\b", current, re.IGNORECASE)
            and not re.search(r"Trung ương$|Việt Nam$", current)
        )
    return bool(_SMALL_HEAD.match(rest)) and not (
        re.match(r"(?:tổ chức|đơn vị|địa phương) ", rest)
        and re.match(r"(?:cơ quan|cá nhân|đơn vị)$", current)
    )
