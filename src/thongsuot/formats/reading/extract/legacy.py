"""Letters of the time before Unicode: TCVN3 (ABC), VNI, VISCII and VPS, told by the font or by the words themselves.

These fonts drew Vietnamese letters where other fonts have ¸, ©, ø or ñ; a file keeps only the code and the name of the
font. The tables of TCVN3, VISCII and VPS are those of viparse. VNI writes a vowel and its mark as two characters,
in any mixture of cases ("Uû", "UÛ"), so it is built here from its rule.
"""

import unicodedata
from functools import cache

from viparse.normalize.encodings import get_charmap
from viparse.normalize.tables import convert

from thongsuot.formats.reading.extract.legibility import marks_share, syllable_share
from thongsuot.formats.reading.model import Notice
from thongsuot.formats.vietnamese import nfc

ENCODINGS = ("tcvn3", "vni", "viscii", "vps")

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_ROOFED = dict(zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))  # â ấ ầ ẩ ẫ ậ
_VNI_SHORT = dict(zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))  # ă ắ ằ ẳ ẵ ặ
_VNI_LETTERS = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_HORNED = {"ô": "o" + _HORN, "ö": "u" + _HORN}
# A symbol font of Word keeps its codes in the private area.
_PRIVATE = {0xF000 + code: code for code in range(0x20, 0x100)}
# What Windows shows for the codes 80-9F, back to the codes that the tables know.
_WINDOWS = {
    ord(bytes([code]).decode("cp1252")): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def to_unicode(text: str, encoding: str) -> str:
    """The text read in this encoding. Spaces and lines stay as they are."""
    if encoding == "vni":
        return _from_vni(text)
    if encoding == "windows-1258":
        return nfc(text)
    table = get_charmap(encoding)
    if table is None:
        raise LookupError(encoding)
    read: str = convert(text if encoding == "tcvn3" else text.translate(_WINDOWS), table)
    return read


def plausibility(text: str) -> float:
    """How Vietnamese a text looks: the share of its syllables and of its marks."""
    return syllable_share(text) + min(marks_share(text), 0.3)


def is_unicode_vietnamese(text: str) -> bool:
    """Letters that only Unicode has (ă, đ, ư, ạ ...): such text was never typed with an old font."""
    return any(c in "ăđơưĂĐƠƯ" or "\u1ea0" <= c <= "\u1ef9" for c in text)


def converted_notice(names: set[str]) -> list[Notice]:
    if not names:
        return []
    listed = ", ".join(name.upper() for name in sorted(names))
    return [Notice("converted_encoding", f"The text was converted from {listed} to Unicode.")]


@cache
def encoding_of_font(font: str) -> tuple[str, bool] | None:
    """The encoding a font name stands for, and whether it draws small letters as capitals (".VnTimeH")."""
    name = " ".join(font.split()).strip("'\" ").casefold()
    if name.startswith((".vn", "vntime", "vnarial", ".tmc")):
        return "tcvn3", name.endswith(("h", "h bold"))
    if name.startswith(("vni-", "vni ", "vntimes new roman")):
        return "vni", False
    if name.startswith(("vps ", "vps-", "vps_")):
        return "vps", False
    if name.startswith(("viscii", "vi times", "vi arial", "hoang yen", "heo may")):
        return "viscii", False
    return None


class Fonts:
    """Joins the runs of a paragraph, each read as its font tells. Remembers what it converted."""

    def __init__(self) -> None:
        self.converted: set[str] = set()

    def joined(self, runs: list[tuple[str, str]]) -> str:
        """``runs`` are (words, font name). A syllable may be cut anywhere, so runs alike are read together."""
        if not any(encoding_of_font(font) for _, font in runs):
            return "".join(words for words, _ in runs)
        groups: list[tuple[tuple[str, bool] | None, str]] = []
        for words, font in runs:
            meaning = encoding_of_font(font)
            if groups and (groups[-1][0] == meaning or not words.strip()):
                groups[-1] = (groups[-1][0], groups[-1][1] + words)
            else:
                groups.append((meaning, words))
        return "".join(self._read(words, meaning) for meaning, words in groups)

    def _read(self, words: str, meaning: tuple[str, bool] | None) -> str:
        # The name alone proves little: much Unicode text still carries the style of an old template.
        if meaning is None or is_unicode_vietnamese(words) or not words.strip():
            return words
        encoding, capitals = meaning
        read = to_unicode(words.translate(_PRIVATE), encoding)
        if read != words:
            self.converted.add(encoding)
        elif encoding not in self.converted:
            return words
        return read.upper() if capitals else read


@cache
def _vni_table() -> dict[str, str]:
    """Every vowel with its mark, in all mixtures of small and capital letters."""
    pairs: dict[str, str] = dict(_VNI_LETTERS)
    for base in "aeiouy":
        marks = dict(_VNI_TONES)
        if base in "aeo":
            marks |= {mark: _CIRCUMFLEX + tone for mark, tone in _VNI_ROOFED.items()}
        if base == "a":
            marks |= {mark: _BREVE + tone for mark, tone in _VNI_SHORT.items()}
        pairs |= {base + mark: nfc(base + accents) for mark, accents in marks.items()}
    for letter, meant in _VNI_HORNED.items():
        pairs[letter] = nfc(meant)
        pairs |= {letter + mark: nfc(meant + accent) for mark, accent in _VNI_TONES.items()}
    table = dict(pairs)
    for typed, meant in pairs.items():
        table[typed.upper()] = meant.upper()
        if len(typed) == 2:
            table[typed[0].upper() + typed[1]] = meant.upper()
            table[typed[0] + typed[1].upper()] = meant
    return table


def _from_vni(text: str) -> str:
    table = _vni_table()
    read: list[str] = []
    position = 0
    while position < len(text):
        pair = table.get(text[position : position + 2])
        read.append(pair or table.get(text[position], text[position]))
        position += 2 if pair else 1
    return unicodedata.normalize("NFC", "".join(read))
