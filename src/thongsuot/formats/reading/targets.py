"""Quantified goals: a figure with a unit, a word that makes it a goal (đạt, tối thiểu, trên), and what it measures."""

import re

from thongsuot.formats.reading.model import Comparator, Page, Target
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.structure import is_heading, level_of
from thongsuot.formats.reading.words import bare

_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNIT = (
    r"%(?:\s*GDP|\s*/\s*năm)?|phần trăm|‰|tỷ đồng|tỉ đồng|triệu đồng|nghìn tỷ|ha\b|km2?\b|m2\b|tấn|MW|trạm"
    r"|trường|lớp|mô hình|doanh nghiệp|hợp tác xã|tổ chức(?:, doanh nghiệp)?|người(?: trên (?:một"
    r"|1) vạn dân)?|hộ|xã|phường|thôn|cụm|khu|dự án|"
    r"căn|nước|bậc|điểm|giường|bác sĩ|sản phẩm|cơ sở|lao động|công trình|tuyến|học sinh|chi bộ|đảng viên"
    r"|sáng chế|nhiệm vụ|cuộc|buổi|lượt|đơn vị"
)
_GOAL = re.compile(
    r"(?P<verb>đạt(?: mức)?|chiếm|ở mức|duy trì|lên|xuống|còn|tăng(?: trung bình| bình quân| thêm)?|giảm"
    r"|hoàn thành|xây (?:dựng|mới)|thu hút(?: thêm)?|có|bố trí|cắt giảm|phấn đấu|nộp vào NSNN đạt|thuộc nhóm"
    r"|nhóm|trong số|đến|lắp đặt|cải tạo)?\s*"
    r"(?P<bound>(?:tối thiểu|ít nhất|không (?:thấp|ít|nhỏ) hơn|trên|hơn|từ|tối đa|không quá|dưới"
    r"|không vượt quá|khoảng|bình quân|trung bình|có|ở mức|đạt|vượt)\s+)*"
    rf"(?P<value>(?:{_FIGURE})(?:\s*[-–]\s*(?:{_FIGURE}))?)\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_STRONG_VERBS = {
    "đạt",
    "đạt mức",
    "chiếm",
    "ở mức",
    "duy trì",
    "tăng",
    "tăng trung bình",
    "tăng bình quân",
    "tăng thêm",
    "giảm",
    "cắt giảm",
    "thu hút",
    "thu hút thêm",
    "phấn đấu",
    "bố trí",
    "nhóm",
    "thuộc nhóm",
    "hoàn thành",
}
_PAST = re.compile(
    r"\b(?:đã|hiện (?:nay|có)|năm qua|so với cùng kỳ|mới đạt|đến nay|tính đến|vừa qua|đến hết ngày)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:đến (?:hết )?năm|trong năm|năm|giai đoạn|nhiệm kỳ)\s+(20\d{2}(?:\s*[-–]\s*20\d{2})?)|hằng năm"
    r"|hàng năm|\d\s*-\s*\d năm tới",
    re.IGNORECASE,
)
_AIM_WORDS = re.compile(r"mục tiêu|phấn đấu|đến năm 20\d\d", re.IGNORECASE)
_LISTED = re.compile(r"^[^:;.]{6,80}:\s*$")
_AHEAD = re.compile(r"^\s*(?:trong|đến|vào)\s+(?:hết\s+)?(?:năm 20\d\d|\d\s?-\s?\d năm tới)", re.IGNORECASE)
_CLAUSE = re.compile(r"[;.](?=\s|$)|,(?=\s)|:(?=\s)")
_AIMS = re.compile(r"\b(?:muc tieu|chi tieu|tam nhin|den nam 20\d\d|phan dau)\b")
WINDOW = 600  # no clause is longer; looking further back only costs time
_REPORTS = re.compile(r"^(?:danh gia|ket qua|tinh hinh|hien trang|thuc trang|ton tai|han che|boi canh)")
_NOT_A_GOAL = re.compile(r"^(?:/|\s*(?:tháng|ngày|năm|giờ|tuổi|cấp|đợt|lần|bên)\b)")
_CITED = re.compile(
    r"(?:điều|khoản|điểm|mục|số|ngày|tháng|năm|quý|phụ lục|đề án|khóa|kỳ họp thứ|bộ chỉ số|quốc lộ|thứ|tuổi"
    r"|loại|mẫu|lần)\s*$",
    re.IGNORECASE,
)


def targets_of(
    paragraphs: list[Paragraph], pages: tuple[Page, ...], issued: str | None
) -> tuple[Target, ...]:
    targets: list[Target] = []
    seen: set[tuple[str, str]] = set()
    aims_level: int | None = None
    past_level: int | None = None  # below a heading that reports what was done
    heading_period: str | None = None
    marks: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        level = level_of(paragraph)
        if paragraph.kind is not None:
            while marks and marks[-1][0] >= level:
                marks.pop()
            if paragraph.kind != "bullet":
                marks.append((level, paragraph.mark.strip(" .()-–:")))
            if past_level is not None and level <= past_level:
                past_level = None
            if aims_level is not None and level <= aims_level and not _AIMS.search(bare(paragraph.body)):
                aims_level = heading_period = None
        if is_heading(paragraph) and _AIMS.search(bare(paragraph.body)):
            aims_level = level if aims_level is None else aims_level
            found = _PERIOD.search(paragraph.body)
            heading_period = found.group().strip().lower() if found else heading_period
            continue
        if is_heading(paragraph) and _REPORTS.match(bare(paragraph.body)):
            past_level = level
        if past_level is not None:
            continue
        section = ".".join(mark for _, mark in marks) or None
        for target in _in_paragraph(paragraph, aims_level is not None, heading_period, section, pages):
            key = (bare(target.indicator), target.value)
            if key not in seen:
                seen.add(key)
                targets.append(target)
    return tuple(targets)


