"""The end of a paper: where the body ends, the recipients on one side, the signature on the other, the appendices."""

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass

from thongsuot.formats.reading.frame.names import AUTHORITY, SIGNED, is_post, person_in
from thongsuot.formats.reading.frame.recipients import LABEL, recipients_of
from thongsuot.formats.reading.frame.rows import Row, rows_of
from thongsuot.formats.reading.frame.signature import signature_of
from thongsuot.formats.reading.model import Item
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import rx

APPENDIX = re.compile(
    r"^\W{0,20}(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU MẪU|DANH MỤC|DANH SÁCH|Danh sách|Mẫu số|MẪU SỐ|Mẫu \d|BIỂU"
    r"|Biểu (?:mẫu|số)|ĐỀ CƯƠNG|MẪU)\b"
)
# The title of a document that the one before brings into force: it follows the signature under a heading of its own.
_ATTACHED = re.compile(
    r"^(?:CHƯƠNG TRÌNH|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|PHƯƠNG ÁN|HƯỚNG DẪN|QUY TRÌNH|NỘI QUY|ĐIỀU LỆ|CHIẾN LƯỢC"
    r"|QUY HOẠCH|BỘ TIÊU CHÍ)\b"
)
_FINISHED = re.compile(r"\./\.?\W{0,20}$")
_OPENS_PAPER = re.compile(r"^\W{0,20}(?:CỘNG H[ÒO][AÀ] XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM)")
_LABEL_INSIDE = re.compile(r"(?<=[.;|/])\s*(?=[*_]{0,3}Nơi nhận\s*:)")
MAX_ROWS = 90  # lines of a closing that are asked
MAX_THINGS = 240  # things found on them
BEFORE_LABEL = 14  # lines in which a signature stands above the list of recipients
_BETWEEN_COLUMNS = 4  # lines from a list of recipients up to the post printed beside it
_SHORT_POST = 60
_FIRST_LINE = 2
_RUN_TOGETHER = 300  # characters of a line that can hold a paper from its letterhead to its recipients

# Where one thing ends and the next begins though they share a line.
_CUT = rx(
    r"(?<=[\s;,.:])(?=(?:TM|KT|TL|TUQ)\s?[.,]\s?%U%U|(?:T/M|K/T|T/L)\s?\.?\s?%U%U)"
    r"|(?<=\s)(?=\((?:[Đđ]ã ký|ĐÃ KÝ)\))|(?<=(?:ký|KÝ)\)\s)(?=%U%l)"
    r"|(?<=%U%U\s)(?=%U%l+(?:\s%U%l*){1,4}\W{0,20}$)"
    r"|(?<=[;.,])\s*(?=[-–+]\s?%U)|(?<=%l)\s+(?=-\s(?:Lưu|Như)\b)"
)
# A post in capitals behind small letters: "- Như trên; PHÓ CHỦ TỊCH".
_POST_CUT = rx(
    r"(?<=\s)(?<![TLMQ]\.\s)(?<!/[TLM]\s)(?<!PHÓ\s)(?<!%U%U\s)(?<!%U,\s)(?=(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC"
    r"|BÍ THƯ|CHÁNH"
    r"|CHỦ NHIỆM|BỘ TRƯỞNG"
    r"|THỨ TRƯỞNG|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|TRƯỞNG|VỤ TRƯỞNG|HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|THỦ TƯỚNG)(?!%l))"
    r"|(?<=%l[;.]\s)(?=%U{2,}(?:,?\s%U{2,}){1,6}\W{0,20}$)"
)


# Authority and post in one line: "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC".
_POST_BEHIND = rx(
    r"(?:(?<!BAN)(?<!ĐOÀN)(?<!KT\.)(?<!K/T)(?<!PHÓ)(?<!\.)(?<!T[OÓÒỎÕỌÔỐỒỔỖỘ]NG)(?<!CHI)\s|(?<=%U%U)(?<!PHÓ))"
    r"(?=(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|VỤ TRƯỞNG|CỤC TRƯỞNG|TRƯỞNG PHÒNG|TRƯỞNG BAN)\b)"
)
_DEPUTY_BEHIND = re.compile(r"(?<![./])\s(?=PHÓ |THỨ TRƯỞNG\b)")
_RUN_ON = defaultdict(lambda: _POST_BEHIND, {"K": _DEPUTY_BEHIND})


@dataclass(frozen=True)
class Closing:
    """Where the body ends, who signed, who receives, where the appendices begin (indexes into the lines)."""

    start: int
    appendix: int
    authority: Item | None
    title: Item | None
    signer: Item | None
    recipients: tuple[Item, ...]


def closing_of(lines: list[Line], text: str) -> Closing:
    label = _label_line(lines)
    signed = _signature_line(lines, label)
    start, inside = _body_end(lines, label, signed)
    zone = [*inside, *_rows(lines[start : start + MAX_ROWS], text, start)]
    zone = zone[: _zone_end(zone[:MAX_THINGS])]
    recipients, taken = recipients_of(zone)
    signature = signature_of(zone, taken)
    last = max([start, *(zone[i].origin + 1 for i in taken | signature.rows)])
    appendix = next((i for i in range(last, len(lines)) if _begins_appendix(lines[i])), None)
    if appendix is None:
        appendix = last if last < len(lines) else len(lines)
    return Closing(start, appendix, signature.authority, signature.title, signature.signer, recipients)


