"""Which figures are goals. In a section of aims most are; elsewhere a word of intent must stand with the figure."""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.targets.clauses import WINDOW, sentence_start
from thongsuot.formats.reading.targets.figures import STRONG, Figure

_PAST = re.compile(
    r"\b(?:đã|hiện (?:nay|có)|năm qua|so với cùng kỳ|(?<!trồng )(?<!xây )(?<!dựng )(?<!nạp )(?<!lập )mới đạt"
    r"|đến nay|tính đến|vừa qua|đến hết ngày"
    r"|ước (?:đạt|thực hiện)|kết quả đạt"
    r"|còn tồn tại|lũy kế|luỹ kế)\b",
    re.IGNORECASE,
)
_INTENT = re.compile(
    r"phấn đấu|mục tiêu|chỉ tiêu|bảo đảm|đảm bảo|quyết tâm|tối thiểu|ít nhất|không dưới|không thấp hơn"
    r"|hoàn thành|nâng|cắt giảm"
    r"|rút ngắn|yêu cầu|đến (?:hết |cuối )?năm 20\d\d|vào năm 20\d\d|trong năm 20\d\d|giai đoạn 20|(?:hằng"
    r"|hàng|mỗi) năm|bố trí|dành",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"^\s*(?:trong|đến|vào)\s+(?:hết\s+)?(?:năm 20\d\d|\d\s?-\s?\d năm tới)", re.IGNORECASE)
