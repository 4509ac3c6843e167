"""Who is told to do something in a paragraph: "Giao Sở X ...", "Sở X chủ trì ...", "... do Sở X chủ trì"."""

import re
from dataclasses import dataclass, replace

from thongsuot.formats.reading.tasks.headings import ORDER, heading_units
from thongsuot.formats.reading.tasks.heads import starts_unit
from thongsuot.formats.reading.tasks.lexicon import opens_action
from thongsuot.formats.reading.tasks.organisations import split_units
from thongsuot.formats.reading.tasks.phrases import CLASSES_BEFORE_COLON, Phrase, is_told, phrase_at
from thongsuot.formats.reading.words import rx

_ORDER_AT = re.compile(rf"(?:^|(?<=[.;:,–(-]\s)|(?<=\s)|(?<=\()){ORDER}\s+(?:đối với\s+)?(?=\S)")
_OPENING_ORDER = re.compile(r"(?:Giao|Yêu cầu|Đề nghị)\s+(?:cho\s+)?")
_NOT_ORDERED = re.compile(
    r"(?:được|theo|xét|của|khi|tại|từ|việc|nhiệm vụ|các|nội dung|về|ý kiến|thực hiện|đáp ứng|hợp|những|đúng"
    r"|trình|có|kế hoạch|và đề xuất|chỉ tiêu|để|nếu|bàn|nguồn|chương trình)\s+$",
    re.IGNORECASE,
)
# What may stand before the subject or the order, up to a comma.
_ADVERBIAL_OPENS = re.compile(
    r"(?:Trong thời gian|Thời gian tới|Vì vậy|Do (?:đó|vậy)|Trên cơ sở|Trước mắt|Trong đó|Đồng thời|Bên cạnh|Ngoài"
    r"|Trường hợp|Đối với|Căn cứ|Thực hiện|Để|Nhằm|Về|[Tt]rong|Hằng|Hàng|Định kỳ|Trước|Chậm nhất|Sau khi|Khi|Theo|Qua"
    r"|Từ|Đến|Hết|Xét|Riêng|Sau|Kể từ|Nếu|Với|Tại|Cùng với|Tiếp tục|Vào|Ngay|Thời gian|Tiếp theo|Mặt khác|Tóm lại"
    r"|Triển khai|Nhân|Tháng|Quý|Đầu|Cuối|đồng thời|Song song|Thông qua|Liên quan|Nay|Như vậy|Từ những)(?!\w)"
)
_NARRATION = re.compile(
    r"^(?:xin )?thông báo (?:để|đến|kết luận|và đề nghị|như sau)|^có ý kiến|^kết luận|^ban hành (?:Kế hoạch|Chỉ thị"
    r"|Quyết định|Nghị quyết|Hướng dẫn|Thông báo)[^.;]*[.]?$|^(?:xây dựng|ban hành|thông báo|hướng dẫn) [^.;]*như sau"
    r"|^(?:báo cáo|trình|tổ chức|làm việc)[^.;]{0,250}(?:như sau|cụ thể)\s*:?$|^thông báo ý kiến|^trả lời|^báo cáo như"
)
_DIRECT = rx(r"(?:lãnh đạo, )?chỉ đạo (?=%U)")
_NARRATOR = re.compile(
    r"^(?:Thủ tướng|Phó Thủ tướng|Bộ Chính trị|Ban Bí thư|Chính phủ$|Tổng Bí thư|Quốc hội$|Hội nghị)"
)
# A clause that tells where an order came from, not a new one: "Thực hiện Công văn số 5 của A giao B ...".
_RETOLD = re.compile(r"^\W*(?:Thực hiện|Theo|Căn cứ|Tại|Ngày|Xét|Trên cơ sở|Việc|Sau khi)(?!\w)")


@dataclass(frozen=True)
class Assignment:
    """Units and where their action begins and ends in the paragraph; `rule` names the construction.

    `ordered` tells giao / yêu cầu / đề nghị, `known` that a word of the lists opens the action; `beside` is where
    helpers and time stand when that is not in the action.
    """

    units: tuple[str, ...]
    start: int
    end: int
    ordered: bool
    rule: str
    known: bool = True
    beside: tuple[int, int] | None = None


def assignments_in(text: str, start: int, *, inherited: bool) -> list[Assignment]:
    """All assignments of a paragraph. With `inherited`, a paragraph that opens with a verb has none of its own."""
    if inherited and opens_action(text, start) and not _orders_a_unit(text, start):
        return _later(text, start, [])
    labelled = _label(text, start)
    if labelled:
        return _later(text, labelled.start, [labelled])
    first = _subject(text, start) or _ordered(text, start)
    found = _later(text, first.start if first else start, [first] if first else [])
    # "... . Phân công đồng chí X phụ trách": the order names who does what was said before.
    found = [a for a in found if len(text[a.start : a.end].split()) >= _SHORTEST_ACTION]
    return found or ([] if inherited else _named_beside(text, start))


