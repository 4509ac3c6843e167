"""Automatic numbering of a Word 97-2003 file ([MS-DOC] 2.9.131, 2.9.147, 2.9.150)."""

import struct
from dataclasses import dataclass, field

from thongsuot.formats.reading.extract.counting import Counting, Level
from thongsuot.formats.reading.extract.doc.fib import LISTS, OVERRIDES, DocFile
from thongsuot.formats.reading.extract.doc.properties import Shape

_FORMS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    22: "decimalZero",
}
_FORMS |= {23: "bullet", 56: "vietnameseCounting", 255: "none"}
_FOLLOW = {0: "tab", 1: "space", 2: "nothing"}
MOST_LISTS = 4_000


@dataclass(slots=True)
class _Override:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Lists:
    def __init__(self, file: DocFile) -> None:
        self._counting = Counting()
        self._levels: dict[str, dict[int, Level]] = {}
        self._overrides: list[_Override] = []
        try:
            self._load_lists(file)
            self._load_overrides(file.part(OVERRIDES))
        except (struct.error, IndexError):
            pass  # what was whole is kept: a number less is no reason to refuse the words

    def mark(self, shape: Shape) -> str:
        """The mark of a paragraph; counts it, so ask once for each."""
        if not 0 < shape.list_number <= len(self._overrides):
            return ""
        override = self._overrides[shape.list_number - 1]
        levels = self._levels.get(override.abstract, {}) | override.levels
        if shape.list_level not in levels:
            return ""
        anew = override.starts.get(shape.list_level)
        return self._counting.mark(str(shape.list_number), override.abstract, shape.list_level, levels, anew)

    def _load_lists(self, file: DocFile) -> None:
        place, length = file.place_of(LISTS)
        table = file.table
        if length <= 0 or place < 0:
            return
        count = min(struct.unpack_from("<H", table, place)[0], MOST_LISTS)
        at = place + length  # the levels of all lists follow the lists themselves
        for i in range(count):
            entry = place + 2 + 28 * i
            name, simple = str(struct.unpack_from("<i", table, entry)[0]), table[entry + 26] & 1
            levels: dict[int, Level] = {}
            self._levels[name] = levels
            for depth in range(1 if simple else 9):
                levels[depth], at = _level(table, at)

    def _load_overrides(self, table: bytes) -> None:
        count = min(struct.unpack_from("<I", table)[0], MOST_LISTS) if len(table) >= 4 else 0
        self._overrides = [
            _Override(str(struct.unpack_from("<i", table, 4 + 16 * i)[0])) for i in range(count)
        ]
        at = 4 + 16 * count
        for i, override in enumerate(self._overrides):
            changed = table[4 + 16 * i + 12]
            at += 4
            for _ in range(changed):
                start, flags = struct.unpack_from("<iI", table, at)
                at += 8
                if flags & 0x10 and not flags & 0x20:
                    override.starts[flags & 0xF] = start
                if flags & 0x20:
                    override.levels[flags & 0xF], at = _level(table, at)
                    if flags & 0x10:
                        override.starts[flags & 0xF] = override.levels[flags & 0xF].start


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """One level and the place behind it."""
    start, form, flags = struct.unpack_from("<iBB", table, at)
    follow, characters, paragraphs, limit = table[at + 15], table[at + 24], table[at + 25], table[at + 26]
    at += 28 + paragraphs + characters
    length = struct.unpack_from("<H", table, at)[0]
    words = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in words[:40])
    level = Level(
        form=_FORMS.get(form, "decimal"),
        pattern=pattern,
        start=start if 0 <= start < 32_767 else 1,
        restart=min(limit, 9) if flags & 0x08 else None,
        legal=bool(flags & 0x04),
        follow=_FOLLOW.get(follow, "tab"),
    )
    return level, at + 2 + 2 * length
