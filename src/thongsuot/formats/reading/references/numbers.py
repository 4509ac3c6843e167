"""Numbers and symbols of documents as papers print them, damage included, and what they say about the kind.

Decree 30/2020/ND-CP, appendix I, part II.3 (state), Decree 78/2025/ND-CP (normative), Guidance 05-HD/VPTW and before
it 36-HD/VPTW (Party); docs/sources.md.
"""

import re
from collections.abc import Iterator

from thongsuot.formats.reading.words import NAMES_BY_SYMBOL, caseless, small

# Longest first: "Thông báo kết luận" is not "Thông báo".
TYPES = (
    "Nghị quyết liên tịch|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|Thông báo kết luận"
    "|Kết luận|Thông báo|Kế hoạch hành động|Kế hoạch|Chương trình hành động|Chương trình|Công văn|Công điện|Văn bản"
    "|Tờ trình|Báo cáo thẩm tra|Báo cáo giải trình, tiếp thu|Báo cáo tiếp thu, giải trình|Báo cáo|Hướng dẫn|Bộ luật"
    "|Luật|Pháp lệnh|Quy định|Quy chế|Đề án|Thông tri|Lệnh|Giấy mời|Hiến pháp|Biên bản|Phương án|Phiếu trình"
    "|Phiếu chuyển|Điều lệ|Thông cáo"
)
TYPE = caseless(rf"\b(?:{TYPES})\b")
_SYMBOLS = "NQLT|NQ|NĐ|TTLT|TTr|TT|QĐ|CT|KL|TBKL|TB|KH|CTr|CTHĐ|CV|CĐ|BC|HD|QC|QyĐ|QĐi|ĐA|PA|GM|L|PL|BB|Tr|HĐ|LCT|VBHN"
_DASH = r"\s?[-–]\s?"
_BODY = r"[A-ZĐ][\w&]*(?:\.[A-ZĐ]\w*)*"  # TTg, UBND, BTGDVTU, VP.UBND
_FORMS = (
    # 30/2020/NĐ-CP, 04/2007/TTLT-BTC-BNV, 19/2008/NQLT/CP-MTTQ, 72/2025/QH15; "30/2020/ NĐ-CP", "30/2020/NĐCP"
    rf"\d{{1,6}}[a-z]?\s?/\s?(?:19|20)\d\d\s?/\s?"
    rf"(?:QH\d{{1,2}}|UBTVQH\d{{1,2}}|[A-ZĐ]\w{{0,11}}(?:(?:{_DASH}|/){_BODY}){{0,4}})",
    # 57-NQ/TW, 17129-CV/VPTW, 20-TB/UBKTĐU, 01-NQ/BCSĐ-UBND; "79 NQ/TW", "57-NQ /TW"
    rf"\d{{1,6}}[a-z]?(?:{_DASH}|\s)(?:{_SYMBOLS})\s?/\s?{_BODY}(?:{_DASH}{_BODY}){{0,3}}",
    # 648/TB-VPCP, 1012/QĐ-BKHCN, 18491/BTC-CST, 16/KH-BTT-MTTQ, 180/NG.BC
    rf"\d{{1,6}}[a-z]?\s?/\s?[A-ZĐ][\w&]*(?:{_DASH}{_BODY}){{1,4}}",
    # 15/KH, 2468/QĐUBND where the dash was lost
    rf"\d{{1,6}}[a-z]?\s?/\s?(?:{_SYMBOLS})(?:UBND|HĐND|TTg|CP|TU|TW|BTC|BNV)?",
    # 498/UBND: a letter that names only its body
    r"\d{1,6}\s?/\s?[A-ZĐ]{2,14}",
    # 41/L/CTN, 58 LCT/HĐNN8
    r"\d{1,4}(?:/|\s?-\s?|\s)(?:L|LCT)\s?/\s?(?:CTN|HĐNN\d?)",
)
NUMBER = re.compile(rf"(?<![\w/.,-])(?P<number>{'|'.join(_FORMS)})(?![\w/])")
# Words that a lost space has glued to a symbol: "1033/PTM-SMEngày".
_GLUED = re.compile(r"(?:ngày|của|về|và|năm|được)$")
# "các Nghị quyết số 57, 59, 66 và 68-NQ/TW": the figures before the last number share its symbol.
SHARED = re.compile(
    rf"(?:\bsố|\b(?:{TYPES}))\s*:?\s*(?P<figures>(?:\d{{1,4}}(?:\s?,\s?|\s+và\s+)(?:số\s+)?){{1,8}})$",
    re.IGNORECASE,
)
# "Chỉ thị 03, 07 của Thành ủy": a number without any symbol, told by its kind and its issuer.
BARE = re.compile(
    rf"\b(?:{TYPES})\s+(?:số\s*:?\s*)?(?P<figures>\d{{1,4}}(?:(?:\s?,\s?|\s+và\s+)(?:số\s+)?\d{{1,4}}){{0,5}})"
    r"(?=\s+(?:của|ngày)\s)(?!\s+ngày\s+(?:đầu|làm|liên))"
)
LEADS_ON = re.compile(r" (?:(?<=\d )của|(?<=\d )ngày) ")  # without it there is no such number
_AT_ONCE = re.compile(r"\s*(?:\([^)]{0,30}\)\s*)?(?:số)?\s*:?\s*")
_DIGITS = re.compile(r"\d+")
_FIGURE = re.compile(r"\d{1,4}")


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Matches of NUMBER; asked only where digits begin, for a search cannot skip to them by itself."""
    if "/" not in text:
        return
    end = 0
    for digits in _DIGITS.finditer(text):
        match = NUMBER.match(text, digits.start()) if digits.start() >= end else None
        if match:
            end = match.end()
            yield match


def spelled(number: str) -> str:
    """The number in its usual form: no spaces, plain hyphens, nothing glued to it."""
    number = _GLUED.sub("", number)
    joined = re.sub(r"\s*([-–/])\s*", r"\1", number).replace("–", "-").strip(" .-")
    # "79 NQ/TW" lost its hyphen; only older state orders are written with a space ("58 LCT/HĐNN").
    return joined if re.search(r" LCT?/", joined) else re.sub(r"\s+", "-", joined)


def key_of(number: str) -> str:
    """What two spellings of one number have in common."""
    return re.sub(r"[\s.]+", "", number).replace("–", "-").casefold().lstrip("0")


def figures_in(words: str) -> list[re.Match[str]]:
    """The single figures of a list of numbers."""
    return list(_FIGURE.finditer(words))


def kind_of(before: str, number: str) -> str | None:
    """The kind in words right before the number, else the one its symbol says, else a kind named a little before.

    None where nothing says that this is a document. "báo cáo theo 57-NQ/TW": the symbol knows better than a verb.
    """
    found = [match.span() for match in TYPE.finditer(small(before))]
    if found and _AT_ONCE.fullmatch(before, found[-1][1]):
        return kind_in_words(before[slice(*found[-1])])
    for part in re.split(r"[-/ ]", number)[1:]:
        symbol = re.sub(r"\d+$", "", part)
        if symbol in NAMES_BY_SYMBOL:
            return NAMES_BY_SYMBOL[symbol]
    if found and len(before) - found[-1][1] < 45:
        return kind_in_words(before[slice(*found[-1])])
    return "Văn bản" if re.search(r"\bsố\s*:?\s*$", before) else None


def kind_in_words(words: str) -> str:
    """As it stands within a sentence: "NGHỊ QUYẾT" and "nghị quyết" are "Nghị quyết"."""
    words = words.lower() if words.isupper() else words
    return words[0].upper() + words[1:]
