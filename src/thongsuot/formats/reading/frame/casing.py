"""The usual spelling of a body written in capitals: ỦY BAN NHÂN DÂN TỈNH NGHỆ AN, Ủy ban nhân dân tỉnh Nghệ An.

Known names are taken as they are usually spelled, whatever marks a scanner lost; the rest follows the rules of
Decree 30/2020/ND-CP, appendix II: capitals for the first word, for the field of work and for proper names.
"""

import re
from dataclasses import dataclass, field

from thongsuot.formats.reading.frame.known import (
    ACRONYMS,
    KNOWN_FIELDS,
    KNOWN_PHRASES,
    KNOWN_POSTS,
    KNOWN_PROVINCES,
)
from thongsuot.formats.reading.schools import KINDS_IN_SHORT
from thongsuot.formats.reading.words import bare

_WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*|[^\w\s]|_")


def _key(name: str) -> tuple[str, ...]:
    return tuple(bare(word) for word in _WORD.findall(name))


_PHRASES = {_key(name): name for name in (*KNOWN_POSTS, *KNOWN_PHRASES)}
_FIELDS = {_key(name): name for name in KNOWN_FIELDS}
_PROVINCES = {_key(name): name for name in KNOWN_PROVINCES}
_LONGEST = max(map(len, (*_PHRASES, *_FIELDS)))
# The words of known names by themselves tell how a damaged word was meant: only whole names are repaired.
_BY_SIZE: dict[int, list[tuple[str, tuple[str, ...], str]]] = {}
for _words, _name in (*_PHRASES.items(), *_FIELDS.items()):
    if len(_words) >= 2:
        _BY_SIZE.setdefault(len(_words), []).append((" ".join(_words), _words, _name))

_HEADS = {"bo", "so", "cuc", "vu", "phong", "vien", "ban"}
# Heads of two words: Trung tâm Giám định, Chi cục Kiểm lâm.
_LONG_HEADS = {
    "Trung tâm",
    "Chi cục",
    "Tổng cục",
    "Bệnh viện",
    "Công ty",
    "Chi nhánh",
    "Học viện",
    "Hiệp hội",
}
_PLACE_HEADS = {"tinh", "xa", "phuong", "quan", "huyen", "thon", "ap", "lang", "ban", "buon", "khom"}
_PLACE_WORDS = {"tỉnh", "xã", "phường", "quận", "huyện", "thôn", "ấp", "làng", "buôn", "khóm"}
_PLACE_PAIRS = {
    ("thanh", "pho"),
    ("thi", "xa"),
    ("thi", "tran"),
    ("dac", "khu"),
    ("khu", "pho"),
    ("khu", "vuc"),
}
_PARTY_HEADS = {("tinh", "uy"), ("thanh", "uy"), ("huyen", "uy"), ("quan", "uy"), ("thi", "uy")}
_YOUTH_HEADS = {("tinh", "doan"), ("thanh", "doan"), ("huyen", "doan"), ("quan", "doan")}
_PAIRS = _PLACE_PAIRS | _PARTY_HEADS | _YOUTH_HEADS
# What follows is a proper name to its end: Trường Tiểu học Nguyễn Du, Công ty Cổ phần Cấp Nước An Bình.
_NAMED = re.compile(r"^(?:Trường|Công ty|Tổng công ty|Tập đoàn|Công đoàn|Ngân hàng|Bệnh viện|Hợp tác xã)\b")
# Chi bộ Trường TH An Bình: bodies inside a school.
_HOLDS_A_SCHOOL = {("chi", "bo"), ("dang", "bo"), ("dang", "uy"), ("cong", "doan")}
_ROMAN = re.compile(r"^[IVX]{1,5}$")
# Heads that lost their mark: BO GIAO DUC VA DAO TAO.
_BARE_HEADS = {"bo": "Bộ", "so": "Sở", "phong": "Phòng"}
_SMALL = {"va", "cua", "tai", "cac", "ve", "thuoc", "cho", "trong"}
# A syllable without its tone: initial, vowels, final.
_SYLLABLE = re.compile(
    r"^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aeiouy]|ia|ie|ai|ao|au|ay|eo|eu|iu|oa|oe|oi|oo"
    r"|ua|ue|ui|uo|uu|uy"
    r"|oai|oay|oao|oeo|uay|uoi|uou|uya|uye|uyu|yeu|ieu|ye|uyen?)(?:ch|ng|nh|[cmnpt])?$"
)
MAX_WORDS = 40


def normal_case(capitals: str) -> str:
    """The name in its usual letters; a name that has small letters already stays as it is."""
    if any(c.islower() for c in capitals) and not _mostly_upper(capitals):
        return capitals
    words = _WORD.findall(capitals)[:MAX_WORDS]
    spelled = _Speller(words, [bare(word) for word in words]).run()
    return _glued(spelled, capitals)


