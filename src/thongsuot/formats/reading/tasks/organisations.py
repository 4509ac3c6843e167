"""Units as they are named in sentences: where a list of units ends, and which units it names."""

import re
from dataclasses import dataclass, replace

from thongsuot.formats.reading.tasks.lexicon import OPENERS, Token, entry_at, is_compound, tokens
from thongsuot.formats.reading.words import CLASS, MINISTRIES, ORGANISATION

# Heads of units and persons beside those of ORGANISATION; written small they stand after an order.
_MORE_HEADS = (
    r"BCH|BCĐ|BQL|MTTQ|LLVT|Ban CHQS|Kiểm lâm|Hạt|Đồn|Bưu điện|Bưu cục|Viễn thông|Điện lực|Thư viện|Bảo tàng|Nhà trường"
    r"|Nhà văn h[óo][aá]|Nhà máy|Xí nghiệp|Hợp tác xã|HTX|Lực lượng|Ngành|Công đoàn|Đội|Ấp|Bản(?! tin| đồ| án| thân)"
    r"|Buôn|Quân khu|Sư đoàn|Trung đoàn|Binh đoàn|Hiệu trưởng|Tổ trưởng|Đội trưởng|Viện trưởng|Vụ trưởng|Kế toán"
    r"|Văn thư|Công chức|Cán bộ|Viên chức|Đảng viên|Người dân|Mọi|Mỗi|Từng|Toàn thể|Tất cả các|Ông|Bà|Đ/c|Đồng chí"
    r"|Ban cán sự|Phân hiệu|Chi nhánh|Chi đoàn|Chi hội|Hộ(?! khẩu| chiếu| tịch)|Nhà thầu|Nhà đầu tư|Cơ sở"
    r"|Thủ đô|Các (?:hộ|chủ|ông|bà|tổ chức|hợp tác xã|trang trại|cơ sở|nhóm|khoa|lớp|khối|tầng lớp)"
    r"|Tổ chức (?:đảng|đoàn|cơ sở|chính trị)|Quý (?:cơ quan|đơn vị|công ty|sở|ban)"
)
_SMALL_HEADS = (
    r"cơ quan|đơn vị|đồng chí|đ/c|ông|bà|người đứng đầu|thủ trưởng|bộ phận|cấp [uủ][ỷy]|chính quyền|địa phương"
    r"|bộ, ngành|bộ ngành|sở, ban|sở, ngành|doanh nghiệp|chủ đầu tư|từng|mỗi|toàn thể|tất cả các|[uủ][ỷy] ban"
    r"|chi bộ|đảng [uủ][ỷy]|tổ chức(?=,| và cá nhân| có liên quan| liên quan| đảng| chính trị| xã hội| kinh tế"
    r"| tín dụng| đoàn| hội| cơ sở| khác)|ngành|một số|hiệu trưởng|giám đốc|trưởng(?= thôn| ban| phòng| khu| ấp"
    r"| bản| trạm| công an| các)|bí thư|chủ tịch|cán bộ|công chức|hợp tác xã|nhà thầu|nhà đầu tư|nhà trường"
    r"|lực lượng|quý (?:cơ quan|đơn vị|công ty|sở|ban)|đại biểu|thành viên|đảng viên|người dân"
    r"|(?:tỉnh|thành phố|xã|phường|huyện|quận|thị xã|đặc khu|thôn|khu phố)(?= [A-ZĐ]| \d)"
    r"|các (?:ông|bà|anh|chủ|hộ|cán bộ|công chức|nhóm|lớp|khối)|xóm trưởng|thôn trưởng|công an|cục thuế|chi cục|hội"
)
_UNIT_START = re.compile(
    rf"(?:{ORGANISATION}|[Cc]ác (?:{CLASS}|{ORGANISATION})|{_MORE_HEADS}|{_SMALL_HEADS})(?!\w)"
)
MAX_UNITS = 420

