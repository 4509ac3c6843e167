"""Names, posts and authority lines of those who sign."""

import re

from thongsuot.formats.reading.frame.casing import normal_case
from thongsuot.formats.reading.frame.known import FAMILY_NAMES
from thongsuot.formats.reading.words import bare, rx
from thongsuot.formats.vietnamese import same_tone_placement

# "TM. ỦY BAN", "KT.CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "T.L", "Q. GIÁM ĐỐC"; Decree 30 and the guides of the Party.
AUTHORITY = rx(
    r"^\W{0,20}(?:T\s?[/.]\s?M|K\s?[/.]\s?T|T\s?[/.]\s?L|T\s?[/.]\s?U\s?[/.]?\s?Q|(?:TM|KT|TL|TUQ|TƯQ|TUN)(?=[\s.,:])"
    r"|Q(?=\.))\s?[.,:]?\s*(?=%U)"
)
_POST_WORDS = (
    r"phó|quyền|thứ trưởng|chủ tịch|bộ trưởng|giám đốc|tổng giám đốc|tổng cục trưởng|tổng thanh tra|tổng bí thư"
    r"|tổng kiểm toán"
    r"|tổng thư ký|tổng biên tập|chánh|trưởng|bí thư|thủ tướng|cục trưởng|vụ trưởng|viện trưởng|chủ nhiệm"
    r"|hiệu trưởng|thống đốc"
    r"|tư lệnh|chính [uủ][ỷy]|[uủ][ỷy] viên|người|chi cục trưởng|chỉ huy trưởng|chính trị viên|kế toán trưởng"
    r"|tổ trưởng|đội trưởng"
    r"|hạt trưởng|thường trực|chủ trì|chủ tọa|đại diện|thư ký|thẩm phán|kiểm sát viên|chủ hộ|quản đốc|trạm trưởng"
)
POST = re.compile(rf"^\W{{0,20}}(?:{_POST_WORDS})\b", re.IGNORECASE)
_POST_BARE = re.compile(
    r"^\W{0,20}(?:pho|quyen|thu truong|chu tich|bo truong|giam doc|tong giam doc|t[oe]ng cuc truong|chanh|truong"
    r"|bi thu|thu tuong"
    r"|cuc truong|vu truong|vien truong|chu nhiem|hieu truong|thong doc|chi cuc truong)\b"
)
# A post written small, alone on its line: Chủ tịch, Phó Giám đốc.
SMALL_POST = re.compile(rf"^\W{{0,20}}(?:{_POST_WORDS})(?:\s+[^\W\d_]+){{0,5}}\W{{0,20}}$", re.IGNORECASE)

