"""Who issued the paper: the lines of the left column, joined to one body and the one above it."""

import itertools
import re

from thongsuot.formats.reading.frame.casing import normal_case
from thongsuot.formats.reading.frame.known import KNOWN_FIELDS
from thongsuot.formats.reading.frame.rows import Row, item_of
from thongsuot.formats.reading.model import Item
from thongsuot.formats.reading.words import bare

_HEADS = re.compile(
    r"^(?:uy ban|ubnd|ubmttq|ub mttq|uy ban mttq|hoi dong|hdnd|chinh phu|thu tuong|quoc hoi|chu tich nuoc|bo\b"
    r"|so\b|cuc\b|tong cuc"
    r"|vu\b|vien\b|ban\b|bch\b|btv\b|bql\b|bcd\b|van phong|vp\b|dang uy|dang bo|dang doan|tinh uy|thanh uy"
    r"|huyen uy|quan uy|thi uy"
    r"|chi bo|chi uy|mat tran|mttq|hoi\b|doan\b|tinh doan|thanh doan|huyen doan|quan doan|thi doan"
    r"|trung uong doan|lien doan"
    r"|tong lien doan|cong doan|lien hiep|lien minh|hiep hoi|trung tam|truong\b|hoc vien|dai hoc|benh vien"
    r"|tram\b|phong\b|to\b"
    r"|cong an|thanh tra|kiem toan|toa an|vien kiem sat|ngan hang|kho bac|bao hiem|chi cuc|tap doan|tong cong ty"
    r"|cong ty|tct\b"
    r"|thuong truc|thue\b|hai quan|hat\b|doi\b|quy\b|nha\b|dai\b|bao\b|thong tan|quan khu|quan doan|su doan"
    r"|lu doan|ket hop"
    r"|hop tac xa|xi nghiep|doanh nghiep|chi nhanh|khoa\b|tieu ban|hoi dong|ubkt|uy ban kiem tra|thong ke|thi hanh an)"
)
# A line that begins so goes on with the body above it.
_CONTINUED = re.compile(
    r"^(?:tinh\b(?! uy| doan)|thanh pho|tp\b|xa\b|phuong|dac khu|quan\b(?! uy| doan| khu)|huyen\b(?! uy| doan)"
    r"|thi xa|thi tran|trung uong"
    r"|khu vuc|khu pho|vung|viet nam|va\b|cac\b|cap\b|nuoc|khoi|thon|ap\b|thuoc|[-–&(]|\d)"
)
# So far only the beginning of a name: "UBND", "ỦY BAN" / "MẶT TRẬN TỔ QUỐC", "BAN CHẤP HÀNH" / "ĐẢNG BỘ TỈNH".
_OPEN = re.compile(
    r"^(?:uy ban|hoi dong|ban|bo|so|cuc|tong cuc|vu|vien|phong|hoi|doan|lien doan|trung tam|truong"
    r"|uy ban mat tran|ban quan ly"
    r"|ban chi dao|ban chap hanh|bch|ban thuong vu|btv|cong ty|cong ty co phan|chi cuc|tong|cong an|benh vien"
    r"|ngan hang|toa an"
    r"|vien kiem sat|hoc vien|dang uy|dang bo|chi bo|thanh tra|ban to chuc|van phong uy ban|ban quan ly du an)$"
)
_JOINS = re.compile(
    r"(?:\b(?:va|cua|thuoc|cac|tinh|thanh pho|huyen|xa|phuong|quan|khoi|nhan|dan|quoc)|[-–,&])$"
)
_NOT_A_BODY = re.compile(
    r"^(?:so\s*[:;]|so\s+\d|v/v|ve viec|[\d\W]+$|khan|hoa toc|thuong khan|mat$|toi mat|tuyet mat|du thao|ban sao"
    r"|to\s*:|kinh gui"
    r"|lan \d|trang|mau so|mau\b|phu luc|doc lap|sao y|cong hoa|dang cong san)"
)
_SECOND_LEVEL = re.compile(
    r"(?<=\S)\s(?=(?:sở|phòng|chi cục|trường|cục|tổng cục|ban(?! nhân dân| chấp hành| thường| kiểm tra| bầu cử"
    r"| mttq| mặt trận)"
    r"|đảng [uủ][ỷy]|chi bộ|văn phòng"
    r"|trung tâm|bệnh viện|trạm|liên đoàn|hội|thanh tra)\s|[uủ][ỷy] ban kiểm tra(?:\s|$))",
    re.IGNORECASE,
)
_FIRST_LEVEL = re.compile(
    r"^(?:UBND|[ỦU][ỶY] BAN NHÂN DÂN|BỘ|SỞ|ĐẢNG BỘ|TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|HUYỆN [UỦ][ỶY]|QUẬN [UỦ][ỶY]"
    r"|TỔNG CỤC|TỔNG LIÊN ĐOÀN LAO ĐỘNG"
    r"|ĐẢNG [UỦ][ỶY])\s+\S+"
)
_LOWER_BODY = re.compile(
    r"^(?:UBND|HĐND|[ỦU][ỷy] ban|Hội đồng nhân dân|Sở|Bộ|Tổng cục|Cục|Chi cục|Văn phòng|Ban|Đảng [uủ][ỷy]"
    r"|Đảng bộ|Tỉnh [uủ][ỷy]"
    r"|Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Chi bộ|Phòng|Trường|Bệnh viện|Trung tâm|Công an|Liên đoàn|Hội|Mặt trận|Chính phủ"
    r"|Thủ tướng Chính phủ|Quốc hội|Tòa án|Viện|Công ty|Ngân hàng|Kho bạc|Bảo hiểm)\b[^.:;?!]{0,80}$"
)
_SENTENCE = re.compile(
    r"\b(?:ban hành|yêu cầu|đề nghị|thông báo|báo cáo|tổ chức thực|xây dựng kế|về việc|đã|phải|trả lời)\b"
)
# Words that follow each other in a field of work: "Môi trường" is not a school.
_FIELD_PAIRS = {
    (bare(one), bare(other)) for field in KNOWN_FIELDS for one, other in itertools.pairwise(field.split())
}
MAX_GROUPS = 3


