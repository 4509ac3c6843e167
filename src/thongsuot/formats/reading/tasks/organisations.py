"""Which units a phrase names, one entry each."""

import re

from thongsuot.formats.reading.tasks.heads import MORE_HEADS
from thongsuot.formats.reading.words import MINISTRIES, ORGANISATION

_HEADED = re.compile(
    r"^(?P<class>(?:[Cc]ác )?(?P<head>Bộ|Sở|Ban|Phòng|Cục|Vụ|Giám đốc|Thủ trưởng|Chủ tịch|Hiệu trưởng)"
    r"(?:, (?:cơ quan|ngành|ban, ngành|ban|đơn vị))?)\s*:\s*(?P<names>.+)$"
)
_POSTS = {"Giám đốc", "Thủ trưởng", "Chủ tịch", "Hiệu trưởng"}
_NAME = re.compile(
    rf"{MINISTRIES}|Nông nghiệp và PTNT|Văn hóa,? (?:TT|Thể thao) và DL|Tài nguyên và MT|[^,;]+?(?=\s*(?:,|;|\svà\s|$))"
)
_LOCALITY = re.compile(r"(?:các|và)\s+(?:tỉnh|xã|phường|huyện|quận|thị xã|thành phố|đặc khu|thôn)\b")


def split_units(text: str) -> tuple[str, ...]:
    """The units a phrase names, one entry each; classes (các sở, ban, ngành) and localities stay together."""
    words = re.sub(r"\s*\([^)]*\)", "", " ".join(text.split())).strip(" ,;:.-–")
    words = re.sub(r",?\s*(?:nhất là|trong đó|đặc biệt là|bao gồm)\s.*$", "", words)
    words = re.sub(
        r"\s+(?:theo|trong)\s+(?:chức năng|phạm vi|thẩm quyền|Kế hoạch|quy định|phân công)\b.*$", "", words
    )
    words = re.sub(r"^(?:[Cc]ác )?(?:ông|bà)(?: \(bà\)|, bà)?:?\s+(?=[A-ZĐ])", "", words)
    headed = _HEADED.match(words)
    if headed:
        head, names = headed.group("head"), headed.group("names")
        if head in _POSTS:  # "Giám đốc: Sở A, Sở B"
            return tuple(f"{head} {name.strip(' ,;')}" for name in _split_part(names))
        return _ministries(head, names)
    entries: list[str] = []
    for part in re.split(r"\s*;\s*", words):
        entries += _split_part(part)
    return tuple(e.strip(" ,;") for e in entries if len(e.strip(" ,;")) > 1)


def _ministries(head: str, names: str) -> tuple[str, ...]:
    found = []
    position = 0
    while position < len(names):
        match = _NAME.match(names, position)
        if match is None:
            position += 1
            continue
        name = re.sub(r"^và\s+", "", match.group().strip())
        if name:
            own_head = re.match(rf"{ORGANISATION}\s", name) or name.startswith("các ")
            found.append(name if own_head else f"{head} {name}")
        position = match.end()
        while position < len(names) and (names[position] in " ,;" or names.startswith("và ", position)):
            position += 3 if names.startswith("và ", position) else 1
    return tuple(found)


def _split_part(part: str) -> list[str]:
    entries: list[str] = []
    start = 0
    for match in re.finditer(r",\s+(?:và\s+)?|\s+(?:và|cùng|hoặc)\s+", part):
        rest = part[match.end() :]
        current = part[start : match.start()]
        if not _separates(current, match.group(), rest):
            continue
        entries.append(current)
        start = match.end()
    return [*entries, part[start:]]


