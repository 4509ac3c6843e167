"""The pictures of an RTF file (RTF 1.9.1, "Pictures"): those of page headers first, then in the order of the text."""

import re

from thongsuot.formats.reading.extract.insets.gathered import Inches, Insets
from thongsuot.formats.reading.extract.insets.sizes import in_parts

_TWIPS = 1_440  # to the inch
# What stands in the two last is shown by programs that know no newer way, and is there in the newer way too.
_BEGINS = re.compile(rb"\{\s{0,9}(?:\\\*\s{0,9})?\\(pict|header[flr]?|nonshppict|shprslt)(?![a-z])")
_TURNS = re.compile(rb"\\bin(\d{1,9}) ?|\\[\\{}]|([{}])")
_WORDS = re.compile(rb"\\[a-z]{1,32}-?\d{0,10} ?|\s")
_GOAL = re.compile(rb"\\pic(w|h)goal(\d{1,6})")
_SCALE = re.compile(rb"\\picscale(x|y)(\d{1,4})")
_NO_HEX = re.compile(rb"[^0-9A-Fa-f]")


def insets_of(data: bytes) -> Insets:
    found: list[tuple[bool, bytes, Inches]] = []
    insets, at, margin = Insets(), 0, 0
    while begin := _BEGINS.search(data, at):
        at = begin.end()
        if begin[1].startswith(b"header"):
            margin = _group(data, at)[0] if at > margin else margin
            continue
        at, words, content = _group(data, at)
        if begin[1] == b"pict":
            found.append((begin.start() >= margin, content, _inches(words)))
    for _is_in_the_text, content, inches in sorted(found, key=lambda picture: picture[0]):
        insets.add(content, inches)
    return insets


def _group(data: bytes, at: int) -> tuple[int, bytes, bytes]:
    """Where the group open at ``at`` ends, its own words, and the bytes that are written in it."""
    depth, own, bare = 1, [], b""
    while depth and (turn := _TURNS.search(data, at)):
        if depth == 1:
            own.append(data[at : turn.start()])
        at = turn.end()
        if turn[1]:
            length = int(turn[1])
            bare = bare or data[at : at + length]
            at += length
        elif turn[2]:
            depth += 1 if turn[2] == b"{" else -1
    words = b"".join(own)
    digits = _NO_HEX.sub(b"", _WORDS.sub(b"", words))
    return at, words[:2_000], bare or bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _inches(words: bytes) -> Inches:
    goal = {side: int(number) for side, number in _GOAL.findall(words)}
    scale = {side: int(number) for side, number in _SCALE.findall(words)}
    wide = goal.get(b"w", 0) * scale.get(b"x", 100) // 100
    tall = goal.get(b"h", 0) * scale.get(b"y", 100) // 100
    return in_parts(str(wide), str(tall), _TWIPS)
