"""The fixed points of a letterhead: national or Party title, motto, number, place and date, subject, address.

Each is recognised wherever it stands on a line, in capitals, broken over two lines, without spaces or with the letters
a scanner made of it; whatever else is on the line is then something of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thongsuot.formats.reading.words import bare, rx


@dataclass(frozen=True, eq=False)
class Anchor:
    """A fixed point: its kind, where it stands in the text of the lines, and the match that found it."""

    kind: str  # state, party, motto, mass, number, date, about, address, stamp, urgency, page
    start: int
    end: int
    match: re.Match[str]


# ---------------------------------------------------------------- national title, Party title, motto (without marks)

_STATE = re.compile(
    r"\bcong\s*hoa\s*xa\s*hoi(?:\s*chu\s*nghia)?(?:\s*viet\s*nam)?"
    r"|\b(?:xa\s+hoi\s+)?chu\s*nghia\s*viet\s*nam\b"
    r"|\bcong\s+ho\w{0,4}[^\n]{1,30}?ngh[i1l]\w\s+\w{1,5}\s+nam\b"
    r"|\bchxhcn\s+viet\s+nam\b"
)
_PARTY = re.compile(
    r"\bdang\s*cong\s*san\s*viet\s*nam\b|(?m:^)\W{0,20}dang\W+cong\W+san\W{0,20}(?m:$)"
    r"|(?m:^)\W{0,20}cong\s+san\s+viet\s+nam\W{0,20}(?m:$)"
)
_MOTTO = re.compile(
    r"\bdoc\s*lap\s*[-–—.]?\s*t[uy]\s*do(?:\s*[-–—.]?\s*[hb][ae]nh\s*p[hb]\w+)?"
    r"|(?m:^)[\W_]{0,20}hanh\s*phuc[\W_]{0,20}(?m:$)"
)
_MOTTO_END = re.compile(r"\w+\s*[lL]ập\W{0,20}\w+\s*do\W{0,20}\w+\s*ph[uú]c\W{0,20}$", re.IGNORECASE)
_MASS = re.compile(r"(?m:^)\W{0,20}doan\s+(?:tncs|thanh\s+nien\s+cong\s+san)\s+ho\s+chi\s+minh\W{0,20}(?m:$)")
_CAPITALS = 0.7  # the share of capitals a title has; the motto is written small

# ---------------------------------------------------------------- number and symbol

_FIGURE = r"(?P<figure>\d{1,6}(?:[.,]\d{3})?\s?[a-zA-ZđĐ]?(?![\wĐđ])|[\d.…_ \t]{0,60}?[°º'*]?)"
_PART = r"(?:(?<!\n)\(?[A-ZĐÂÊÔƠƯĂ][\wĐđ&.]{0,24}\)?|(?<=\n)[A-ZĐ&]{2,12}\b|\d{1,3}(?![\d/]))"
# "Số:", also as scanners read it and typists leave it: Sô, Só, SỐ, S6, Số.
_SO = r"(?:S[ốóôõòỗồổoöỐÓÔÕỖỒO6]|SỐ)"
_LAW = r"(?P<law>(?:Luật|LUẬT|Bộ luật|Pháp lệnh|Lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư)\s+số\s*:?\s*)"
_NUMBER = rx(
    rf"(?:(?<![\w/-])|(?<=%U%U%U)(?=Số\s?:))(?:{_SO}(?:\s?/?\s?(?:hiệu|KH|CV)\b)?\s?[:;.]?\s{{0,6}}|{_LAW}){_FIGURE}"
    rf"(?P<rest>\s{{0,10}}(?:/\s?\d{{4}}\s?)?[-–—/]\s{{0,6}}{_PART}(?:\s?[-–—/]\s?{_PART}){{0,5}}"
    rf"|(?<=\d)\s?[A-ZĐ][A-Za-zĐđy]{{1,4}}\s?/\s?{_PART}(?:\s?[-–]\s?{_PART}){{0,3}})"
)
# What of the other column ran into the symbol: "12-QĐ/TWHỘI CỰU CHIẾN BINH".
_GLUED_HEAD = re.compile(r"(?<=[A-ZĐ]{2})(?:ĐOÀN|CỘNG|ĐẢNG|HỘI|[ỦU][ỶY]|QUYẾT|THÔNG|CHƯƠNG)$")
_BARE_NUMBER = re.compile(
    rf"(?m:^)[\s|*]{{0,20}}(?P<figure>\d{{1,5}})(?P<rest>(?:/\d{{4}})?[-/][A-ZĐ][A-Za-zĐđ]{{0,5}}\d{{0,2}}[-/]{_PART}(?:-{_PART}){{0,3}})[\s|*]{{0,20}}(?m:$)"
)
_CITING = re.compile(
    r"(?:lu[aậ]t|ph[aá]p l[eệ]nh|quy[eế]t|(?:ngh[iị]|quy[eế]t|quy) đ[iị]nh|ch[iỉ] th[iị]|k[eế]t lu[aậ]n"
    r"|th[oô]ng (?:b[aá]o|tư|tri)"
    r"|k[eế] ho[aạ]ch|h[uư][oớ]ng d[aẫ]n|c[oô]ng v[aă]n|v[aă]n b[aả]n|đi[eệ]n|tr[iì]nh|b[aá]o c[aá]o|đ[eề] [aá]n"
    r"|tr[iì]nh|v[aà]|[,;(])\s*$",
    re.IGNORECASE,
)

# ---------------------------------------------------------------- place and date

_DAY = r"(?P<day>[\d\sA-Z£.…_,]{0,14}?)"
_DATE = re.compile(
    rf"(?<!\w)(?:[Nn]gày|NGÀY|ngay|[Nn]gảy)\s*{_DAY}\s*(?:[Tt]háng|THÁNG|thang|thảng|/|\.(?=\d)|-(?=\d))"
    r"\s*(?P<month>[\d\s!.…_,OlI]{0,12}?)\s*(?:[Nn]ăm|NĂM|nam|/|\.(?=\d)|-(?=\d))\s*(?P<year>\d{4})"
    r"|(?<=[\w.],)\s*(?:ngày\s*)?(?P<day2>\d{1,2})[/.-](?P<month2>\d{1,2})[/.-](?P<year2>\d{4})(?=\s*(?:\n|$|\|))"
    r"|(?<=[\w.],)\s*(?:[Nn]gày)[\s.…_]{0,14}tháng[\s.…_]{0,14}năm(?:\s?20)?[\s.…_]{0,8}(?=\n|$|\|)"
    r"|(?<=[\w.],)\s*tháng\s*(?P<month3>[\d\s.…_]{0,12}?)\s*(?:năm|/)\s*(?P<year3>\d{4})"
)
_NAME = r"%U(?:['’]?%U?%l+)(?:['’]%l+)?"
_PLACE = rx(
    r"(?:(?<![^\W_])(?<![/-])|(?<=%U%U)(?=%U%l))(?P<place>(?:(?:Thành phố|TP|Tp|tỉnh|xã|phường|Phường|Xã|Quận|Huyện"
    r"|Thị xã|Thị trấn|đặc khu|Đặc khu)\.?\s*)?"
    rf"(?:\d{{1,2}}|{_NAME})(?:(?:\s|\s?-\s?)(?:phố\s+|xã\s+)?{_NAME}){{0,5}}|%U{{2,8}}(?:\s%U{{1,8}}){{1,3}})\s*,?\s*$"
)
_LONG_PLACE = rx(rf"^\W{{0,20}}(?:Thành phố|TP\.?|Tp\.?|Bà Rịa\s*-?)(?:\s+{_NAME})*\W{{0,20}}$")

# ---------------------------------------------------------------- subject of a letter, address, stamps of others

_ABOUT = re.compile(
    r"(?:(?<!\w)(?:V/v|v/v|V/V|V\s/\s?[vV]|V/\sv)|(?<=[A-ZĐ\d])V/v)\s*[:.]?\s*"
    r"|(?m:^)[\s*_|(]{0,20}[Vv]ề việc\b\s*:?\s*|(?m:^)[\s*_|(]{0,20}Về\s?:\s*"
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:K[íìiĩ]nh\s+(?:g[ửu]i|g[ưứữừở]i|tr[ìi]nh|chuyển)|KÍNH\s+(?:GỬI|TRÌNH|CHUYỂN))\s*:?"
    r"|(?m:^)\W{0,20}ng[ửu]i\s*:"
)
# What the receiver or a signing program wrote on the paper is not its letterhead.
_STAMP = re.compile(
    r"(?m:^)[^\n]{0,60}(?:\bĐẾN\b|CÔNG VĂN ĐẾN)[\s:]{0,20}(?:Số|Giờ|Ngày|S:)[^\n]{0,80}(?m:$)"
    r"|(?m:^)\W{0,20}(?:Ký bởi|Người ký|Ký số bởi|Được ký bởi|Email|E-mail|Cơ quan|Thời gian ký|Ngày ký|Signature"
    r"|Signed by|Signing"
    r"|Chuyển|Ngày|Giờ|Lưu hồ sơ|FROM|FAX|Fax|Điện thoại|ĐT|Website|Địa chỉ)\s?[:(][^\n]{0,160}(?m:$)"
    r"|(?m:^)\W{0,20}(?:CÔNG VĂN ĐẾN|VĂN BẢN ĐẾN|ĐẾN|CÔNG BÁO[^\n]{0,60}|Signature Not Verified"
    r"|In bài viết)\W{0,20}(?m:$)"
)

_PAGE = re.compile(r"(?m:^)\W{0,5}(?:Trang|Page)\s\d{1,3}\s?(?=[^\W\d_]{2,}\s)")  # "Trang 1UBND TỈNH A"
_URGENT = re.compile(
    r"(?m:^)[\s|*_]{0,20}(?:(?:HỎA|HOẢ) TỐC(?: HẸN GIỜ)?|(?:THƯỢNG )?KHẨN)[\s|*_!.]{0,20}(?m:$)",
    re.IGNORECASE,
)

_MAX_BEFORE = 200  # characters in which the place stands before its date


def anchors_in(whole: str) -> Iterator[Anchor]:
    """The anchors of these lines; of two at one place the first given is right."""
    plain = bare(whole)
    for match in _STAMP.finditer(whole):
        yield Anchor("stamp", match.start(), match.end(), match)
    for match in _PAGE.finditer(whole):
        yield Anchor("page", match.start(), match.end(), match)
    for match in _URGENT.finditer(whole):
        yield Anchor("urgency", match.start(), match.end(), match)
    for match in _DATE.finditer(whole):
        place, _end = place_before(whole, match.start())
        if place < match.start() or _is_own_date(whole, match):
            yield Anchor("date", place, match.end(), match)
    for pattern in (_NUMBER, _BARE_NUMBER):
        for match in pattern.finditer(whole):
            if is_own_number(whole, match):
                start = match.start() if pattern is _NUMBER else match.start("figure")
                yield Anchor("number", start, _number_end(whole, match), match)
    for kind, pattern, share in (
        ("state", _STATE, _CAPITALS),
        ("party", _PARTY, _CAPITALS),
        ("mass", _MASS, _CAPITALS),
        ("motto", _MOTTO, 0.0),
    ):
        for match in pattern.finditer(plain):
            if _is_shown(whole, match, share):
                yield Anchor(kind, match.start(), match.end(), match)
    for kind, pattern in (("address", _ADDRESS), ("about", _ABOUT)):
        reached = 0
        for match in pattern.finditer(whole):
            if match.start() < reached:
                continue  # the first on a line takes all the rest of it
            line_end = whole.find("\n", match.end())
            reached = len(whole) if line_end < 0 else line_end
            yield Anchor(kind, match.start(), reached, match)


def _is_shown(whole: str, match: re.Match[str], share: float) -> bool:
    letters = [c for c in whole[match.start() : match.end()] if c.isalpha()]
    before = whole[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1].strip(" |*_")
    in_sentence = share > 0 and before.rsplit(" ", 1)[-1].islower() and not before.endswith(("phúc", "phuc"))
    return sum(c.isupper() for c in letters) >= share * len(letters) and not in_sentence


def is_own_number(whole: str, match: re.Match[str]) -> bool:
    """Whether a number can be the paper's own: it opens its line or cell, or follows a body in capitals."""
    letters = [c for c in match.group("rest") if c.isalpha()]
    if len(letters) < 2:
        return False
    line_start = whole.rfind("\n", 0, match.start()) + 1
    before = whole[max(line_start, match.start() - 90) : match.start()].strip(" |*_-\t")
    if not before:
        return True
    if _CITING.search(before) or before.endswith(("Luật", "LUẬT")):
        return False
    shown = _MOTTO_END.sub("", before.split("|")[-1][-60:])
    return not any(c.islower() for c in shown)


