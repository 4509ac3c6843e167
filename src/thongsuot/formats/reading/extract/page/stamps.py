"""The visible part of a digital signature ("Ký bởi: ...", "Thời gian ký: ..."): beside the text, not in it."""

import re
from collections.abc import Iterable

from thongsuot.formats.reading.extract.page.words import Line, Word

_SIGNED = re.compile(
    r"^(?:Ký (?:số |điện tử )?bởi|Người ký|Được ký (?:số )?bởi|Digitally signed|Signature (?:Valid|Not)|Signed by)"
    r"\s*:?",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"^(?:Email|E-mail|Cơ quan|Tổ chức|Chức vụ|Đơn vị|Ngày ký|Thời gian ký|Giờ ký|Lý do|Địa điểm|Date|Reason"
    r"|Location|DN)\s*:|^\d{1,2}[./-]\d{1,2}[./-]\d{4} \d{1,2}:\d{2}|^\d{1,2}:\d{2}:\d{2}\b|^[+]07:?00",
    re.IGNORECASE,
)
MOST_LINES = 8
NEAR = 2.5  # times the height of its letters


def without_stamps(lines: Iterable[Line]) -> tuple[list[Line], list[str]]:
    """The lines without the stamps, and the lines of the stamps."""
    kept: list[Line] = []
    stamped: list[str] = []
    last: Line | None = None
    count = 0
    for line in lines:
        rest: list[Word] = []
        for part in line.parts():
            if _SIGNED.match(part.text) or (last and count < MOST_LINES and _belongs(part, last)):
                count = 1 if _SIGNED.match(part.text) else count + 1
                stamped.append(part.text)
                last = part
            else:
                rest.extend(part.words)
        if rest:
            kept.append(Line(tuple(rest)))
    return kept, stamped


def _belongs(part: Line, last: Line) -> bool:
    """Directly under the stamp's last line, and either a named detail or the same small print going on."""
    under = 0 <= part.middle - last.middle <= NEAR * max(last.height, 1.0)
    if not under or part.x0 > last.x1 or part.x1 < last.x0:
        return False
    return bool(_DETAIL.match(part.text)) or (
        part.height < 9 and abs(part.height - last.height) < 0.5 and abs(part.x0 - last.x0) < 3
    )
