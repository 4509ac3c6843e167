"""Marks that recognition mistakes ("TÍNH" for "TỈNH"), put right only where the words leave no doubt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thongsuot.formats.reading.extract.page.words import Word, lines_of
from thongsuot.formats.vietnamese import fold

# Phrases of letterheads and titles. What is the same but for its marks, in capitals, is one of them.
PHRASES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "ỦY BAN NHÂN DÂN TỈNH",
    "HỘI ĐỒNG NHÂN DÂN TỈNH",
    "ĐẢNG BỘ TỈNH",
    "MẶT TRẬN TỔ QUỐC",
    "BAN CHẤP HÀNH",
    "BAN THƯỜNG VỤ",
    "THƯỜNG TRỰC",
    "ĐỊA BÀN TỈNH",
    "TỈNH ỦY",
    "THÀNH ỦY",
    "HUYỆN ỦY",
    "ĐẢNG ỦY",
    "THÀNH PHỐ",
    "TUYỆT MẬT",
    "TỐI MẬT",
    "HỎA TỐC",
    "THƯỢNG KHẨN",
    "NGHỊ QUYẾT",
    "QUYẾT ĐỊNH",
    "CHỈ THỊ",
    "KẾ HOẠCH",
    "KẾT LUẬN",
    "THÔNG BÁO",
    "HƯỚNG DẪN",
    "CHƯƠNG TRÌNH",
    "CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "BÍ THƯ",
    "PHÓ BÍ THƯ",
    "GIÁM ĐỐC",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "CHÁNH VĂN PHÒNG",
    "TRƯỞNG BAN",
)
# What a line begins with and a colon ends.
OPENINGS = ("Nơi nhận", "Kính gửi", "Kính trình")
_OPENINGS = {tuple(fold(phrase).split()): tuple(phrase.split()) for phrase in OPENINGS}
_BY_FOLDED = {tuple(fold(phrase).split()): tuple(phrase.split()) for phrase in PHRASES}
_LENGTHS = sorted({len(key) for key in _BY_FOLDED}, reverse=True)
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


# Roman numbers before a heading in capitals: two strokes side by side look like an H, a last one like an L.
_STROKES = {
    "II.": ("H.", "IL", "IL.", "II", "Il.", "ll.", "1I.", "I1.", "TI.", "HL", "II,"),
    "III.": ("HI.", "IH.", "IIL", "IIL.", "III", "IHI.", "HII.", "TII.", "IHL", "III,"),
    "IV.": ("IW.", "1V.", "IV", "IV,", "TV."),
    "I.": ("l.", "I,"),
}
_ROMAN = {wrong: right for right, seen in _STROKES.items() for wrong in seen}
# The stamps of secrecy, and what the first vowel of MẬT looks like to a recogniser; MẶT (of MẶT TRẬN) is not among it.
_STAMPS = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_VOWELS = set("ẬẠÂẤẦẨẪ")
_ALONE = _VOWELS | set("ẶA")  # where nothing stands beside it, nothing else can be meant
_REPEATED = re.compile(r"(\w)\1+")


def as_stamp(text: str) -> str:
    """A line in stamp ink: one of the stamps of secrecy where it can only be meant ("MẠẬT"), else as it is."""
    return _stamp(text, _VOWELS) or text


def stamp_alone(text: str) -> str | None:
    """The stamp of secrecy that a framed or lone word is, or None; in small letters it is the head of a column."""
    letters = [char for char in text if char.isalpha()]
    return _stamp(text, _ALONE) if 2 * sum(map(str.isupper, letters)) > len(letters) else None


def is_stamp(text: str) -> bool:
    return text in _STAMPS.values()


def _stamp(text: str, vowels: set[str]) -> str | None:
    letters = "".join(char for char in text.upper() if char.isalpha())
    stamp = _STAMPS.get(_REPEATED.sub(r"\1", fold(letters)))
    return stamp if stamp and vowels & set(letters) else None


def corrected(words: Sequence[Word]) -> list[Word]:
    """The same words; those of a known phrase in capitals as they are spelled."""
    return [word for line in lines_of(words) for word in _line(line.words)]


def _line(words: Sequence[Word]) -> Iterator[Word]:
    """The words of one line."""
    bare = [fold(_EDGES.sub(r"\2", word.text)) for word in words]
    capital = [folded if word.text.isupper() else "" for folded, word in zip(bare, words, strict=True)]
    i = 0
    if len(words) > 2 and words[0].text in _ROMAN and all(word.text.isupper() for word in words[1:]):
        words = [replace(words[0], text=_ROMAN[words[0].text]), *words[1:]]
    while i < len(words):
        phrase = next((p for n in _LENGTHS if (p := _BY_FOLDED.get(tuple(capital[i : i + n])))), None)
        if not i and len(words) > 1 and words[1].text.endswith(":"):
            phrase = _OPENINGS.get(tuple(bare[:2]))
        yield from _spelled(words[i : i + len(phrase or " ")], phrase)
        i += len(phrase or " ")


def _spelled(words: Sequence[Word], phrase: Sequence[str] | None) -> Iterator[Word]:
    if phrase is None:
        yield from words
        return
    for word, right in zip(words, phrase, strict=True):
        yield replace(word, text=_EDGES.sub(rf"\g<1>{right}\g<3>", word.text))