def issuing_bodies(rows: list[Row]) -> tuple[Item | None, Item | None]:
    """(superior body, issuing body) from the rows of the letterhead."""
    groups = _groups(_candidates(rows))
    if not groups:
        return _in_small_letters(rows)
    items = [_body_item(group) for group in groups[-MAX_GROUPS:]]
    if len(items) == 1 and groups[-1][0].kind != "mass":
        split = _two_levels(groups[-1])
        if split:
            return split
    return (items[-2] if len(items) > 1 else None), items[-1]


def _candidates(rows: list[Row]) -> list[Row]:
    """Rows in capitals that are nothing else; the right-hand title of the Youth Union only where no other body is."""
    found: list[Row] = []
    stamped = False
    number = next((i for i, row in enumerate(rows) if row.kind == "number"), len(rows))
    for i, row in enumerate(rows):
        if row.kind == "stamp":
            stamped = True
            # The stamp of the receiver begins with his name in capitals and stands behind the number.
            if found and row.origin == found[-1].origin + 1 and i > number:
                found.pop()
            continue
        if found and row.kind == "text" and _ends_numbered(found[-1], row):
            found.append(row)
            continue
        if any(_folded(row.text) == _folded(earlier.text) for earlier in found):
            continue  # the head printed twice: a title of the file made of it
        if row.kind != "text" or not _is_capital(row) or _NOT_A_BODY.match(bare(row.text)):
            continue
        if i > number and found and (stamped or _belongs_elsewhere(rows, i, found)):
            continue
        found.append(row)
    if not found:
        found = [row for row in rows if row.kind == "mass"]
    return found