def _in_paragraph(
    paragraph: Paragraph, aims: bool, heading_period: str | None, section: str | None, pages: tuple[Page, ...]
) -> list[Target]:
    text = paragraph.text
    found = []
    for match in _GOAL.finditer(text, paragraph.body_start):
        value_at = match.start("value")
        if not _is_goal(text, match, aims):
            continue
        start, end = _clause(text, value_at, match.end())
        clause = text[start:end].strip(" ,;.")
        indicator = _indicator(text[start : match.start()], text[match.end() : end], match)
        if len(indicator) < 4:
            continue
        period = _PERIOD.search(text[start:end])
        found.append(
            Target(
                indicator=indicator,
                comparator=_comparator(match),
                value=re.sub(r"\s+", "", match.group("value")).replace("–", "-"),
                unit=" ".join(match.group("unit").split()) if match.group("unit") else None,
                period=period.group().strip() if period else heading_period,
                text=clause,
                section=section,
                span=paragraph.span(start, end),
                page=page_of(paragraph.offsets[start], pages),
                confidence=0.75 if aims else 0.5,
            )
        )
    return found


def _is_goal(text: str, match: re.Match[str], aims: bool) -> bool:
    before = text[max(0, match.start("value") - 14) : match.start("value")]
    after = text[match.end() : match.end() + 8]
    if (
        _NOT_A_GOAL.match(after)
        or _CITED.search(before)
        or text[match.start("value") - 1 : match.start("value")] in ("/", "-", ".", "G")
    ):
        return False
    unit, verb, bound = match.group("unit"), (match.group("verb") or "").lower(), match.group("bound")
    window = max(0, match.start() - WINDOW)
    sentence_start = max(
        text.rfind(". ", window, match.start()), text.rfind("; ", window, match.start()), window
    )
    sentence = text[sentence_start : match.end()]
    if not aims and _PAST.search(sentence) and not _AIM_WORDS.search(sentence):
        return False
    if aims:
        return bool(unit or bound or verb in _STRONG_VERBS)
    measured = unit is not None and unit.startswith(("%", "phần"))
    if measured and bool(verb in _STRONG_VERBS or bound):
        return True
    # "- Lắp đặt mới trạm 3G/4G: 58 trạm" and "xây mới 100 trường trong năm 2025" are goals in a plan.
    listed = (
        match.start() < 90 and _LISTED.match(text[: match.start()]) is not None and text.lstrip()[:1] in "-+–"
    )
    return (
        bool(unit)
        and not measured
        and (verb == "phấn đấu" or listed or _AHEAD.match(text[match.end() : match.end() + 30]) is not None)
    )


def _clause(text: str, value_at: int, end: int) -> tuple[int, int]:
    start = max(0, value_at - WINDOW)
    for match in _CLAUSE.finditer(text, start, value_at):
        if match.group() == ":" and match.start() < 90 and _LISTED.match(text[: match.end()]):
            continue  # "- Lắp đặt mới trạm: 58 trạm" is one clause
        # A comma parts clauses only where another goal stands before it; lists of nouns keep theirs.
        if match.group() != "," or re.search(r"\d", text[start : match.start()]):
            start = match.end()
    following = _CLAUSE.search(text, end, end + WINDOW)
    stop = following.start() if following else min(len(text), end + WINDOW)
    while start < stop and text[start] in " -–+.":
        start += 1
    return start, stop


def _indicator(before: str, after: str, match: re.Match[str]) -> str:
    words = re.sub(r"^\W*(?:\d+\.\s*|[-–+]\s*)", "", before)
    words = re.sub(
        r"^(?:trong đó|phấn đấu|bảo đảm|đảm bảo|mục tiêu|đến năm \d{4},?)\s+",
        "",
        words.strip(),
        flags=re.IGNORECASE,
    )
    if len(words.split()) >= 2:
        return words.strip(" ,:(")
    return " ".join(f"{words} {match.group('unit') or ''} {after}".split()).strip(" ,:;.")


def _comparator(match: re.Match[str]) -> Comparator:
    words = f" {match.group('verb') or ''} {match.group('bound') or ''} ".lower()
    if re.search(r"tối thiểu|ít nhất|không (?:thấp|ít|nhỏ) hơn", words):
        return ">="
    if re.search(r"tối đa|không quá|không vượt quá|nhóm", words):
        return "<="
    if re.search(r"\b(?:trên|hơn|vượt)\b", words):
        return ">"
    if re.search(r"\bdưới\b", words):
        return "<"
    return "~" if "khoảng" in words else "="