_CAPITAL_HEAD = re.compile(rf"(?:{ORGANISATION}|{MORE_HEADS}|Trung ương (?:Đoàn|Hội))(?!\w)")
_SMALL_HEAD = re.compile(
    r"(?:các|cơ quan|đơn vị|địa phương|[uủ][ỷy] ban|tổ chức|đoàn thể|chủ đầu tư|doanh nghiệp|đại biểu"
    r"|chủ (?:bến|tàu|phương tiện|rừng|hộ|cơ sở)"
    r"|chính quyền|ngành|thủ trưởng|giám đốc|trưởng)(?!\w)"
)
# "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân" is one office; a name alone waits for the post after the comma.
_ONE_OFFICE = re.compile(r"Văn phòng (?:Đoàn đại biểu Quốc hội|Hội đồng nhân dân|HĐND)$")
_PERSON = re.compile(r"(?:Đồng chí|đồng chí|Ông|Bà|ông|bà|Đ/c|đ/c)(?: [A-ZĐ]\w+){2,5}")
_PERSON_TITLE = re.compile(r"(?:Đồng chí|đồng chí|Ông|Bà|ông|bà|Đ/c|đ/c)\s")
_POST = re.compile(r"(?:Chủ tịch|Bí thư|Thủ trưởng|đồng chí|Bộ trưởng|[Nn]gười đứng đầu)\b")
_ANOTHER_POST = re.compile(
    r"(?:Chủ tịch|Giám đốc|Thủ trưởng|Sở|Bộ|Ủy ban|UBND|Công an|thủ trưởng|Hiệu trưởng)(?!\w)"
)
_IN_A_POST = re.compile(r"(?:Thành [uủ]|Ban, |Ngành)")
# The Party committee of the Front and the central mass organisations is one body with a long name.
_FRONT_COMMITTEE = re.compile(r"Đảng [uủ][ỷy] (?:Mặt trận Tổ quốc|MTTQ)(?: Việt Nam)?$")
# A class without a word of its own that tells which.
_BARE_CLASS = re.compile(r"[Cc]ác Tổ đại biểu")


def _separates(current: str, separator: str, rest: str) -> bool:
    """Whether another unit begins after the separator, and not another word of the same one."""
    locality = re.match(r"(?:các\s+)?(?:tỉnh|xã|phường|huyện|quận|thị xã|thành phố|đặc khu)(?!\w)", rest)
    if locality and (_LOCALITY.search(current) or re.search(r"\b(?:tỉnh|xã|phường)\b", current)):
        return False
    if ":" in current and not _CAPITAL_HEAD.match(rest) and not rest.startswith("các "):
        return False
    if _ONE_OFFICE.search(current) and re.match(r"(?:[UỦ][ỷy] ban|UBND|Hội đồng|HĐND)", rest):
        return False
    if _PERSON.fullmatch(current):
        return _PERSON_TITLE.match(rest) is not None
    if _POST.search(current) and separator.startswith(","):
        return _ANOTHER_POST.match(rest) is not None and "đồng chí" not in current
    if rest[:1].isupper():
        return bool(_CAPITAL_HEAD.match(rest)) and not _IN_A_POST.match(rest)
    if separator.startswith(",") and "và" not in separator:
        return _after_comma(current, rest)
    return _after_and(current, rest)


# A unit with a name of its own, not a class: "Đài Phát thanh Thành phố", but not "Sở, ban" and "Các cơ quan".
_NAMED = re.compile(r"(?!Các |Cơ quan|Đơn vị|Cấp |Sở,|Bộ,|Ban,|Tổ chức)[A-ZĐỦÝ]\w*\s\w+")


def _after_comma(current: str, rest: str) -> bool:
    if re.match(r"(?:tổ )?đại biểu\s", rest):
        return True
    if rest.startswith("các "):
        return not _FRONT_COMMITTEE.search(current)
    named = _NAMED.match(current) is not None
    return named and bool(_SMALL_HEAD.match(rest)) and _CAPITAL_HEAD.match(current) is not None


def _after_and(current: str, rest: str) -> bool:
    if not _SMALL_HEAD.match(rest):
        return False
    if rest.startswith("đại biểu") and _BARE_CLASS.fullmatch(current):
        return False  # "các Tổ đại biểu và đại biểu Hội đồng nhân dân"
    modified = re.match(r"(?:tổ chức|đơn vị|địa phương) ", rest)
    return not (modified and re.match(r"(?:cơ quan|cá nhân|đơn vị)$", current))
