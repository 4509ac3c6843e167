"""What a figure measures, and for whom."""

import re

from thongsuot.formats.reading.targets.clauses import OPENING, PERIOD, PERIODS
from thongsuot.formats.reading.targets.figures import MAKING, Figure
from thongsuot.formats.reading.words import ORGANISATION, small

_FEW = 4
_ENDING = re.compile(rf"(?:[\s,(]+(?:{PERIODS}|phấn đấu|là|đạt|có|tăng|giảm))+\s*$", re.IGNORECASE)
_ONLY_PLACE = re.compile(r"^(?:trên địa bàn|toàn|cả)\s+[\w\s]{2,40}$", re.IGNORECASE)
_ORGANISATION = re.compile(
    rf"^(?:\W*)(?P<whom>{ORGANISATION}(?:\s+[\w-]+){{0,7}}?)\s+(?:phấn đấu|bảo đảm|đảm bảo|phải|có|đạt)\s"
)
_DOING = re.compile(r"\b(?:tổ chức|thực hiện|tiếp tục|tăng cường|đẩy mạnh|rà soát|lãnh đạo|chỉ đạo)\b")
_EACH = re.compile(
    r"\b(?P<whom>(?:mỗi|từng)\s+(?!năm|tháng|quý|tuần|ngày|bước|loại)\w+(?:[\s,]+\w+){0,5}?)"
    r"(?=\s+(?:có|phải|kết nạp|thành lập|xây dựng|đạt|tổ chức|phấn đấu|bảo đảm|đảm bảo|ít nhất|tối thiểu"
    r"|hoàn thành|giảm|tăng)\b|[,;:.]|$)",
    re.IGNORECASE,
)
_REGARDING = re.compile(
    r"\b(?:đối với|tại|cho)\s+(?P<whom>(?:các|mỗi|từng|những|toàn)\s+[^,;:.()\d]{3,60}?"
    r"|(?<=đối với )[^,;:.()\d]{3,60}?)"
    r"(?=\s+(?:đến năm|đạt|có|phấn đấu|tối thiểu|ít nhất|là|trên|giảm|tăng)\b|[,;:.(]|$|\s\d)",
    re.IGNORECASE,
)


def indicator_of(before: str, after: str, figure: Figure) -> str:
    """What is measured: the words before the verb, or what is counted and the words after it; "" for a time alone."""
    words = OPENING.sub("", before).strip(" ,:(-–+")
    words = _ENDING.sub("", f" {words}").strip(" ,:(")
    rest = " ".join(after.split()).strip(" ,:;.)")
    rest = _ENDING.sub("", f" {rest}").strip(" ,:(") if PERIOD.search(small(rest)) else rest
    if rest.lower().startswith("so với"):
        rest = ""  # "tăng 1,5 lần so với năm 2025" measures what the words before it measure
    counted = figure.unit or ""
    if counted.startswith(("%", "phần", "‰")):
        counted = ""
    makes = figure.verb in MAKING and (counted or rest) and len(f"{counted} {rest}".split()) >= 2
    if words and rest and not (counted or figure.verb) and len(words.split()) <= _FEW and figure.unit:
        return f"{words} {rest}"  # "bàn giao 100% mặt bằng"
    if len(words.split()) >= 2 and not _ONLY_PLACE.match(words) and not makes:
        return words
    if figure.verb.endswith("top") and not counted and len(words.split()) >= 2:
        return words  # "Chỉ số năng lực cạnh tranh trong top 10 cả nước"
    return f"{counted} {rest}".strip() if len(f"{counted} {rest}".split()) >= 2 else words


def for_whom_of(clause: str) -> str | None:
    for pattern in (_EACH, _REGARDING, _ORGANISATION):
        match = pattern.search(clause)
        if match and not _DOING.search(match["whom"]):
            return match["whom"].strip(" ,")
    return None
