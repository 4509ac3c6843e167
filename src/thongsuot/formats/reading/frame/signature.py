"""Who signed: the lines of authority, the post, the name; also two who signed together, and a digital signature."""

import itertools
import re
from dataclasses import dataclass

from thongsuot.formats.reading.frame.names import (
    AUTHORITY,
    RANK_ALONE,
    SIGNED,
    SIGNED_BY,
    SMALL_POST,
    authority_of,
    is_known_family,
    is_post,
    person_in,
    post_of,
)
from thongsuot.formats.reading.frame.recipients import LABEL
from thongsuot.formats.reading.frame.rows import Row
from thongsuot.formats.reading.model import Item

_GUESTS = re.compile(
    r"^\W{0,20}(?:NGƯỜI GHI BIÊN BẢN|THƯ KÝ|NGƯỜI LẬP|NGƯỜI LẬP BIỂU|KẾ TOÁN TRƯỞNG|NGƯỜI GIAO|NGƯỜI NHẬN|XÁC NHẬN)\b"
)
_LAST_ITEM_NAME = re.compile(r"[.;]\s+(?P<name>[^.;,:()]{6,40})$")
_LONG_ROW = 40
_MOST_ROWS = 6  # of one line of authority or one post


@dataclass(frozen=True)
class Signature:
    """What was found, and the indexes of the rows it was found in."""

    authority: Item | None
    title: Item | None
    signer: Item | None
    rows: frozenset[int]


@dataclass(frozen=True)
class _Group:
    kind: str  # authority, post, name
    rows: list[tuple[int, Row]]

    @property
    def text(self) -> str:
        return " ".join(row.text.strip(" |*_") for _i, row in self.rows)


def signature_of(zone: list[Row], taken: set[int]) -> Signature:
    """The signature among the rows of the closing that no recipient takes."""
    groups = _groups(zone, taken)
    named = [g for g in groups if g.kind == "name"]
    signer = _signer(groups)
    posts = [g for g in groups if g.kind == "post" and not _GUESTS.match(g.text)]
    authority = [g for g in groups if g.kind == "authority"]
    rows = frozenset(i for g in groups for i, _row in g.rows)
    title = _item(posts[-1], post_of(posts[-1].text), "post") if posts else None
    if signer is None:
        signer = _above_stamp(zone) or _digital(zone) or _beside_last_recipient(zone, taken, bool(groups))
    lines = _authority_item(authority)
    return Signature(lines, title, signer, rows if groups or named else frozenset())


def _groups(zone: list[Row], taken: set[int]) -> list[_Group]:
    groups: list[_Group] = []
    named = 0
    for i, row in enumerate(zone):
        text = row.text.strip(" |*_")
        if i in taken or LABEL.search(row.text) or not any(c.isalpha() for c in text):
            continue
        if SIGNED.match(text) or RANK_ALONE.match(text):
            continue
        if groups and person_in(text, capitals=not is_post(text) and not AUTHORITY.match(text)):
            groups.append(_Group("name", [(i, row)]))
            named += 1
            if named >= _signers(groups) and not _another_signs(zone, i, taken):
                break
        elif row.is_upper and AUTHORITY.match(text):
            groups.append(_Group("authority", [(i, row)]))
        elif row.is_upper:
            _add_capitals(groups, i, row, text)
        elif SMALL_POST.match(text) and text[:1].isupper() and not _ends_list(text) and len(text) < _LONG_ROW:
            groups.append(_Group("post", [(i, row)]))
        elif groups and len(text) > _LONG_ROW and named:
            break
    return groups


def _ends_list(text: str) -> bool:
    return text.endswith((";", ",", ":"))


def _add_capitals(groups: list[_Group], i: int, row: Row, text: str) -> None:
    """A row of capitals is a post, or goes on with the line above it (KT. BỘ TRƯỞNG, / CHỦ NHIỆM)."""
    last = groups[-1] if groups else None
    goes_on = (
        last is not None
        and last.kind != "name"
        and (not is_post(text) or last.text.rstrip().endswith((",", "-", "–", "VÀ")))
    )
    if last is not None and goes_on:
        if len(last.rows) < _MOST_ROWS:
            last.rows.append((i, row))
    elif is_post(text):
        groups.append(_Group("post", [(i, row)]))


