"""Nơi nhận: the entries as written, and the same split and in their usual form."""

import re
from collections.abc import Sequence

from thongsuot.formats.reading.frame.known import KNOWN_FIELDS
from thongsuot.formats.reading.frame.names import AUTHORITY, RANK_ALONE, SIGNED, is_post, person_in
from thongsuot.formats.reading.frame.rows import Row
from thongsuot.formats.reading.model import Item, Purpose, Recipient
from thongsuot.formats.reading.words import bare

LABEL = re.compile(
    r"(?:^|[|.;/])[\s*_|\"“]{0,20}N[ơo]i\s+nh[ậaâ]n\b[\s*_]{0,20}(?::|;|$|\.|\||(?=[A-ZĐ]{2}[.A-ZĐ/]))",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[\s*_]{0,20}(?:[-–—•+*·▪]\s*){1,2}(?=\S)")
_FILED = re.compile(r"^\W{0,20}L(?:ưu|uu|ưư|ru|tr[ưu]|ƣu)\b", re.IGNORECASE)
_ENDS = (";", ".", ",")
MAX_ITEMS = 60
_LONG_ITEM = 400


def recipients_of(zone: list[Row]) -> tuple[tuple[Item, ...], set[int]]:
    """(the entries as written without dash and end mark, the rows they take)."""
    at = next((i for i, row in enumerate(zone) if LABEL.search(row.text)), None)
    if at is None:
        return (), set()
    groups, taken = _groups(zone, at)
    items = []
    for parts in groups[:MAX_ITEMS]:
        words = " ".join(words for words, _start, _end in parts).strip(" .;,:|*_")
        if any(c.isalnum() for c in words):
            items.append(
                Item(words, (parts[0][1], parts[-1][2]), 0.9 if len(groups) > 1 else 0.7, "recipients")
            )
    return tuple(items), {at, *taken}


Part = tuple[str, int, int]  # words, where they begin and end in the source


def _groups(zone: list[Row], at: int) -> tuple[list[list[Part]], set[int]]:
    groups: list[list[Part]] = []
    taken: set[int] = set()
    rest = _after_label(zone[at])
    if rest is not None:
        groups += [[part] for part in _split_inline(rest)]
    bullets = any(_BULLET.match(row.text) for row in zone[at + 1 : at + 6])
    done = False
    for i, row in enumerate(zone[at + 1 :], at + 1):
        text = row.text
        bullet = _BULLET.match(text)
        if bullet and (not done or _FILED.match(text[bullet.end() :]) or not row.after_gap):
            groups.append([_part(row, bullet.end())])
            taken.add(i)
            done = False
        elif _is_signature(text) or (person_in(text) and _signature_began(zone, at, i)):
            done = done or not any(_BULLET.match(later.text) for later in zone[i + 1 : i + 12])
        elif done or SIGNED.match(text) or RANK_ALONE.match(text):
            continue
        elif groups and _goes_on(groups[-1][-1][0], row, bullets=bullets):
            groups[-1].append(_part(row, 0))
            taken.add(i)
        elif not bullets and _opens_item(groups, row):
            groups.append([_part(row, 0)])
            taken.add(i)
        elif groups:
            done = True
    return groups, taken


def _after_label(row: Row) -> Row | None:
    found = LABEL.search(row.text)
    if found is None:
        return None
    start = found.end()
    rest = row.text[start:].strip(" *_:.")
    if len(rest) <= 3 or _is_signature(rest) or not any(c.isalpha() for c in rest):
        return None
    return row


def _split_inline(row: Row) -> list[Part]:
    """Nơi nhận: Như trên; Sở Y tế; Lưu: VT. in one line."""
    found = LABEL.search(row.text)
    position = found.end() if found else 0
    parts: list[Part] = []
    for match in re.finditer(r"[^;]+", row.text[position:]):
        start, end = position + match.start(), position + match.end()
        words = row.text[start:end]
        skip = len(words) - len(words.lstrip(" -–+*_:"))
        if words.strip(" -–+*_:.;"):
            parts.append(
                (words.strip(" -–+*_:"), row.line.offsets[start + skip], row.line.offsets[end - 1] + 1)
            )
    return parts


def _part(row: Row, start: int) -> Part:
    return row.text[start:].strip(), row.line.offsets[min(start, len(row.text) - 1)], row.line.offsets[-1] + 1


def _is_signature(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) > 3 and all(c.isupper() for c in letters)
    return bool(AUTHORITY.match(text)) or (
        capitals and (is_post(text) or len(letters) > 8) and len(text) < 90
    )


def _signature_began(zone: list[Row], at: int, i: int) -> bool:
    return any(_is_signature(row.text) for row in zone[max(0, at - 3) : i])


def _goes_on(before: str, row: Row, *, bullets: bool) -> bool:
    """A line that a narrow column broke off from the entry above it."""
    if len(before) > _LONG_ITEM or len(row.text) > 160:
        return False
    if _FILED.match(before) and (row.after_gap or person_in(row.text) or before.endswith(".")):
        return False
    if not bullets:
        return row.text[0].islower() and not before.endswith(_ENDS)
    if person_in(row.text) and before.endswith(_ENDS):
        return False
    return not row.after_gap or not before.endswith((";", "."))


def _opens_item(groups: list[list[Part]], row: Row) -> bool:
    if len(row.text) > 120 or (groups and _FILED.match(groups[-1][0][0])):
        return False
    return not person_in(row.text) and (not groups or groups[-1][-1][0].endswith(_ENDS) or not row.after_gap)


# ---------------------------------------------------------------- split and in usual form

_PURPOSES: tuple[tuple[str, Purpose], ...] = (
    (r"b/?c|(?:de )?b/c|(?:de )?bao cao|de b/?cao|b\.c", "report"),
    (r"(?:de )?(?:t/?h|th/h|thuc hien|chi dao|c/d|thi hanh|to chuc thuc hien)", "carry_out"),
    (r"(?:de )?(?:p/?h|phoi hop|ph/h|p/hop)(?: thuc hien| chi dao)?", "coordinate"),
    (r"(?:de )?(?:b/?|biet|theo doi|t/d|dang tai|dua tin|kiem tra)", "inform"),
)
_NOTE = re.compile(
    r"\s*[(“\"]\s*(?P<note>[^()“”\"]{1,40})\s*[)”\"]\s*$|\s*-\s*(?P<plain>để (?:b/c|báo cáo|biết))\s*$"
)
_AS_ABOVE = re.compile(r"^(?:nhu tren|nhu kinh gui|nhu noi nhan|nhu kinh trinh)\b")
_AS_ARTICLE = re.compile(r"^nhu (?:dieu|muc|phan)\b")
_HEADED = re.compile(
    r"^(?P<all>[Cc]ác\s+)?(?P<head>Bộ|Sở|Vụ|Cục|Phòng|Ban)(?P<more>,?[^:]{0,40}):\s*(?P<names>[^:;]+)$"
)
_FIELD_NAMES = sorted(KNOWN_FIELDS, key=len, reverse=True)


def sent_to(recipients: Sequence[Item], addressees: Sequence[Item]) -> tuple[Recipient, ...]:
    """Who gets the paper and what for, one entry a unit; "Như trên" is everybody it is addressed to."""
    found: list[Recipient] = []
    for item in recipients:
        words, purpose = _without_note(item.value)
        folded = bare(words)
        if _AS_ABOVE.match(folded):
            for addressee in addressees:
                found += [
                    Recipient(unit, "carry_out", addressee.span, min(0.85, addressee.confidence), "as-above")
                    for unit in _units(addressee.value)
                ]
        elif _FILED.match(words):
            found.append(Recipient(words, "file", item.span, item.confidence, "filed"))
        elif _AS_ARTICLE.match(folded):
            found.append(Recipient(words, "carry_out", item.span, 0.6, "as-article"))
        else:
            found += [
                Recipient(unit, purpose or "inform", item.span, 0.85 if purpose else 0.75, "named")
                for unit in _units(words)
            ]
    return tuple(found)


def _without_note(words: str) -> tuple[str, Purpose | None]:
    """("Thường trực Tỉnh ủy", report) of "Thường trực Tỉnh ủy (để b/c)"."""
    found = _NOTE.search(words)
    if found is None:
        return words, None
    note = bare(found.group("note") or found.group("plain")).strip(" .")
    for pattern, purpose in _PURPOSES:
        if re.fullmatch(pattern, note):
            return words[: found.start()].rstrip(" ,;"), purpose
    return words, None


def _units(words: str) -> list[str]:
    """The units of an entry: parts between semicolons; "Các Sở: Y tế, Nội vụ" gets its head back."""
    units: list[str] = []
    for part in re.split(r"\s*;\s*", words):
        headed = _HEADED.match(part)
        if headed is None or not _is_plain_list(headed):
            units.append(part)
            continue
        units += [f"{headed['head']} {name}" for name in _field_names(headed["names"])]
    return [unit for unit in (u.strip(" ,;.") for u in units) if unit]


def _is_plain_list(headed: re.Match[str]) -> bool:
    return headed["all"] is not None or not headed["more"].strip(" ,")


def _field_names(names: str) -> list[str]:
    """Known fields of work first, because their names hold commas and "và" themselves."""
    found: list[str] = []
    position = 0
    while position < len(names):
        known = next((f for f in _FIELD_NAMES if names.startswith(f, position)), None)
        end = position + len(known) if known else _next_separator(names, position)
        found.append(names[position:end].strip())
        separator = re.compile(r"\s*(?:,\s*(?:và\s+)?|và\s+|$)").match(names, end)
        position = separator.end() if separator and separator.end() > end else max(end, position) + 1
    return [name for name in found if name]


def _next_separator(names: str, position: int) -> int:
    found = re.compile(r"\s*,|\s+và\s").search(names, position)
    return found.start() if found else len(names)