_LISTED = re.compile(r"^[^:;.]{6,80}:\s*$")
_ASKED = re.compile(
    r"\b(?:bảo đảm|đảm bảo|phấn đấu|yêu cầu|mục tiêu)(?:\s[^\s\d,;:.]{1,10}){0,6}\s$", re.IGNORECASE
)
_STRIVE = re.compile(r"phấn đấu|mục tiêu|quyết tâm", re.IGNORECASE)
_RAISED = re.compile(r"(?:^|[,;]\s*)(?:nâng|đưa)\s+tổng\s+[^,;.]{3,70}$", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"^(?:/|\s*(?:tháng|ngày|năm|giờ|phút|cấp|đợt|bên|chiều|không|rõ|tại chỗ|nhất|của Chính phủ)\b|[a-zđ]?\))"
)
_BASE = re.compile(r"^\s*(?:\(?năm 20\d\d\)?\s*)?(?:lên|xuống|tăng lên)\b", re.IGNORECASE)
_CITED = re.compile(
    r"(?:điều|khoản|điểm|mục|số|ngày|tháng|năm|quý|phụ lục|biểu|đề án|khóa|khoá|kỳ họp thứ|bộ chỉ số"
    r"|quốc lộ|đường tỉnh|thứ|tuổi"
    r"|loại|mẫu|lần|chương|phần|hạng|cấp|tổ|trang|giai đoạn|nhóm tuổi|quyết định|nghị quyết|thông tư"
    r"|nghị định|công văn)\s*$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"đồng(?! chí)|USD|đô la|^(?:nghìn |ngàn )?t[ỷỉ]\b|VN[ĐD]", re.IGNORECASE)
_SPENDING = re.compile(
    r"kinh phí|dự toán|mức chi|mức hỗ trợ|mức thu|định mức|dự phòng|phân bổ|hỗ trợ|học phí|phạt|phụ cấp"
    r"|tiền lương|đơn giá|mức giá"
    r"|tổng mức đầu tư|vốn điều lệ|thưởng|trợ cấp|nguồn vốn|chi đầu tư|chi thường xuyên|ngân sách (?:tỉnh"
    r"|trung ương|xã|nhà nước) (?:hỗ trợ|bố trí)",
    re.IGNORECASE,
)
_EARNING = frozenset(
    {"đạt", "đạt được", "tăng", "huy động", "thu ngân sách", "thu hút", "phấn đấu", "tăng thêm", "đạt mức"}
)


@dataclass(frozen=True)
class Goal:
    """`rule` names the construction, `confidence` is raw."""

    rule: str
    confidence: float


def goal_of(text: str, figure: Figure, aims: bool) -> Goal | None:
    """Whether the figure is a goal, and by which construction."""
    if _stands_elsewhere(text, figure):
        return None
    sentence = text[sentence_start(text, figure.start) : figure.end]
    past = _PAST.search(sentence) is not None
    intent = _INTENT.search(text[sentence_start(text, figure.start) : figure.end + 40]) is not None
    if figure.unit and _MONEY.search(figure.unit) and not _earned(text, figure):
        return None
    if aims:
        if not (figure.unit or figure.bounded or figure.verb in STRONG):
            return None
        if past and not intent:
            return None
        sure = 0.1 if figure.verb in STRONG or figure.bounded else 0.0
        return Goal("aims", 0.75 + sure if figure.unit else 0.5 + sure)
    if past and not re.search(r"mục tiêu|phấn đấu|đến năm 20\d\d", sentence, re.IGNORECASE):
        return None
    return _alone(text, figure, intent)


def _alone(text: str, figure: Figure, intent: bool) -> Goal | None:
    """Outside a section of aims."""
    measured = figure.unit is not None and "%" in figure.unit.replace("phần trăm", "%")
    if measured and intent and (figure.verb in STRONG or figure.bounded) and not _in_brackets(text, figure):
        return Goal("measured", 0.55)
    if measured and figure.value == "100" and _ASKED.search(text, max(0, figure.at - 60), figure.at):
        return Goal("measured", 0.5)  # "bảo đảm bàn giao 100% mặt bằng": all of it is asked for
    if figure.unit is None:
        return None
    begins = sentence_start(text, figure.start)
    if figure.verb == "phấn đấu" or (
        (figure.verb or figure.bounded) and _STRIVE.search(text, begins, figure.start)
    ):
        return Goal("strive", 0.6)
    if measured:
        return None
    before = text[: figure.start]
    if _RAISED.search(text, max(begins, figure.start - 90), figure.start):
        return Goal("raised", 0.5)  # "..., nâng tổng số trạm 5G lên 188 trạm"
    if (
        figure.start < 90
        and text.lstrip()[:1] in "-+–"
        and _LISTED.match(before)
        and not _MONEY.search(figure.unit)
    ):
        return Goal("listed", 0.45)  # "- Lắp đặt mới trạm 3G/4G: 58 trạm" in a plan
    if _AHEAD.match(text[figure.end : figure.end + 30]) and figure.verb:
        return Goal("ahead", 0.45)  # "xây mới 100 trường trong năm 2025"
    return None


def _stands_elsewhere(text: str, figure: Figure) -> bool:
    """Figures that number, date or cite, and the figure from which a goal sets out ("từ 50% lên 70%")."""
    before, after = text[max(0, figure.at - 20) : figure.at], text[figure.end : figure.end + 30]
    if figure.unit is None and _NOT_AFTER.match(after):
        return True
    if figure.unit and re.match(r"\s?/\s?\d", after):
        return True
    unit = (figure.unit or "").lower()
    if unit == "tuổi" and "tuổi thọ" not in text[max(0, figure.at - WINDOW) : figure.at].lower():
        return True
    if unit == "lần" and figure.verb not in ("gấp", "tăng"):
        return True
    return bool(_CITED.search(before) or _BASE.match(after))


def _earned(text: str, figure: Figure) -> bool:
    """Money to be raised is a goal; money to be spent is a norm or a grant."""
    if "/" in (figure.unit or "") and figure.verb in STRONG:
        return True
    clause = text[max(sentence_start(text, figure.start), figure.start - 160) : figure.start]
    return figure.verb in _EARNING and not _SPENDING.search(clause)


def _in_brackets(text: str, figure: Figure) -> bool:
    """ "... (đạt 62,8%)" reports; "(phấn đấu đạt 100%)" does not."""
    opened = text.rfind("(", max(0, figure.start - 12), figure.start + 1)
    return opened >= 0 and figure.verb not in ("phấn đấu", "bảo đảm", "đảm bảo")