def _is_own_date(whole: str, match: re.Match[str]) -> bool:
    """A date without its place: not one that a sentence or a subject cites."""
    line_start = whole.rfind("\n", 0, match.start()) + 1
    before = whole[line_start : match.start()].rsplit("|", 1)[-1].strip(" *_,")
    if match["year"] and "/" in match.group():
        return False
    return not before or before.isupper() or re.match(r"\W{0,20}S[ốóôo]\s*[:.]?\s*[\d/]", before) is not None


def _number_end(whole: str, match: re.Match[str]) -> int:
    """Without what lost its space: "15/KH-UBNDAn Bình, ngày" ends with UBND, so does "15/UBNDV/v mời họp"."""
    if match.group().endswith("V") and whole.startswith("/v", match.end()):
        return match.end() - 1
    behind = _GLUED_HEAD.search(match.group())
    if behind and re.match(r"\s[^\W\d_]{2}", whole[match.end() : match.end() + 3]):
        return match.start() + behind.start()
    glued = rx(r"(?<=%U%U)%U%l+$").search(match.group())
    if glued and rx(r"(?:\s%U%l+){0,4}\s?,?\s*ngày").match(whole, match.end()):
        return match.start() + glued.start()
    return match.end()


def place_before(whole: str, position: int) -> tuple[int, int]:
    """(start, end) of the place named before a date, or (position, position).

    It stands on the line of the date; only a long name (Thành phố Hồ Chí / Minh) may begin on the line above.
    """
    line_start = whole.rfind("\n", 0, position) + 1
    above_start = whole.rfind("\n", 0, max(0, line_start - 1)) + 1
    start = above_start if _LONG_PLACE.match(whole[above_start : max(0, line_start - 1)]) else line_start
    found = _PLACE.search(whole, max(start, position - _MAX_BEFORE), position)
    return found.span("place") if found else (position, position)
