"""Words of official Vietnamese shared by the grammars: kinds of document, organisations, posts, verbs of duty."""

import re
import unicodedata

from thongsuot.formats.reading.kinds import KIND_BY_TITLE, NAMES_BY_SYMBOL, SYMBOLS
from thongsuot.formats.reading.schools import spell_schools

__all__ = [
    "CLASS",
    "DOC_TYPES",
    "MINISTRIES",
    "NAMES_BY_SYMBOL",
    "ORGANISATION",
    "SYMBOLS",
    "bare",
    "caseless",
    "rx",
    "sentence_case",
    "small",
]

DOC_TYPES = KIND_BY_TITLE

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LOWER = _UPPER.lower()


def rx(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which %U stands for a Vietnamese capital and %l for a small letter."""
    return re.compile(pattern.replace("%U", f"[{_UPPER}]").replace("%l", f"[{_LOWER}]"), flags)


def caseless(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for what `small` gives: the same as with IGNORECASE, in half the time or less.

    With IGNORECASE the engine can neither skip to the letters a match begins with nor pass over a branch by its
    first letter.
    """
    letters = re.compile(r"(\\.|\(\?P)|([^\W\d_])", re.DOTALL)
    return re.compile(letters.sub(lambda match: match[1] or match[2].lower(), pattern), flags)


def small(text: str) -> str:
    """The text in small letters, one character for one character, so that offsets stay valid."""
    return text.replace("İ", "i").lower()  # the one letter that would become two characters


# What "các ..." must name to be a class of units, and not things (các bước, các nội dung).
CLASS = (
    r"(?:[Ss]ở|[Bb]ộ|[Bb]an|[Nn]gành|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|[Xx]ã|[Pp]hường|[Tt]ỉnh|[Tt]hành phố"
    r"|[Hh]uyện|[Tt]hôn|[Ấấ]p"
    r"|[Tt]ổ|[Đđ]oàn|[Hh]ội|[Dd]oanh nghiệp|[Cc]hủ đầu tư|[Cc]ấp|[Đđ]ồng chí|[Cc]hi bộ|[Cc]hi [uủ][ỷy]"
    r"|[Đđ]ảng|[Tt]rường|[Bb]ệnh viện"
    r"|[Tt]rung tâm|[Pp]hòng|[Đđ]ại biểu|[Tt]hành viên|[Cc]ục|[Vv]ụ|[Vv]iện|[Cc]ông ty|[Tt]ổng|[Tt]ập đoàn"
    r"|[Nn]hà mạng|[Nn]hà trường"
    r"|[Nn]gân hàng|[Hh]ợp tác xã|[Đđ]ội|[Ll]ực lượng|[Kk]hu|[UuỦủ][ỷy] ban|UBND|HĐND|[Vv]ăn phòng"
    r"|[Tt]hủ trưởng|[Cc]hủ tịch"
    r"|[Gg]iám đốc|[Bb]ộ trưởng|[Bb]í thư|[Cc]ơ sở|[Đđ]ặc khu|[Tt]rưởng|[Bb]áo|[Đđ]ài|[Qq]uận|[Tt]hị xã)"
)

# Words an organisation's name, or the post of its head, begins with; what follows must not turn them into another word
# (Báo is a newspaper, Báo cáo a report; Ban a board, Ban hành to issue).
ORGANISATION = (
    r"(?:[ỦU][yỷ] ban|UBND|UBMTTQ\w*|UBTW\w*|UB MTTQ|HĐND|Hội đồng|MTTQ|Mặt trận|Chính phủ|Chính quyền|Quốc hội"
    r"|Bộ(?! chỉ số| tiêu chí| luật| thủ tục| phận)|Sở|Cục|Tổng cục|Vụ(?! việc| án)|Viện|Ban(?! hành)"
    r"|Văn phòng|VPCP"
    r"|Đảng [uủ][ỷy]|Đảng bộ|Đảng đoàn|Tỉnh [uủ][ỷy]|Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Quận [uủ][ỷy]|Cấp [uủ][ỷy]"
    r"|Chi bộ|Chi [uủ][ỷy]|Thường trực|Công an|Thanh tra|Kiểm toán|T[òo]a án|Ngân hàng|Kho bạc|Bảo hiểm|Thuế"
    r"|Chi cục"
    r"|Hải quan|Đài|Báo(?! cáo)|Cổng|Trung tâm|Trường(?! hợp)|Học viện|Đại học|Bệnh viện|Trạm|Phòng(?!,"
    r"| chống| ngừa)"
    r"|Tổ(?! chức)|Đoàn(?! kết)|Hội(?! nghị| thảo| thi| nhập)|Liên đoàn|Liên hiệp|Liên minh|Tập đoàn"
    r"|Tổng công ty"
    r"|Công ty|Quỹ|Hiệp hội|Chủ đầu tư|Cơ quan|Đơn vị|Địa phương|Tỉnh|Thành phố|Xã(?! hội)|Phường|Đặc khu|Thôn"
    r"|Khu phố|Khu dân cư|Doanh nghiệp|Bộ phận"
    r"|Các " + CLASS + r"(?! (?:chỉ số|tiêu chí|công tác|chức))"
    r"|Thủ trưởng|Người đứng đầu|Lãnh đạo|Chủ tịch|Phó Chủ tịch|Giám đốc|Bộ trưởng|Bí thư|Trưởng|Chánh"
    r"|Cục trưởng|Chủ nhiệm|Tổng Giám đốc|Thống đốc|Đồng chí|đồng chí|Thủ tướng|Phó Thủ tướng)"
)


class _Bare(dict[int, str]):
    """Learns each letter when it first meets it: looking letters up one by one is what reading spends its time on."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = "d" if char in "đĐÐð" else unicodedata.normalize("NFD", char)[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_BARE = _Bare()


def bare(text: str) -> str:
    """Small letters without marks, one character for one character, so that offsets stay valid."""
    return text.translate(_BARE)


MINISTRIES = (
    "Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Giáo dục và Đào tạo|Khoa học và Công nghệ"
    "|Văn hóa, Thể thao và Du lịch|Văn hoá, Thể thao và Du lịch|Văn hóa và Thể thao|Dân tộc và Tôn giáo|"
    "Kế hoạch và Đầu tư|Tài nguyên và Môi trường|Lao động - Thương binh và Xã hội|Thông tin và Truyền thông"
    "|Giao thông vận tải|Công Thương|Tài chính|Nội vụ|Tư pháp|Xây dựng|Y tế|Ngoại giao|Quốc phòng|Công an"
    "|Ngoại vụ|Du lịch"
)

_ACRONYMS = {
    "ubnd",
    "hđnd",
    "mttq",
    "ubmttq",
    "vn",
    "tw",
    "ubkt",
    "bcđ",
    "tp",
    "vksnd",
    "tand",
    "lđlđ",
    "mttqvn",
    "ubmttqvn",
}
_CAPITALISED = {
    "việt nam": "Việt Nam",
    "trung ương": "Trung ương",
    "hồ chí minh": "Hồ Chí Minh",
    "tổ quốc": "Tổ quốc",
    "chính phủ": "Chính phủ",
    "quốc hội": "Quốc hội",
    "mặt trận": "Mặt trận",
    "thành phố hồ": "Thành phố Hồ",
}
_NAMED = {"tỉnh", "phường", "huyện", "quận", "xã", "phố", "khu"}
_NAME_ENDS = {
    "năm",
    "giai",
    "nhiệm",
    "và",
    "về",
    "trong",
    "đến",
    "của",
    "theo",
    "từ",
    "với",
    "do",
    "cho",
    "có",
    "giữ",
    "thực",
}
_LONGEST_NAME = 3


def sentence_case(capitals: str) -> str:
    """A sentence written in capitals as usual: only its beginning and names of places and schools keep theirs.

    "VỀ PHỤC VỤ NGƯỜI DÂN TỈNH ĐẮK LẮK" becomes "Về phục vụ người dân tỉnh Đắk Lắk". Names of people are not
    known and stay small: whoever checks the text looks at them.
    """
    if any(c.islower() for c in capitals):
        return capitals
    words = capitals.lower().split()
    spelled: list[str] = []
    left = 0
    for i, word in enumerate(words):
        if left and word in _NAME_ENDS:
            left = 0
        if word.strip(",.;:()") in _ACRONYMS or _is_roman(words, i):
            spelled.append(word.upper())
        else:
            spelled.append(word[:1].upper() + word[1:] if left else word)
        left = 0 if word[-1:] in ",.;:" else max(left - 1, 0)
        following = words[i + 1] if i + 1 < len(words) else ""
        if word in _NAMED and _names_a_place(words, i, following):
            left = _LONGEST_NAME
    result = spell_schools(" ".join(spelled))
    for small, usual in _CAPITALISED.items():
        result = re.sub(rf"\b{small}\b", usual, result, flags=re.IGNORECASE)
    return result[:1].upper() + result[1:]


def _is_roman(words: list[str], i: int) -> bool:
    """A number where one is expected: "khóa XVI", "quý IV"."""
    numbered = i > 0 and words[i - 1] in {"khóa", "khoá", "quý", "quí", "thứ", "phần", "chương", "lần"}
    return numbered and re.fullmatch(r"[ivxlc]+[,.;:]?", words[i]) is not None


def _names_a_place(words: list[str], i: int, following: str) -> bool:
    """Not "xã hội", "đường phố" and "khu vực" but "xã Sen Vàng", "thành phố" and "đặc khu"."""
    word, before = words[i], words[i - 1] if i else ""
    if word == "phố":
        return before == "thành"
    if word == "khu":
        return before == "đặc"
    return following not in {"", "hội", "viên", "ủy", "đội"} and not (word == "xã" and before == "tác")
