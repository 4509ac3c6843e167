"""Which figures are goals. In a section of aims most are; elsewhere a word of intent must stand with the figure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from thongsuot.formats.reading.targets.clauses import WINDOW, sentence_start
from thongsuot.formats.reading.targets.figures import MAKING, STRONG, Figure
from thongsuot.formats.reading.words import caseless, small


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PAST = caseless(
    r"\b(?:đã|hiện (?:nay|có)|năm qua|so với cùng kỳ|(?<!trồng )(?<!xây )(?<!dựng )(?<!nạp )(?<!lập )mới đạt"
    r"|mới (?:bố trí|thực hiện|hoàn thành)|(?<!chứng )chỉ (?:đạt|bố trí)|trong khi|đến nay|tính đến|vừa qua"
    r"|đến hết ngày|ước (?:đạt|thực hiện)|kết quả đạt|còn tồn tại|lũy kế|luỹ kế)\b"
)
_WANTED = caseless(r"mục tiêu|phấn đấu|đến năm 20\d\d|bảo đảm|đảm bảo|yêu cầu")
_INTENT = _rx(
    r"phấn đấu|mục tiêu|chỉ tiêu|bảo đảm|đảm bảo|quyết tâm|tối thiểu|ít nhất|không dưới|không thấp hơn|hoàn thành"
    r"|nâng|cắt giảm|rút ngắn|yêu cầu|(?:đến|vào|trong) (?:hết |cuối )?năm 20\d\d|giai đoạn 20"
    r"|(?:hằng|hàng|mỗi) năm|trở lên"
)
_AHEAD = _rx(r"^\s*(?:trong|đến|vào)\s+(?:hết\s+)?(?:năm 20\d\d|\d\s?-\s?\d năm tới)")
_LISTED = re.compile(r"^[^:;.]{6,80}:\s*$")
_ASKED = _rx(r"\b(?:bảo đảm|đảm bảo|phấn đấu|yêu cầu|mục tiêu)(?:\s[^\s\d,;:.]{1,10}){0,6}\s$")
_AIMED = _rx(r"\b(?:mục tiêu|phấn đấu)(?:\s[^\s\d,;:.]{1,10}){1,6}\s$")
_STRIVE = _rx(r"phấn đấu|mục tiêu|quyết tâm")
_RAISED = _rx(r"(?:^|[,;|]\s*|\W)(?:nâng|đưa)\s+(?:tổng|vốn|quy mô|số|tỷ lệ|tỉ lệ|mức)\s+[^,;.|]{3,70}$")
_LEAST = _rx(r"tối thiểu|ít nhất|không\s+(?:dưới|ít hơn|thấp hơn)")
_SURE = _rx(r"bảo đảm|đảm bảo|phấn đấu|(?:mỗi|hằng|hàng) (?:năm|tháng|quý)|mỗi")
_WORKS = _rx(
    r"(?:nạo vét|khơi thông|thay thế|chuyển đổi|giữ ổn định|giữ vững|khai thác|nâng cấp|cải tạo|mở rộng"
    r"|cứng hóa|cứng hoá|bê tông hóa|bê tông hoá|kiên cố hóa|kiên cố hoá|khôi phục|sửa chữa|lắp đặt"
    r"|trồng mới|trồng|xây dựng|giải phóng|khoanh nuôi|sử dụng|đưa vào sử dụng|vệ sinh|tu bổ|dồn đổi|dồn đổi xong)\s+"
    r"(?:được\s+|thêm\s+|mới\s+|khoảng\s+|trên\s+){0,2}$"
)
_PHYSICAL = _rx(r"^(?:(?:nghìn|triệu|vạn)\s)?(?:km|ha|tấn|MW|cây|m3|phòng học|tuyến|công trình|căn)")
_ALL_OF = _rx(
    r"\s?(?!vốn|kinh phí|chi phí|lệ phí|học phí|giá trị|mức|lương|ngân sách|định mức|phí|đại biểu (?:tán|có mặt|biểu)"
    r"|công suất|nguyên)[^\W\d]{2}"
)
_GIVEN = _rx(r"\b(?:hỗ trợ|miễn|giảm|được|hưởng|cấp|chi|bằng|tăng)\s$")
_NOT_AFTER = re.compile(
    r"^(?:/|\s*(?:tháng|ngày|năm|giờ|phút|cấp|đợt|bên|chiều|không|rõ|tại chỗ|nhất|của Chính phủ)\b|[a-zđ]?\))"
)
_BASE = _rx(r"^\s*(?:\(?năm 20\d\d\)?\s*)?(?:lên|xuống|tăng lên)\b")
_CITED = caseless(
    r"(?:điều|khoản|điểm|mục|số|ngày|tháng|năm|quý|phụ lục|biểu|đề án|khóa|khoá|kỳ họp thứ|bộ chỉ số|quốc lộ"
    r"|đường tỉnh|thứ|tuổi|loại|mẫu|lần|chương|phần|hạng|(?<!nâng )cấp|tổ|trang|giai đoạn|nhóm tuổi"
    r"|quyết định|nghị quyết|thông tư|nghị định|công văn)\s*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?")
_MONEY = _rx(r"đồng(?! chí)|USD|đô la|^(?:nghìn |ngàn )?t[ỷỉ]\b|VN[ĐD]")
_SPENDING = _rx(
    r"kinh phí|dự toán|mức chi|mức hỗ trợ|mức thu|định mức|dự phòng|phân bổ|hỗ trợ|học phí|phạt|phụ cấp|tiền lương"
    r"|đơn giá|mức giá|tổng mức đầu tư|thưởng|trợ cấp|nguồn vốn|chi đầu tư|chi thường xuyên|bố trí|giao dự"
    r"|ngân sách (?:tỉnh|trung ương|xã|nhà nước) (?:hỗ trợ|bố trí)|vốn điều lệ (?:tối thiểu|của)"
)
_EARNING = frozenset(
    {
        "đạt",
        "đạt được",
        "tăng",
        "huy động",
        "thu ngân sách",
        "thu hút",
        "phấn đấu",
        "tăng thêm",
        "đạt mức",
        "vận động",
    }
)


@dataclass(frozen=True)
class Goal:
    """`rule` names the construction, `confidence` is raw."""

    rule: str
    confidence: float


@dataclass(frozen=True)
class _Scene:
    """A figure and the sentence it stands in."""

    text: str
    figure: Figure

    @cached_property
    def begins(self) -> int:
        return sentence_start(self.text, self.figure.start)

    @cached_property
    def sentence(self) -> str:
        return small(self.text[self.begins : self.figure.end])

    @cached_property
    def intent(self) -> bool:
        return _INTENT.search(self.text, self.begins, self.figure.end + 40) is not None

    @cached_property
    def past(self) -> bool:
        return _PAST.search(self.sentence) is not None

    @property
    def unit(self) -> str:
        return self.figure.unit or ""

    @property
    def measured(self) -> bool:
        """Percent: what official papers give most of their goals in."""
        return "%" in self.unit.replace("phần trăm", "%")

    @property
    def money(self) -> bool:
        return _MONEY.search(self.unit) is not None

    def before(self, length: int) -> str:
        return self.text[max(self.begins, self.figure.start - length) : self.figure.start]


def goal_of(text: str, figure: Figure, aims: bool) -> Goal | None:
    """Whether the figure is a goal, and by which construction; one without a unit only in a section of aims."""
    if not figure.unit and not (aims and (figure.bounded or figure.verb in STRONG)):
        return None
    scene = _Scene(text, figure)
    if _stands_elsewhere(text, figure):
        return None
    if aims:
        return _aim(scene)
    if not _WANTED.search(scene.sentence) and scene.past:
        return None
    for rule, confidence, holds in _CONSTRUCTIONS:
        if holds(scene):
            return Goal(rule, confidence)
    return None


def _aim(scene: _Scene) -> Goal | None:
    """In a section of aims every figure with a unit or a bound counts, but not what is spent, nor what was reached."""
    figure = scene.figure
    reported = scene.text.lstrip()[:1] == "(" and "năm 20" in scene.sentence
    if (scene.past or reported) and not scene.intent:
        return None
    if scene.money and figure.verb not in _EARNING and _SPENDING.search(scene.before(160)):
        return None
    sure = 0.1 if figure.verb in STRONG or figure.bounded else 0.0
    return Goal("aims", 0.75 + sure if figure.unit else 0.5 + sure)


def _is_measured(scene: _Scene) -> bool:
    """ "bảo đảm ít nhất 95% đảng viên tham gia"."""
    figure = scene.figure
    led = figure.verb in STRONG or figure.bounded or _AIMED.search(scene.before(60)) is not None
    return scene.measured and scene.intent and led and not _in_brackets(scene.text, figure)


def _is_all(scene: _Scene) -> bool:
    """ "rà soát 100% doanh nghiệp": all of something is asked for; not "hỗ trợ 100% kinh phí"."""
    figure = scene.figure
    if not scene.measured or figure.value != "100" or scene.past:
        return False
    if _ASKED.search(scene.text, max(0, figure.at - 60), figure.at):
        return True
    before = scene.text[max(0, figure.at - 12) : figure.at]
    return _ALL_OF.match(scene.text, figure.end) is not None and not _GIVEN.search(before)


def _is_striven_for(scene: _Scene) -> bool:
    """ "phấn đấu ... có ít nhất 01 trường đại học", "phấn đấu kết nạp 12 đảng viên"."""
    figure = scene.figure
    if not figure.unit or (scene.money and not _earned(scene)):
        return False
    if figure.verb == "phấn đấu":
        return True
    return (
        bool(figure.verb or figure.bounded)
        and _STRIVE.search(scene.text, scene.begins, figure.start) is not None
    )


def _is_raised(scene: _Scene) -> bool:
    """ "..., nâng tổng số trạm 5G lên 188 trạm"."""
    return bool(scene.unit) and not scene.measured and _RAISED.search(scene.before(90)) is not None


def _is_least(scene: _Scene) -> bool:
    """ "tổ chức tối thiểu 04 lớp tập huấn", "mỗi năm ít nhất 30 tổ hợp tác", "ít nhất 02 ngày/tháng"."""
    figure = scene.figure
    if not figure.unit or scene.measured or not _LEAST.search(figure.bounds):
        return False
    if scene.money and (_SPENDING.search(scene.before(160)) or "giá trị" not in scene.before(60)):
        return figure.verb in _EARNING and not _SPENDING.search(scene.before(160))
    return (
        figure.verb in MAKING
        or "/" in figure.unit
        or _SURE.search(scene.before(60)) is not None
        or scene.money
    )


def _is_listed(scene: _Scene) -> bool:
    """ "- Lắp đặt mới trạm 3G/4G: 58 trạm" in a plan."""
    text, start = scene.text, scene.figure.start
    if not scene.unit or scene.measured or scene.money or start >= 90:
        return False
    return text.lstrip()[:1] in "-+–" and _LISTED.match(text[:start]) is not None


def _is_ahead(scene: _Scene) -> bool:
    """ "xây mới 100 trường trong năm 2025"."""
    figure = scene.figure
    if not scene.unit or scene.measured or scene.money or not figure.verb:
        return False
    return _AHEAD.match(scene.text[figure.end : figure.end + 30]) is not None


def _is_work(scene: _Scene) -> bool:
    """ "nạo vét, thay thế 62 km cống", "giữ ổn định 21.300 ha đất trồng lúa": works are measured by what they leave."""
    figure = scene.figure
    if not _PHYSICAL.match(scene.unit) or scene.past:
        return False
    return _WORKS.search(scene.text, max(scene.begins, figure.at - 50), figure.at) is not None


_CONSTRUCTIONS: tuple[tuple[str, float, Callable[[_Scene], bool]], ...] = (
    ("measured", 0.55, _is_measured),
    ("strive", 0.6, _is_striven_for),
    ("all", 0.5, _is_all),
    ("raised", 0.5, _is_raised),
    ("least", 0.5, _is_least),
    ("listed", 0.45, _is_listed),
    ("ahead", 0.45, _is_ahead),
    ("works", 0.45, _is_work),
)


def _stands_elsewhere(text: str, figure: Figure) -> bool:
    """Figures that number, date or cite, and the figure from which a goal sets out ("từ 50% lên 70%")."""
    before, after = text[max(0, figure.at - 20) : figure.at], text[figure.end : figure.end + 30]
    if figure.unit is None and (_NOT_AFTER.match(after) or _YEAR.fullmatch(figure.value)):
        return True
    if figure.unit and re.match(r"\s?/\s?\d", after):
        return True
    unit = (figure.unit or "").lower()
    if unit == "tuổi" and "tuổi thọ" not in text[max(0, figure.at - WINDOW) : figure.at].lower():
        return True
    if unit == "lần" and figure.verb not in ("gấp", "tăng"):
        return True
    return bool(_CITED.search(small(before)) or _BASE.match(after))


def _earned(scene: _Scene) -> bool:
    """Money to be raised is a goal; money to be spent is a norm or a grant."""
    figure = scene.figure
    if "/" in scene.unit and figure.verb in STRONG:
        return True
    return figure.verb in _EARNING and not _SPENDING.search(scene.before(160))


def _in_brackets(text: str, figure: Figure) -> bool:
    """ "... (đạt 62,8%)" reports; "(phấn đấu đạt 100%)" does not."""
    opened = text.rfind("(", max(0, figure.start - 12), figure.start + 1)
    return opened >= 0 and figure.verb not in ("phấn đấu", "bảo đảm", "đảm bảo")