_HEADED = re.compile(
    r"^(?P<class>(?:[Cc]ác )?(?P<head>Bộ|Sở|Ban|Phòng|Cục|Vụ|Giám đốc|Thủ trưởng|Chủ tịch|Hiệu trưởng)"
    r"(?:, (?:cơ quan|ngành|ban, ngành|ban|đơn vị))?)\s*:\s*(?P<names>.+)$"
)
_POSTS = {"Giám đốc", "Thủ trưởng", "Chủ tịch", "Hiệu trưởng"}
_NAME = re.compile(
    rf"{MINISTRIES}|Nông nghiệp và PTNT|Văn hóa,? (?:TT|Thể thao) và DL|Tài nguyên và MT|[^,;]+?(?=\s*(?:,|;|\svà\s|$))"
)
_LOCALITY = re.compile(r"(?:các|và)\s+(?:tỉnh|xã|phường|huyện|quận|thị xã|thành phố|đặc khu|thôn)\b")


def starts_unit(text: str, position: int) -> bool:
    return _UNIT_START.match(text, position) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """The units named at a place: where their action begins. `known` tells that a word of the lists opens it."""

    end: int
    known: bool
    aside: int | None = None  # a comma before, after which no unit stands: "thành phố X, có cơ chế ..."


def units_end(text: str, position: int, limit: int = MAX_UNITS) -> int | None:
    """Where the list of units beginning at `position` ends and their action begins; None if no action follows."""
    phrase = phrase_at(text, position, limit=limit)
    return phrase.end if phrase and phrase.known else None


def phrase_at(text: str, position: int, *, limit: int = MAX_UNITS, ordered: bool = False) -> Phrase | None:
    """Read the units word by word up to the first word that opens an action.

    An unknown word right after a finished name (Công an xã tuần tra, Sở Y tế khử khuẩn) opens one too: there the
    phrase ends unless it plainly goes on. A class of units (các đơn vị ...) may be described at length, so
    there a verb of the lists is preferred.
    """
    head = _UNIT_START.match(text, position)
    if head is None:
        return None
    scan = _Scan(text, tokens(text, head.end(), min(len(text), position + limit)), head)
    return scan.result(ordered=ordered)


def is_told(text: str, position: int) -> bool:
    """A sentence about a unit that tells what is or was: "Sở X đã ...", "Tổng cục Thuế sẽ ..."."""
    head = _UNIT_START.match(text, position)
    if head is None:
        return False
    scan = _Scan(text, tokens(text, head.end(), min(len(text), position + MAX_UNITS)), head)
    return scan.result(ordered=False) is None and scan.told


_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\W\d_])|[.!?]$")
_ABBREVIATED = {"tp", "tx", "q", "p", "h", "x", "bs", "ts", "ths", "gs", "pgs", "đ", "c"}
CLASSES_BEFORE_COLON = re.compile(
    r"(?:[Cc]ác|sở|bộ|tỉnh|phường|xã|thành phố|huyện|quận|Bộ|Sở|[Bb]an|Cục|Vụ|cơ quan|đơn vị|ngành|đoàn thể|hội"
    r"|gồm|Trung ương|địa phương|Giám đốc|Thủ trưởng|Chủ tịch|Hiệu trưởng|đồng chí|ông|bà|\(bà\)|thôn"
    r"|tổ dân phố|khu phố)\s*$"
)
_CLASSES = ("Các ", "Cơ quan", "Đơn vị", "Mỗi", "Từng", "Người", "Hộ", "Cán bộ", "Toàn thể")
_LEADERS_AFTER = {",", ";", "và", "các", "diện"}
_WAITING = {"của", "thuộc", "tại", "ở"}
_PAPERS = {"Văn", "Công", "Tờ", "Báo", "Quyết", "Kế", "Thông", "Nghị", "Chỉ"}
_OPEN_NAMES = {"của", "và", "cùng", "hoặc", "các", "thuộc", "tại", "ở", "số"}  # a name goes on after these