def _orders_a_unit(text: str, start: int) -> bool:
    match = _OPENING_ORDER.match(text, start)
    return match is not None and starts_unit(text, match.end())


def ordered_in(text: str, start: int, end: int) -> Assignment | None:
    """An order in the predicate of somebody who gives it: "... chuyển đơn đến Sở X và giao Sở X trả lời"."""
    found = _ordered(text, start)
    return replace(found, end=end) if found and found.start < end else None


def _ordered(text: str, start: int) -> Assignment | None:
    """An order in the first sentence that has one: "..., giao Sở X chủ trì ..."."""
    opening = _OPENING_ORDER.match(text, start)
    if opening:  # "1.Giao": no space before it
        found = _units_at(text, opening.end(), ordered=True)
        if found:
            return found
    for count, match in enumerate(_ORDER_AT.finditer(text, start)):
        if count > _TRIES:
            return None
        if text[: match.start()].endswith("("):
            continue  # "(giao Sở X thực hiện)" says who, not what
        if _NOT_ORDERED.search(text[max(start, match.start() - 40) : match.start()]):
            continue
        if not match.group()[0].isupper() and not _gives(text, start, match.start()):
            continue
        found = _units_at(text, match.end(), ordered=True)
        if found:
            return found
    return None


_SHORTEST_ACTION = 3  # words
_TRIES = 12  # orders looked at in one paragraph before the first that names a unit
_CLAUSE = 300


def _gives(text: str, start: int, position: int) -> bool:
    """An order written small: a giver or a clause of its own stands before it, not the tale of an older order."""
    before = text[max(start, position - _CLAUSE) : position].rstrip()
    sentence = re.split(r"[.;]\s", before)[-1]
    if not before or (before[-1] in ":;,–-(" and not sentence.startswith("Theo đó")):
        return True
    if _RETOLD.match(sentence):
        clauses = [clause.strip() for clause in sentence.split(",")[1:]]
        return any(starts_unit(clause, 0) for clause in clauses if clause)
    return True


def _units_at(text: str, position: int, *, ordered: bool) -> Assignment | None:
    phrase = phrase_at(text, position, ordered=ordered)
    rule = "order" if ordered else "subject"
    if ordered:
        colon = re.match(r"[^.;:]{3,200}:\s+(?=\S)", text[position : position + 210])
        if (
            colon
            and starts_unit(text, position)
            and (phrase is None or phrase.end >= position + colon.end() - 2 or not phrase.known)
            and not CLASSES_BEFORE_COLON.search(colon.group().rstrip(" :"))
        ):
            return Assignment(split_units(colon.group()), position + colon.end(), len(text), ordered, rule)
    if phrase is None or (not ordered and not _is_duty(text, position, phrase)):
        return None
    end = phrase.end
    joined = _TOGETHER.search(text, position, end)
    if joined and starts_unit(text, joined.end()):  # "A cùng với B tổ chức ...": B helps
        end = joined.start() + 1
    units = split_units(text[position:end])
    return Assignment(units, end, len(text), ordered, rule, phrase.known) if units else None


_TOGETHER = re.compile(r"\scùng(?: với)?\s+")


def _is_duty(text: str, position: int, phrase: Phrase) -> bool:
    """A subject needs a verb of the lists; an unknown one only where a numbered paragraph begins with the unit."""
    return phrase.known or (position > 0 and re.search(r"^\W*\w{0,3}[.)]?\s*$", text[:position]) is not None)


def _subject(text: str, start: int) -> Assignment | None:
    """A unit as the subject of the sentence: "Sở X chủ trì ...", after an adverbial if there is one."""
    for position in _subject_places(text, start):
        if not starts_unit(text, position) or (position > start and _GOES_ON_WITH.match(text, position)):
            continue
        if is_told(text, position):
            return None
        found = _units_at(text, position, ordered=False)
        if (
            found is None
            or " chưa " in text[position : found.start]
            or _NARRATOR.match(text[position:])
            or _NARRATION.match(text[found.start : found.start + 400])
        ):
            continue
        return found
    return None


# After a comma these go on with a list of units ("các bộ, cơ quan ..."), they do not begin a sentence.
_GOES_ON_WITH = re.compile(
    r"(?:cơ quan|đơn vị|ngành|địa phương|tổ chức|doanh nghiệp|ban|bộ|sở|cán bộ|công chức|viên chức"
    r"|người|đoàn viên|hội viên|thành viên|đảng viên|hội)(?!\w)"
)
_TOPIC = re.compile(r"[^.;:,]{3,100}:\s+")  # "Điều trị: Các bệnh viện tuyến tỉnh tiếp nhận bệnh nhân"
_COMMAS = 6
_ORDERS_AT_HEAD = re.compile(
    rf"(?!Thực hiện|Theo|Căn cứ|Trên cơ sở|Xét|Sau khi|Về|Để|Trước)(?:\w+,?\s+){{0,14}}{ORDER}\s"
)
_ADVERBIAL_LENGTH = 400
_PAUSE = re.compile(r"[,:]\s+|\s-\s")


