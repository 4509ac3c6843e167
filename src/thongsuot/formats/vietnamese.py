"""Vietnamese words: one spelling for comparing, searching and sorting.

Vietnamese text reaches us composed or decomposed, with the tone mark on either vowel (hoà, hòa), with the
Icelandic Ð in place of Đ, in capitals or letter-spaced. Everything that compares words goes through here.
"""

import re
import unicodedata

# Ð/ð (eth) is what old keyboards and fonts wrote for Đ/đ; no Vietnamese text means the Icelandic letter.
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "d", "Ð": "d", "ð": "d"})
_ETH = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ"})

_TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}  # huyền, hỏi, ngã, sắc, nặng
_QUALITIES = {"\u0306": "\u0306", "\u0302": "\u0302", "\u031b": "\u031b"}  # ă, â/ê/ô, ơ/ư
_LETTER_RANK = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}

_TONE_CLASS = "\u0300\u0301\u0303\u0309\u0323"
_TONE_ON_SECOND = re.compile(rf"([ouOU])([aeyAEY])([{_TONE_CLASS}])(?![\w\u0300-\u036f])")
_TONE_AFTER_QU = re.compile(rf"([qQ][uU])([{_TONE_CLASS}])([aeiyAEIY])")
_OPEN_PAIRS = {"oa", "oe", "uy"}

_WORDS = re.compile(r"\d+|[^\W\d_]+")


def nfc(text: str) -> str:
    """The composed form, the only one we store."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The form to search in: no case, no marks, đ as d, single spaces. Folding twice changes nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(bare.casefold().translate(_D_WITH_STROKE).split())


def same_tone_placement(text: str) -> str:
    """Write hoà, khoẻ, uỷ as hòa, khỏe, ủy (and qúy as quý), so that both habits compare equal."""

    def on_first(match: re.Match[str]) -> str:
        first, second, tone = match.groups()
        before = match.string[match.start() - 1 : match.start()]
        if (first + second).lower() not in _OPEN_PAIRS or (first in "uU" and before in ("q", "Q")):
            return match.group()
        return first + tone + second

    decomposed = unicodedata.normalize("NFD", text.translate(_ETH))
    decomposed = _TONE_AFTER_QU.sub(r"\1\3\2", decomposed)
    return nfc(_TONE_ON_SECOND.sub(on_first, decomposed))


def sort_key(text: str) -> str:
    """A string of 0-9 and a-z whose plain order is the order of a Vietnamese dictionary.

    Letters come first (a ă â b c d đ e ê ...), then the tone of the syllable (ngang, huyền, hỏi, ngã, sắc,
    nặng), then the next syllable; numbers come before letters and by their value; the rest does not count.
    Only digits and small letters are used, so that every database collation agrees.
    """
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_ETH).casefold())
    composed = unicodedata.normalize("NFC", decomposed)
    return "".join(_number_key(w) if w[0].isdigit() else _syllable_key(w) for w in _WORDS.findall(composed))


def person_sort_key(name: str) -> str:
    """Vietnamese lists order people by given name, then middle names, then family name."""
    words = name.split()
    if len(words) < 2:
        return sort_key(name)
    return sort_key(" ".join([words[-1], *words[1:-1], words[0]]))


def _number_key(digits: str) -> str:
    value = "".join(str(unicodedata.digit(d, 0)) for d in digits).lstrip("0") or "0"
    return f"0{min(len(value), 99):02d}{value}"


def _syllable_key(word: str) -> str:
    letters: list[str] = []
    tone = 1
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _QUALITIES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        elif not unicodedata.combining(char):
            letters.append(char)
    return "".join(map(_letter_key, letters)) + str(tone)


def _letter_key(letter: str) -> str:
    if letter in _LETTER_RANK:
        return _LETTER_RANK[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return f"{base}0" if "a" <= base <= "z" else f"z9{ord(base):06x}"
