"""Where a list of units ends and their action begins: a phrase of units read word by word."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from thongsuot.formats.reading.tasks.heads import UNIT_START, starts_unit
from thongsuot.formats.reading.tasks.lexicon import LONGEST_ENTRY, OPENERS, entry_at, is_compound, tokens

MAX_UNITS = 420


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
    return _phrase_and_told(text, position, limit, ordered=ordered)[0]


def is_told(text: str, position: int) -> bool:
    """A sentence about a unit that tells what is or was: "Sở X đã ...", "Tổng cục Thuế sẽ ..."."""
    phrase, told = _phrase_and_told(text, position, MAX_UNITS, ordered=False)
    return phrase is None and told


@lru_cache(
    maxsize=16
)  # of one place it is asked whether it tells, which phrase it is, and again whether it tells
def _phrase_and_told(text: str, position: int, limit: int, *, ordered: bool) -> tuple[Phrase | None, bool]:
    head = UNIT_START.match(text, position)
    if head is None:
        return None, False
    scan = _Scan(text, head, position + limit)
    return scan.result(ordered=ordered), scan.told


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
_APPOSITION = 24  # words between "là" and the duty that follows it
_BRACKET = 60  # words in brackets that are passed over
_AHEAD = LONGEST_ENTRY + 3  # words looked at beyond the one in question
_OPEN_NAMES = {"của", "và", "cùng", "hoặc", "các", "thuộc", "tại", "ở", "số"}  # a name goes on after these


class _Scan:
    """One reading of a unit phrase; see `phrase_at`."""

    def __init__(self, text: str, head: re.Match[str], limit: int) -> None:
        self.text = text
        self.start = head.start()
        # The class of unit before the words decides about compounds: "đoàn | kiểm tra".
        self.before = [*tokens(text, head.start(), head.end())]
        self.all = [*self.before]
        self.unread = tokens(text, head.end(), min(len(text), limit))
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
        while self._reads(i):
            step = self._step(i)
            if isinstance(step, Phrase):
                return replace(self._chosen(step, ordered=ordered), aside=self.aside)
            if step is None:
                break
            i += step
        if self.soft is not None and not self.told and self.all[i - 1].end > self.soft:
            return Phrase(self.soft, known=False, aside=self.aside)
        return None

    def _reads(self, i: int, ahead: int = 0) -> bool:
        """Whether there is a word i; reads on to it and so far ahead: most phrases end after a few words."""
        missing = i + ahead + _AHEAD - len(self.all)
        if missing > 0:
            self.all += islice(self.unread, missing)
        return i < len(self.all)

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
            self._reads(i, _BRACKET)
            close = next(
                (k for k in range(i, min(i + _BRACKET, len(self.all))) if self.all[k].text == ")"), None
            )
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

    def _answers(self, i: int) -> bool:
        """ "... là cơ quan thường trực, có trách nhiệm theo dõi": what the unit is, and then what it has to do."""
        self._reads(i, _APPOSITION)
        for k in range(i + 1, min(i + _APPOSITION, len(self.all) - 1)):
            if self.all[k].text in ".;:":
                return False
            found = entry_at(self.all, k + 1) if self.all[k].text == "," else None
            if found and tuple(w.plain for w in self.all[k + 1 : k + 1 + found[1]]) in OPENERS:
                return True
        return False

    def _refused(self, i: int, kind: str, length: int) -> "Phrase | int | None":
        before = self.all[i - 1].plain
        if self.all[i].plain == "là" and self._answers(i):
            return Phrase(self.all[i].start, known=True)
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
