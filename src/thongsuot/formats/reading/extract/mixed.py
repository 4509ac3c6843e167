"""Lines and phrases that were typed with an old font inside a text that is Unicode otherwise, with no font to tell.

Only words that cannot be anything else are touched: two or more of them together, each of which becomes a
Vietnamese syllable. Foreign names (Müller, señor, naïve), quotation marks and signs stay.
"""

import re
import unicodedata
from collections.abc import Iterator

from thongsuot.formats.reading.extract.legacy import is_unicode_vietnamese, to_unicode
from thongsuot.formats.reading.extract.legibility import is_syllable

_ENCODINGS = ("tcvn3", "vni")
# Latin-1 signs and letters that Vietnamese does not use, and that these fonts draw as parts of its words; and the
# pairs of VNI that no syllable has (nhaân, yeâu).
_FOREIGN = re.compile(r"[¡-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]|[aeAE][ÀÁÂÃÈÉÊÕÙÚàáâãèéêõùú]")
_WORD = re.compile(r"\S+")
_AROUND = ".,;:!?()[]{}\"'“”‘’…-–/*|"
_TONES = set("\u0300\u0301\u0303\u0309\u0323")
FEWEST = 2  # words that have to agree
LONGEST_LINE = 20_000


def mixed_to_unicode(text: str) -> tuple[str, set[str]]:
    """The text with such places converted, and the names of the encodings that were found."""
    if not _FOREIGN.search(text):
        return text, set()
    names: set[str] = set()
    lines = [_line(line, names) if _FOREIGN.search(line) else line for line in text.split("\n")]
    return "\n".join(lines), names


def _line(line: str, names: set[str]) -> str:
    if len(line) > LONGEST_LINE:
        return line
    for first, end in reversed(list(_stretches(line))):
        for name in _ENCODINGS:
            read = to_unicode(line[first:end], name)
            if _is_better(line[first:end], read):
                names.add(name)
                line = line[:first] + read + line[end:]
                break
    return line


def _stretches(line: str) -> Iterator[tuple[int, int]]:
    """Where the odd words are: the whole line, or in a line with Unicode letters from the first odd one to the last."""
    if not is_unicode_vietnamese(line):
        yield 0, len(line)
        return
    first = end = -1
    for word in _WORD.finditer(line):
        if _FOREIGN.search(word.group()) and not is_unicode_vietnamese(word.group()):
            first, end = (word.start() if first < 0 else first), word.end()
        elif first >= 0 and is_unicode_vietnamese(word.group()):
            yield first, end
            first = -1
    if first >= 0:
        yield first, end


def _is_better(typed: str, read: str) -> bool:
    before, after = _WORD.findall(typed), _WORD.findall(read)
    if len(before) != len(after):
        return False
    odd = [new for old, new in zip(before, after, strict=True) if _FOREIGN.search(old.strip(_AROUND))]
    return len(odd) >= FEWEST and all(map(_is_word, odd))


def _is_word(word: str) -> bool:
    bare = word.strip(_AROUND)
    parts = [part for part in re.split(r"[-–/.,]", bare) if part]
    return bool(parts) and all(
        is_syllable(part) and sum(c in _TONES for c in unicodedata.normalize("NFD", part)) <= 1
        for part in parts
    )