def _ends_numbered(before: Row, row: Row) -> bool:
    """KHU PHỐ / 2: the number of a place that the line lost."""
    return (
        row.origin == before.origin + 1
        and re.fullmatch(r"\d{1,2}|[IVX]{1,4}", row.text) is not None
        and re.search(r"(?:khu pho|phuong|quan|khu vuc|to dan pho|thon|ap|xom)$", _folded(before.text))
        is not None
    )


def _belongs_elsewhere(rows: list[Row], i: int, found: list[Row]) -> bool:
    """After the number only a column that was written out later names bodies: the national title follows them."""
    return not any(row.kind in ("state", "party") for row in rows[i + 1 :])


def _is_capital(row: Row) -> bool:
    letters = [c for c in row.text if c.isalpha()]
    if len(letters) < 2:
        return False
    if row.text.startswith(("UBND", "HĐND", "MTTQ", "BCH ", "BTV ", "BCĐ ")) and not _SENTENCE.search(
        row.text
    ):
        return len(row.text) < 90
    return sum(c.isupper() for c in letters) >= 0.75 * len(letters) and len(row.text) < 160


def _groups(candidates: list[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in candidates:
        folded = _folded(row.text)
        so_far = " ".join(_folded(r.text) for r in groups[-1]) if groups else ""
        if groups and _goes_on(so_far, folded, first=len(groups) == 1):
            groups[-1].append(row)
        else:
            groups.append([row])
    named = [g for g in groups if _HEADS.match(_folded(" ".join(r.text for r in g))) or g[0].kind == "mass"]
    return named or _unheaded(groups)


def _goes_on(so_far: str, folded: str, *, first: bool) -> bool:
    if (
        " " not in so_far
        or " " not in folded
        or _OPEN.match(so_far)
        or _JOINS.search(so_far)
        or _CONTINUED.match(folded)
    ):
        return True
    if so_far == "van phong" and first:
        return True
    return not _HEADS.match(folded)


def _unheaded(groups: list[list[Row]]) -> list[list[Row]]:
    """A body whose name begins with no word we know (ĐIỆN LỰC AN BÌNH) is still what stands in its place."""
    return [g for g in groups if 6 <= len(" ".join(r.text for r in g)) <= 90][:2] if len(groups) <= 2 else []


def _folded(text: str) -> str:
    return " ".join(bare(text).replace("*", " ").split())


def _body_item(group: list[Row]) -> Item:
    words = " ".join(row.text for row in group).strip(" *_-–|.,:;")
    heads = _HEADS.match(_folded(words)) is not None
    return item_of(
        group,
        normal_case(" ".join(words.split())),
        0.9 if heads else 0.6,
        "body-capitals" if heads else "body-place",
    )


def _two_levels(group: list[Row]) -> tuple[Item, Item] | None:
    """UBND TỈNH A SỞ Y TẾ in one line: the letterhead lost its line breaks."""
    if len(group) != 1:
        return None
    row = group[0]
    for match in _SECOND_LEVEL.finditer(row.text):
        upper, lower = row.text[: match.start()], row.text[match.end() :]
        inside = (_folded(upper).rsplit(" ", 1)[-1], _folded(lower).split(" ", 1)[0]) in _FIELD_PAIRS
        if _FIRST_LEVEL.match(upper) and not inside:
            offsets = row.line.offsets
            cut = match.start()
            return (
                Item(normal_case(upper), (offsets[0], offsets[cut - 1] + 1), 0.7, "body-one-line"),
                Item(normal_case(lower), (offsets[match.end()], offsets[-1] + 1), 0.7, "body-one-line"),
            )
    return None


def _in_small_letters(rows: list[Row]) -> tuple[Item | None, Item | None]:
    """Ủy ban nhân dân xã An Bình: the body typed in small letters above the number or the title."""
    found = [
        row
        for row in rows[:12]
        if row.kind == "text" and _LOWER_BODY.match(row.text) and not _SENTENCE.search(row.text)
    ]
    items = [item_of([row], row.text.strip(" *_-–|.,"), 0.65, "body-small") for row in found[:2]]
    if not items:
        return None, None
    return (items[-2] if len(items) > 1 else None), items[-1]
