"""Does a text read as Vietnamese? Used to choose an old encoding and to recognise a garbage text layer."""

import re
import unicodedata

from thongsuot.formats.vietnamese import fold

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|ieu|yeu|oai|oay|oao|oeo|uoi|uay|uou|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo"
    r"|uu|uy|ya|ye|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_VIETNAMESE = set("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz")
_WORD = re.compile(r"\S+")
SAMPLE = 20_000


def syllable_share(text: str) -> float:
    """The share of words that could be Vietnamese syllables: about 0.9 in a real document, 0.3 in garbage."""
    words = [w.strip(".,;:!?()[]{}\"'“”‘’…-–/*|") for w in _WORD.findall(text[:SAMPLE])]
    words = [w for w in words if any(c.isalpha() for c in w) and len(w) > 1 and not w.isupper()]
    if not words:
        return 1.0
    return sum(is_syllable(w) for w in words) / len(words)


def marks_share(text: str) -> float:
    """The share of letters that carry a Vietnamese mark: about a quarter in a real document."""
    letters = [c for c in text[:SAMPLE] if c.isalpha()]
    return sum(not c.isascii() and _is_vietnamese(c) for c in letters) / len(letters) if letters else 0.0


def is_garbage(text: str) -> bool:
    letters = [c for c in text[:SAMPLE] if c.isalpha()]
    if len(letters) < 100:
        return False
    foreign = sum(not _is_vietnamese(c) for c in letters) / len(letters)
    share = syllable_share(text)
    return (foreign > 0.02 and share < 0.6) or (share < 0.25 and _mixed_share(text) > 0.1)


def _mixed_share(text: str) -> float:
    """Words with a digit, sign or capital in their middle (QJKLӋS, 4X\\ӃW): rare in any language."""
    words = [w for w in _WORD.findall(text[:SAMPLE]) if len(w) > 2 and any(c.islower() for c in w)]
    mixed = sum(any(not c.islower() for c in w[1:-1] if c not in "-/.,") for w in words)
    return mixed / len(words) if words else 0.0


def _is_vietnamese(char: str) -> bool:
    base = unicodedata.normalize("NFD", char.casefold())
    return all(c in _VIETNAMESE or unicodedata.combining(c) for c in base)


def is_syllable(word: str) -> bool:
    if not all(_is_vietnamese(c) for c in word if c.isalpha()):
        return False
    return all(_SYLLABLE.fullmatch(part) for part in fold(word).split("-") if part)