def _mostly_upper(text: str) -> bool:
    """A scanner may leave one small letter in a word of capitals: TỎNG CụC."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


@dataclass
class _Speller:
    """Goes through the words of a name. `in_place`: the name of a place goes on; `in_field`: a field of work begins."""

    words: list[str]
    plain: list[str]
    spelled: list[str] = field(default_factory=list)
    in_place: bool = False
    in_field: bool = False

    def run(self) -> list[str]:
        i = 0
        while i < len(self.words):
            if i and self.plain[i - 1] in "-–," and _heads_field(self.plain, i):
                self.in_place = False
            i += self._known(i) or self._single(i)
        return self.spelled

    def _known(self, i: int) -> int:
        """How many words a known name takes here; 0 where none begins."""
        known = _known_at(self.plain, i, self.words, field=self.in_field, place=self.in_place)
        if known is None:
            return 0
        size, name = known
        self.spelled += _WORD.findall(name)
        self.in_place = (
            _opens_place(self.plain, i + size - 1) or name in KNOWN_FIELDS or _NAMED.match(name) is not None
        )
        self.in_field = name in _LONG_HEADS
        return size

    def _single(self, i: int) -> int:
        word, plain = self.words[i], self.plain[i]
        if word.isascii() and plain in _BARE_HEADS and _heads_field(self.plain, i):
            word = _BARE_HEADS[plain]
        self.spelled.append(self._letters(i, word))
        if plain not in _SMALL and word[0].isalnum():
            self.in_field = plain in _HEADS and not self.in_place
        pair = (self.plain[i - 1], plain) if i else ("", plain)
        if _opens_place(self.plain, i) and (_is_place_word(word) or pair in _PAIRS):
            self._open_place(i, pair)
        return 1

    def _letters(self, i: int, word: str) -> str:
        plain, last = self.plain[i], i + 1 == len(self.words)
        if _is_acronym(word) or (i and _ROMAN.match(word)):
            self.in_field = False
            self.in_place = self.in_place or _is_kind_of_school(word)
            return word.upper()
        if not word[0].isalnum():
            self.in_place = self.in_place and word in "-–'’"
            return word
        if self.in_place and last and word.lower() in _PLACE_WORDS:
            return word.lower()
        if i and plain in _SMALL:
            self.in_place = False
            self.in_field = self.in_field and plain == "va"
            return word.lower()
        return word[:1].upper() + word[1:].lower() if self._begins_with_capital(i) else word.lower()

    def _begins_with_capital(self, i: int) -> bool:
        if _is_school(self.words, self.plain, i):
            self.in_place = True
            return True
        if self.in_place or self.in_field or i == 0 or _heads_field(self.plain, i):
            return True
        return self.spelled[-1] in {"-", "–"} or (self.spelled[-1] == "và" and _is_name(self.spelled))

    def _open_place(self, i: int, pair: tuple[str, str]) -> None:
        self.in_place, self.in_field = True, False
        if i and not _is_city_name(self.plain, i):
            self.spelled[-1] = self.spelled[-1].lower()
            if pair in _PLACE_PAIRS and len(self.spelled) > 2:
                self.spelled[-2] = self.spelled[-2].lower()


def _is_acronym(word: str) -> bool:
    """Also several in one: TH&THCS."""
    return word.upper() in ACRONYMS or all(part in ACRONYMS for part in word.upper().split("&"))


def _is_kind_of_school(word: str) -> bool:
    """What follows is a proper name: Trường TH An Bình, Phòng GD&ĐT An Bình."""
    return word.upper() in KINDS_IN_SHORT or all(part in KINDS_IN_SHORT for part in word.upper().split("&"))


def _is_school(words: list[str], plain: list[str], i: int) -> bool:
    """Trường An Bình, Chi bộ Trường An Bình; not Môi trường, Thị trường."""
    return words[i].upper() == "TRƯỜNG" and (i == 0 or tuple(plain[max(i - 2, 0) : i]) in _HOLDS_A_SCHOOL)


def _is_name(spelled: list[str]) -> bool:
    """ "Sở A và B": after a field of work the word behind "và" begins with a capital too."""
    return len(spelled) > 2 and spelled[0] in {"Sở", "Bộ", "Phòng", "Ban"}


def _heads_field(plain: list[str], i: int) -> bool:
    """Đảng ủy Sở Y tế, BCH Đoàn tỉnh: a body inside the name of another keeps its capital."""
    following = plain[i + 1] if i + 1 < len(plain) else ""
    if plain[i] in {"so", "bo", "phong"}:
        return any(key[0] == following for key in _FIELDS)
    return plain[i] == "doan" and plain[i - 1] == "bch"


def _is_city_name(plain: list[str], i: int) -> bool:
    """Thành phố Hồ Chí Minh: here "Thành phố" belongs to the name."""
    return plain[i] == "pho" and plain[i + 1 : i + 4] == ["ho", "chi", "minh"]


def _opens_place(plain: list[str], i: int) -> bool:
    """Whether the word is the last of what goes before the name of a place: tỉnh, thành phố, Tỉnh ủy, Công an."""
    before = plain[i - 1] if i else ""
    if (before, plain[i]) in _PAIRS:
        return True
    following = plain[i + 1] if i + 1 < len(plain) else ""
    if plain[i] == "xa" and following == "hoi":
        return False
    if plain[i] in {"ban", "quan", "tinh", "lang", "ap"} and following in {
        "",
        "uy",
        "doan",
        "su",
        "khu",
        "to",
        "chi",
    }:
        return False
    return plain[i] in _PLACE_HEADS - {"ban"} and i > 0 and following != ""


def _is_place_word(word: str) -> bool:
    """ "quận" and not "quản": only a word that lost its marks may be read as another."""
    return word.isascii() or word.lower() in _PLACE_WORDS


def _known_at(
    plain: list[str], i: int, words: list[str], *, field: bool, place: bool
) -> tuple[int, str] | None:
    """(words, usual spelling) of the longest known name that begins here; a longer one may have been misread."""
    exact = _exactly_at(plain, i, field=field, place=place)
    misread = None if place else _misread_at(plain, i, words, longer_than=exact[0] if exact else 1)
    return misread or exact


def _exactly_at(plain: list[str], i: int, *, field: bool, place: bool) -> tuple[int, str] | None:
    for size in range(min(_LONGEST, len(plain) - i), 0, -1):
        key = tuple(plain[i : i + size])
        if place:
            if key in _PROVINCES and _ends_place(plain, i + size):
                return size, _PROVINCES[key]
            if size >= 2 and key in _PHRASES and key != ("viet", "nam"):
                return size, _PHRASES[key]
            continue
        if key in _PHRASES and (size > 1 or key[0] in {"chinh"}):
            return size, _PHRASES[key]
        if key in _FIELDS and (field or (i and plain[i - 1] in {"bo", "so", "phong"})):
            return size, _FIELDS[key]
    return None


def _ends_place(plain: list[str], i: int) -> bool:
    return (
        i >= len(plain)
        or not plain[i].isalnum()
        or plain[i] in {"ban", "van", "so", "khoa", "cong", "uy", "hoi"}
    )


def _misread_at(plain: list[str], i: int, words: list[str], *, longer_than: int) -> tuple[int, str] | None:
    """A known name with one or two letters misread (TÔNG CUC THUÉ needs none of it, TỔNG CỤC THƯỂ one)."""
    for size in range(min(6, len(plain) - i), longer_than, -1):
        text = " ".join(plain[i : i + size])
        if len(text) < 9:
            continue
        for known, _key_of, name in _BY_SIZE.get(size, ()):
            if known[0] != text[0] or not within(known, text, 1 if len(text) < 16 else 2):
                continue
            if _is_damaged(words[i : i + size], plain[i : i + size], name):
                return size, name
    return None


def _is_damaged(words: list[str], plain: list[str], name: str) -> bool:
    """Only what a scanner spoilt is repaired: no syllable of the language, or a word without the marks it should have.

    "Thị trường" is one letter away from "thứ trưởng" and still says what it says.
    """
    if any(word.isalpha() and not _SYLLABLE.match(word) for word in plain):
        return True
    return any(
        word.isascii() and not usual.isascii() and len(word) > 1
        for word, usual in zip(words, _WORD.findall(name), strict=False)
    )


def within(one: str, other: str, limit: int) -> bool:
    """Whether at most `limit` letters were exchanged, lost or added; the work is limit times the length."""
    if abs(len(one) - len(other)) > limit:
        return False
    if one == other:
        return True
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    if limit == 0:
        return False
    one, other = one[head:], other[head:]
    return (
        within(one[1:], other[1:], limit - 1)
        or within(one[1:], other, limit - 1)
        or within(one, other[1:], limit - 1)
    )


def _glued(spelled: list[str], original: str) -> str:
    """The words with the spaces of the original around its signs (X - Y, TB&XH, A, B)."""
    out = ""
    for i, word in enumerate(spelled):
        before = spelled[i - 1] if i else ""
        tight = (
            not out
            or word in ",.;:)"
            or before == "("
            or (word in "-–" and f" {word}" not in original)
            or (before in {"-", "–"} and f"{before} " not in original)
        )
        out += word if tight else f" {word}"
    return out
