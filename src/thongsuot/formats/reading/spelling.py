"""Damage inside a line that hides its words: look-alike letters, and words run together where a line end was lost."""

import re
from functools import lru_cache

from thongsuot.formats.reading.words import bare

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "ƣ": "ư", "Ƣ": "Ư"})

_ODD = re.compile("[ÐðƣƢ]")

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_MARKED = re.compile(f"[{''.join(c for c in _VOWELS if c not in 'aeiouy')}đ]", re.IGNORECASE)
# Initial, vowels, final: what one written syllable of Vietnamese consists of.
_INITIAL = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])"
_FINAL = r"(?:ch|ng|nh|[cmnpt])"
_SYLLABLE = re.compile(rf"{_INITIAL}?[{_VOWELS}]{{1,3}}{_FINAL}?", re.IGNORECASE)
# After a glide (ai, ao, êu, ây) no final stands: "nêut" is no syllable.
_CLOSED_GLIDE = re.compile(r"(?:[aeou]i|[aei]u|[ae]y|[ae]o)(?:ch|ng|nh|[cmnpt])$")
# "QUYẾT ĐỊNHVề việc": small letters behind a word in capitals.
_CAPITALS_BEFORE = re.compile(
    rf"(?P<before>[^\W\d_a-zđ{_VOWELS}]{{3,12}})(?P<word>[^\W\d_a-zđ{_VOWELS}][a-zđ{_VOWELS}]{{1,6}})$"
)
_WORD = re.compile(r"[^\W\d_]{5,16}")
_JOINED_NAMES = re.compile(rf"(?<=[a-zđ{_VOWELS}])(?=[^\W\d_a-zđ{_VOWELS}][a-zđ{_VOWELS}])")


def usual_letters(text: str) -> str:
    """Đ for the Icelandic Ð, ư for ƣ: one character for one character."""
    return text.translate(_LOOK_ALIKES) if _ODD.search(text) else text


def lost_spaces(text: str) -> list[int]:
    """Where a space is missing between two words: "nêu|trên", "Bộ|Công Thương". Only where nothing else fits."""
    places: list[int] = []
    if not any(map(_is_joined, text.split())):
        return places  # almost every line
    for match in _WORD.finditer(text):
        place = _split(match.group())
        if place:
            places.append(match.start() + place)
    return places


@lru_cache(maxsize=10_000)
def _is_joined(words: str) -> bool:
    """Whether a space is missing in what stands between two spaces. Remembered: papers use few words many times."""
    return any(_split(match) for match in _WORD.findall(words))


@lru_cache(maxsize=10_000)
def _split(word: str) -> int | None:
    capitals = _CAPITALS_BEFORE.match(word)
    if capitals and _is_syllable(capitals["word"]) and _MARKED.search(capitals["word"]):
        return capitals.start("word")
    if not _MARKED.search(word) or _SYLLABLE.fullmatch(word) or word.isupper():
        return None
    joined = _JOINED_NAMES.search(word)
    places = [joined.start()] if joined else range(2, len(word) - 1)
    found = [i for i in places if _is_syllable(word[:i]) and _is_syllable(word[i:])]
    # các|hai rather than cách|ai, thị|trường rather than thịt|rường: words seldom begin with a vowel or with r.
    fitting = [i for i in found if word[i].lower() not in _VOWELS] or found
    clusters = [i for i in fitting if word[i : i + 2].lower() == "tr"]
    return (clusters or fitting)[-1] if fitting else None


def _is_syllable(word: str) -> bool:
    if len(word) < 2 or not word[1:].islower() or _SYLLABLE.fullmatch(word) is None:
        return False
    return _CLOSED_GLIDE.search(bare(word)) is None