def _subject_places(text: str, start: int) -> list[int]:
    """The beginning, and after the commas of an adverbial: "Căn cứ ..., trước ngày ..., | Sở X ..."."""
    places = [start]
    if not _ADVERBIAL_OPENS.match(text, start):
        topic = _TOPIC.match(text, start)
        listed = topic and CLASSES_BEFORE_COLON.search(topic.group().rstrip(" :"))
        return [start, topic.end()] if topic and not listed else places
    for match in _PAUSE.finditer(text, start, min(len(text), start + _ADVERBIAL_LENGTH)):
        part = text[places[-1] : match.start()]
        if re.search(r"[.;]\s", part) or len(places) > _COMMAS or _ORDERS_AT_HEAD.match(part):
            break
        places.append(match.end())
    return places[1:] if len(places) > 1 else places


def _label(text: str, start: int) -> Assignment | None:
    """A unit, a colon, and its duty on the same line: "Trạm Y tế: Bảo đảm cơ số thuốc."."""
    match = re.match(r"[^.;:]{3,180}:\s*(?=\w)", text[start : start + 190])
    if match is None or _OPENING_ORDER.match(text, start):
        return None
    units = heading_units(match.group())
    rest = text[start + match.end() :]
    names = CLASSES_BEFORE_COLON.search(match.group().rstrip(" :")) and not opens_action(rest)
    if not units or names or not (rest[:1].isupper() or opens_action(rest)) or starts_unit(rest, 0):
        return None
    return Assignment(units, start + match.end(), len(text), ordered=False, rule="label")


_BESIDE_VERB = re.compile(
    r"(?:chủ trì|thực hiện|đảm nhiệm|phụ trách|tổ chức|làm đầu mối|làm chủ đầu tư|chịu trách nhiệm|tham mưu|phối hợp)\b"
)


_BESIDE = re.compile(r"(?:(?<=\s)|(?<=\())(?:do|[Gg]iao|[Pp]hân công)\s+(?:cho\s+)?|\((?=\S)")


def _named_beside(text: str, start: int) -> list[Assignment]:
    """The unit stands beside what is to be done: "..., do Sở X chủ trì", "... (Sở X chủ trì)"."""
    if not (opens_action(text, start) or start > 0) or _PAST.search(text[start : start + 200]):
        return []
    for count, match in enumerate(_BESIDE.finditer(text, start)):
        if count > _TRIES:
            return []
        phrase = phrase_at(text, match.end(), ordered=True)
        if phrase is None or not _BESIDE_VERB.match(text, phrase.end):
            continue
        units = split_units(text[match.end() : phrase.end])
        opened = text.rfind("(", start, match.end())
        closed = text.find(")", phrase.end, phrase.end + 400)
        if opened >= start and closed > 0 and ")" not in text[opened : phrase.end]:
            return [Assignment(units, start, opened, False, "beside", beside=(phrase.end, closed))]
        if match.group().startswith("("):
            continue
        return [Assignment(units, start, len(text), False, "beside", beside=(phrase.end, len(text)))]
    return []


_PAST = re.compile(r"(?<!\w)(?:đã|do vậy|kinh phí)(?!\w)", re.IGNORECASE)
# The mark stands first in the pattern, so that the search skips from mark to mark.
_SENTENCE = rx(
    r"[.;)](?:(?<=[.;])\s+(?=%U)|(?<=\))\.\s+(?=%U)"
    r"|(?<=;)\s+(?:đồng thời,?\s+)?(?=(?:%U|giao |yêu cầu |đề nghị |các ))|(?<=%l%l[.;])(?=%U%l))"
)


def _later(text: str, start: int, found: list[Assignment]) -> list[Assignment]:
    """Further sentences of the same paragraph that speak of units of their own cut the action before them."""
    cuts = list(found)
    for match in _SENTENCE.finditer(text, start):
        new = _order_at(text, match.end()) or _subject(text, match.end())
        told = new is None and is_told(text, match.end())
        if not told and (new is None or (not new.ordered and not new.known)):
            continue
        if cuts:
            cuts[-1] = replace(cuts[-1], end=min(cuts[-1].end, match.start()))
        if new and not told:
            cuts.append(new)
    return [cut for cut in cuts if cut.end > cut.start]


_ORDER = re.compile(rf"(?:[ĐđD]ồng thời,?\s+)?{ORDER}\s+")


def _order_at(text: str, position: int) -> Assignment | None:
    """An order that begins the sentence, also after an adverbial."""
    for place in (position, *_subject_places(text, position)):
        match = _ORDER.match(text, place)
        found = _units_at(text, match.end(), ordered=True) if match else None
        if found:
            return found
    return None


def directed_unit(action: str) -> tuple[tuple[str, ...], int] | None:
    """The unit that is to be directed, and where its action begins: "chỉ đạo Đảng ủy Bộ Y tế phối hợp ..."."""
    match = _DIRECT.match(action)
    if match is None:
        return None
    found = _units_at(action, match.end(), ordered=True)
    return (found.units, found.start) if found else None
