"""The clause a figure stands in: where it begins and ends, and the period it names."""

import re
from bisect import bisect_left, bisect_right

from thongsuot.formats.reading.targets.figures import NUMBER, Figure
from thongsuot.formats.reading.words import caseless, small

WINDOW = 400  # no clause is longer; looking further back only costs time
_NEXT = (
    r"(?:(?:trên|khoảng|ít nhất|tối thiểu|dưới|đạt|có|còn|duy trì|giữ|phấn đấu|tăng lên|nâng lên|lên|xuống"
    rf"|đến năm 20\d\d|vào năm 20\d\d|năm 20\d\d)\s+){{0,3}}{NUMBER}\s?[%\w]"
)
_CLAUSE = caseless(rf"\||[;.](?=\s|$)|,(?=\s)|:(?=\s)|\((?=\w)|\)|\s(?:và|với)(?=\s+{_NEXT})")
_LISTED = re.compile(r"^[^:;.]{6,80}:\s*$")
PERIODS = (
    r"(?:đến|tới|trong|vào)?\s*(?:cuối\s+|hết\s+|giữa\s+)?năm\s+20\d{2}(?:\s?[-–]\s?20\d{2})?(?:\s+và\s+20\d{2})?"
    r"|(?:trong\s+)?(?:giai đoạn|nhiệm kỳ)\s+(?:20\d{2}|1)\s?[-–]\s?(?:20\d{2}|5)|(?:bình quân\s+)?(?:hằng"
    r"|hàng|mỗi) năm"
    r"|(?:trong\s+)?\d\s?[-–]\s?\d năm tới|(?:6|9|sáu|chín) tháng (?:đầu|cuối) năm(?:\s+20\d{2})?"
    r"|qu[ýí] [IV]{1,3}(?:/20\d{2})?"
)
PERIOD = caseless(rf"(?<!so với)(?<!so với )(?:{PERIODS})")
OPENING = re.compile(
    r"^(?:\W*(?:\d+\.\s+|[-–+]\s+)?(?:(?:trong đó|trong số đó|phấn đấu|bảo đảm|đảm bảo|mục tiêu|chỉ tiêu(?! giao)"
    r"|yêu cầu|hiện nay|cụ thể|quyết tâm|và|đồng thời"
    rf"|{PERIODS})[\s,:]+){{1,3}})",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_YEARS = re.compile(r"20\d{2}")
_NEW_CLAUSE = re.compile(
    r"\s*(?:góp phần|trong đó|phấn đấu|bảo đảm|đảm bảo|nhằm|để|đồng thời|cụ thể|tỷ lệ|tỉ lệ|không|nâng"
    r"|giảm|tăng|đưa)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s?(?:(?:trong đó|phấn đấu)\b|(?:bảo đảm|đảm bảo|hoàn thành|mỗi|từng)(?:\s[^\s\d,;:.]{1,10}){0,4}\s\d)",
    re.IGNORECASE,
)
_SENTENCES = (". ", "; ", "| ")  # a period of time goes over none of these
_AT_ONCE = re.compile(rf"\s*{NUMBER}")


class Clauses:
    """The clauses and periods of one paragraph, found once for all its figures."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small = small(text)
        self._marks = list(_CLAUSE.finditer(self._small))
        self._mark_starts = [mark.start() for mark in self._marks]
        self._starts = self._clause_starts()
        self._periods: list[re.Match[str]] | None = None

    def _clause_starts(self) -> list[int]:
        """Commas part clauses only where another figure stands before them; lists of nouns keep theirs."""
        starts = [0]
        for mark in self._marks:
            word, text = mark.group(), self._text
            if (
                word == ":"
                and _AT_ONCE.match(text, mark.end())
                and _LISTED.match(text[starts[-1] : mark.end()])
            ):
                continue  # "- Lắp đặt mới trạm: 58 trạm" is one clause
            if (
                word not in ",()"
                or _PART.match(text, mark.end())
                or _FIGURE.search(text, starts[-1], mark.start())
            ):
                starts.append(mark.end())
        return starts

    def around(self, figure: Figure) -> tuple[int, int]:
        start = max(self._starts[bisect_right(self._starts, figure.start) - 1], figure.at - WINDOW)
        while start < figure.start and self._text[start] in " -–+.":
            start += 1
        return start, self._end(figure, counts=only_opens(self._text[start : figure.start]))

    def _end(self, figure: Figure, *, counts: bool) -> int:
        """What is counted may follow the figure with its enumeration: "90% trẻ em được chăm sóc, nuôi dưỡng"."""
        limit = min(len(self._text), figure.end + WINDOW)
        for i in range(bisect_left(self._mark_starts, figure.end), len(self._marks)):
            mark = self._marks[i]
            if mark.start() >= limit:
                break
            following = self._mark_starts[i + 1] if i + 1 < len(self._marks) else limit
            piece = self._text[mark.end() : min(following, limit)]
            enumerates = counts and mark.group() == "," and not _NEW_CLAUSE.match(piece)
            if not enumerates or _FIGURE.search(_YEARS.sub("", piece)):
                return mark.start()
        return limit

    def _periods_from(self, start: int) -> list[re.Match[str]]:
        """The periods from the sentence of the first goal on; those of earlier sentences are never asked for."""
        if self._periods is None:
            begins = max(self._text.rfind(mark, 0, start) + 1 for mark in _SENTENCES)
            self._periods = list(PERIOD.finditer(self._small, begins))
        return self._periods

    def period(self, start: int, end: int, at: int) -> str | None:
        """The period named in the clause, the nearest to the figure; else the last one before it in the sentence."""
        periods = self._periods_from(start)
        first, last = (bisect_left(periods, place, key=re.Match.start) for place in (start, end))
        inside = periods[first:last]
        if inside:
            nearest = min(inside, key=lambda m: min(abs(m.start() - at), abs(at - m.end())))
            return self._text[slice(*nearest.span())].strip()
        before = periods[first - 1] if first else None
        if before and before.start() >= sentence_start(self._text, start):
            return self._text[slice(*before.span())].strip()
        return None


def sentence_start(text: str, at: int) -> int:
    window = max(0, at - WINDOW)
    return max(*(text.rfind(mark, window, at) + 1 for mark in _SENTENCES), window)


def only_opens(words: str) -> bool:
    """Whether nothing stands before the figure that could be measured by it."""
    return len(OPENING.sub("", words).split()) < 2
