"""Laws cited by their name alone, as the legal basis of a paper cites them."""

import re
from collections.abc import Iterator

from thongsuot.formats.reading.words import rx

_KINDS = r"(?:Bộ luật|Luật|Hiến pháp|Pháp lệnh)"
_WORDS = ("Luật", "luật", "Hiến pháp", "Pháp lệnh")
_STOP = (
    r"(?=\s*(?:,?\s*(?:được\s+)?(?:Quốc hội\s+)?(?:thông qua\s+)?ngày\s+\d|,?\s+năm\s+\d{4}|,?\s+số\s+\d"
    rf"|;|,|\.|\(|$|\s+được\s|\s+và\s+(?:{_KINDS}|các|Nghị)|\s+đã\s|\s+quy định|\s+hướng dẫn))"
)
# "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B ngày ...": its name holds commas and the names of others.
_AMENDING = (
    rf"{_KINDS}\s+sửa đổi(?:,\s*bổ sung)?\s+(?:một số điều|một số khoản|Điều \d+)\s+của\s+(?:các\s+)?"
    rf"{_KINDS}[^;.(]{{2,160}}?(?=\s*(?:,?\s*ngày\s+\d|,?\s+năm\s+\d{{4}}|,?\s+số\s+\d|;|\.|\(|$))"
)
_PLAIN = rf"{_KINDS}\s+(?!này\b|số\b|sửa đổi\b)%U[^;,.()“”\"]{{2,140}}?{_STOP}"
LAW = rx(rf"\b(?P<title>{_AMENDING}|{_PLAIN})")
_NUMBERED = re.compile(r"\s*,?\s*số\s*:?\s*\d")


def laws_in(text: str) -> Iterator[re.Match[str]]:
    """Matches with the group ``title``, without those whose number is given (they are found by it)."""
    if not any(word in text for word in _WORDS):
        return
    for match in LAW.finditer(text):
        if not _NUMBERED.match(text, match.end()):
            yield match