class _Scan:
    """One reading of a unit phrase; see `phrase_at`."""

    def __init__(self, text: str, words: list[Token], head: re.Match[str]) -> None:
        self.text, self.words = text, words
        self.start = head.start()
        # The class of unit before the words decides about compounds: "đoàn | kiểm tra".
        self.before = tokens(text, head.start(), head.end())
        self.all = [*self.before, *words]
        self.proper = head.group()[:1].isupper() and not head.group().startswith(_CLASSES)
        self.finished = True  # the phrase could end here
        self.described = False  # a relative clause or a compound goes on
        self.soft: int | None = None  # an unknown or a weak word that could open the action
        self.aside: int | None = None
        self.told = False  # the phrase ends in a word of telling: đã, sẽ, là
        self.skipped = -1  # where the last verb that only describes the unit ends
        self.told_of = False  # ... after "được", "chưa", "có"
        self.sure = False  # ... right after a proper name

    def result(self, *, ordered: bool) -> Phrase | None:
        i = len(self.before)
        while i < len(self.all):
            step = self._step(i)
            if isinstance(step, Phrase):
                return replace(self._chosen(step, ordered=ordered), aside=self.aside)
            if step is None:
                break
            i += step
        if self.soft is not None and not self.told and self.all[i - 1].end > self.soft:
            return Phrase(self.soft, known=False, aside=self.aside)
        return None

    def _chosen(self, found: Phrase, *, ordered: bool) -> Phrase:
        """The unknown word before the known verb opens the action where the name was finished there."""
        if self.soft is None:
            return found
        between = len(self.text[self.soft : found.end].split())
        if between and (self.sure or (ordered and between > 6)):
            return Phrase(self.soft, known=False)
        return found

    def _step(self, i: int) -> "Phrase | int | None":
        """How many words belong to the phrase from here, or its end, or None where it is no obligation."""
        word = self.all[i]
        if not word.text[0].isalpha() and not word.text[0].isdigit():
            return self._mark(i)
        if word.text[0].isupper() or word.text[0].isdigit():
            if self._opens_with_capital(i):
                return Phrase(word.start, known=True)
            return self._name(i)
        found = entry_at(self.all, i)
        if self.aside is None and self.all[i - 1].text == "," and found and found[0] == "relative":
            self.aside = self.all[i - 1].start
        if found is None:
            return self._unknown(i)
        kind, length = found
        if kind == "name":
            self.finished = word.plain not in _OPEN_NAMES
            self.described = self.described or word.plain in ("có", "trên")
            self.proper = self.proper and word.plain != "các"
            return length
        if kind == "relative":
            if word.plain == "có" and self.all[i + 1 : i + 2] and self.all[i + 1].text in _PAPERS:
                return None  # "Sở X có Văn bản số 5 gửi ...": told, not ordered
            self.finished, self.described, self.told_of = False, True, True
            self.skipped = self.all[i + length - 1].end if length > 1 else self.skipped
            return length
        if kind in ("narrated", "order"):
            return self._refused(i, kind, length)
        if kind == "weak":
            return self._weak(i, length)
        return self._verb(i, kind, length)

    def _opens_with_capital(self, i: int) -> bool:
        """A word of duty after a finished name, at the beginning of a line once: "Sở X | Tập trung chỉ đạo"."""
        if (
            i == len(self.before)
            or not self.finished
            or self.all[i - 1].text in ",;-–"
            or self.all[i - 1].plain in _OPEN_NAMES
        ):
            return False
        found = entry_at(self.all, i)
        return found is not None and tuple(w.plain for w in self.all[i : i + found[1]]) in OPENERS

    def _name(self, i: int) -> int:
        """A capital and the small syllables of the same word: Văn | hóa, Kiểm | tra."""
        word = self.all[i]
        self.finished = True
        if word.text[0].isdigit():
            return 1
        self.proper, self.described, self.told_of = True, False, False
        found = entry_at(self.all, i)
        if found and found[1] > 1:
            self.described = found[0] in ("verb", "always")  # Hội Bảo vệ | quyền trẻ em
            return found[1]
        after_capital = i > len(self.before) and self.all[i - 1].text[0].isupper()
        if i + 1 >= len(self.all) or after_capital or (word.text.isupper() and len(word.text) > 1):
            return 1
        following = self.all[i + 1]
        joined = self.text[word.end : following.start] == " " and following.text.islower()
        return 2 if joined and entry_at(self.all, i + 1) is None else 1

    def _mark(self, i: int) -> int | None:
        word = self.all[i]
        if word.text == "(":
            close = next((k for k in range(i, min(i + 60, len(self.all))) if self.all[k].text == ")"), None)
            return close - i + 1 if close else 1
        if word.text in ".!?" and _SENTENCE_END.match(self.text, word.start):
            return 1 if self.all[i - 1].plain in _ABBREVIATED else None
        if word.text == ":" and not CLASSES_BEFORE_COLON.search(self.text[self.start : word.start]):
            return None
        if word.text in ",;":
            self.described = self.described and word.text == ","
        return 1

    def _unknown(self, i: int) -> int:
        joined = (
            self.text[self.all[i - 1].end : self.all[i].start] == " " and self.all[i - 1].text not in ",;:-–"
        )
        if self.soft is None and self.finished and not self.described and joined:
            self.soft, self.sure = self.all[i].start, self.proper
        return 1

    def _weak(self, i: int, length: int) -> int:
        if self.soft is None and self.finished and not self.described:
            self.soft, self.sure = self.all[i].start, False
        return length

    def _refused(self, i: int, kind: str, length: int) -> int | None:
        before = self.all[i - 1].plain
        if kind == "narrated":
            self.told = not (self.all[i].plain == "là" and before in ("nhất", "biệt"))
            return None if self.told else length
        if self.all[i].plain == "giao" and not starts_unit(self.text, self.all[i].end + 1):
            return length if before in ("được", "nhiệm", "bàn") else None
        return length if before in ("được", "theo", "khi", "do") else None

    def _verb(self, i: int, kind: str, length: int) -> "Phrase | int":
        word, before = self.all[i], self.all[i - 1]
        if (
            word.plain == "lãnh"
            and before.plain in _LEADERS_AFTER
            and starts_unit(self.text, self.all[i + 1].end + 1)
        ):
            return length  # "; lãnh đạo Đảng ủy xã": the leaders, not to lead
        if before.plain in _WAITING and self.all[i - 2].plain != "trực":
            self.described = True
            return length  # "ý kiến của ...": the name is not finished
        after_relative = before.end < word.start and self._after_relative(i)
        if kind != "always" and (after_relative or is_compound(self.all, i, length) or self._is_noun(i)):
            self.described, self.told_of = True, after_relative
            self.skipped = self.all[i + length - 1].end
            return length
        if kind != "always" and before.end == self.skipped and self.told_of:
            self.skipped = self.all[i + length - 1].end  # chưa thực hiện | báo cáo
            return length
        opener = tuple(w.plain for w in self.all[i : i + length]) in OPENERS
        if kind != "always" and not opener and self.told_of and before.plain in ("và", "hoặc"):
            return length  # "... về sắp xếp đơn vị hành chính và | tổ chức chính quyền"
        if kind != "always" and before.plain in ("và", "hoặc", ",") and self.all[i - 2].end == self.skipped:
            self.skipped = self.all[i + length - 1].end  # đơn vị quản lý, | vận hành hồ chứa
            return length
        return Phrase(word.start, known=True)

    def _after_relative(self, i: int) -> bool:
        """A verb right after "được", "có", "do" ... describes the unit."""
        for length in (1, 2, 3, 4):
            found = entry_at(self.all, i - length) if i >= length else None
            if found and found[0] == "relative" and found[1] == length:
                return True
        return False

    def _is_noun(self, i: int) -> bool:
        """tổ chức, the noun: các tổ chức, cơ quan, tổ chức."""
        if self.all[i].plain != "tổ" or self.all[i + 1 : i + 2] == []:
            return False
        before = [w.plain for w in self.all[max(i - 3, 0) : i]]
        following = self.all[i + 2].text if i + 2 < len(self.all) else ""
        if before[-1:] == ["các"] or following in (",", ";"):
            return True
        return before[-1:] in ([","], ["và"]) and before[-3:-1] in (
            ["cơ", "quan"],
            ["cá", "nhân"],
            ["đơn", "vị"],
        )


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


_CAPITAL_HEAD = re.compile(rf"(?:{ORGANISATION}|{_MORE_HEADS}|Trung ương (?:Đoàn|Hội))(?!\w)")
_SMALL_HEAD = re.compile(
    r"(?:các|cơ quan|đơn vị|địa phương|[uủ][ỷy] ban|tổ chức|đoàn thể|chủ đầu tư|doanh nghiệp|đại biểu"
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