def _signers(groups: list[_Group]) -> int:
    """How many names to expect: two where two signed side by side or one below the other."""
    posts = [g for g in groups if g.kind == "post"]
    leads = [g for g in groups if g.kind == "authority"]
    if any(_GUESTS.match(g.text) for g in groups) and len(posts) > 1:
        return 2
    joint = len({g.text for g in leads if g.text.upper().startswith(("KT", "K/T", "TM", "T/M"))})
    return 2 if len(posts) > 1 and joint > 1 and not _nested(leads) else 1


def _another_signs(zone: list[Row], i: int, taken: set[int]) -> bool:
    """KT. BỘ TRƯỞNG BỘ B below the first name: a joint paper, signed one below the other."""
    following = next((row for j, row in enumerate(zone[i + 1 :], i + 1) if j not in taken), None)
    return following is not None and following.is_upper and AUTHORITY.match(following.text) is not None


def _nested(leads: list[_Group]) -> bool:
    """TM. ỦY BAN / KT. CHỦ TỊCH: two lines of one signature."""
    marks = {g.text[:2].upper() for g in leads}
    return len(marks) > 1


def _signer(groups: list[_Group]) -> Item | None:
    names = [g for g in groups if g.kind == "name"]
    if not names:
        return None
    guests = bool(groups) and any(_GUESTS.match(g.text) for g in groups if g.kind == "post")
    chosen = names[-1:] if guests else names[:2]
    found = [(g, person_in(g.rows[0][1].text, capitals=True)) for g in chosen]
    values = [person[0] for _g, person in found if person]
    group, person = found[0]
    if person is None:
        return None
    offsets = group.rows[0][1].line.offsets
    sure = is_known_family(values[0])
    return Item(
        "; ".join(values),
        (offsets[person[1]], offsets[person[2] - 1] + 1),
        (0.92 if sure else 0.75) if len(values) == 1 else 0.7,
        ("name" if sure else "name-rare") if len(values) == 1 else "names-joint",
    )


def _item(group: _Group, value: str, rule: str) -> Item:
    rows = [row for _i, row in group.rows]
    return Item(value, (rows[0].line.offsets[0], rows[-1].line.offsets[-1] + 1), 0.9, rule)


def _authority_item(groups: list[_Group]) -> Item | None:
    if not groups:
        return None
    value = "; ".join(dict.fromkeys(authority_of(group.text) for group in groups))
    first, last = groups[0].rows[0][1], groups[-1].rows[-1][1]
    return Item(value, (first.line.offsets[0], last.line.offsets[-1] + 1), 0.9, "authority")


def _above_stamp(zone: list[Row]) -> Item | None:
    """A name right above or below "(Đã ký)", where no post was printed."""
    for row, following in itertools.pairwise(zone):
        pairs = ((row, following), (following, row))
        for name, stamp in pairs:
            person = person_in(name.text) if SIGNED.match(stamp.text) else None
            if person and is_known_family(person[0]):
                return Item(person[0], name.line.span(person[1], person[2]), 0.7, "name-stamped")
    return None


def _digital(zone: list[Row]) -> Item | None:
    """Người ký: Nguyễn Văn A, of the block a signing program prints."""
    for row in zone:
        found = SIGNED_BY.search(row.text)
        person = person_in(found.group("name"), capitals=True) if found else None
        if found and person:
            return Item(
                person[0], row.line.span(found.start("name"), found.end("name")), 0.65, "name-digital"
            )
    return None


def _beside_last_recipient(zone: list[Row], taken: set[int], signed: bool) -> Item | None:
    """ "- Lưu: VT. Nguyễn Văn A": the name of the other column ran into the last entry."""
    if not signed or not taken:
        return None
    row = zone[max(taken)]
    found = _LAST_ITEM_NAME.search(row.text)
    person = person_in(found.group("name").strip()) if found else None
    if found is None or person is None or len(person[0].split()) < 3 or not is_known_family(person[0]):
        return None
    return Item(person[0], row.line.span(found.start("name"), found.end("name")), 0.5, "name-in-list")
