"""Plain text in whatever encoding it was saved, and text whose letters are still in a pre-Unicode font encoding."""

from thongsuot.formats.reading.errors import LegacyEncoding
from thongsuot.formats.reading.extract.legacy import (
    ENCODINGS,
    converted_notice,
    plausibility,
    to_unicode,
)
from thongsuot.formats.reading.extract.legibility import SAMPLE, marks_share, syllable_share
from thongsuot.formats.reading.extract.mixed import mixed_to_unicode
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.model import Notice
from thongsuot.formats.vietnamese import nfc


def plain_text(data: bytes) -> Raw:
    return Raw(*decoded(data))


def decoded(data: bytes) -> tuple[str, list[Notice]]:
    """Decode by mark, then as UTF-8, then as the old encoding that gives the most Vietnamese."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return from_legacy(data.decode(encoding, errors="replace"))
    if 0 in data[:8192]:
        little = data[1:8192:2].count(0) > data[0:8192:2].count(0)
        return from_legacy(data.decode("utf-16-le" if little else "utf-16-be", errors="replace"))
    try:
        return from_legacy(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _single_byte(data)


def from_legacy(text: str) -> tuple[str, list[Notice]]:
    """Convert text that was typed with TCVN3, VNI or similar fonts, all of it or single lines; the rest stays."""
    sample = text[:SAMPLE]
    if marks_share(sample) <= 0.02 or syllable_share(sample) <= 0.7:
        best, name = max(((to_unicode(sample, name), name) for name in ENCODINGS), key=_score)
        if plausibility(best) > plausibility(sample) + 0.15 and syllable_share(best) > 0.7:
            return to_unicode(text, name), converted_notice({name})
    text, names = mixed_to_unicode(text)
    return text, converted_notice(names)


def _single_byte(data: bytes) -> tuple[str, list[Notice]]:
    faithful = data.decode("cp1252", errors="replace") if b"\x81" not in data else data.decode("latin-1")
    candidates = [(nfc(data.decode("cp1258", errors="replace")), "windows-1258")]
    candidates += [(to_unicode(data.decode("latin-1"), name), name) for name in ENCODINGS]
    candidates += [(to_unicode(faithful, name), name) for name in ENCODINGS]
    best, name = max(candidates, key=_score)
    if syllable_share(best) < 0.6 or marks_share(best) < 0.02:
        raise LegacyEncoding("no known encoding fits")
    return best, converted_notice({name})


def _score(candidate: tuple[str, str]) -> float:
    return plausibility(candidate[0])