def _begins_appendix(line: Line) -> bool:
    attached = line.is_upper and _ATTACHED.match(line.text) is not None
    return attached or APPENDIX.match(line.text) is not None


def _rows(lines: list[Line], text: str, first: int) -> list[Row]:
    rows: list[Row] = []
    for row in rows_of(lines, text, first, anchored=False):
        cuts = _cuts(row.text[:2_000], len(row.text))
        pieces = [(a, b) for a, b in itertools.pairwise(cuts) if row.text[a:b].strip()]
        for i, (a, b) in enumerate(pieces):
            words = row.text[a:b].rstrip()
            part = Line(words, row.line.offsets[a : a + len(words)], row.after_gap if i == 0 else False)
            rows.append(Row(part, row.origin, None, row.alone and len(pieces) == 1))
    return rows


def _cuts(text: str, size: int) -> list[int]:
    cuts = {m.end() for m in _CUT.finditer(text)}
    small = next((i for i, char in enumerate(text) if char.islower()), size)
    cuts |= {m.end() for m in _POST_CUT.finditer(text) if m.end() > small}
    for start, end in list(itertools.pairwise([0, *sorted(cuts - {0}), len(text)])):
        if AUTHORITY.match(text[start:end]):
            run_on = _RUN_ON[text[start:end].lstrip()[:1]]
            cuts |= {m.end() for m in run_on.finditer(text, start, end)}
    return [0, *sorted(cuts - {0, size}), size]


def _zone_end(zone: list[Row]) -> int:
    """Before the first appendix, or the letterhead of another paper."""
    for i, row in enumerate(zone):
        if i and (_begins_appendix(row.line) or _OPENS_PAPER.match(row.text)):
            return i
    return len(zone)


def _label_line(lines: list[Line]) -> int | None:
    for i, line in enumerate(lines):
        if (i >= _FIRST_LINE or len(line.text) > _RUN_TOGETHER) and LABEL.search(line.text):
            return i
    return None


def _signature_line(lines: list[Line], label: int | None) -> int | None:
    """The first line of a signature that stands above the recipients, or of the only one there is."""
    limit = label if label is not None else len(lines)
    low = max(_FIRST_LINE + 1, limit - BEFORE_LABEL) if label is not None else _FIRST_LINE + 1
    for i in range(low, limit):
        if lines[i].is_upper and AUTHORITY.match(lines[i].text):
            return i
    if label is not None and (above := _post_above(lines, label)) is not None:
        return above
    for i in range(max(low, len(lines) // 3) if label is None else low, limit):
        if _is_signed_post(lines, i, limit):
            return i
    return _stamped_name(lines, low, limit)


def _post_above(lines: list[Line], label: int) -> int | None:
    """HIỆU TRƯỞNG right above "Nơi nhận:", the name below the list: two columns written out by turns."""
    for i in range(label - 1, max(_FIRST_LINE, label - _BETWEEN_COLUMNS), -1):
        if lines[i].is_upper and is_post(lines[i].text) and len(lines[i].text) < _SHORT_POST:
            below = lines[label + 1 : label + BEFORE_LABEL]
            return i if any(person_in(line.text) for line in below) else None
        if not SIGNED.match(lines[i].text):
            return None
    return None


def _stamped_name(lines: list[Line], low: int, limit: int) -> int | None:
    """A name with nothing but "(Đã ký)" below it: law libraries leave the post out."""
    for i in range(low, limit - 1):
        if SIGNED.match(lines[i + 1].text) and person_in(lines[i].text):
            return i
    return None


def _is_signed_post(lines: list[Line], i: int, limit: int) -> bool:
    """CHỦ TỊCH with the name of a person below it or beside it."""
    text = lines[i].text
    if not is_post(text) or len(text) > 90:
        return False
    words = text.split()
    for size in (4, 3, 2, 5):
        if len(words) > size and " ".join(words[:-size]).isupper() and person_in(" ".join(words[-size:])):
            return True
    if not lines[i].is_upper:
        return False
    for line in lines[i + 1 : min(limit, i + 7)]:
        if any(person_in(cell, capitals=not is_post(cell)) for cell in line.text[:200].split(" | ")):
            return True
        if not (line.is_upper or SIGNED.match(line.text)) and len(line.text) > 40:
            return False
    return False


def _body_end(lines: list[Line], label: int | None, signed: int | None) -> tuple[int, list[Row]]:
    """(the first line after the body, rows that the body's last line holds already)."""
    marks = [i for i in (label, signed) if i is not None]
    if not marks:
        finished = next((i for i, line in enumerate(lines) if _FINISHED.search(line.text)), None)
        return (finished + 1 if finished is not None else len(lines)), []
    start = min(marks)
    text = lines[start].text
    inside = _LABEL_INSIDE.search(text) if start == label else None
    if inside is None or inside.start() < 40:
        return start, []
    cut = inside.end()
    line = Line(text[cut:], lines[start].offsets[cut:], after_gap=False)
    return start + 1, _rows([line], "", start)