_RANK = (
    r"(?:(?:GS|PGS|TSKH|TS|ThS|Ths|THS|BS|Bs|BSCK\w*|DS|CK\s?I{1,2}|CKI{1,2}|LS|CN|KS|KTS|NGƯT|NGND|TTƯT|TTND|Dr"
    r"|Mr|Mrs)(?=[.\s])\.?\s*"
    r"|(?:[Đđ]ại tướng|[Tt]hượng tướng|[Tt]rung tướng|[Tt]hiếu tướng|[Đđ]ại tá|[Tt]hượng tá|[Tt]rung tá"
    r"|[Tt]hiếu tá|[Đđ]ại [úu][yý]"
    r"|[Tt]hượng [úu][yý]|[Tt]rung [úu][yý]|[Tt]hiếu [úu][yý]|[Đđ]ồng chí|[Đđ]/c|[ÔÓ]ng|Bà|Bác sĩ|Bác sỹ|Luật sư"
    r"|Linh mục)"
    r"(?=[\s.:])\s*[.:]?\s*)"
)
_WORD = r"(?:%U%l+(?:['’-]%U?%l+)?|[HKYR]['’]?\s?%U?%l+|%U)"
NAME = rx(rf"^\W{{0,20}}(?:{_RANK}){{0,4}}(?P<name>%U(?:%l|['’]%U?)*(?:\s{_WORD}){{1,5}})\W{{0,20}}$")
_CAPITAL_NAME = rx(
    rf"^\W{{0,20}}(?:{_RANK.upper()}|{_RANK}){{0,4}}(?P<name>%U{{2,9}}(?:\s%U{{1,9}}){{1,4}})\W{{0,20}}$"
)
RANK_ALONE = re.compile(
    r"^\W{0,20}(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|đại [úu][yý]"
    r"|thượng [úu][yý]"
    r"|trung [úu][yý]|thiếu [úu][yý]|(?:gs|pgs|ts|ths|bs)\.?)\W{0,20}$",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"^\W{0,20}(?:[Đđ]ã [Kk]ý|ĐÃ KÝ|[Kk]ý tên|[Kk]ý,|[Kk]ý và|[Kk]ý thay|[Dd]aky|ký, ghi rõ|chữ ký|Chữ ký)[^\n]{0,60}$"
)
SIGNED_BY = rx(
    rf"(?:Người ký|Ký bởi|Ký số bởi|Được ký bởi|[Đđ]ã ký"
    rf"|ĐÃ KÝ)\s*\)?\s*[:.]\s*(?:{_RANK}){{0,4}}(?P<name>%U[\w'’]+(?:\s%U[\w'’]*){{1,5}})"
)
_OF_BODIES = """
ủy ban sở phòng hội đồng nơi nhận lưu như trên phụ lục bộ tỉnh huyện xã phường quận điều chương mục biểu danh sách mẫu
kính gửi ký số ngày viện chủ phó giám trưởng nhân dân đảng cục vụ thành quốc việt
"""
_NOT_IN_NAMES = frozenset(_OF_BODIES.split())
# Behind a family name most of them are names of people too (Nguyễn Xuân Lưu).
_NEVER_IN_NAMES = {
    "ủy",
    "kính",
    "nhận",
    "phòng",
    "huyện",
    "xã",
    "phường",
    "quận",
    "tỉnh",
    "điều",
    "chương",
    "mẫu",
    "phó",
    "giám",
}


def person_in(text: str, *, capitals: bool = False) -> tuple[str, int, int] | None:
    """(name, start, end) of the person a row names, without rank and title; None where it names nobody."""
    found = NAME.match(text) or (_CAPITAL_NAME.match(text) if capitals else None)
    if found is None:
        return None
    name = found.group("name")
    words = [word.lower() for word in name.split()]
    known = name.split()[0].capitalize() in FAMILY_NAMES
    strange = [w for w in words[1:] if w in (_NEVER_IN_NAMES if known else _NOT_IN_NAMES)]
    if strange or (words[0] in _NOT_IN_NAMES and not known) or (name.isupper() and not known):
        return None
    if any(re.search(r"q(?!u)|[fjwz]{2}", word) for word in words):
        return None  # no syllable of the language: what a scanner made of a signature
    if bare(name) in {"nhu tren", "da ky", "noi nhan", "viet nam"} or len(name) < 4:
        return None
    shown = " ".join(w.capitalize() for w in name.split()) if name.isupper() else " ".join(name.split())
    return shown, found.start("name"), found.end("name")


def is_known_family(name: str) -> bool:
    return name.split()[0] in FAMILY_NAMES


def is_post(text: str) -> bool:
    return POST.match(text) is not None or _POST_BARE.match(bare(text)) is not None


def post_of(capitals: str) -> str:
    """PHÓ CHÁNH VĂN PHÒNG: Phó Chánh Văn phòng."""
    words = " ".join(capitals.split()).strip(" |*_.,;:-–")
    if not words.isupper():
        return words[:1].upper() + words[1:]
    return normal_case(words)


def authority_of(capitals: str) -> str:
    """The line as printed, with letters a scanner lost put back: KT.TONG CỤC TRƯỞNG, KT. TỔNG CỤC TRƯỞNG."""
    words = " ".join(capitals.split()).strip(" |*_,;:-–")
    found = AUTHORITY.match(words)
    if found is None:
        return words
    rest = words[found.end() :]
    usual = normal_case(rest).upper() if rest.isupper() else rest
    mark = found.group().strip()
    if same_tone_placement(usual) == same_tone_placement(rest):
        usual = rest  # as printed: UỶ BAN
    return f"{mark} {usual}"
